import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { againWhenStale, isStale } from '../stale.ts'
import { type Actor } from '../staff/actor.ts'
import { type Beginning } from './beginning.ts'
import {
  actorOfRequest,
  begunAs,
  foundImpossible,
  isFollow,
  refuseGrown,
  type Begins,
  type FollowRequest,
  type RolloutRequest,
} from './rollout-request.ts'
import { type RolloutRequestStore } from './rollout-request-store.ts'
import { type Settling } from './settling.ts'
import { type Start } from './starting.ts'

interface CarryingOutDeps {
  readonly requests: Pick<RolloutRequestStore, 'save'>
  readonly get: (actor: Pick<Actor, 'organisationId'>, id: string) => Promise<RolloutRequest>
  readonly startOf: (actor: Actor, request: Begins) => Promise<Start>
  /** On how many iPads it would change something by now. @throws {DomainError} conflict `rollout-strands` */
  readonly willAct: (actor: Actor, start: Start) => Promise<number>
  readonly beginning: Pick<Beginning, 'begin'>
  readonly settling: Pick<Settling, 'devices'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

/** What a second person has agreed to, carried out. */
export function createCarryingOut(deps: CarryingOutDeps) {
  const { requests, get, startOf, willAct, beginning, settling, audit, transaction, clock } = deps

  /**
   * Begins what was approved, once: a second call finds that it has begun. It is weighed again, since the iPads have
   * changed meanwhile. If others save at the same moment too often, it stays approved until the next round.
   */
  async function carryOut({
    organisationId,
    id,
  }: Pick<RolloutRequest, 'organisationId' | 'id'>): Promise<void> {
    try {
      await againWhenStale(async () => {
        const request = await get({ organisationId }, id)
        if (request.state !== 'approved') return
        if (isFollow(request)) return letFollow(request)
        const actor = actorOfRequest(request)
        const start = await startOf(actor, request as Begins)
        refuseGrown(request, await willAct(actor, start))
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

  /** The iPads that are held get what is assigned to them by now. */
  async function letFollow(request: FollowRequest): Promise<void> {
    const { organisationId, content, asked } = request
    const { deviceIds } = asked.input
    refuseGrown(request, deviceIds.length)
    await settling.devices(organisationId, deviceIds, content)
    await requests.save(begunAs(request, undefined, clock.now()))
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

  return carryOut
}
