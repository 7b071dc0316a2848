import { contentKey, type ContentRef } from '../assignments/content.ts'
import { isThereOrComing, mayBeOn } from './on-ipad.ts'
import { type Hindrance, type Placement } from './placement.ts'
import { type Versions } from './versions.ts'

/**
 * What stands against a version of `content` on the iPad with the placements `own`: another profile there, or on its way,
 * holds a part of which an iPad can have one alone. What is there first stays. Versions of `versionsOn` are loaded already.
 */
export function otherOfItsKind(
  content: ContentRef,
  number: number,
  { own, versions }: { readonly own: readonly Placement[]; readonly versions: Versions },
): Hindrance | undefined {
  const { onlyOnes = [] } = versions.get(content, number).version
  if (onlyOnes.length === 0) return undefined
  const key = contentKey(content)
  const here = own.find(each => contentKey(each.content) === key)
  if (here && isThereOrComing(here) && here.number === number) return undefined
  for (const placement of own) {
    if (placement === here || placement.content.kind !== 'profile') continue
    for (const { number: other } of mayBeOn(placement)) {
      const { name, version } = versions.get(placement.content, other)
      if (version.onlyOnes?.some(type => onlyOnes.includes(type))) return { code: 'only-one', other: name }
    }
  }
  return undefined
}
