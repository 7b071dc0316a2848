import { type Row } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type PersonalReadStore } from './personal-read-store.ts'

interface ReadRow extends Row {
  readonly organisationId: string
  readonly amount: number
  readonly until: Date
}

/** Counts of reads. They go away by themselves (TTL index). */
export function createMongoPersonalReadStore(tables: Tables): PersonalReadStore {
  const reads = tables.define<ReadRow>({
    name: 'personalReads',
    tenancy: { belongsTo: 'organisation' },
    fields: { amount: Number, until: Date },
    indexes: [[{ until: 1 }, { expireAfterSeconds: 0 }]],
  })
  const idOf = (organisationId: string, key: string) => `${organisationId} ${key}`
  return {
    async count(organisationId, key) {
      const row = await reads.within(organisationId).findOne({ _id: idOf(organisationId, key) })
      return row?.amount ?? 0
    },
    async add(organisationId, key, amount, until) {
      const change = { $inc: { amount }, $setOnInsert: { until } }
      const row = await reads
        .within(organisationId)
        .findOneAndUpdate({ _id: idOf(organisationId, key) }, change, { upsert: true })
      return row?.amount ?? amount
    },
  }
}
