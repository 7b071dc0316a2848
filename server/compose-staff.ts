import { type Plugin } from '@hapi/hapi'
import { type Audit, type AuditReader, type AuditSummary } from './audit/audit.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { type Database } from './database/database.ts'
import { createOutwardFetch } from './http/outward-fetch.ts'
import { type Organisations } from './organisations/organisations.ts'
import { createChallenges } from './staff/challenges.ts'
import { createConfirming } from './staff/confirming.ts'
import { createMongoChallengeStore } from './staff/mongo-challenge-store.ts'
import { createFreshening } from './staff/freshening.ts'
import { identityProviderRoutes } from './staff/identity-provider-routes.ts'
import { createInvitations } from './staff/invitations.ts'
import { createIdentityProviders } from './staff/identity-providers.ts'
import { createMongoIdentityProviderStore } from './staff/mongo-identity-provider-store.ts'
import { createMongoSessionStore } from './staff/mongo-session-store.ts'
import { createRightsReport } from './staff/rights-report.ts'
import { rightsReportRoutes } from './staff/rights-report-routes.ts'
import { createMongoStaffStore } from './staff/mongo-staff-store.ts'
import { createMongoUnknownTryStore } from './staff/mongo-unknown-try-store.ts'
import { createNewOrganisation } from './staff/new-organisation.ts'
import { createOpenIdConnect } from './staff/openid-connect.ts'
import { createMayBeOneOf, openersBehind } from './staff/opened.ts'
import { ownAccountRoutes } from './staff/own-account-routes.ts'
import { createPasskeys } from './staff/passkeys.ts'
import { createPasswords } from './staff/passwords.ts'
import { relyingPartyOf } from './staff/relying-party.ts'
import { type Actor } from './staff/actor.ts'
import { createSecondFactor } from './staff/second-factor.ts'
import { createSecondStep } from './staff/second-step.ts'
import { createSessionOpening } from './staff/session-opening.ts'
import { createSessions } from './staff/sessions.ts'
import { createSignIn } from './staff/sign-in.ts'
import { createSingleSignOn } from './staff/single-sign-on.ts'
import { createStaffEditing } from './staff/staff-editing.ts'
import { createStaff } from './staff/staff.ts'
import { staffRoutes } from './staff/staff-routes.ts'
import { tokenRoutes } from './staff/token-routes.ts'
import { createTokens } from './staff/tokens.ts'
import { createUnknownTries } from './staff/unknown-tries.ts'
import { type Ports } from './start.ts'

interface StaffNeeds extends Database {
  readonly publicUrl: string
  /** Whether providers of single sign-on may be in the own network. */
  readonly privateProviders: boolean
  readonly ports: Ports
  readonly certificates: Certificates
  readonly audit: Audit & AuditReader & AuditSummary
  readonly organisations: Organisations
}

/** The part of `compose` for those who sign in, and how they do. */
export function composeStaff(needs: StaffNeeds) {
  const { publicUrl, ports, certificates, tables, transaction, audit, organisations } = needs
  const { clock, newId, randomBytes } = ports
  const staffStore = createMongoStaffStore(tables)
  const sessionStore = createMongoSessionStore(tables)
  const shared = { staff: staffStore, sessions: sessionStore, audit, clock, randomBytes, transaction }
  const opening = createSessionOpening({ ...shared, organisations })
  const countUnknown = createUnknownTries({
    clock,
    key: certificates.keyFor('unknown-tries'),
    tries: createMongoUnknownTryStore(tables),
  })
  const signIn = createSignIn({ ...shared, opening, countUnknown })
  const secondFactor = createSecondFactor({ ...shared, opening, secrets: certificates })
  const challengeStore = createMongoChallengeStore(tables)
  const passkeys = createPasskeys({
    ...shared,
    opening,
    secondFactor,
    party: relyingPartyOf(publicUrl),
    challenges: createChallenges({
      clock,
      randomBytes,
      spent: challengeStore,
      key: certificates.keyFor('passkey-challenges'),
    }),
  })
  const freshen = createFreshening(shared)
  const identityProviderStore = createMongoIdentityProviderStore(tables)
  const confirming = createConfirming({
    ...shared,
    secondFactor,
    passkeys,
    freshen,
    providers: identityProviderStore,
  })
  const secondStep = createSecondStep({ ...shared, opening, secondFactor, passkeys })
  const sessions = createSessions(shared)
  const passwords = createPasswords({
    ...shared,
    signIn,
    organisations,
    // Fifty thousand words, loaded when somebody chooses a password.
    common: async () => (await import('./staff/common-passwords.ts')).commonPasswords,
  })
  const staffEditing = createStaffEditing(shared)
  const invitations = createInvitations({ ...shared, organisations })
  const tokens = createTokens({ staff: staffStore, audit, clock, randomBytes, transaction })
  const openIdConnect = createOpenIdConnect({
    clock,
    fetch: createOutwardFetch(needs.privateProviders),
  })
  const identityProviders = createIdentityProviders({
    ...shared,
    providers: identityProviderStore,
    client: openIdConnect,
    secrets: certificates,
    organisations,
  })
  const singleSignOn = createSingleSignOn({
    ...shared,
    opening,
    freshen,
    newId,
    secrets: certificates,
    spent: challengeStore,
    providers: identityProviderStore,
    client: openIdConnect,
    redirectUri: `${publicUrl}/sign-in/single-sign-on/answer`,
    signedOutUri: `${publicUrl}/sign-in/signed-out`,
  })
  const staff = createStaff({
    staff: staffStore,
    passwords,
    organisations,
    audit,
    clock,
    newId,
    randomBytes,
    transaction,
  })

  const addOrganisation = createNewOrganisation({ organisations, staff, passwords, transaction })
  const openers = (actor: Pick<Actor, 'kind' | 'id' | 'behind'>) =>
    openersBehind(actor, staffStore, clock.now())
  const rightsReport = createRightsReport({ staff: staffStore, organisations, audit, clock })

  const staffPlugins: Plugin<void>[] = [
    staffRoutes({ staff, editing: staffEditing, passwords, sessions, secondFactor, publicUrl }),
    tokenRoutes(tokens),
    rightsReportRoutes({ rightsReport, audit }),
    ownAccountRoutes({ passwords, passkeys, sessions, secondFactor, confirming, invitations }),
    identityProviderRoutes(identityProviders),
  ]
  return {
    invitations,
    staff,
    staffStore,
    staffEditing,
    passwords,
    sessions,
    signIn,
    secondFactor,
    secondStep,
    passkeys,
    confirming,
    identityProviders,
    singleSignOn,
    tokens,
    addOrganisation,
    rightsReport,
    openersOf: openers,
    mayBeOneOf: createMayBeOneOf(openers),
    staffPlugins,
  }
}
