import { type IdentityProvider } from './identity-provider.ts'

export interface IdentityProviderStore {
  find(organisationId: string): Promise<IdentityProvider | undefined>
  /** Those that people can sign in with, by name. */
  listEnabled(): Promise<IdentityProvider[]>
  /** False when the stored one is not the version before this; version 1 is the first. */
  save(provider: IdentityProvider): Promise<boolean>
}
