import { type Approval } from '../approvals/approval.ts'
import { type Approvals } from '../approvals/approvals.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { againWhenStale, triesAmongMany } from '../stale.ts'
import { systemActor, type Actor, type Maker } from '../staff/actor.ts'
import { approvalKind, type Asking } from './asking.ts'
import { type Beginning } from './beginning.ts'
import { createCarryingOut } from './carrying-out.ts'
import { refuseStranding, type Rehearsal } from './rehearsal.ts'
import { type Rehearsing } from './rehearsing.ts'
import {
  aboutOf,
  answered,
  holdsBack,
  isFollow,
  mustBeOver,
  withIpads,
  type Asked,
  type Begins,
  type FollowRequest,
  type RolloutRequest,
} from './rollout-request.ts'
import {
  placeOfRequest,
  type RolloutRequestQuery,
  type RolloutRequestStore,
} from './rollout-request-store.ts'
import { type Settling } from './settling.ts'
import { type Begun, type Start } from './starting.ts'
import { type Starts } from './starts.ts'
import { changedBy, reasonMissing, type WhyTwo } from './tally.ts'
import { type Tallying } from './tallying.ts'

export interface RequestingDeps {
  readonly requests: RolloutRequestStore
  readonly approvals: Pick<Approvals, 'register'>
  readonly ask: Asking
  readonly tallying: Tallying
  readonly rehearsing: Pick<Rehearsing, 'rehearse' | 'rehearseAmong'>
  readonly settling: Pick<Settling, 'devices'>
  readonly beginning: Pick<Beginning, 'begin'>
  readonly starts: Pick<Starts, 'first' | 'next' | 'removal'>
  /** Runs work that the caller does not wait for; what it leaves undone is done by a later round. */
  readonly inBackground: (work: () => Promise<void>) => void
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

/** What would happen, and whether a second person has to agree to it first. */
export interface WeighedRehearsal extends Rehearsal {
  /** On how many iPads something would change, now or as soon as a value is known or the iPad has told of itself. */
  readonly willAct: number
  /** Why a second person has to agree; null when nobody has to. */
  readonly needsTwo: WhyTwo | null
  /** How many other iPads the same person changed alone in the last 24 hours; these are added. */
  readonly lately: number
  /** From one more than this on, a second person has to agree. */
  readonly limit: number
}

/** What came of a wish: a roll-out, or a request that waits for a second person. */
export type Outcome = Begun | { readonly request: RolloutRequest }

export type Requesting = ReturnType<typeof createRequesting>

const hours = 72

/** Roll-outs on many iPads begin when a second person has agreed; smaller ones at once. */
export function createRequesting(deps: RequestingDeps) {
  const { requests, approvals, ask, tallying, rehearsing, beginning, starts, settling } = deps
  const { inBackground, audit, transaction, clock } = deps

  approvals.register({
    kind: approvalKind,
    mayAsk: 'rollouts.write',
    mayDecide: 'approvals.decide',
    hours,
    ended: decided,
    afterwards: ({ organisationId, subject: { id }, state }) => {
      if (state === 'approved') inBackground(() => carryOut({ organisationId, id }))
      return Promise.resolve()
    },
  })

  async function weigh(actor: Actor, start: Start): Promise<WeighedRehearsal> {
    return (await weighed(actor, start)).rehearsal
  }

  async function weighed(actor: Actor, start: Start) {
    const rehearsal = await rehearsing.rehearse(actor, start)
    const weight = await tallying.weigh(actor, changedBy(rehearsal))
    const { changing, lately, whyTwo, limit } = weight
    return {
      weight,
      rehearsal: { ...rehearsal, willAct: changing.length, lately, needsTwo: whyTwo ?? null, limit },
    }
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
      throw new DomainError('not-found', 'rollout-request-unknown', 'Nobody has requested such a roll-out.')
    return found
  }

  /** What is agreed to is the version that was asked for, whatever has been approved since. */
  const startOf = (actor: Actor, { asked, reason, to }: Begins) => {
    switch (asked.deed) {
      case 'assign':
        return starts.first(actor, asked.input, to)
      case 'version':
        return starts.next(actor, asked.assignmentId, asked.input, to)
      case 'end':
        return starts.removal(actor, asked.assignmentId, { ...asked.input, reason })
    }
  }

  const carryOut = createCarryingOut({
    requests,
    beginning,
    settling,
    audit,
    transaction,
    clock,
    get,
    startOf,
    willAct: async (actor, start) => {
      const rehearsal = await weigh(actor, start)
      refuseStranding(rehearsal)
      return rehearsal.willAct
    },
  })

  async function beginOrAsk(
    actor: Actor,
    { asked, reason }: { readonly asked: Asked; readonly reason: string | undefined },
    start: () => Promise<Start>,
  ): Promise<Outcome> {
    return againWhenStale(async () => {
      const wanted = await start()
      const { rehearsal, weight } = await weighed(actor, wanted)
      refuseStranding(rehearsal)
      if (weight.whyTwo === undefined) return beginning.begin(actor, wanted, () => weight.count())
      const why = reason?.trim() ?? ''
      if (why === '') throw reasonMissing(weight, weight.limit)
      const { assignment, name, to } = wanted
      const { lately } = weight
      const question = { asked, content: assignment.content, name, to, count: rehearsal.willAct, lately }
      return { request: await ask(actor, { ...question, reason: why }) }
    }, triesAmongMany)
  }

  /** The iPads that it holds back are held by the new request instead. */
  async function askToFollow(actor: Actor, request: FollowRequest, reason: string): Promise<RolloutRequest> {
    const { asked, content, name } = request
    const { length: count } = asked.input.deviceIds
    if (count === 0)
      throw new DomainError(
        'conflict',
        'rollout-request-empty',
        'This is about no iPads any more. There is nothing to ask again.',
      )
    return transaction(async () => {
      if (holdsBack(request)) await requests.save(withIpads(request, []))
      return ask(actor, { asked, content, name, count, lately: 0, reason })
    })
  }

  return {
    weigh,

    /**
     * Begins what `start` says, or asks a second person where it changes more iPads than the organisation lets one
     * decide, with what the same person began in the last 24 hours. A change in between is tried again, not refused,
     * for a caller who named no version.
     * @throws {DomainError} as `start`; invalid `rollout-reason`; conflict `rollout-asked-already`, `rollout-strands`
     */
    beginOrAsk,

    /**
     * Asks again after a no or when nobody answered: weighed by the present state, in the name of `actor`, with the
     * newest version where that is what was asked for. Without a new reason the previous one is kept.
     * @throws {DomainError} not-found `rollout-request-unknown`; conflict `rollout-request-open`,
     * `rollout-request-empty`; and as `beginOrAsk`
     */
    async askAgain(actor: Actor, id: string, reason?: string): Promise<Outcome> {
      const request = await get(actor, id)
      mustBeOver(request)
      const why = reason ?? request.reason
      if (isFollow(request)) return { request: await askToFollow(actor, request, why) }
      const { asked } = request as Begins
      return beginOrAsk(actor, { asked, reason: why }, () => startOf(actor, { asked, reason: why }))
    },

    /**
     * Begins what follows by itself from what one person did alone, in the product's name, or asks a second one where they
     * could not have done it alone either. What waits, was refused or taken back is not asked for again.
     */
    async followOrAsk(
      maker: Maker & { readonly organisationId: string },
      { asked, reason }: { readonly asked: Begins['asked']; readonly reason: string },
      start: () => Promise<Start | undefined>,
    ): Promise<void> {
      const { organisationId, id, name: called } = maker
      const actor: Actor = { ...systemActor(organisationId), behind: { id, name: called } }
      await againWhenStale(async () => {
        const wanted = await start()
        if (!wanted) return
        const { rehearsal, weight } = await weighed(actor, wanted)
        if (weight.whyTwo === undefined) {
          await beginning.begin(actor, wanted, () => weight.count())
          return
        }
        const { assignment, name, to } = wanted
        const last = await requests.newestAbout(organisationId, aboutOf(asked))
        if (last?.to === to && ['waiting', 'approved', 'refused', 'withdrawn'].includes(last?.state ?? ''))
          return
        const { willAct: count, lately } = rehearsal
        await ask(actor, { asked, content: assignment.content, name, to, count, lately, reason })
      }, triesAmongMany)
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
        const request = await get(actor, id)
        if (!isFollow(request)) return weigh(actor, await startOf(actor, request as Begins))
        const { deviceIds } = request.asked.input
        const rehearsal = await rehearsing.rehearseAmong(actor, request.content, deviceIds)
        const { limit } = await tallying.weigh(actor, deviceIds)
        const willAct = changedBy(rehearsal).length
        return { ...rehearsal, willAct, lately: 0, needsTwo: 'over-limit', limit }
      },
    },

    /** Of all organisations: requests that were approved and have not begun, as after a crash. */
    approved: () => requests.approved(),
    carryOut,
  }
}
