import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Tables } from '../database/tables.ts'
import { type Mandate } from './mandate.ts'
import { type MandateFilter, type MandateStore } from './mandate-store.ts'

type MandateRow = Stored<Mandate>

export function createMongoMandateStore(tables: Tables): MandateStore {
  const mandates = tables.define<MandateRow>({
    name: 'mandates',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      personId: { type: String, required: true },
      bodyId: { type: String, required: true },
      role: String,
      startsOn: { type: String, required: true },
      endsOn: String,
      costWeight: Number,
      version: Number,
    },
    indexes: [
      [{ organisationId: 1, personId: 1, startsOn: 1 }],
      [{ organisationId: 1, bodyId: 1, startsOn: 1 }],
    ],
  })
  return {
    find: async (organisationId, id) => {
      const row = await mandates.within(organisationId).findOne({ _id: id })
      return row && fromRow<Mandate>(row)
    },
    list: async (organisationId, filter) =>
      (await mandates.within(organisationId).find(filterOf(filter), { sort: { startsOn: 1, _id: 1 } })).map(
        row => fromRow<Mandate>(row),
      ),
    async insert(...added) {
      const [first] = added
      if (first) await mandates.within(first.organisationId).insert(...added.map(toRow))
    },
    save: async mandate =>
      mandates
        .within(mandate.organisationId)
        .replaceOne({ _id: mandate.id, version: mandate.version - 1 }, toRow(mandate)),
    async remove(organisationId, id) {
      await mandates.within(organisationId).deleteMany({ _id: id })
    },
  }
}

function filterOf({ personId, personIds, bodyId, on }: MandateFilter): Filter<MandateRow> {
  return {
    ...(personId !== undefined && { personId }),
    ...(personIds && { personId: { $in: personIds } }),
    ...(bodyId !== undefined && { bodyId }),
    ...(on !== undefined && { startsOn: { $lte: on }, $or: [{ endsOn: { $gte: on } }, { endsOn: null }] }),
  } as Filter<MandateRow>
}
