import { strandingBy, type Footing, type Stranding } from '../../profiles/stranding.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { type Placement } from './placement.ts'
import { type Versions } from './versions.ts'

/** Placements whose profile has been sent and not refused, so that it may be on the iPad. */
export function sentProfiles(own: readonly Placement[]): Placement[] {
  return own.filter(
    ({ content, want, state, pendingAt }) =>
      content.kind === 'profile' &&
      want === 'installed' &&
      pendingAt !== undefined &&
      (state === 'pending' || state === 'delivered' || state === 'proven'),
  )
}

/** The versions of these placements, as `Versions.load` takes them. */
export const versionsOf = (placements: readonly Placement[]): (readonly [ContentRef, number])[] =>
  placements.map(({ content, number }) => [content, number] as const)

/**
 * Why the iPad with the placements `own` would be stranded by another version of `content`, or without it when `number`
 * is missing. Versions of what was sent are loaded already.
 */
export function strandedBy(
  content: ContentRef,
  number: number | undefined,
  { own, versions }: { readonly own: readonly Placement[]; readonly versions: Versions },
): Stranding | undefined {
  if (content.kind !== 'profile') return undefined
  const key = contentKey(content)
  const sent = sentProfiles(own)
  const here = sent.find(each => contentKey(each.content) === key)
  // What it has already strands it no more.
  if (here?.number === number) return undefined
  const footing = (each: ContentRef, version: number) => versions.get(each, version).version.footing
  const others = sent.flatMap(each => {
    const found = each === here ? undefined : footing(each.content, each.number)
    return found ? [each.state === 'proven' ? found : withoutNetworks(found)] : []
  })
  return strandingBy({
    others,
    before: here && footing(content, here.number),
    after: number === undefined ? undefined : footing(content, number),
  })
}

/** A network that the iPad has not shown yet is none to rely on. */
const withoutNetworks = (footing: Footing): Footing => ({ ...footing, networks: [] })
