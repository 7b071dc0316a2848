import { type Stranding } from '../../profiles/stranding.ts'
import { type ContentRef } from '../assignments/content.ts'
import { isThereOrComing, mayBeOn, movingOn } from './on-ipad.ts'
import {
  changed,
  couldNotBeMade,
  isUntold,
  wasLeftUnweighed,
  without,
  type Hindrance,
  type NextWave,
  type Placement,
} from './placement.ts'

/** What should be so on an iPad. */
export interface Wish {
  readonly assignmentId: string
  readonly identifier: string
  readonly by?: NextWave | undefined
  readonly number: number
  readonly mark: string
  readonly hindrance?: Hindrance | undefined
  /** What the iPad still has was made with values that hold no more, another borrower's perhaps. */
  readonly leavesOthers?: boolean | undefined
}

/** What applies to a content on an iPad at a moment. */
export interface Decision {
  /** What should be there now; missing: nothing. */
  readonly now?: Wish | undefined
  /** What a roll-out will bring when its wave comes. */
  readonly later?:
    | {
        readonly wish: Wish
        readonly next: NextWave
        /** The iPad came into its scope after it had begun. */
        readonly isLate?: boolean
      }
    | undefined
  /** A roll-out decides that this iPad was in when somebody weighed and began it; otherwise it follows by itself. */
  readonly isBrought?: boolean
  /** The roll-out that decides is stopped: nothing is begun until it goes on. */
  readonly isStopped?: boolean
  /** The roll-out that takes it away. */
  readonly removedBy?: NextWave | undefined
  readonly isEnrolled: boolean
}

interface Around {
  readonly organisationId: string
  readonly deviceId: string
  readonly tag: string
  readonly content: ContentRef
  readonly newId: () => string
  readonly now: Date
}

export type Making = Pick<Around, 'newId' | 'now'>

/** What a placement has gone through; gone when it begins again. */
const formerCourse = [
  'hindrance',
  'fault',
  'deliveredAt',
  'provenAt',
  'mendedAt',
  'proofId',
  'proveAfter',
  'waits',
  'toProve',
  'rolloutId',
  'wave',
  'keeps',
] as const

/** A placement for an iPad that has none; undefined when nothing is wanted there. */
export function begin(
  { now: wish, later, isStopped = false }: Decision,
  around: Around,
): Placement | undefined {
  const first = isStopped ? later?.wish : (wish ?? later?.wish)
  if (!first) return undefined
  const { organisationId, deviceId, tag, content, now, newId } = around
  const bare: Placement = {
    id: newId(),
    organisationId,
    deviceId,
    tag,
    content,
    identifier: first.identifier,
    want: 'installed',
    state: 'planned',
    number: first.number,
    mark: first.mark,
    assignmentId: first.assignmentId,
    tries: 0,
    changedAt: now,
    version: 1,
    ...(later && { next: later.next }),
  }
  return wish && !isStopped ? wanted(bare, wish, around) : bare
}

/**
 * The placement when `decision` applies to its iPad: the same object when nothing changes, undefined when it can be
 * forgotten.
 */
export function follow(placement: Placement, decision: Decision, making: Making): Placement | undefined {
  const { now: wish, later, isStopped = false } = decision
  const before = withNext(placement, later?.next)
  const after = wish
    ? isStopped
      ? before
      : (leftOfAnother(before, decision, wish, making) ?? fulfil(before, wish, making))
    : later && !wasSent(before)
      ? planned(before, later.wish, making.now)
      : withdraw(before, decision, making)
  return after && changed(placement, after)
}

/**
 * The iPad has the same version with values that no longer apply, perhaps another borrower's, and the right values are
 * not known: it is removed first, and only then blocked. Undefined when there is no such thing.
 */
function leftOfAnother(
  placement: Placement,
  { isEnrolled }: Decision,
  wish: Wish,
  { newId, now }: Making,
): Placement | undefined {
  if (wish.hindrance?.code !== 'value-missing' || !isEnrolled || !wasSent(placement)) return undefined
  if (placement.want === 'removed') return placement.state === 'proven' ? undefined : placement
  const { state, mark, number } = placement
  const mayBeThere = state !== 'planned' && state !== 'blocked' && state !== 'held'
  const isOfOther = mayBeThere && mark !== wish.mark && number === wish.number
  return isOfOther || wish.leavesOthers === true ? removing(placement, newId(), now) : undefined
}

function fulfil(placement: Placement, wish: Wish, making: Making): Placement {
  const { state, want, mark, number } = placement
  if (wish.hindrance) return hindered(placement, { ...wish, hindrance: wish.hindrance }, making.now)
  const isSame = want === 'installed' && mark === wish.mark && number === wish.number
  const isUnderWay = state !== 'planned' && state !== 'blocked' && state !== 'held'
  // Made the same way it would be blocked again, and so on for ever.
  if (isSame && couldNotBeMade(placement) && !isOfAnother(placement, wish)) return attributed(placement, wish)
  const isTriedAnew = isOfAnother(placement, wish) && (state === 'failed' || state === 'drifted')
  return isSame && isUnderWay && !isTriedAnew ? attributed(placement, wish) : wanted(placement, wish, making)
}

/** Nothing wants it there any more. */
function withdraw(
  placement: Placement,
  { later, removedBy, isEnrolled, isStopped = false }: Decision,
  { newId, now }: Making,
): Placement | undefined {
  const goesOn = placement.state === 'held' && !isStopped
  if (placement.want === 'removed' && !goesOn) {
    if (later && placement.state === 'proven') return planned(placement, later.wish, now)
    return placement
  }
  if (!wasSent(placement) || !isEnrolled) return later ? planned(placement, later.wish, now) : undefined
  return {
    ...removing(placement, newId(), now),
    ...(removedBy && { rolloutId: removedBy.rolloutId, wave: removedBy.wave }),
  }
}

/** Whether anything of it may be on the iPad, or has been. */
const wasSent = (placement: Placement): boolean =>
  placement.pendingAt !== undefined || mayBeOn(placement).length > 0

function removing(placement: Placement, commandId: string, now: Date): Placement {
  // What goes is what is there, which need not be what was wanted last.
  const { number, mark } = isThereOrComing(placement) ? placement : (placement.has ?? placement)
  return {
    ...without(movingOn(placement), ...formerCourse),
    want: 'removed',
    state: 'pending',
    number,
    mark,
    commandId,
    toQueue: true,
    tries: 1,
    pendingAt: now,
    changedAt: now,
  }
}

function wanted(placement: Placement, wish: Wish, { newId, now }: Making): Placement {
  if (wish.hindrance) return hindered(placement, { ...wish, hindrance: wish.hindrance }, now)
  return {
    ...without(movingOn(placement), ...formerCourse),
    want: 'installed',
    state: 'pending',
    number: wish.number,
    mark: wish.mark,
    assignmentId: wish.assignmentId,
    identifier: wish.identifier,
    commandId: newId(),
    toQueue: true,
    tries: 1,
    pendingAt: now,
    changedAt: now,
    ...broughtBy(wish),
  }
}

function planned(placement: Placement, { number, mark, assignmentId }: Wish, now: Date): Placement {
  if (placement.state === 'planned' && placement.number === number && placement.mark === mark)
    return placement
  return {
    ...without(
      placement,
      'fault',
      'hindrance',
      'pendingAt',
      'deliveredAt',
      'provenAt',
      'commandId',
      'toQueue',
      'has',
      'maybe',
    ),
    want: 'installed',
    state: 'planned',
    number,
    mark,
    assignmentId,
    changedAt: now,
  }
}

function hindered(
  placement: Placement,
  wish: Wish & { readonly hindrance: Hindrance },
  now: Date,
): Placement {
  const isSame =
    placement.state === 'blocked' &&
    placement.want === 'installed' &&
    placement.number === wish.number &&
    !isOfAnother(placement, wish) &&
    JSON.stringify(placement.hindrance) === JSON.stringify(wish.hindrance)
  if (isSame) return attributed(placement, wish)
  const isGone = placement.want === 'removed' && placement.state === 'proven'
  // Outside of management it has nothing of ours any more.
  const there =
    wish.hindrance.code === 'not-enrolled' ? without(placement, 'has', 'maybe') : movingOn(placement)
  const left = isGone ? without(there, 'pendingAt', 'deliveredAt', 'provenAt') : there
  return {
    ...without(left, 'fault', 'toQueue', 'commandId', 'proofId', 'toProve', 'rolloutId', 'wave'),
    want: 'installed',
    state: 'blocked',
    hindrance: wish.hindrance,
    number: wish.number,
    mark: wish.mark,
    assignmentId: wish.assignmentId,
    changedAt: now,
    ...broughtBy(wish),
  }
}

/** Another assignment or roll-out wants the very same; nothing is sent. */
function attributed(placement: Placement, wish: Wish): Placement {
  const isSame = placement.assignmentId === wish.assignmentId && !isOfAnother(placement, wish)
  return isSame ? placement : { ...placement, assignmentId: wish.assignmentId, ...broughtBy(wish) }
}

/** Whether `after` sends something, or lets the iPad into a roll-out, that nobody weighed for it. */
export function followsByItself(
  before: Placement | undefined,
  after: Placement | undefined,
  { isBrought = false, later }: Decision,
): boolean {
  // What waits for the answer of its iPad alone is weighed when it begins to wait, and goes with the answer.
  const isKnown = before !== undefined && isUntold(before) && before.number === after?.number
  const isQueued = after?.toQueue === true && after.commandId !== before?.commandId
  const sends = !isKnown && after !== undefined && (isQueued || isUntold(after))
  // Nobody was asked about an iPad that could not have it when the roll-out began.
  const isUnweighed = before !== undefined && wasLeftUnweighed(before, after)
  const joins = later?.isLate === true && after?.next !== undefined && after.next !== before?.next
  return (sends && (!isBrought || isUnweighed)) || joins
}

/** The placement that stays as it is, although something else follows: without it the iPad would be stranded. */
export function keptOn(placement: Placement, why: Stranding, now: Date): Placement {
  return placement.keeps === why
    ? placement
    : changed(placement, { ...placement, keeps: why, changedAt: now })
}

const broughtBy = ({ by }: Wish) => by && { rolloutId: by.rolloutId, wave: by.wave }

const isOfAnother = ({ rolloutId }: Placement, { by }: Wish): boolean =>
  by !== undefined && by.rolloutId !== rolloutId

function withNext(placement: Placement, later: NextWave | undefined): Placement {
  const { next: before } = placement
  if (before?.rolloutId === later?.rolloutId && before?.wave === later?.wave) return placement
  return { ...without(placement, 'next'), ...(later && { next: later }) }
}
