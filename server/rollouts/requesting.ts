import { type Approval } from '../approvals/approval.ts'
import { type Approvals } from '../approvals/approvals.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId } from '../ids.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { againWhenStale, isStale } from '../stale.ts'
import { type Actor } from '../staff/actor.ts'
import { type Beginning } from './beginning.ts'
import { refuseStranding, type Rehearsal } from './rehearsal.ts'
import {
  actorOfRequest,
  answered,
  begunAs,
  foundImpossible,
  needsTwo,
  refuseGrown,
  type Asked,
  type RolloutRequest,
} from './rollout-request.ts'
import {
  placeOfRequest,
  type RolloutRequestQuery,
  type RolloutRequestStore,
} from './rollout-request-store.ts'
import { type Begun, type Start, type Starting } from './starting.ts'
import { type Starts } from './starts.ts'

export interface RequestingDeps {
  readonly requests: RolloutRequestStore
  readonly approvals: Pick<Approvals, 'register' | 'request'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly starting: Pick<Starting, 'rehearse'>
  readonly beginning: Pick<Beginning, 'begin' | 'fromWhatStands'>
  readonly starts: Pick<Starts, 'first' | 'next' | 'removal'>
  /** Work that the caller does not wait for; what it leaves undone is taken up again. */
  readonly inBackground: (work: () => Promise<void>) => void
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

/** What would happen, and whether a second person has to agree to it first. */
export interface WeighedRehearsal extends Rehearsal {
  /** On how many iPads something would change, now or as soon as nothing stands against it. */
  readonly willAct: number
  /** Why a second person has to agree; null when nobody has to. */
  readonly needsTwo: 'over-limit' | null
  /** From one more than this on, a second person has to agree. */
  readonly limit: number
}

/** What came of a wish: a roll-out, or a request that waits for a second person. */
export type Outcome = Begun | { readonly request: RolloutRequest }

export type Requesting = ReturnType<typeof createRequesting>

const approvalKind = 'roll-out'
const hours = 72

/** Roll-outs on many iPads begin when a second person has agreed; smaller ones at once. */
export function createRequesting(deps: RequestingDeps) {
  const { requests, approvals, organisations, starting, beginning, starts } = deps
  const { inBackground, audit, transaction, clock, newId } = deps

  approvals.register({
    ...{ kind: approvalKind, mayAsk: 'rollouts.write', mayDecide: 'approvals.decide', hours },
    ended: decided,
    afterwards: ({ organisationId, subject: { id }, state }) => {
      if (state === 'approved') inBackground(() => carryOut({ organisationId, id }))
      return Promise.resolve()
    },
  })

  async function weigh(actor: Actor, start: Start): Promise<WeighedRehearsal> {
    const { settings } = await organisations.get(actor)
    const rehearsal = await starting.rehearse(actor, start)
    const willAct = rehearsal.of - rehearsal.counts.unchanged
    const isLarge = needsTwo(willAct, settings)
    return { ...rehearsal, willAct, needsTwo: isLarge ? 'over-limit' : null, limit: settings.rolloutLimit }
  }

  async function ask(actor: Actor, asked: Asked, { start, count, reason }: Wanted): Promise<RolloutRequest> {
    if (reason === undefined || reason === '') {
      const message = 'A second person has to agree to this; say why, so that they can decide.'
      throw new DomainError('invalid', 'rollout-reason', message, [{ path: 'reason', message }])
    }
    const { organisationId, kind, id: askerId, name: askerName, behind, roles } = actor
    const { assignment, name, to } = start
    const id = newId()
    return transaction(async () => {
      const { id: approvalId } = await approvals.request(actor, {
        kind: approvalKind,
        subject: { kind: 'rollout-request', id, label: name },
        facts: { variant: asked.deed, count, ...(to !== undefined && { number: to }) },
        reason,
      })
      const request: RolloutRequest = {
        ...{ id, organisationId, asked, content: assignment.content, name, count, reason },
        ...(to !== undefined && { to }),
        askedBy: { kind, id: askerId, name: askerName, roles, ...(behind && { behind }) },
        ...{ askedAt: clock.now(), state: 'waiting', approvalId, version: 1 },
      }
      await requests.insert(request)
      return request
    })
  }

  /** What follows from the second person's answer, inside its transaction. */
  async function decided({ organisationId, subject, state }: Approval): Promise<void> {
    const request = await requests.find(organisationId, subject.id)
    if (!request || state === 'waiting') return
    const next = answered(request, state, clock.now())
    if (next !== request) await requests.save(next)
  }

  /** @throws {DomainError} not-found `rollout-request-unknown` */
  async function get(actor: Pick<Actor, 'organisationId'>, id: string): Promise<RolloutRequest> {
    const found = await requests.find(actor.organisationId, id)
    if (!found)
      throw new DomainError('not-found', 'rollout-request-unknown', 'Nobody has asked for such a roll-out.')
    return found
  }

  /** What is agreed to is the version that was asked for, whatever has been approved since. */
  const startOf = (actor: Actor, { asked, reason, to }: Pick<RolloutRequest, 'asked' | 'reason' | 'to'>) => {
    switch (asked.deed) {
      case 'assign':
        return starts.first(actor, asked.input, to)
      case 'version':
        return starts.next(actor, asked.assignmentId, asked.input, to)
      case 'end':
        return starts.removal(actor, asked.assignmentId, { ...asked.input, reason })
    }
  }

  /**
   * Begins what was approved, once: whoever comes second finds that it has begun. It is weighed anew, since the iPads
   * and what is on them have gone on meanwhile. Between others' savings it stays approved until the next round.
   */
  async function carryOut({
    organisationId,
    id,
  }: Pick<RolloutRequest, 'organisationId' | 'id'>): Promise<void> {
    try {
      await againWhenStale(async () => {
        const request = await get({ organisationId }, id)
        if (request.state !== 'approved') return
        const actor = actorOfRequest(request)
        const start = await startOf(actor, request)
        const rehearsal = await weigh(actor, start)
        refuseStranding(rehearsal)
        refuseGrown(request, rehearsal.willAct)
        await beginning.begin(actor, start, rollout =>
          requests.save(begunAs(request, rollout.id, clock.now())),
        )
      })
    } catch (error) {
      if (isStale(error)) return
      if (!(error instanceof DomainError)) throw error
      await giveUp({ organisationId, id }, error)
    }
  }

  async function giveUp(
    { organisationId, id }: Pick<RolloutRequest, 'organisationId' | 'id'>,
    error: DomainError,
  ): Promise<void> {
    await transaction(async () => {
      const request = await get({ organisationId }, id)
      if (request.state !== 'approved') return
      await requests.save(foundImpossible(request, error, clock.now()))
      await audit.record(actorOfRequest(request), {
        action: 'roll-out.failed',
        on: { kind: 'approval', id: request.approvalId },
        after: { code: error.code },
      })
    })
  }

  return {
    weigh,

    /**
     * Begins what `start` says, or asks a second person where it changes more iPads than the organisation lets one decide.
     * @throws {DomainError} as `start`; invalid `rollout-reason`; conflict `rollout-asked-already`, `rollout-strands`
     */
    async beginOrAsk(
      actor: Actor,
      { asked, reason }: { readonly asked: Asked; readonly reason: string | undefined },
      start: () => Promise<Start>,
    ): Promise<Outcome> {
      const wanted = await start()
      const rehearsal = await weigh(actor, wanted)
      refuseStranding(rehearsal)
      const { willAct: count, needsTwo: why } = rehearsal
      if (why === null) return beginning.fromWhatStands(actor, start)
      return { request: await ask(actor, asked, { start: wanted, count, reason: reason?.trim() }) }
    },

    /** What people look at. */
    reading: {
      /** @throws {DomainError} not-found `rollout-request-unknown` */
      request: get,

      /** One page, newest first. */
      async requests(actor: Actor, query: RolloutRequestQuery): Promise<Page<RolloutRequest>> {
        return pageOf(await requests.page(actor.organisationId, query), query.limit, placeOfRequest)
      },

      /** What would happen if it began now. @throws {DomainError} as `request`, and what stands against it */
      async rehearseRequest(actor: Actor, id: string): Promise<WeighedRehearsal> {
        return weigh(actor, await startOf(actor, await get(actor, id)))
      },
    },

    /** Of all organisations: what was approved and has not begun, such as right before a crash. */
    approved: () => requests.approved(),
    carryOut,
  }
}

interface Wanted {
  readonly start: Start
  readonly count: number
  readonly reason: string | undefined
}
