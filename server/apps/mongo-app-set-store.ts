import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type AppSet, type AppSetVersion } from './app-set.ts'
import { type AppSetStore } from './app-set-store.ts'

export function createMongoAppSetStore(tables: Tables): AppSetStore {
  const sets = tables.define<Stored<AppSet>>({
    name: 'appSets',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: { type: String, required: true },
      latest: { type: Number, required: true },
      endedAt: Date,
    },
    indexes: [[{ organisationId: 1, name: 1 }]],
  })
  const versions = tables.define<Stored<AppSetVersion>>({
    name: 'appSetVersions',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      appSetId: { type: String, required: true },
      number: { type: Number, required: true },
      apps: { type: [{ identifier: String, name: String, storeId: Number, _id: false }], required: true },
      target: { type: Object, required: true },
      note: String,
      savedAt: { type: Date, required: true },
      savedBy: { id: String, name: String, _id: false },
    },
    indexes: [[{ organisationId: 1, appSetId: 1, number: -1 }, { unique: true }]],
  })

  return {
    async find(organisationId, id) {
      const row = await sets.within(organisationId).findOne({ _id: id })
      return row && fromRow<AppSet>(row)
    },
    all: async organisationId =>
      (await sets.within(organisationId).find({}))
        .map(row => fromRow<AppSet>(row))
        .toSorted((one, other) => one.name.localeCompare(other.name, 'sv')),
    insert: set => sets.within(set.organisationId).insert(toRow(set)),
    advance: (organisationId, id, from) =>
      sets
        .within(organisationId)
        .updateOne({ _id: id, latest: from, endedAt: null } as never, { $set: { latest: from + 1 } }),
    end: (organisationId, id, at) =>
      sets.within(organisationId).updateOne({ _id: id, endedAt: null } as never, { $set: { endedAt: at } }),
    insertVersion: version => versions.within(version.organisationId).insert(toRow(version)),
    versions: async (organisationId, appSetId) =>
      (await versions.within(organisationId).find({ appSetId }, { sort: { number: -1 } })).map(row =>
        fromRow<AppSetVersion>(row),
      ),
    async findVersion(organisationId, appSetId, number) {
      const row = await versions.within(organisationId).findOne({ appSetId, number })
      return row && fromRow<AppSetVersion>(row)
    },
  }
}
