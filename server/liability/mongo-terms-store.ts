import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type LiabilityTerms } from './liability-terms.ts'
import { type TermsStore } from './terms-store.ts'

export function createMongoTermsStore(tables: Tables): TermsStore {
  const text = { title: String, body: String }
  const terms = tables.define<Stored<LiabilityTerms>>({
    name: 'liabilityTerms',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      number: { type: Number, required: true },
      kind: String,
      texts: { sv: text, en: text },
      sha256: { type: String, required: true },
      publishedAt: Date,
      publishedBy: String,
    },
    indexes: [[{ organisationId: 1, number: -1 }, { unique: true }]],
  })
  const newestFirst = { sort: { number: -1 } } as const
  return {
    find: async (organisationId, id) => one(await terms.within(organisationId).findOne({ _id: id })),
    all: async organisationId =>
      (await terms.within(organisationId).find({}, newestFirst)).map(row => fromRow<LiabilityTerms>(row)),
    latest: async organisationId => one(await terms.within(organisationId).findOne({}, newestFirst)),
    async insert(version) {
      try {
        await terms.within(version.organisationId).insert(toRow(version))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError('conflict', 'stale', 'Somebody published terms meanwhile. Read them first.')
      }
    },
  }
}

const one = (row: Stored<LiabilityTerms> | undefined) => row && fromRow<LiabilityTerms>(row)
