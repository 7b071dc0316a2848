import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { placeText, readTimePlace } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId } from '../ids.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { rightsHeld, type Right } from '../staff/rights.ts'
import {
  decide,
  deciderOf,
  expire,
  isOwn,
  isOver,
  isOwnAccount,
  restated,
  withdraw,
  type Approval,
  type ApprovalFacts,
  type ApprovalState,
  type ApprovalSubject,
  type Decision,
} from './approval.ts'
import { type ApprovalStore } from './approval-store.ts'

/** What one kind of request needs, and what follows from its end. */
export interface ApprovalKind {
  readonly kind: string
  readonly mayAsk: Right
  readonly mayDecide: Right
  /** How long somebody may take to decide. */
  readonly hours: number
  /**
   * Writes what follows from the end of `approval`: approved, refused, expired or withdrawn. Runs inside its
   * transaction, perhaps several times, so it only reads and writes the database.
   */
  readonly ended: (approval: Approval, actor: Actor) => Promise<void>
  /** Everything else that follows, after the transaction. What `ended` wrote must be enough to take it up again. */
  readonly afterwards: (approval: Approval) => Promise<void>
}

interface ApprovalsDeps {
  readonly approvals: ApprovalStore
  /** The ids of those who may be acting besides the person answerable: see `openersBehind`. */
  readonly openersOf: (actor: Pick<Actor, 'kind' | 'id' | 'behind'>) => Promise<readonly string[]>
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
}

export interface ApprovalQuery {
  readonly state?: ApprovalState
  readonly kind?: string
  readonly limit: number
  readonly after?: string
}

export interface ApprovalRequest {
  readonly kind: string
  readonly subject: ApprovalSubject
  readonly facts?: ApprovalFacts | undefined
  readonly reason: string
}

/**
 * Called for each request that begins to wait and for each that ends, inside that transaction. So it only stores what
 * somebody is to be told later.
 */
type ApprovalWatcher = (approval: Approval, by: Actor) => Promise<void>

/** What somebody can do about a request: `own-account` could decide if it were certain that they did not ask. */
type Standing = 'may' | 'own-account' | 'may-not'

export type Approvals = ReturnType<typeof createApprovals>

const hourMs = 3_600_000

/** A second person's agreement to what one person asks for, for every slice that has something dangerous. */
export function createApprovals(deps: ApprovalsDeps) {
  const { approvals, openersOf, audit, clock, newId, transaction } = deps
  const kinds = new Map<string, ApprovalKind>()
  const watchers: ApprovalWatcher[] = []

  async function tell(approval: Approval, by: Actor): Promise<void> {
    for (const watcher of watchers) await watcher(approval, by)
  }

  function kindOf(name: string): ApprovalKind {
    const kind = kinds.get(name)
    if (!kind) throw new Error(`Nobody registered the approval kind ${name}`)
    return kind
  }

  async function get(actor: Actor, id: string): Promise<Approval> {
    const found = await approvals.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'approval', 'There is no such request.')
    return found
  }

  /** Saves an ending together with all that it means, then lets the rest happen. */
  async function end(actor: Actor, id: string, ending: (current: Approval) => Approval): Promise<Approval> {
    const ended = await transaction(async () => {
      const current = await get(actor, id)
      const next = ending(current)
      if (next === current) return current
      await approvals.save(next)
      await kindOf(next.kind).ended(next, actor)
      await audit.record(actor, endedEntry(next))
      await tell(next, actor)
      return next
    })
    await kindOf(ended.kind).afterwards(ended)
    return ended
  }

  async function decideAs(
    actor: Actor,
    id: string,
    decision: Omit<Decision, 'by' | 'openers'>,
  ): Promise<Approval> {
    const { kind } = await get(actor, id)
    mustHave(actor, kindOf(kind).mayDecide)
    const now = clock.now()
    const openers = await openersOf(actor)
    try {
      const whole = { ...decision, by: deciderOf(actor), openers }
      return await end(actor, id, current => decide(current, whole, now))
    } catch (error) {
      // The attempt itself is worth knowing, although it changed nothing.
      const deed = error instanceof DomainError && refusedDeeds[error.code]
      if (deed) await audit.record(actor, { action: `${kind}.${deed}`, on: { kind: 'approval', id } })
      throw error
    }
  }

  return {
    /** Once per kind, when the server is put together. */
    register(kind: ApprovalKind): void {
      if (kinds.has(kind.kind)) throw new Error(`The approval kind ${kind.kind} is registered already`)
      kinds.set(kind.kind, kind)
    },

    /** For those who tell people that something waits for them, or what became of it. */
    watch(watcher: ApprovalWatcher): void {
      watchers.push(watcher)
    },

    /** The right that decides requests of this kind: whoever has it may be told of them. */
    rightToDecide: (kind: string): Right => kindOf(kind).mayDecide,

    /**
     * A new request that waits for another person. Meant to be called inside the transaction of the slice that asks.
     * @throws {DomainError} forbidden `not-allowed`, conflict `approval-waiting`
     */
    async request(actor: Actor, { kind, subject, facts, reason }: ApprovalRequest): Promise<Approval> {
      const { mayAsk, hours } = kindOf(kind)
      // The product asks where it holds back something by itself; it has no role.
      if (actor.kind !== 'system') mustHave(actor, mayAsk)
      const requestedAt = clock.now()
      const openers = await openersOf(actor)
      const approval: Approval = {
        id: newId(),
        organisationId: actor.organisationId,
        kind,
        subject,
        ...(facts && { facts }),
        requestedBy: deciderOf(actor),
        ...(openers.length > 0 && { openers }),
        requestedAt,
        reason,
        state: 'waiting',
        expiresAt: new Date(requestedAt.getTime() + hours * hourMs),
        version: 1,
      }
      await approvals.insert(approval)
      await audit.record(actor, {
        action: `${kind}.request`,
        on: { kind: 'approval', id: approval.id },
        reason,
        after: { subject: subject.id, ...facts },
      })
      await tell(approval, actor)
      return approval
    },

    /** @throws {DomainError} not-found `approval` */
    get,

    /** The newest first. @throws {DomainError} invalid `bad-cursor` */
    async list(actor: Actor, { state, kind, limit, after }: ApprovalQuery): Promise<Page<Approval>> {
      const place = after === undefined ? undefined : readTimePlace(after)
      const rows = await approvals.list(actor.organisationId, {
        ...(state && { state }),
        ...(kind && { kind }),
        ...(place && { before: { requestedAt: place.at, id: place.id } }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ requestedAt, id }) => placeText(requestedAt, id))
    },

    /** What this actor could do about each request now; for showing the buttons, the use case decides again. */
    async standingOf(actor: Actor): Promise<(approval: Approval) => Standing> {
      const now = clock.now()
      const held = rightsHeld(actor)
      const openers = await openersOf(actor)
      return approval => {
        const right = kinds.get(approval.kind)?.mayDecide
        const isOpen = approval.state === 'waiting' && !isOver(approval, now)
        if (!isOpen || right === undefined || !held.includes(right) || isOwn(approval, actor))
          return 'may-not'
        return isOwnAccount(approval, actor, openers) ? 'own-account' : 'may'
      }
    },

    /**
     * Agrees. Saying it twice changes nothing more.
     * @param version of the request as it was read; missing: as it is
     * @throws {DomainError} not-found `approval`; forbidden `approval-own`, `approval-own-account` (both written to the
     * audit log), `not-allowed`; conflict `approval-decided`, `approval-expired`, `approval-changed`
     */
    approve: (actor: Actor, id: string, note?: string, version?: number) =>
      decideAs(actor, id, { outcome: 'approved', version, ...(note && { note }) }),

    /** Declines, with the reason why. @throws {DomainError} as `approve`, and invalid `approval-note` */
    refuse: (actor: Actor, id: string, note: string) => decideAs(actor, id, { outcome: 'refused', note }),

    /**
     * Takes a request back; only the one who made it can.
     * @throws {DomainError} forbidden `approval-not-own`, conflict `approval-decided`
     */
    async withdraw(actor: Actor, id: string): Promise<Approval> {
      const now = clock.now()
      if (!isOwn(await get(actor, id), actor)) {
        throw new DomainError(
          'forbidden',
          'approval-not-own',
          'Only the person who asked can withdraw the request.',
        )
      }
      return end(actor, id, current => withdraw(current, deciderOf(actor), now))
    },

    /**
     * Withdraws the waiting request of a subject that no longer needs it. Called by its slice, inside its transaction.
     */
    async dropFor(actor: Actor, kind: string, subjectId: string): Promise<void> {
      const waiting = await approvals.findWaiting(actor.organisationId, kind, subjectId)
      if (!waiting) return
      const dropped = withdraw(waiting, deciderOf(actor), clock.now())
      await approvals.save(dropped)
      await audit.record(actor, endedEntry(dropped))
      await tell(dropped, actor)
    },

    /**
     * Changes what the waiting request of a subject says: what it is about, and who is behind it. Anyone who has read
     * it before must look again before they agree. Called by its slice, inside its transaction.
     */
    async restate(
      actor: Actor,
      { kind, subjectId }: { readonly kind: string; readonly subjectId: string },
      said: Parameters<typeof restated>[1],
    ): Promise<void> {
      const waiting = await approvals.findWaiting(actor.organisationId, kind, subjectId)
      if (!waiting) return
      const openers = said.behind ? await openersOf({ kind: 'staff', id: said.behind.id }) : []
      await approvals.save(restated(waiting, said, openers))
    },

    /** Ends the requests of every organisation that nobody decided in time. */
    async expireOverdue(): Promise<void> {
      const now = clock.now()
      const faults: unknown[] = []
      for (const { id, organisationId } of await approvals.overdue(now, 200)) {
        try {
          await end(systemActor(organisationId), id, current =>
            current.state === 'waiting' && now >= current.expiresAt ? expire(current) : current,
          )
        } catch (fault) {
          // The others are ended all the same.
          faults.push(fault)
        }
      }
      if (faults.length > 0) throw new AggregateError(faults, 'Some requests could not be ended')
    },
  }
}

/** Attempts that stand in the audit log, by the code of their refusal. */
const refusedDeeds: Readonly<Record<string, string>> = {
  'approval-own': 'own-decision-refused',
  'approval-own-account': 'own-account-decision-refused',
}

function endedEntry({ id, kind, state, note, subject, facts }: Approval) {
  return {
    action: `${kind}.${state}`,
    on: { kind: 'approval', id },
    ...(note && { reason: note }),
    after: { subject: subject.id, ...facts },
  }
}

/** @throws {DomainError} forbidden `not-allowed` */
function mustHave(actor: Actor, right: Right): void {
  if (rightsHeld(actor).includes(right)) return
  throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
}
