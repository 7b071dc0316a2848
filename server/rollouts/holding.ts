import { type Approvals } from '../approvals/approvals.ts'
import { contentKey, contentOfKey, type ContentRef } from '../assignments/content.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Clock } from '../clock.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { againWhenStale } from '../stale.ts'
import { systemActor, type Actor, type Maker } from '../staff/actor.ts'
import { approvalKind, type Asking } from './asking.ts'
import { behindIs, withIpads, type FollowRequest } from './rollout-request.ts'
import { type RolloutRequestStore } from './rollout-request-store.ts'
import { type Tallying } from './tallying.ts'
import { type Contents } from './versions.ts'

/** Something that follows by itself on an iPad from what somebody changed elsewhere. */
export interface Follow {
  readonly deviceId: string
  readonly content: ContentRef
}

export const followKey = ({ deviceId, content }: Follow): string => `${deviceId} ${contentKey(content)}`

interface HoldingDeps {
  readonly requests: Pick<RolloutRequestStore, 'holding' | 'save'>
  readonly approvals: Pick<Approvals, 'dropFor' | 'restate'>
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
  sv: 'Etiketter, nämnder, uppdrag eller uppgifter har ändrats, och därför gäller tilldelningen andra iPads än förut.',
  en: 'Labels, committees, mandates or details have changed, so the assignment now covers other iPads than before.',
}

export type Holding = ReturnType<typeof createHolding>

/**
 * Holds back what follows by itself on more iPads at once than one person decides alone, and asks a second one. What
 * they have not agreed to, or refused, stays as it is; what nobody answered in time is asked again; what would no
 * longer follow is no longer held.
 */
export function createHolding(deps: HoldingDeps) {
  const { requests, approvals, ask, tallying, organisations, contents, transaction, clock } = deps

  /** Whether a second person is being asked about it, or has said no. */
  async function holds(organisationId: string, follow: Follow): Promise<boolean> {
    const held = (await requests.holding(organisationId)).filter(({ state }) => state !== 'expired')
    return without([follow], held).length === 0
  }

  async function sift(
    organisationId: string,
    follows: readonly Follow[],
    by: readonly Maker[],
  ): Promise<readonly Follow[]> {
    const all = await requests.holding(organisationId)
    const unanswered = all.filter(({ state }) => state === 'expired')
    const held = all.filter(({ state }) => state !== 'expired')
    const [only] = by
    // Whoever did it alone is not the one to agree to it.
    const actor = inTheNameOf(organisationId, by.length === 1 ? only : undefined)
    const fresh = without(follows, held)
    const plain = without(fresh, unanswered)
    const isPlain = new Set(plain)
    const ids = plain.map(({ deviceId }) => deviceId)
    const weight = await tallying.weigh(actor, ids, { whose: following, ms: burstMs })
    const mayGo = weight.whyTwo === undefined
    // Silence is no yes, however few they are by now.
    const toAsk = mayGo ? fresh.filter(each => !isPlain.has(each)) : fresh
    await keepTrue(actor, held, { follows, added: toAsk })
    if (mayGo) await weight.count()
    const waiting = held.filter(({ state }) => state === 'waiting')
    for (const [key, deviceIds] of byContent(toAsk)) {
      if (aboutContent(waiting, key)) continue
      const before = aboutContent(unanswered, key)
      const asker = before ? inTheNameOf(organisationId, before.askedBy.behind) : actor
      await askFor(asker, contentOfKey(key), deviceIds)
    }
    for (const request of unanswered) await requests.save(withIpads(request, []))
    return mayGo ? plain : []
  }

  /**
   * The held requests brought up to date: without what would no longer follow, and with what was added to those that
   * still wait.
   */
  async function keepTrue(
    actor: Actor,
    held: readonly FollowRequest[],
    { follows, added }: { readonly follows: readonly Follow[]; readonly added: readonly Follow[] },
  ): Promise<void> {
    const still = byContent(follows)
    const more = byContent(added)
    for (const request of held) {
      const key = contentKey(request.content)
      const there = new Set(still.get(key))
      const left = request.asked.input.deviceIds.filter(id => there.has(id))
      const came = request.state === 'waiting' ? (more.get(key) ?? []) : []
      const next = withIpads(request, [...left, ...came])
      if (next === request) continue
      // Behind it is who is behind the larger part.
      const { behind } = came.length > left.length ? actor : request.askedBy
      await (request.state === 'waiting' ? restate(actor, behindIs(next, behind)) : requests.save(next))
    }
  }

  /** A waiting request with the iPads that it is about now; one about none is dropped. */
  async function restate(actor: Actor, request: FollowRequest): Promise<void> {
    const { id, count, askedBy } = request
    await transaction(async () => {
      if (request.asked.input.deviceIds.length === 0) {
        await approvals.dropFor(actor, approvalKind, id)
        await requests.save({ ...request, state: 'withdrawn', endedAt: clock.now() })
        return
      }
      const said = { facts: { count }, behind: askedBy.behind }
      await approvals.restate(actor, { kind: approvalKind, subjectId: id }, said)
      await requests.save(request)
    })
  }

  async function askFor(actor: Actor, content: ContentRef, deviceIds: readonly string[]): Promise<void> {
    const { organisationId } = actor
    const { name } = await contents.of(content.kind).about(organisationId, content.id)
    const { language } = await organisations.get(actor)
    await ask(actor, {
      asked: { deed: 'follow', input: { content, deviceIds } },
      content,
      name,
      count: deviceIds.length,
      lately: 0,
      reason: reasons[language],
    })
  }

  return {
    holds,

    /**
     * Those of `follows` that may go ahead; `follows` is everything that would follow in the organisation.
     * @param by who did something since the last time
     */
    sift: (...found: Parameters<typeof sift>): Promise<readonly Follow[]> =>
      againWhenStale(() => sift(...found)),
  }
}

const inTheNameOf = (organisationId: string, behind: Maker | undefined): Actor => ({
  ...systemActor(organisationId),
  ...(behind && { behind }),
})

const followsOf = ({ content, asked }: FollowRequest): Follow[] =>
  asked.input.deviceIds.map(deviceId => ({ deviceId, content }))

/** Those that none of the requests is about. */
function without(follows: readonly Follow[], requests: readonly FollowRequest[]): Follow[] {
  const keys = new Set(requests.flatMap(request => followsOf(request).map(followKey)))
  return follows.filter(each => !keys.has(followKey(each)))
}

const aboutContent = (requests: readonly FollowRequest[], key: string): FollowRequest | undefined =>
  requests.find(({ content }) => contentKey(content) === key)

function byContent(follows: readonly Follow[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { content, deviceId } of follows) {
    const key = contentKey(content)
    found.set(key, [...(found.get(key) ?? []), deviceId])
  }
  return found
}
