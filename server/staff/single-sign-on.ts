import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { stale } from '../stale.ts'
import { type ChallengeStore } from './challenge-store.ts'
import { provedAddress, rolesFrom, type Claims, type IdentityProvider } from './identity-provider.ts'
import { type Freshen } from './freshening.ts'
import { type IdentityProviderStore } from './identity-provider-store.ts'
import { placeOfClientSecret } from './identity-providers.ts'
import { type OidcClient, type OidcParty, type OidcQuestion } from './oidc-client.ts'
import { type Role } from './rights.ts'
import { type CameFrom, type Session } from './session.ts'
import { systemActor } from './actor.ts'
import { looksLikeTheProduct } from './actor-name.ts'
import { endTokensBeyond } from './ending-tokens.ts'
import { actorFor, type SessionOpening } from './session-opening.ts'
import { type SessionStore } from './session-store.ts'
import { activeIn, isAdministrator, withMembership, type Identity, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

const attemptMs = 10 * 60_000
const place = 'single-sign-on'

interface SingleSignOnDeps {
  readonly staff: StaffStore
  readonly providers: IdentityProviderStore
  readonly client: Pick<OidcClient, 'ask' | 'answer' | 'signOut'>
  readonly opening: SessionOpening
  readonly sessions: Pick<SessionStore, 'find'>
  readonly freshen: Freshen
  readonly spent: ChallengeStore
  readonly secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string
  /** And where to when somebody has signed out there. */
  readonly signedOutUri: string
}

interface Attempt {
  readonly providerId: string
  readonly question: OidcQuestion
  readonly next: string
  readonly until: number
  /** The session that is to be fresh again, where nobody signs in but proves who they are. */
  readonly sessionId?: string
}

export type SingleSignOn = ReturnType<typeof createSingleSignOn>

/**
 * Signing in with the account of one's organisation. What the provider says decides the roles there, and there alone: a
 * session of one organisation's provider opens no other organisation.
 */
export function createSingleSignOn(deps: SingleSignOnDeps) {
  const {
    staff,
    providers,
    client,
    opening,
    sessions,
    freshen,
    spent,
    secrets,
    audit,
    clock,
    newId,
    transaction,
  } = deps

  async function providerOf(id: string): Promise<IdentityProvider> {
    const provider = await providers.find(id)
    if (provider?.enabled) return provider
    throw new DomainError('not-found', 'identity-provider-unknown', 'There is no such sign-in provider.')
  }

  function partyOf(provider: IdentityProvider): OidcParty {
    const secret = secrets.openSecret(provider.clientSecret, placeOfClientSecret(provider.organisationId))
    return { ...provider, clientSecret: Buffer.from(secret).toString() }
  }

  function openAttempt(sealed: string): Attempt {
    try {
      const attempt = JSON.parse(Buffer.from(secrets.openSecret(sealed, place)).toString()) as Attempt
      if (clock.now().getTime() < attempt.until) return attempt
    } catch {
      // Forged or cut short: no attempt of ours.
    }
    throw new DomainError('forbidden', 'sign-in-over', 'This took too long. Sign in again.')
  }

  async function ask(provider: IdentityProvider, sealed: Attempt, callbackUrl: string): Promise<Claims> {
    const { question, until } = sealed
    if (!(await spent.spend(`${place} ${question.state}`, new Date(until)))) throw refused()
    return client.answer(partyOf(provider), callbackUrl, question).catch(() => {
      throw refused()
    })
  }

  /** The account that works here already with the address of somebody who comes for the first time. */
  async function findByAddress(
    email: string,
    claims: Claims,
    provider: IdentityProvider,
  ): Promise<StaffMember | undefined> {
    const member = await staff.findByEmail(email)
    if (!member) return undefined
    const isOurs = member.memberships.some(one => one.organisationId === provider.organisationId)
    // Only issuer and subject name somebody (OpenID Connect Core 5.7): an address may have changed hands.
    const isOfAnother = member.identities?.some(one => mayTell(one, claims, provider)) ?? false
    // An address that only another organisation knows is theirs: our provider may not speak for it.
    if (!isOurs || isOfAnother) throw unknown()
    return member
  }

  async function link(
    member: StaffMember,
    { issuer, subject }: Claims,
    organisationId: string,
  ): Promise<void> {
    const roles = activeIn(member, organisationId)?.roles ?? []
    await audit.record(actorFor(member, { organisationId, roles }), {
      action: 'staff.link-provider',
      on: { kind: 'staff', id: member.id },
      after: { issuer, subject },
    })
  }

  async function create(
    email: string,
    claims: Claims,
    provider: IdentityProvider,
    roles: readonly Role[],
  ): Promise<StaffMember> {
    if (!provider.createsAccounts) throw unknown()
    const { organisationId } = provider
    const claimed = typeof claims['name'] === 'string' ? claims['name'].slice(0, 120) : email
    const name = looksLikeTheProduct(claimed) ? email : claimed
    const member: StaffMember = {
      id: newId(),
      email,
      name,
      language: 'sv',
      memberships: [{ organisationId, roles }],
      failedAttempts: 0,
      version: 1,
    }
    await staff.insert(member)
    await audit.record(actorFor(member, { organisationId, roles }), {
      action: 'staff.add',
      on: { kind: 'staff', id: member.id },
      after: { name, roles },
    })
    return member
  }

  /** The account with the roles of its groups, its tokens with no more; what it is elsewhere stays. */
  async function withRoles(
    member: StaffMember,
    organisationId: string,
    roles: readonly Role[],
  ): Promise<StaffMember> {
    const membership = activeIn(member, organisationId)
    if (!membership)
      throw new DomainError(
        'forbidden',
        'no-membership',
        'This account no longer belongs to any organisation.',
      )
    if (membership.roles.length === roles.length && roles.every(role => membership.roles.includes(role)))
      return member
    await staff.holdAdministrators(organisationId)
    const after = withMembership(member, { ...membership, roles })
    const all = await staff.listOf(organisationId)
    if (
      isAdministrator(member, organisationId) &&
      !isAdministrator(after, organisationId) &&
      !all.some(one => one.id !== member.id && isAdministrator(one, organisationId))
    ) {
      const message = 'This is the last administrator, and these groups would remove that role.'
      throw new DomainError('conflict', 'last-administrator', message)
    }
    if (!(await staff.save(after))) {
      throw stale('account')
    }
    const actor = actorFor(after, { organisationId, roles })
    await endTokensBeyond(actor, { id: member.id, roles }, { staff, audit })
    await audit.record(actor, {
      action: 'staff.edit',
      on: { kind: 'staff', id: member.id },
      before: { roles: membership.roles },
      after: { roles },
    })
    return after
  }

  /** Who came with an answer that was not taken is not known; the organisation whose provider it was sees it. */
  async function noteRefused(
    { organisationId, name }: IdentityProvider,
    { code }: DomainError,
  ): Promise<void> {
    await audit.record(systemActor(organisationId), {
      action: 'staff.single-sign-on-refused',
      on: { kind: 'organisation', id: organisationId },
      after: { provider: name, code },
    })
  }

  async function open(
    provider: IdentityProvider,
    attempt: Attempt,
    { search, from }: { search: string; from: CameFrom },
  ): Promise<{ secret?: string; next: string }> {
    const { organisationId, assurance } = provider
    const claims = await ask(provider, attempt, `${deps.redirectUri}${search}`)
    const acr = typeof claims['acr'] === 'string' ? claims['acr'] : undefined
    if (assurance !== '' && acr !== assurance) {
      const message = 'The sign-in was not as strong as your organisation requires.'
      throw new DomainError('forbidden', 'single-sign-on-assurance', message)
    }
    if (attempt.sessionId !== undefined) {
      await prove(attempt.sessionId, claims, organisationId)
      return { next: attempt.next }
    }
    const roles = rolesFrom(claims, provider)
    if (roles.length === 0) {
      const message = 'None of your groups gives you a role here. Talk to your administrator.'
      throw new DomainError('forbidden', 'single-sign-on-no-role', message)
    }
    const member = await transaction(async () => {
      const { issuer, subject } = claims
      const known = await staff.findByIdentity(issuer, subject)
      if (known) return withRoles(known, organisationId, roles)
      // Asked before anything is looked up: the answer must not tell which addresses have an account.
      const email = provedAddress(claims, provider)
      if (email === undefined) throw unproved()
      const linked = await findByAddress(email, claims, provider)
      if (linked) await link(linked, claims, organisationId)
      const account = linked ?? (await create(email, claims, provider, roles))
      await staff.noteIdentity(account.id, { issuer, subject, clientId: provider.clientId })
      return withRoles(account, organisationId, roles)
    })
    const { secret } = await opening.open(member, {
      methods: ['single-sign-on'],
      from,
      boundTo: organisationId,
      ...(acr !== undefined && { acr }),
    })
    return { secret, next: attempt.next }
  }

  async function send(
    providerId: string,
    wanted: Pick<Attempt, 'next' | 'sessionId'>,
  ): Promise<{ url: string; attempt: string }> {
    const provider = await providerOf(providerId)
    const now = clock.now()
    const again = wanted.sessionId === undefined ? undefined : { now }
    const { url, question } = await client.ask(partyOf(provider), deps.redirectUri, again).catch(() => {
      throw down()
    })
    const attempt: Attempt = { providerId, question, ...wanted, until: now.getTime() + attemptMs }
    return { url, attempt: secrets.sealSecret(Buffer.from(JSON.stringify(attempt)), place) }
  }

  /** The session is fresh again when the provider has just asked the very person whose it is. */
  async function prove(sessionId: string, claims: Claims, organisationId: string): Promise<void> {
    const session = await sessions.find(sessionId)
    const member = await staff.findByIdentity(claims.issuer, claims.subject)
    const isTheirs = session?.staffId === member?.id && session?.boundTo === organisationId
    if (!session || !member || !isTheirs || clock.now() >= session.expiresAt) throw refused()
    await freshen(session, member, 'single-sign-on')
  }

  return {
    /**
     * Where the browser goes, and what it keeps meanwhile.
     * @throws {DomainError} not-found `identity-provider-unknown`; conflict `identity-provider-down`
     */
    begin: (providerId: string, next: string) => send(providerId, { next }),

    /**
     * The same for somebody who is signed in through a provider and has to prove again who they are.
     * @throws {DomainError} not-found `identity-provider-unknown`; conflict `identity-provider-down`
     */
    beginAgain: ({ id: sessionId, boundTo }: Pick<Session, 'id' | 'boundTo'>, next: string) =>
      send(boundTo ?? '', { next, sessionId }),

    /**
     * Where the browser goes to be signed out at the provider too. The provider asks there; the link says nothing of
     * whose session it was.
     * @throws {DomainError} not-found `identity-provider-unknown`; conflict `identity-provider-down`,
     * `identity-provider-no-sign-out` when it has no such place
     */
    async signOut(providerId: string): Promise<string> {
      const provider = await providerOf(providerId)
      const url = await client.signOut(partyOf(provider), deps.signedOutUri).catch(() => {
        throw down()
      })
      if (url !== undefined) return url
      const message = 'You cannot sign out of that provider from here. Close the browser.'
      throw new DomainError('conflict', 'identity-provider-no-sign-out', message)
    },

    /**
     * The secret of a new session, for the answer that the browser brings back; none where it proved again whose the
     * session is that the browser has.
     * @throws {DomainError} forbidden `sign-in-over`, `single-sign-on-refused`, `single-sign-on-assurance`,
     * `single-sign-on-no-role`, `single-sign-on-unproved`, `single-sign-on-unknown`, `no-membership`; conflict
     * `last-administrator`
     */
    async finish(sealed: string, search: string, from: CameFrom): Promise<{ secret?: string; next: string }> {
      const attempt = openAttempt(sealed)
      const provider = await providerOf(attempt.providerId)
      try {
        return await open(provider, attempt, { search, from })
      } catch (refusal) {
        if (refusal instanceof DomainError) await noteRefused(provider, refusal)
        throw refusal
      }
    },
  }
}

/** Whether the provider would have named the same person by this identity: one subject for each person and client. */
function mayTell(
  { issuer, clientId }: Identity,
  claims: Claims,
  { clientId: now }: Pick<IdentityProvider, 'clientId'>,
): boolean {
  return issuer === claims.issuer && (clientId === undefined || clientId === now)
}

function down(): DomainError {
  const message = 'Your organisation’s sign-in service is not responding.'
  return new DomainError('conflict', 'identity-provider-down', message)
}

function refused(): DomainError {
  return new DomainError('forbidden', 'single-sign-on-refused', 'The provider’s answer was not accepted.')
}

function unproved(): DomainError {
  const message =
    'Your organisation’s sign-in service does not say that your e-mail address is yours. Talk to your administrator.'
  return new DomainError('forbidden', 'single-sign-on-unproved', message)
}

function unknown(): DomainError {
  const message = 'You have no account here. Talk to your administrator.'
  return new DomainError('forbidden', 'single-sign-on-unknown', message)
}
