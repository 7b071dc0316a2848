import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Batch, type ChangeStore } from './change-store.ts'

/** Batches of changes in the database, each for a minute. */
export function createMongoChangeStore(tables: Tables): ChangeStore {
  const batches = tables.define<Stored<Batch>>({
    name: 'changes',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      at: { type: Date, required: true },
      from: { type: String, required: true },
      subjects: { type: [String], required: true },
    },
    indexes: [[{ at: 1 }, { expireAfterSeconds: 60 }]],
  })
  const any = batches.acrossOrganisations('one look serves every stream; each hears of its own alone')
  return {
    add: batch => batches.within(batch.organisationId).insert(toRow(batch)),
    since: async (at, limit) =>
      (await any.find({ at: { $gte: at } }, { sort: { at: -1 }, limit })).map(row => fromRow<Batch>(row)),
  }
}
