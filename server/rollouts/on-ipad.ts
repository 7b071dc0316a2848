import { type PlacedVersion, type Placement, without } from './placement.ts'

/** How many versions are remembered that an iPad may have got on the way to the one wanted now. */
const mostMaybe = 10

/** Sent and not refused: the wanted version may be on the iPad by now. */
const isComing = ({ want, state }: Placement): boolean =>
  want === 'installed' && (state === 'pending' || state === 'delivered')

const isProven = ({ want, state }: Placement): boolean => want === 'installed' && state === 'proven'

/** Whether the wanted version is on the iPad, or on its way there. */
export const isThereOrComing = (placement: Placement): boolean => isComing(placement) || isProven(placement)

const current = ({ number, mark }: Placement): PlacedVersion => ({ number, mark })

/** The versions of which one may be on the iPad, each once; none when nothing of it is there. */
export function mayBeOn(placement: Placement): PlacedVersion[] {
  if (isProven(placement)) return [current(placement)]
  const { has, maybe = [] } = placement
  const all = [...(has ? [has] : []), ...maybe, ...(isComing(placement) ? [current(placement)] : [])]
  return [...new Map(all.map(({ number, mark }) => [mark, { number, mark }])).values()]
}

/**
 * Whether what the iPad has of it is known and stays until somebody decides otherwise, so that a network in it can be
 * relied on.
 */
export function isSureOf(placement: Placement): boolean {
  return placement.want === 'installed' && !isComing(placement) && mayBeOn(placement).length === 1
}

/** The placement before something else is wanted: what is there stays so long, and what is on its way may get there. */
export function movingOn(placement: Placement): Placement {
  const { has, maybe = [], mark } = placement
  if (!isThereOrComing(placement) || has?.mark === mark) return placement
  const others = maybe.filter(each => each.mark !== mark)
  return { ...placement, maybe: [...others, current(placement)].slice(-mostMaybe) }
}

/** The placement after its iPad showed `mark` of its identifier, or nothing of it; the same object when that is known. */
export function seenOn(placement: Placement, mark: string | undefined, at: Date): Placement {
  const { has, maybe } = placement
  const known = [current(placement), ...(maybe ?? [])].find(each => each.mark === mark)
  const seen = has && has.mark === mark ? has : known && { ...known, since: at }
  if (seen === has && maybe === undefined) return placement
  return { ...without(placement, 'has', 'maybe'), ...(seen && { has: seen }) }
}

/** The version that the iPad still has although another, or none, is wanted there; undefined when there is no such. */
export function stillHas(placement: Placement): number | undefined {
  const { has, want, mark } = placement
  return has && (want === 'removed' || has.mark !== mark) ? has.number : undefined
}
