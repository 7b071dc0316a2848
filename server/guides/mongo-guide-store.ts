import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Row, type Tables } from '../database/tables.ts'
import { type Guide, type GuideVersion } from './guide.ts'
import { type GuideStore } from './guide-store.ts'

interface FileRow extends Row {
  readonly organisationId: string
  readonly bytes: Buffer | { readonly buffer: Uint8Array }
  readonly secret?: string
}

export function createMongoGuideStore(tables: Tables): GuideStore {
  const guides = tables.define<Stored<Guide>>({
    name: 'guides',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: { type: String, required: true },
      identifier: { type: String, required: true },
      latest: { type: Number, required: true },
    },
    indexes: [[{ organisationId: 1, name: 1 }]],
  })
  const versions = tables.define<Stored<GuideVersion>>({
    name: 'guideVersions',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      guideId: { type: String, required: true },
      number: { type: Number, required: true },
      size: { type: Number, required: true },
      sha256: { type: String, required: true },
      note: String,
      savedAt: { type: Date, required: true },
      savedBy: { id: String, name: String, _id: false },
    },
    indexes: [[{ organisationId: 1, guideId: 1, number: -1 }, { unique: true }]],
  })
  // The id is that of the version.
  const files = tables.define<FileRow>({
    name: 'guideFiles',
    tenancy: { belongsTo: 'organisation' },
    fields: { bytes: Buffer, secret: String },
    indexes: [],
  })
  const any = files.acrossOrganisations('an iPad that fetches a guide names no organisation')

  return {
    async find(organisationId, id) {
      const row = await guides.within(organisationId).findOne({ _id: id })
      return row && fromRow<Guide>(row)
    },
    all: async organisationId =>
      (await guides.within(organisationId).find({}))
        .map(row => fromRow<Guide>(row))
        .toSorted((one, other) => one.name.localeCompare(other.name, 'sv')),
    insert: guide => guides.within(guide.organisationId).insert(toRow(guide)),
    advance: (organisationId, id, from) =>
      guides.within(organisationId).updateOne({ _id: id, latest: from }, { $set: { latest: from + 1 } }),
    async insertVersion(version, bytes, secret) {
      const { organisationId, id } = version
      await versions.within(organisationId).insert(toRow(version))
      await files
        .within(organisationId)
        .insert({ _id: id, organisationId, bytes: Buffer.from(bytes), secret })
    },
    versions: async (organisationId, guideId) =>
      (await versions.within(organisationId).find({ guideId }, { sort: { number: -1 } })).map(row =>
        fromRow<GuideVersion>(row),
      ),
    async findVersion(organisationId, guideId, number) {
      const row = await versions.within(organisationId).findOne({ guideId, number })
      return row && fromRow<GuideVersion>(row)
    },
    secretOf: async versionId =>
      (await any.find({ _id: versionId }, { fields: { secret: 1 }, limit: 1 }))[0]?.secret,
    async file(versionId) {
      const bytes = (await any.findOne({ _id: versionId }))?.bytes
      if (!bytes) return undefined
      return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer)
    },
  }
}
