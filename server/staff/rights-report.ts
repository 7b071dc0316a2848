import { type AuditEvent, type Audit, type AuditReader, type AuditSummary } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Actor } from './actor.ts'
import { rightsOf, type Right, type Role } from './rights.ts'
import { activeIn, type StaffMember } from './staff-member.ts'
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

const factors = ['authenticator', 'passkey', 'identity-provider'] as const
type Factor = (typeof factors)[number]

/** A key for programs and the person responsible for it; never the key itself. */
export type HeldToken = Pick<ApiToken, 'name' | 'roles' | 'scopes' | 'createdAt' | 'expiresAt' | 'lastUsedAt'>

export interface RightsReport {
  readonly organisation: string
  readonly at: Date
  /** Everybody who works here now, by e-mail address. */
  readonly people: readonly HeldRights[]
  /** Keys without a responsible person: those made on the command line. */
  readonly looseTokens: readonly HeldToken[]
}

interface RightsReportDeps {
  readonly staff: Pick<StaffStore, 'listOf' | 'listTokens'>
  readonly organisations: { get(actor: Actor): Promise<{ readonly name: string }> }
  readonly audit: Audit & AuditReader & AuditSummary
  readonly clock: Clock
}

/** Deeds after which somebody has roles that they had not before. */
const givings = ['staff.add', 'staff.set-up', 'staff.edit', 'staff.resume'] as const
/** How somebody comes into an organisation: by signing in, or from another one that they work for. */
const comings = ['staff.sign-in', 'staff.work-in'] as const
/** Changes looked through for each account, for the one that gave its roles; nobody's roles change so often. */
const changesRead = 100

export type MakeRightsReport = ReturnType<typeof createRightsReport>

/** Makes the report of who may what in the actor's organisation; nothing of what they are elsewhere is in it. */
export function createRightsReport({ staff, organisations, audit, clock }: RightsReportDeps) {
  async function givingsTo(organisationId: string, ids: readonly string[]) {
    const limit = changesRead * ids.length
    const found = await audit.list(organisationId, { kind: 'staff', ids, actions: givings, limit })
    const byId = new Map<string, AuditEvent[]>()
    for (const event of found) byId.set(event.on.id, [...(byId.get(event.on.id) ?? []), event])
    return byId
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
    const ids = members.map(({ member }) => member.id)
    const cameIn = await audit.latest(organisationId, { kind: 'staff', ids, actions: comings })
    const changes = ids.length > 0 ? await givingsTo(organisationId, ids) : new Map<string, AuditEvent[]>()
    const people = members.map(({ member, membership: { roles } }): HeldRights => {
      const { id, name, email } = member
      const giving = givingOf(changes.get(id) ?? [], roles)
      const lastSignInAt = cameIn.get(id)
      return {
        id,
        name,
        email,
        organisation,
        roles,
        rights: rightsOf(roles),
        ...(giving && { since: giving.at, givenBy: doer(giving.actor) }),
        ...(lastSignInAt && { lastSignInAt }),
        factors: factorsOf(member),
        tokens: living.filter(({ issuedBy }) => issuedBy?.id === id).map(toldToken),
      }
    })
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

function toldToken({ name, roles, scopes, createdAt, expiresAt, lastUsedAt }: ApiToken): HeldToken {
  return { name, roles, createdAt, expiresAt, ...(scopes && { scopes }), ...(lastUsedAt && { lastUsedAt }) }
}

function doer({ kind, id, name }: AuditEvent['actor']): Pick<AuditEvent['actor'], 'kind' | 'id' | 'name'> {
  return { kind, id, name }
}
