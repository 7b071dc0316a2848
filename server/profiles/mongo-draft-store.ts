import { type SecretBox } from '../certificates/secret-box.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { draftAlone, type ProfileDraft } from './draft.ts'
import { type DraftStore } from './draft-store.ts'

type Row = Stored<ProfileDraft> & { readonly sealed: string }

/** As drafts were kept before they gathered who wrote them. */
type Before = Omit<ProfileDraft, 'writtenBy'> & Partial<Pick<ProfileDraft, 'writtenBy'>>

/** Where the content of a draft is sealed for. */
const placeOfDraft = (id: string): string => `profile-draft/${id}`

export function createMongoDraftStore(
  tables: Tables,
  secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>,
): DraftStore {
  const person = { id: String, name: String }
  const drafts = tables.define<Row>({
    name: 'profileDrafts',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: { type: String, required: true },
      of: { type: { profileId: String, number: Number, from: Number }, _id: false },
      version: { type: Number, required: true },
      startedAt: Date,
      changedAt: Date,
      changedBy: person,
      writtenBy: { type: [{ ...person, _id: false }], default: undefined },
      sealed: { type: String, required: true },
    },
    indexes: [[{ organisationId: 1, changedAt: -1 }]],
  })
  const draftOf = (row: Stored<ProfileDraft>): ProfileDraft => {
    const draft = fromRow<Before>(row)
    return { ...draft, writtenBy: draft.writtenBy ?? [draft.changedBy] }
  }
  const sealed = (id: string, bytes: Uint8Array) => secrets.sealSecret(bytes, placeOfDraft(id))
  return {
    async find(organisationId, id) {
      const row = await drafts.within(organisationId).findOne({ _id: id })
      if (row === undefined) return undefined
      const { sealed: locked, ...rest } = row
      return { ...draftOf(rest), bytes: secrets.openSecret(locked, placeOfDraft(id)) }
    },
    all: async organisationId =>
      (await drafts.within(organisationId).find({}, { sort: { changedAt: -1 }, fields: { sealed: 0 } })).map(
        draftOf,
      ),
    async insert(whole) {
      try {
        await drafts.within(whole.organisationId).insert({
          ...toRow<ProfileDraft>(draftAlone(whole)),
          sealed: sealed(whole.id, whole.bytes),
        })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError('conflict', 'draft-there', 'Somebody has already begun to edit this profile.')
      }
    },
    replace: (whole, from) => {
      const { name, of, version, changedAt, changedBy, writtenBy } = whole
      return drafts.within(whole.organisationId).updateOne(
        { _id: whole.id, version: from },
        {
          $set: {
            name,
            version,
            changedAt,
            changedBy,
            writtenBy,
            sealed: sealed(whole.id, whole.bytes),
            ...(of !== undefined && { of }),
          },
        },
      )
    },
    remove: async ({ organisationId, id }, from) =>
      (await drafts.within(organisationId).deleteMany({ _id: id, version: from })) > 0,
  }
}
