import { type AuditEvent, type Audit, type AuditReader } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Actor } from './actor.ts'
import { rightsOf, type Right, type Role } from './rights.ts'
import { activeIn, type Membership, type StaffMember } from './staff-member.ts'
import { type ApiToken, type StaffStore } from './staff-store.ts'

/** What one person may do in one organisation, and how they came to it (requirement R18). */
export interface HeldRights {
  readonly id: string
  readonly name: string
  readonly email: string
  /** The name of the organisation that the report is about. */
  readonly organisation: string
  readonly roles: readonly Role[]
  /** What the roles give together. */
  readonly rights: readonly Right[]
  /** When they got just these roles, and who gave them; missing when the log does not reach back so far. */
  readonly since?: Date
  readonly givenBy?: Pick<AuditEvent['actor'], 'kind' | 'id' | 'name'>
  /** The last time they came into this organisation; missing when they never did. */
  readonly lastSignInAt?: Date
  /** What besides a password opens the account; `identity-provider` where their organisation's own vouches for them. */
  readonly factors: readonly Factor[]
  readonly tokens: readonly HeldToken[]
}

export const factors = ['authenticator', 'passkey', 'identity-provider'] as const
export type Factor = (typeof factors)[number]

/** A key for programs that somebody made and answers for; never the key itself. */
export type HeldToken = Pick<ApiToken, 'name' | 'roles' | 'createdAt' | 'expiresAt' | 'lastUsedAt'>

export interface RightsReport {
  readonly organisation: string
  readonly at: Date
  /** Everybody who works here now, by e-mail address. */
  readonly people: readonly HeldRights[]
  /** Keys that nobody who works here answers for: those made on the command line. */
  readonly looseTokens: readonly HeldToken[]
}

export interface RightsReportDeps {
  readonly staff: Pick<StaffStore, 'listOf' | 'listTokens'>
  readonly organisations: { get(actor: Actor): Promise<{ readonly name: string }> }
  readonly audit: Audit & Pick<AuditReader, 'list'>
  readonly clock: Clock
}

/** Deeds after which somebody has roles that they had not before. */
const givings = ['staff.add', 'staff.set-up', 'staff.edit', 'staff.resume'] as const
/** Changes of an account that are looked through for the one that gave its roles; nobody's roles change so often. */
const changesRead = 100

export type MakeRightsReport = ReturnType<typeof createRightsReport>

/** Makes the report of who may what in the actor's organisation; nothing of what they are elsewhere is in it. */
export function createRightsReport({ staff, organisations, audit, clock }: RightsReportDeps) {
  async function givenTo(organisationId: string, { id }: StaffMember, { roles }: Membership) {
    const found: AuditEvent[] = []
    for (const action of givings)
      found.push(...(await audit.list(organisationId, { kind: 'staff', id, action, limit: changesRead })))
    return givingOf(found, roles)
  }

  return async (actor: Actor): Promise<RightsReport> => {
    const { organisationId } = actor
    const at = clock.now()
    const { name: organisation } = await organisations.get(actor)
    const living = (await staff.listTokens(organisationId)).filter(({ expiresAt }) => expiresAt > at)
    const members = (await staff.listOf(organisationId)).flatMap(member => {
      const membership = activeIn(member, organisationId)
      return membership ? [{ member, membership }] : []
    })
    const people: HeldRights[] = []
    for (const { member, membership } of members) {
      const { id, name, email } = member
      const signIn = { kind: 'staff', id, action: 'staff.sign-in', limit: 1 }
      const [last] = await audit.list(organisationId, signIn)
      const giving = await givenTo(organisationId, member, membership)
      people.push({
        ...{ id, name, email, organisation, roles: membership.roles, rights: rightsOf(membership.roles) },
        ...(giving && { since: giving.at, givenBy: doer(giving.actor) }),
        ...(last && { lastSignInAt: last.at }),
        factors: factorsOf(member),
        tokens: living.filter(({ issuedBy }) => issuedBy?.id === id).map(toldToken),
      })
    }
    const known = new Set(people.map(({ id }) => id))
    const loose = living.filter(({ issuedBy }) => !issuedBy || !known.has(issuedBy.id))
    return { organisation, at, people, looseTokens: loose.map(toldToken) }
  }
}

/**
 * The event from which somebody has had `roles` without a break: the newest that changed them. Undefined when the events
 * do not tell.
 */
export function givingOf(events: readonly AuditEvent[], roles: readonly Role[]): AuditEvent | undefined {
  const newestFirst = [...events].sort((a, b) => Number(b.at) - Number(a.at))
  const giving = newestFirst.find(
    ({ action, before, after }) =>
      action === 'staff.set-up' || (action !== 'staff.edit' && !before) || isChanged(before, after),
  )
  const given = giving?.after?.['roles']
  // The first administrator's event names no roles; every other has to name those that are held.
  return giving && (given === undefined || isSame(given, roles)) ? giving : undefined
}

function isChanged(before: AuditEvent['before'], after: AuditEvent['after']): boolean {
  const wasActive = before?.['active'] !== false
  return !isSame(before?.['roles'], after?.['roles']) || (!wasActive && after?.['active'] === true)
}

function isSame(one: unknown, other: unknown): boolean {
  const sorted = (roles: unknown) => JSON.stringify(Array.isArray(roles) ? roles.map(String).sort() : roles)
  return sorted(one) === sorted(other)
}

function factorsOf({ authenticator, passkeys = [], identities = [] }: StaffMember): Factor[] {
  const has: Record<Factor, boolean> = {
    authenticator: authenticator !== undefined,
    passkey: passkeys.length > 0,
    'identity-provider': identities.length > 0,
  }
  return factors.filter(factor => has[factor])
}

function toldToken({ name, roles, createdAt, expiresAt, lastUsedAt }: ApiToken): HeldToken {
  return { name, roles, createdAt, expiresAt, ...(lastUsedAt && { lastUsedAt }) }
}

function doer({ kind, id, name }: AuditEvent['actor']): Pick<AuditEvent['actor'], 'kind' | 'id' | 'name'> {
  return { kind, id, name }
}
