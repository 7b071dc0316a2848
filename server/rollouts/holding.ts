import { type Approvals } from '../approvals/approvals.ts'
import { contentKey, contentOfKey, type ContentRef } from '../assignments/content.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Clock } from '../clock.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { againWhenStale } from '../stale.ts'
import { systemActor, type Actor, type Maker } from '../staff/actor.ts'
import { approvalKind, type Asking } from './asking.ts'
import { answered, withIpads, type FollowRequest } from './rollout-request.ts'
import { type RolloutRequestStore } from './rollout-request-store.ts'
import { type Tallying } from './tallying.ts'
import { type Contents } from './versions.ts'

/** Something that follows by itself on an iPad from what somebody changed elsewhere. */
export interface Follow {
  readonly deviceId: string
  readonly content: ContentRef
}

export const followKey = ({ deviceId, content }: Follow): string => `${deviceId} ${contentKey(content)}`

export interface HoldingDeps {
  readonly requests: Pick<RolloutRequestStore, 'holding' | 'save'>
  readonly approvals: Pick<Approvals, 'dropFor'>
  readonly ask: Asking
  readonly tallying: Tallying
  readonly organisations: Pick<Organisations, 'get'>
  readonly contents: Contents
  readonly transaction: Transaction
  readonly clock: Clock
}

/** What comes within this time counts as one deed, whether it was an import or a program that did it one by one. */
const burstMs = 10 * 60_000
/** Whose tally it is in. */
const following = 'following'

/** What the second person reads, in the language of the organisation. */
const reasons = {
  sv: 'Etiketter, organ, uppdrag eller uppgifter har ändrats, och därför gäller tilldelningen andra iPads än förut.',
  en: 'Labels, bodies, mandates or facts have changed, so the assignment is for other iPads than before.',
}

export type Holding = ReturnType<typeof createHolding>

/**
 * Holds back what follows by itself on more iPads at once than one person decides alone, and asks a second one. What
 * they have not agreed to, or refused, stays as it is; what follows no more is held no more.
 */
export function createHolding(deps: HoldingDeps) {
  const { requests, approvals, ask, tallying, organisations, contents, transaction, clock } = deps

  async function sift(
    organisationId: string,
    follows: readonly Follow[],
    by: readonly Maker[],
  ): Promise<readonly Follow[]> {
    const held = await requests.holding(organisationId)
    const [only] = by
    const actor: Actor = {
      ...systemActor(organisationId),
      // Whoever did it alone is not the one to agree to it.
      ...(only && by.length === 1 && { behind: only }),
    }
    const heldKeys = new Set(held.flatMap(request => followsOf(request).map(followKey)))
    const fresh = follows.filter(each => !heldKeys.has(followKey(each)))
    const ids = fresh.map(({ deviceId }) => deviceId)
    const weight = await tallying.weigh(actor, ids, { whose: following, ms: burstMs })
    const isHeld = weight.whyTwo !== undefined
    await forget(actor, held, { follows, fresh: isHeld ? fresh : [] })
    if (!isHeld) {
      await weight.count()
      return fresh
    }
    const asked = new Set(
      held.flatMap(({ state, content }) => (state === 'waiting' ? contentKey(content) : [])),
    )
    for (const [key, deviceIds] of byContent(fresh))
      if (!asked.has(key)) await askFor(actor, contentOfKey(key), deviceIds)
    return []
  }

  /** What is held as it is by now: without what follows no more, and with what came to what still waits. */
  async function forget(
    actor: Actor,
    held: readonly FollowRequest[],
    { follows, fresh }: { readonly follows: readonly Follow[]; readonly fresh: readonly Follow[] },
  ): Promise<void> {
    const still = byContent(follows)
    const added = byContent(fresh)
    for (const request of held) {
      const key = contentKey(request.content)
      const there = new Set(still.get(key))
      const left = request.asked.input.deviceIds.filter(id => there.has(id))
      const deviceIds = request.state === 'waiting' ? [...left, ...(added.get(key) ?? [])] : left
      const next = withIpads(request, deviceIds)
      if (next === request) continue
      await transaction(async () => {
        const isOver = request.state === 'waiting' && deviceIds.length === 0
        if (isOver) await approvals.dropFor(actor, approvalKind, request.id)
        await requests.save(isOver ? answered(request, 'withdrawn', clock.now()) : next)
      })
    }
  }

  async function askFor(actor: Actor, content: ContentRef, deviceIds: readonly string[]): Promise<void> {
    const { organisationId } = actor
    const { name } = await contents.of(content.kind).about(organisationId, content.id)
    const { language } = await organisations.get(actor)
    await ask(actor, {
      ...{ asked: { deed: 'follow', input: { content, deviceIds } }, content, name },
      ...{ count: deviceIds.length, lately: 0, reason: reasons[language] },
    })
  }

  return {
    /**
     * Those of `follows` that may go ahead; `follows` is everything that would follow in the organisation.
     * @param by who did something since the last time
     */
    sift: (...found: Parameters<typeof sift>): Promise<readonly Follow[]> =>
      againWhenStale(() => sift(...found)),
  }
}

const followsOf = ({ content, asked }: FollowRequest): Follow[] =>
  asked.input.deviceIds.map(deviceId => ({ deviceId, content }))

function byContent(follows: readonly Follow[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { content, deviceId } of follows) {
    const key = contentKey(content)
    found.set(key, [...(found.get(key) ?? []), deviceId])
  }
  return found
}
