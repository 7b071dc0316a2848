import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from './actor.ts'
import { type Session } from './session.ts'
import { type SessionStore } from './session-store.ts'
import { type StaffStore } from './staff-store.ts'

interface SessionsDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly audit: Audit
  readonly clock: Clock
  readonly transaction: Transaction
}

/** A session as its owner and administrators see it. */
export type ShownSession = Pick<
  Session,
  'id' | 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'address' | 'agent' | 'methods'
>

/** Somebody in their own session. */
type Owner = Pick<Session, 'staffId' | 'boundTo'>

/** Oneself, or the id of somebody else. */
type Whose = Owner | string

const idOf = (whose: Whose) => (typeof whose === 'string' ? whose : whose.staffId)

export type Sessions = ReturnType<typeof createSessions>

/** Where somebody is signed in, and an end to it: by the person in all of theirs, by an administrator in their own. */
export function createSessions({ staff, sessions, audit, clock, transaction }: SessionsDeps) {
  async function listOf(staffId: string): Promise<Session[]> {
    const now = clock.now()
    return (await sessions.listOf(staffId)).filter(
      ({ expiresAt, waitsFor }) => now < expiresAt && waitsFor === undefined,
    )
  }

  /** Those of one's own; the provider of one organisation speaks for no other, so its sessions see but each other. */
  async function own({ staffId, boundTo }: Owner): Promise<Session[]> {
    const all = await listOf(staffId)
    return boundTo === undefined ? all : all.filter(one => one.boundTo === boundTo)
  }

  /** Those that the actor may see: of others those in the actor's organisation. */
  async function visible(actor: Actor, whose: Whose): Promise<Session[]> {
    if (typeof whose !== 'string') return own(whose)
    const staffId = whose
    const member = await staff.find(staffId)
    if (!member?.memberships.some(one => one.organisationId === actor.organisationId)) {
      throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
    }
    return (await listOf(staffId)).filter(one => one.organisationId === actor.organisationId)
  }

  async function end(actor: Actor, staffId: string, ended: readonly Session[]): Promise<void> {
    await transaction(async () => {
      for (const { id } of ended) await sessions.delete(id)
      await audit.record(actor, {
        action: 'staff.sessions-end',
        on: { kind: 'staff', id: staffId },
        after: { sessions: ended.length },
      })
    })
  }

  return {
    /**
     * Where this person is signed in, the last used first. One sees all of one's own, or with a session of an
     * organisation's provider those of that provider; an administrator those in the actor's organisation.
     * @throws {DomainError} not-found `staff-unknown`
     */
    async list(actor: Actor, whose: Whose): Promise<ShownSession[]> {
      return (await visible(actor, whose)).map(shown)
    },

    /** @throws {DomainError} not-found `staff-unknown`, `session-unknown` */
    async revoke(actor: Actor, whose: Whose, sessionId: string): Promise<void> {
      const session = (await visible(actor, whose)).find(({ id }) => id === sessionId)
      if (!session) throw new DomainError('not-found', 'session-unknown', 'This session has already ended.')
      await end(actor, idOf(whose), [session])
    },

    /**
     * Ends every session of this person but `except`; says how many.
     * @throws {DomainError} not-found `staff-unknown`
     */
    async revokeAll(actor: Actor, whose: Whose, except?: string): Promise<number> {
      const ended = (await visible(actor, whose)).filter(({ id }) => id !== except)
      if (ended.length > 0) await end(actor, idOf(whose), ended)
      return ended.length
    },
  }
}

function shown({ id, createdAt, lastSeenAt, expiresAt, address, agent, methods }: Session): ShownSession {
  return { id, createdAt, lastSeenAt, expiresAt, address, agent, methods }
}
