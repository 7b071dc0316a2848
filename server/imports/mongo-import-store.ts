import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type ImportStore, type Upload } from './import-store.ts'

export function createMongoImportStore(tables: Tables): ImportStore {
  const imports = tables.define<Stored<Upload>>({
    name: 'imports',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      kind: String,
      fileName: String,
      bytes: Buffer,
      sha256: String,
      encoding: String,
      delimiter: String,
      plan: String,
      state: String,
      expiresAt: Date,
    },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  })
  return {
    async find(organisationId, kind, id) {
      const row = await imports.within(organisationId).findOne({ _id: id, kind })
      return row && { ...fromRow<Upload>(row), bytes: bytesOf(row.bytes) }
    },
    insert: upload => imports.within(upload.organisationId).insert(toRow(upload)),
    commit: (organisationId, id) =>
      imports
        .within(organisationId)
        .updateOne({ _id: id, state: 'previewed' }, { $set: { state: 'committed' } }),
  }
}

/** The driver gives bytes of a plain read in a wrapper of its own. */
function bytesOf(stored: Buffer | { readonly buffer: Uint8Array }): Buffer {
  return Buffer.isBuffer(stored) ? stored : Buffer.from(stored.buffer)
}
