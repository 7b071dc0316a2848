import { type SecretBox } from '../certificates/secret-box.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { identifierTaken, type Profile, type ProfileVersion } from './profile.ts'
import { type ProfileStore } from './profile-store.ts'

type ProfileRow = Stored<Profile> & { readonly identifierKey: string; readonly turn?: number }
type VersionRow = Stored<ProfileVersion> & { readonly sealed: string }

/** As versions were kept before it was known who had written them. */
type Before = Omit<ProfileVersion, 'writtenBy'> & Partial<Pick<ProfileVersion, 'writtenBy'>>

/** Where the bytes of a version are sealed for. */
const placeOfVersion = (id: string): string => `profile-version/${id}`

export function createMongoProfileStore(
  tables: Tables,
  secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>,
): ProfileStore {
  const profiles = tables.define<ProfileRow>({
    name: 'profiles',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: { type: String, required: true },
      identifier: { type: String, required: true },
      // Apple compares identifiers letter by letter, but two that differ only in case would confuse people.
      identifierKey: { type: String, required: true },
      latest: { type: Number, required: true },
      turn: Number,
      retired: { type: { at: Date, by: person }, _id: false },
    },
    indexes: [[{ organisationId: 1, identifierKey: 1 }, { unique: true }]],
  })
  const versions = tables.define<VersionRow>({
    name: 'profileVersions',
    tenancy: { belongsTo: 'organisation' },
    fields: versionFields,
    indexes: [[{ organisationId: 1, profileId: 1, number: -1 }, { unique: true }]],
  })
  const profileOf = ({ _id, organisationId, name, identifier, latest, retired }: ProfileRow): Profile => ({
    id: _id,
    organisationId,
    name,
    identifier,
    latest,
    ...(retired && { retired }),
  })
  const versionOf = (row: Stored<ProfileVersion>): ProfileVersion => {
    const version = fromRow<Before>(row)
    return { ...version, writtenBy: version.writtenBy ?? [version.savedBy] }
  }
  const withoutBytes = { fields: { sealed: 0 } } as const

  return {
    async find(organisationId, id) {
      const row = await profiles.within(organisationId).findOne({ _id: id })
      return row && profileOf(row)
    },
    all: async organisationId =>
      (await profiles.within(organisationId).find({}))
        .map(profileOf)
        .toSorted((one, other) => one.name.localeCompare(other.name, 'sv')),
    async withIdentifier(organisationId, identifier) {
      const row = await profiles.within(organisationId).findOne({ identifierKey: identifier.toLowerCase() })
      return row && profileOf(row)
    },
    async insert(profile) {
      const own = profiles.within(profile.organisationId)
      const identifierKey = profile.identifier.toLowerCase()
      const holder = await own.findOne({ identifierKey })
      if (holder) throw identifierTaken(holder.name)
      try {
        await own.insert({ ...toRow(profile), identifierKey })
      } catch (error) {
        throw isDuplicateKey(error) ? identifierTaken() : error
      }
    },
    advance: (organisationId, id, from) =>
      profiles.within(organisationId).updateOne({ _id: id, latest: from }, { $set: { latest: from + 1 } }),
    save: ({ organisationId, id, name, retired }, after) =>
      profiles.within(organisationId).updateOne(
        { _id: id, name, retired: { $exists: retired !== undefined } },
        {
          $set: { name: after.name, ...(after.retired && { retired: after.retired }) },
          ...(!after.retired && { $unset: { retired: '' } }),
        },
      ),
    touchOffered: (organisationId, id) =>
      profiles
        .within(organisationId)
        .updateOne({ _id: id, retired: { $exists: false } }, { $inc: { turn: 1 } }),
    async insertVersion({ bytes, ...version }) {
      const sealed = secrets.sealSecret(bytes, placeOfVersion(version.id))
      await versions.within(version.organisationId).insert({ ...toRow<ProfileVersion>(version), sealed })
    },
    versions: async (organisationId, profileId) =>
      (
        await versions.within(organisationId).find({ profileId }, { sort: { number: -1 }, ...withoutBytes })
      ).map(versionOf),
    async newest(organisationId) {
      const all = await profiles.within(organisationId).find({}, {})
      if (all.length === 0) return []
      const each = all.map(({ _id, latest }) => ({ profileId: _id, number: latest }))
      return (await versions.within(organisationId).find({ $or: each }, withoutBytes)).map(versionOf)
    },
    approved: async organisationId =>
      (await versions.within(organisationId).find({ approval: { $exists: true } }, withoutBytes)).map(
        versionOf,
      ),
    async findVersion(organisationId, profileId, number) {
      const row = await versions.within(organisationId).findOne({ profileId, number })
      if (row === undefined) return undefined
      const { sealed, ...rest } = row
      return { ...versionOf(rest), bytes: secrets.openSecret(sealed, placeOfVersion(row._id)) }
    },
    approve: (organisationId, versionId, approval) =>
      versions
        .within(organisationId)
        .updateOne({ _id: versionId, approval: { $exists: false } }, { $set: { approval } }),
  }
}

const person = { id: String, name: String }

const finding = {
  _id: false,
  severity: String,
  code: String,
  place: { payload: Number, path: [{}] },
  words: [String],
  suggestion: String,
  ipads: { type: { affected: Number, of: Number }, _id: false },
}

const versionFields = {
  profileId: { type: String, required: true },
  number: { type: Number, required: true },
  origin: { type: String, required: true },
  displayName: String,
  types: [String],
  // Not known of versions from before.
  variants: { type: [String], default: undefined },
  variables: [String],
  hasSecrets: Boolean,
  sha256: { type: String, required: true },
  size: Number,
  signer: String,
  findings: [finding],
  note: String,
  savedAt: Date,
  savedBy: person,
  writtenBy: { type: [{ ...person, _id: false }], default: undefined },
  approval: { type: { policyId: String, policyNumber: Number, at: Date, by: person }, _id: false },
  sealed: { type: String, required: true },
} as const
