import { strandingBy, type Footing, type Stranding } from '../../profiles/stranding.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { isSureOf, isThereOrComing, mayBeOn } from './on-ipad.ts'
import { type Placement } from './placement.ts'
import { type Versions } from './versions.ts'

/** A change of a profile that no placement is for. */
interface AnotherChange {
  /** What the iPad may have of it. */
  readonly before: readonly Footing[]
  readonly after?: Footing
}

interface Beside {
  readonly own: readonly Placement[]
  readonly versions: Versions
}

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
  { own, versions }: Beside,
): Stranding | undefined {
  if (content.kind !== 'profile') return undefined
  const key = contentKey(content)
  const here = profilesOf(own).find(each => contentKey(each.content) === key)
  // What it has already, or is about to have, strands it no more.
  if (here && isThereOrComing(here) && here.number === number) return undefined
  return strandingBy({
    others: othersThan(here, { own, versions }),
    before: here ? footingsOf(here, versions) : [],
    after: number === undefined ? undefined : versions.get(content, number).version.footing,
  })
}

/** Why the iPad would be stranded by a change of a profile beside the placements `own`. */
export const strandedBeside = ({ before, after }: AnotherChange, beside: Beside): Stranding | undefined =>
  strandingBy({ others: othersThan(undefined, beside), before, after })

const footingsOf = (placement: Placement, versions: Versions): Footing[] =>
  mayBeOn(placement).flatMap(each => versions.get(placement.content, each.number).version.footing ?? [])

const othersThan = (here: Placement | undefined, { own, versions }: Beside): Footing[][] =>
  profilesOf(own)
    .filter(each => each !== here)
    .map(each => {
      const footings = footingsOf(each, versions)
      return isSureOf(each) ? footings : footings.map(withoutNetworks)
    })

/** A network is none to rely on when the iPad has not shown it yet, or is about to lose it. */
const withoutNetworks = (footing: Footing): Footing => ({ ...footing, networks: [] })
