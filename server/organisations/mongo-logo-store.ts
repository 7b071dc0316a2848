import { type Tables } from '../database/tables.ts'
import { type LogoStore } from './logo-store.ts'

interface LogoRow {
  readonly _id: string
  readonly organisationId: string
  readonly sha256: string
  readonly bytes: Buffer
}

export function createMongoLogoStore(tables: Tables): LogoStore {
  const logos = tables.define<LogoRow>({
    name: 'logos',
    tenancy: { belongsTo: 'organisation' },
    fields: { sha256: { type: String, required: true }, bytes: { type: Buffer, required: true } },
    indexes: [[{ sha256: 1 }]],
  })
  const any = logos.acrossOrganisations(
    'a logo is asked for by the hash of what it shows, before anybody signs in',
  )
  return {
    put: async (organisationId, { sha256, bytes }) => {
      const own = logos.within(organisationId)
      await own.updateOne({ _id: organisationId }, { $set: { sha256, bytes } }, { upsert: true })
    },
    remove: async organisationId => {
      await logos.within(organisationId).deleteMany({ _id: organisationId })
    },
    bytesOf: async sha256 => {
      const row = await any.findOne({ sha256 })
      return row && bytesOf(row.bytes)
    },
  }
}

/** The driver gives bytes of a plain read in a wrapper of its own. */
function bytesOf(stored: Buffer | { readonly buffer: Uint8Array }): Buffer {
  return Buffer.isBuffer(stored) ? stored : Buffer.from(stored.buffer)
}
