import { strandingBy, type Footing, type Stranding } from '../../profiles/stranding.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { isSureOf, isThereOrComing, mayBeOn } from './on-ipad.ts'
import { type Placement } from './placement.ts'
import { type Versions } from './versions.ts'

const profilesOf = (own: readonly Placement[]) => own.filter(({ content }) => content.kind === 'profile')

/** The versions of profiles that may be on these iPads, as `Versions.load` takes them. */
export const versionsOn = (own: readonly Placement[]): (readonly [ContentRef, number])[] =>
  profilesOf(own).flatMap(each => mayBeOn(each).map(({ number }) => [each.content, number] as const))

/**
 * Why the iPad with the placements `own` would be stranded by another version of `content`, or without it when `number`
 * is missing. What it still has counts as well as what is on its way. Versions of `versionsOn` are loaded already.
 */
export function strandedBy(
  content: ContentRef,
  number: number | undefined,
  { own, versions }: { readonly own: readonly Placement[]; readonly versions: Versions },
): Stranding | undefined {
  if (content.kind !== 'profile') return undefined
  const key = contentKey(content)
  const here = profilesOf(own).find(each => contentKey(each.content) === key)
  // What it has already, or is about to have, strands it no more.
  if (here && isThereOrComing(here) && here.number === number) return undefined
  const footing = (each: ContentRef, version: number) => versions.get(each, version).version.footing
  const footings = (placement: Placement) =>
    mayBeOn(placement).flatMap(each => footing(placement.content, each.number) ?? [])
  return strandingBy({
    others: profilesOf(own)
      .filter(each => each !== here)
      .map(each => (isSureOf(each) ? footings(each) : footings(each).map(withoutNetworks))),
    before: here ? footings(here) : [],
    after: number === undefined ? undefined : footing(content, number),
  })
}

/** A network is none to rely on when the iPad has not shown it yet, or is about to lose it. */
const withoutNetworks = (footing: Footing): Footing => ({ ...footing, networks: [] })
