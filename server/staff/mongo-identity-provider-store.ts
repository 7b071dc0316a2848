import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type IdentityProvider } from './identity-provider.ts'
import { type IdentityProviderStore } from './identity-provider-store.ts'

export function createMongoIdentityProviderStore(tables: Tables): IdentityProviderStore {
  const providers = tables.define<Stored<IdentityProvider>>({
    name: 'identityProviders',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: String,
      issuer: String,
      clientId: String,
      clientSecret: String,
      groupClaim: String,
      groupRoles: [{ _id: false, group: String, role: String }],
      assurance: String,
      createsAccounts: Boolean,
      vouchesForAddresses: Boolean,
      enabled: Boolean,
      version: Number,
    },
    indexes: [],
  })
  const any = providers.acrossOrganisations('the sign-in page looks for theirs before anybody is known')
  return {
    async find(organisationId) {
      const row = await providers.within(organisationId).findOne({ _id: organisationId })
      return row && fromRow<IdentityProvider>(row)
    },
    listEnabled: async () =>
      (await any.find({ enabled: true }, { sort: { name: 1 } })).map(row => fromRow<IdentityProvider>(row)),
    async save(provider) {
      const own = providers.within(provider.organisationId)
      if (provider.version > 1)
        return own.replaceOne({ _id: provider.id, version: provider.version - 1 }, toRow(provider))
      try {
        await own.insert(toRow(provider))
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
