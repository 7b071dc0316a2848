import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { isOwnMail } from '../organisations/organisation.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { stale } from '../stale.ts'
import { mustHoldAllOf } from './account-authority.ts'
import { type Actor } from './actor.ts'
import { refuseWrongProvider, type IdentityProvider } from './identity-provider.ts'
import { type IdentityProviderStore } from './identity-provider-store.ts'
import { type OidcClient } from './oidc-client.ts'

interface IdentityProvidersDeps {
  readonly providers: IdentityProviderStore
  readonly client: Pick<OidcClient, 'reach'>
  readonly secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly organisations: Pick<Organisations, 'byId' | 'only'>
}

/** What somebody who has not signed in says of where they belong. */
interface Belonging {
  readonly organisationId: string
  readonly email: string
}

export type ProviderInput = Omit<IdentityProvider, 'id' | 'organisationId' | 'clientSecret'> & {
  /** Empty keeps the one that is stored. */
  readonly clientSecret: string
}

export type ShownProvider = Omit<IdentityProvider, 'id' | 'organisationId' | 'clientSecret'> & {
  readonly hasSecret: boolean
}

interface OfferedProviders {
  readonly items: readonly Pick<IdentityProvider, 'id' | 'name'>[]
  /** Several organisations are here, and some have such a button: which is shown depends on who asks. */
  readonly isShared: boolean
}

export type IdentityProviders = ReturnType<typeof createIdentityProviders>

const none: ShownProvider = {
  name: '',
  issuer: '',
  clientId: '',
  groupClaim: 'groups',
  groupRoles: [],
  assurance: '',
  createsAccounts: false,
  vouchesForAddresses: false,
  enabled: false,
  hasSecret: false,
  version: 0,
}

/** Where the secret of an organisation's client is kept. */
export function placeOfClientSecret(organisationId: string): string {
  return `identity-provider/${organisationId}`
}

/** The provider of an organisation, as its administrators set it. The client's secret goes in and never comes out. */
export function createIdentityProviders(deps: IdentityProvidersDeps) {
  const { providers, client, secrets, audit, transaction, organisations } = deps

  async function refuseUnreachable(provider: IdentityProvider): Promise<void> {
    const secret = secrets.openSecret(provider.clientSecret, placeOfClientSecret(provider.organisationId))
    try {
      await client.reach({ ...provider, clientSecret: Buffer.from(secret).toString() })
    } catch {
      const message = 'No OpenID Connect provider answers at the issuer’s address.'
      throw new DomainError('invalid', 'issuer-unreachable', message, [{ path: 'issuer', message }])
    }
  }

  return {
    /** What is set; all of it empty, with version 0, when nothing is. */
    async get({ organisationId }: Actor): Promise<ShownProvider> {
      const found = await providers.find(organisationId)
      return found ? shown(found) : none
    },

    /**
     * Saves what is set; `version` is the one that the person saw. One that is turned on must answer.
     * @throws {DomainError} invalid `identity-provider-invalid`, `client-secret-needed`, `issuer-unreachable`; conflict
     * `stale`; forbidden `token-beyond`
     */
    async save(actor: Actor, { clientSecret, version, ...input }: ProviderInput): Promise<ShownProvider> {
      const { organisationId } = actor
      const before = await providers.find(organisationId)
      const place = placeOfClientSecret(organisationId)
      const keeps = clientSecret === '' && before !== undefined
      if (keeps && (before.issuer !== input.issuer || before.clientId !== input.clientId))
        throw secretNeeded()
      const after: IdentityProvider = {
        ...input,
        id: organisationId,
        organisationId,
        clientSecret: keeps ? before.clientSecret : secrets.sealSecret(Buffer.from(clientSecret), place),
        version: version + 1,
      }
      refuseWrongProvider(after)
      // Whoever chooses the provider chooses who is in its groups.
      mustHoldAllOf(
        actor,
        after.groupRoles.map(({ role }) => role),
      )
      if (after.enabled) await refuseUnreachable(after)
      await transaction(async () => {
        if (!(await providers.save(after))) {
          throw stale('provider')
        }
        await audit.record(actor, {
          action: 'organisations.identity-provider',
          on: { kind: 'organisation', id: organisationId },
          before: { ...(before ? shown(before) : none) },
          after: { ...shown(after), ...(!keeps && { clientSecret: 'replaced' }) },
        })
      })
      return shown(after)
    },

    /**
     * The buttons of the sign-in page. Where several organisations share the installation, only that of the organisation
     * that is named, or of one that names the address's domain its own: nobody sees who else is here.
     */
    async offeredTo({ organisationId, email }: Belonging): Promise<OfferedProviders> {
      const enabled = await providers.listEnabled()
      const isTheirs = async (id: string) => {
        if (id === organisationId) return true
        const { mailDomains } = (await organisations.byId(id)).settings
        return email.includes('@') && mailDomains.length > 0 && isOwnMail(email, mailDomains)
      }
      const isAlone = (await organisations.only()) !== undefined
      const theirs = await Promise.all(enabled.map(async ({ id }) => isAlone || isTheirs(id)))
      const items = enabled.filter((_, index) => theirs[index]).map(({ id, name }) => ({ id, name }))
      return { items, isShared: !isAlone && enabled.length > 0 }
    },
  }
}

/** The stored secret belongs to one client at one issuer; sent anywhere else it would be given away. */
function secretNeeded(): DomainError {
  const message = 'Type the secret of the client again: the issuer or the client has changed.'
  return new DomainError('invalid', 'client-secret-needed', message, [{ path: 'clientSecret', message }])
}

function shown(provider: IdentityProvider): ShownProvider {
  const { name, issuer, clientId, groupClaim, groupRoles, assurance, createsAccounts, enabled, version } =
    provider
  // Missing in what was saved before there was such a choice.
  const vouchesForAddresses = (provider as Partial<IdentityProvider>).vouchesForAddresses === true
  const settings = {
    name,
    issuer,
    clientId,
    groupClaim,
    groupRoles,
    assurance,
    createsAccounts,
    vouchesForAddresses,
    enabled,
    version,
  }
  return { ...settings, hasSecret: true }
}
