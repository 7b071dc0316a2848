import { type Row, type Tables } from '../database/tables.ts'
import { type LabelStore } from './label-store.ts'

interface LabelRow extends Row {
  readonly organisationId: string
  readonly labels: readonly string[]
}

export function createMongoLabelStore(tables: Tables): LabelStore {
  const labels = tables.define<LabelRow>({
    name: 'deviceLabels',
    tenancy: { belongsTo: 'organisation' },
    // The id is that of the iPad.
    fields: { labels: { type: [String], required: true } },
    indexes: [[{ organisationId: 1, labels: 1 }]],
  })
  return {
    async ofDevices(organisationId, deviceIds) {
      if (deviceIds.length === 0) return new Map()
      const rows = await labels.within(organisationId).find({ _id: { $in: [...deviceIds] } })
      return new Map(rows.map(row => [row._id, row.labels]))
    },
    async put(organisationId, deviceId, wanted) {
      const own = labels.within(organisationId)
      if (wanted.length === 0) await own.deleteMany({ _id: deviceId })
      else
        await own.updateOne(
          { _id: deviceId },
          { $set: { labels: wanted }, $setOnInsert: { organisationId } },
          { upsert: true },
        )
    },
    all: async organisationId => {
      const rows = await labels
        .within(organisationId)
        .aggregate<{ _id: string; count: number }>([
          { $unwind: '$labels' },
          { $group: { _id: '$labels', count: { $sum: 1 } } },
        ])
      return rows
        .map(({ _id, count }) => ({ label: _id, count }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'sv'))
    },
  }
}
