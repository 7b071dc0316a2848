import { inOrderOfWeight, reaches, type Assignment, type Standing } from '../assignments/assignment.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { type NextWave, type Placement } from './placement.ts'
import { type Decision, type Wish } from './placement-wish.ts'
import { isEnded, type Rollout } from './rollout.ts'

/** Everything that is assigned in an organisation, and the roll-outs that are not over. */
export interface Assigned {
  readonly assignments: readonly Assignment[]
  readonly rollouts: ReadonlyMap<string, Rollout>
}

/** What this version would be on an iPad: its mark, and what prevents it. */
export type Fitting = (
  content: ContentRef,
  number: number,
) => Pick<Wish, 'identifier' | 'mark' | 'hindrance' | 'leavesOthers'>

/** The contents that are, or are to be, a matter of this iPad. */
export function contentsFor(
  standing: Standing,
  { assignments }: Assigned,
  placements: readonly Placement[],
): ContentRef[] {
  const all = [...assignments.filter(assignment => reaches(assignment, standing)), ...placements].map(
    ({ content }) => content,
  )
  return [...new Map(all.map(content => [contentKey(content), content])).values()]
}

/** The assignments of a content that reach an iPad; the first decides, the others apply where it says nothing. */
export function prevailing(content: ContentRef, standing: Standing, { assignments }: Assigned): Assignment[] {
  const key = contentKey(content)
  return inOrderOfWeight(
    assignments.filter(each => contentKey(each.content) === key && reaches(each, standing)),
  )
}

/**
 * What applies to `content` on an iPad: the narrowest assignment decides, with its roll-out where that has reached the
 * iPad, and otherwise with the previous version. What it says nothing about is left to the next wider one.
 */
export function decide(
  content: ContentRef,
  { standing, isEnrolled, placement }: On,
  assigned: Assigned,
  fitting: Fitting,
): Decision {
  const made: { -readonly [K in keyof Decision]: Decision[K] } = { isEnrolled }
  for (const assignment of prevailing(content, standing, assigned)) {
    const rollout = underWay(assignment, assigned)
    const wish = (number: number, by?: NextWave): Wish =>
      withHindrance({ ...fitting(content, number), assignmentId: assignment.id, by, number }, isEnrolled)
    if (!rollout) {
      if (assignment.stable === undefined) continue
      made.now = wish(assignment.stable)
      break
    }
    const planned = plannedIn(rollout, placement)
    // Whoever comes into the scope while a roll-out is under way gets it with the last wave.
    const next = planned ?? { rolloutId: rollout.id, wave: rollout.waves - 1 }
    const isOpen = next.wave <= rollout.wave && !(rollout.state === 'stopped' && isNew(rollout, placement))
    if (rollout.state === 'stopped') made.isStopped = isOpen
    if (isOpen && planned) made.isBrought = true
    if (isOpen && rollout.to !== undefined) {
      made.now = wish(rollout.to, next)
      break
    }
    if (isOpen) {
      made.removedBy ??= next
      continue
    }
    const coming = rollout.to ?? rollout.from
    if (coming !== undefined) made.later ??= { wish: wish(coming, next), next, isLate: !planned }
    if (rollout.from === undefined) continue
    made.now = wish(rollout.from)
    break
  }
  return made
}

interface On {
  readonly standing: Standing
  readonly isEnrolled: boolean
  readonly placement: Placement | undefined
}

function underWay({ rolloutId }: Assignment, { rollouts }: Assigned): Rollout | undefined {
  const rollout = rolloutId === undefined ? undefined : rollouts.get(rolloutId)
  return rollout && !isEnded(rollout) ? rollout : undefined
}

/** The wave in which the iPad was put when the roll-out began, or when it was let into it. */
function plannedIn({ id }: Rollout, placement: Placement | undefined): NextWave | undefined {
  if (placement?.next?.rolloutId === id) return placement.next
  return placement?.rolloutId === id ? { rolloutId: id, wave: placement.wave ?? 0 } : undefined
}

const isNew = ({ id }: Rollout, placement: Placement | undefined): boolean => placement?.rolloutId !== id

/** An iPad that is not under management cannot be reached, whatever else may prevent it. */
function withHindrance(wish: Wish, isEnrolled: boolean): Wish {
  return isEnrolled ? wish : { ...wish, hindrance: { code: 'not-enrolled' } }
}
