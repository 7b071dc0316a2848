import { toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Tables } from '../database/tables.ts'
import { pairKey } from './doubles.ts'
import { type Merge } from './merge.ts'
import { type MergeStore } from './merge-store.ts'

type MergeRow = Stored<Merge>

interface ApartRow {
  /** The organisation and `pairKey`: a pair is kept apart once. */
  readonly _id: string
  readonly organisationId: string
  readonly ids: readonly string[]
}

export function createMongoMergeStore(tables: Tables): MergeStore {
  const merges = tables.define<MergeRow>({
    name: 'personMerges',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      goneId: { type: String, required: true },
      keptId: { type: String, required: true },
      formerEmail: String,
      mergedAt: { type: Date, required: true },
      mergedBy: { _id: false, kind: String, id: String, name: String },
    },
    indexes: [
      [{ organisationId: 1, goneId: 1 }, { unique: true }],
      [{ organisationId: 1, keptId: 1 }],
      [{ organisationId: 1, formerEmail: 1 }],
    ],
  })
  const pairs = tables.define<ApartRow>({
    name: 'peopleApart',
    tenancy: { belongsTo: 'organisation' },
    fields: { ids: [String] },
    indexes: [[{ organisationId: 1 }]],
  })
  const keepApart = async (organisationId: string, one: string, other: string) => {
    const _id = `${organisationId} ${pairKey(one, other)}`
    await pairs
      .within(organisationId)
      .updateOne({ _id }, { $set: { ids: pairKey(one, other).split(' ') } }, { upsert: true })
  }
  return {
    async insert(merge) {
      const own = merges.within(merge.organisationId)
      await own.deleteMany({ goneId: merge.goneId })
      // Whoever came back and stays now leads nowhere else.
      await own.deleteMany({ goneId: merge.keptId })
      await own.updateMany({ keptId: merge.goneId }, { $set: { keptId: merge.keptId } })
      await own.insert(toRow(merge))
    },
    async keptOf(organisationId, goneIds) {
      const found = await merges.within(organisationId).find({ goneId: { $in: goneIds } })
      return new Map(found.map(({ goneId, keptId }) => [goneId, keptId]))
    },
    goneInto: async (organisationId, keptId) =>
      (await merges.within(organisationId).find({ keptId })).map(({ goneId }) => goneId),
    async byFormerEmails(organisationId, emails) {
      const filter = { formerEmail: { $in: emails } } as Filter<MergeRow>
      const found = await merges.within(organisationId).find(filter)
      return new Map(found.map(({ formerEmail = '', keptId }) => [formerEmail, keptId]))
    },
    async forgetEmail(organisationId, email) {
      await merges
        .within(organisationId)
        .updateMany({ formerEmail: email }, { $unset: { formerEmail: '' as const } })
    },
    keepApart,
    apart: async organisationId =>
      new Set((await pairs.within(organisationId).find({})).map(({ ids }) => ids.join(' '))),
    async moveApart(organisationId, from, to) {
      const own = pairs.within(organisationId)
      const touched = (await own.find({})).filter(({ ids }) => ids.includes(from))
      for (const { _id, ids } of touched) {
        await own.deleteMany({ _id })
        const other = ids.find(id => id !== from)
        if (other !== undefined && other !== to) await keepApart(organisationId, other, to)
      }
    },
  }
}
