import { movingOn, seenOn } from './on-ipad.ts'
import {
  changed,
  couldNotBeMade,
  without,
  type Hindrance,
  type Placement,
  type PlacementFault,
} from './placement.ts'
import { type Making } from './placement-wish.ts'

/** Sent once more, whatever came of it before. */
export function sentAgain(placement: Placement, { newId, now }: Making): Placement {
  return changed(placement, {
    ...without(
      movingOn(placement),
      'fault',
      'hindrance',
      'deliveredAt',
      'provenAt',
      'mendedAt',
      'proofId',
      'toProve',
      'proveAfter',
      'waits',
    ),
    state: 'pending',
    commandId: newId(),
    toQueue: true,
    tries: placement.tries + 1,
    pendingAt: now,
    changedAt: now,
  })
}

/**
 * Whether it is sent again by itself: a profile that was there, and is gone or another, for the first time since somebody
 * wanted it. What came back though it had been removed waits for a person: without it the iPad might be stranded.
 */
export const mayMend = ({ content, state, want, mendedAt }: Placement): boolean =>
  content.kind === 'profile' && state === 'drifted' && want === 'installed' && mendedAt === undefined

/** Sent again by itself; the same object when it is not to be. */
export const mended = (placement: Placement, making: Making): Placement =>
  mayMend(placement) ? { ...sentAgain(placement, making), mendedAt: making.now } : placement

/** What is to be queued, when the iPad would get `mark` by now: sent and waited for must be the same. */
export function remarked(placement: Placement, mark: string, newId: () => string): Placement {
  if (placement.want === 'removed' || placement.mark === mark) return placement
  return changed(placement, { ...placement, mark, commandId: newId() })
}

/** What waits in the queue, to be made once more: the iPad can no longer open what was made for its former identity. */
export function toBeMadeAgain(placement: Placement, newId: () => string): Placement {
  if (placement.state !== 'pending' || placement.want === 'removed') return placement
  return changed(placement, { ...placement, commandId: newId(), toQueue: true })
}

/** It could not be made for this iPad after all; what was never sent counts as never sent. */
export function foundHindered(placement: Placement, hindrance: Hindrance, now: Date): Placement {
  const { tries } = placement
  return changed(placement, {
    ...without(placement, 'fault', 'toQueue', 'commandId', ...(tries > 1 ? [] : (['pendingAt'] as const))),
    state: 'blocked',
    hindrance,
    changedAt: now,
  })
}

/** Blocked as if nobody had tried to make it, so that the next look tries again. The same object when nobody had. */
export function toBeMadeAnew(placement: Placement): Placement {
  return couldNotBeMade(placement) ? changed(placement, without(placement, 'hindrance')) : placement
}

/** The roll-out was stopped, and its command taken back before the iPad fetched it. */
export function held(placement: Placement, now: Date): Placement {
  const isTakenBack = placement.state === 'failed' && placement.fault?.code === 'cancelled'
  if (placement.state !== 'pending' && !isTakenBack) return placement
  return changed(placement, {
    ...without(placement, 'commandId', 'toQueue', 'fault'),
    state: 'held',
    changedAt: now,
  })
}

/** How the command of a placement ended. */
interface Ended {
  readonly commandId: string
  readonly outcome: 'acknowledged' | 'failed' | 'cancelled' | 'expired'
  readonly words?: string | undefined
  readonly at: Date
}

/**
 * The placement after its command ended; the same object when it is about another command, or was applied before. What
 * was acknowledged, and what could not be removed, is to be proven by what the iPad shows.
 */
export function commandEnded(placement: Placement, ended: Ended, newId: () => string): Placement {
  if (placement.commandId !== ended.commandId || placement.state !== 'pending') return placement
  const proving = { proofId: newId(), toProve: true }
  const done = without(placement, 'toQueue')
  if (ended.outcome === 'acknowledged')
    return changed(placement, {
      ...done,
      ...proving,
      state: 'delivered',
      deliveredAt: ended.at,
      changedAt: ended.at,
    })
  const fault: PlacementFault = {
    code: ended.outcome === 'failed' ? 'refused' : 'cancelled',
    ...(ended.words !== undefined && { words: ended.words }),
  }
  const isRemoval = placement.want === 'removed' && ended.outcome === 'failed'
  return changed(placement, {
    ...done,
    ...(isRemoval && proving),
    state: 'failed',
    fault,
    changedAt: ended.at,
  })
}

/**
 * The placement after the iPad showed what it has at `at`: `mark` of its identifier, undefined when it is not there. A
 * list from before the delivery says nothing of the delivery, and one from before the last change nothing at all.
 */
export function shown(placement: Placement, mark: string | undefined, at: Date): Placement {
  const seen = at < placement.changedAt ? placement : seenOn(placement, mark, at)
  const after = isJudged(placement, at) ? judged(seen, mark, at) : seen
  return changed(placement, after)
}

/** Whether a list of `at` says how far it has come. */
function isJudged({ state, pendingAt, deliveredAt }: Placement, at: Date): boolean {
  const since = deliveredAt ?? pendingAt
  const waits = state === 'planned' || state === 'held' || state === 'blocked'
  return since !== undefined && at >= since && !waits
}

function judged(placement: Placement, mark: string | undefined, at: Date): Placement {
  const { want, state } = placement
  const isSo = want === 'installed' ? mark === placement.mark : mark === undefined
  if (isSo) return state === 'proven' ? placement : proven(placement, at)
  if (state === 'delivered') return faulty(placement, mark, at)
  return state === 'proven' && at >= (placement.provenAt ?? at)
    ? { ...faulty(placement, mark, at), state: 'drifted' }
    : placement
}

function proven(placement: Placement, at: Date): Placement {
  const { want, number, mark, has } = placement
  return {
    ...without(placement, 'fault', 'toProve', 'proofId', 'proveAfter', 'waits', 'has', 'maybe'),
    ...(want === 'installed' && { has: has?.mark === mark ? has : { number, mark, since: at } }),
    state: 'proven',
    provenAt: at,
    changedAt: at,
    deliveredAt: placement.deliveredAt ?? at,
  }
}

function faulty(placement: Placement, mark: string | undefined, at: Date): Placement {
  const absent = placement.state === 'proven' ? 'gone' : 'not-there'
  const other = placement.want === 'removed' ? 'still-there' : 'other-version'
  const fault = { code: mark === undefined ? absent : other } as const
  return { ...without(placement, 'toProve'), state: 'failed', fault, changedAt: at }
}

/** Minutes until an iPad that was still fetching it is asked again, by how often it was; then once a day. */
const waitMinutes = [1, 2, 5, 15, 60, 240]
const minutesOfDay = 1440

/** The placement after the iPad said that it is still being fetched: it is asked again, each time later. */
export function stillUnderWay(placement: Placement, at: Date, newId: () => string): Placement {
  const { state, deliveredAt, waits = 0 } = placement
  if (state !== 'delivered' || (deliveredAt !== undefined && at < deliveredAt)) return placement
  const minutes = waitMinutes[waits] ?? minutesOfDay
  const proveAfter = new Date(at.getTime() + minutes * 60_000)
  return changed(placement, { ...placement, proofId: newId(), toProve: true, proveAfter, waits: waits + 1 })
}

/**
 * The placement after its iPad enrolled again at `at`: nothing that was put on it before is there any more, so what is
 * wanted is sent afresh and what was to go is gone. Undefined when it can be forgotten; the same object when it was
 * sent after that enrolment.
 */
export function enrolledAnew(placement: Placement, at: Date, making: Making): Placement | undefined {
  const { pendingAt, has, changedAt } = placement
  // There is another certificate to encrypt for.
  if (couldNotBeMade(placement) && changedAt < at)
    return toBeMadeAnew(without(placement, 'has', 'maybe', 'pendingAt'))
  if (pendingAt === undefined || pendingAt >= at)
    return has && has.since < at ? changed(placement, without(placement, 'has')) : placement
  const bare = without(placement, 'has', 'maybe')
  if (bare.want === 'removed') return undefined
  if (bare.state === 'blocked' || bare.state === 'held')
    return changed(bare, without(bare, 'pendingAt', 'deliveredAt', 'provenAt'))
  return { ...without(sentAgain(bare, making), 'maybe'), tries: 1 }
}
