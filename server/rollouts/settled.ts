import { type Stranding } from '../../profiles/stranding.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { type StandingIpad } from '../assignments/standings.ts'
import { isGone, isReachable } from '../devices/device.ts'
import { contentsFor, decide, type Assigned, type Fitting } from './deciding.ts'
import { type Follow } from './holding.ts'
import { changed, without, type Hindrance, type Placement } from './placement.ts'
import { begin, follow, followsByItself, keptOn, type Decision, type Making } from './placement-wish.ts'
import { otherOfItsKind } from './one-of-a-kind.ts'
import { strandedBy } from './stranded.ts'
import { type Versions } from './versions.ts'

/** Answers whether something that follows by itself may go ahead now. */
export type May = (follow: Follow) => boolean

/** A placement that is new, becomes another, or is forgotten. */
export interface PlacementChange {
  readonly before: Placement | undefined
  readonly after: Placement | undefined
}

interface SettlingWith {
  readonly assigned: Assigned
  /** Those of everything assigned and of everything sent, loaded already. */
  readonly versions: Versions
  readonly may: May
  readonly making: Making
}

/** What changes on one iPad with the placements `there`, and what would follow by itself and may not. */
export function settledOn(
  ipad: StandingIpad,
  there: readonly Placement[],
  { assigned, versions, may, making }: SettlingWith,
): { readonly changes: PlacementChange[]; readonly left: Follow[] } {
  // What is written off or handed over is nobody's any more, and counts nowhere.
  if (isGone(ipad.device.lifecycle))
    return { changes: there.map(before => ({ before, after: undefined })), left: [] }
  const changes: PlacementChange[] = []
  const left: Follow[] = []
  const isEnrolled = isReachable(ipad.device)
  const { assetTag: tag, id: deviceId, organisationId } = ipad.device
  // What is wanted first stands in the way of what contradicts it.
  let own = there
  for (const content of contentsFor(ipad, assigned, own)) {
    const before = own.find(each => contentKey(each.content) === contentKey(content))
    if (!before && !isEnrolled) continue
    const on = { standing: ipad, isEnrolled, placement: before }
    const decision = decide(content, on, assigned, fittingFor(ipad, own, versions))
    const wanted = before
      ? follow(before, decision, making)
      : begin(decision, { organisationId, deviceId, tag, content, ...making })
    const after = unlessStranding({ before, after: wanted }, decision, { own, versions, making })
    if (after === before) continue
    const follows = { deviceId, content }
    if (followsByItself(before, after, decision) && !may(follows)) {
      left.push(follows)
      continue
    }
    changes.push({ before, after })
    own = [...own.filter(each => each !== before), ...(after ? [after] : [])]
  }
  return { changes, left }
}

/**
 * The change, unless it would take the last network off an iPad without a person having decided so: then the placement
 * stays as it is.
 */
function unlessStranding(
  { before, after }: PlacementChange,
  decision: Decision,
  {
    own,
    versions,
    making,
  }: { readonly own: readonly Placement[]; readonly versions: Versions; readonly making: Making },
): Placement | undefined {
  if (!before) return after
  if (followsByItself(before, after, decision)) {
    const number = after?.want === 'installed' ? after.number : undefined
    const why = strandedBy(before.content, number, { own, versions })
    if (why !== undefined) return keptOn(before, why, making.now)
  }
  return after?.keeps === undefined ? after : changed(before, without(after, 'keeps'))
}

/** What a version would be on this iPad, where `own` is what has been sent to it. */
export function fittingFor(ipad: StandingIpad, own: readonly Placement[], versions: Versions): Fitting {
  const leavesOthers = (content: ContentRef): boolean => {
    const has = own.find(each => contentKey(each.content) === contentKey(content))?.has
    if (!has || content.kind !== 'profile') return false
    return versions.get(content, has.number).version.markFor(ipad) !== has.mark
  }
  return (content, number) => {
    const { identifier, version } = versions.get(content, number)
    const beside = { own, versions }
    const hindrance =
      version.hindrance(ipad) ??
      otherOfItsKind(content, number, beside) ??
      hindranceBy(strandedBy(content, number, beside))
    return { identifier, mark: version.markFor(ipad), hindrance, leavesOthers: leavesOthers(content) }
  }
}

/** Blocks what would certainly strand the iPad. Whether its last network may go is for people to judge. */
function hindranceBy(stranding: Stranding | undefined): Hindrance | undefined {
  return stranding === undefined || stranding === 'no-network-left' ? undefined : { code: stranding }
}
