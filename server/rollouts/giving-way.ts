import { type Assignment } from '../assignments/assignment.ts'
import { DomainError } from '../domain-error.ts'
import { type Rollout, type RolloutKind } from './rollout.ts'

/** The assignment as far as its roll-outs follow each other. */
type Followed = Pick<Assignment, 'state' | 'rolloutId' | 'stable'>

/**
 * Whether another roll-out of the same assignment may take the place of this one: no wave is still to come, and a removal
 * under way does not begin anew, which would lose how far it has come.
 */
export function mayGiveWay({ state, wave, waves, kind }: Rollout, next: RolloutKind): boolean {
  if (state !== 'running') return true
  return wave >= waves - 1 && !(kind === 'remove' && next === 'remove')
}

/** @throws {DomainError} conflict `rollout-running` */
export function mustGiveWay(rollout: Rollout | undefined, next: RolloutKind): void {
  if (rollout === undefined || mayGiveWay(rollout, next)) return
  throw new DomainError(
    'conflict',
    'rollout-running',
    'A roll-out of this is already running. Let it finish, or stop it first.',
  )
}

/** The version that going back leads to; undefined: none, the content is taken off. */
export const wayBack = ({ from, backTo }: Pick<Rollout, 'from' | 'backTo'>): number | undefined =>
  backTo ?? from

/** Why nobody can go back to the version before `rollout`; undefined when it is possible. */
function noWayBack(rollout: Rollout, assignment: Followed): DomainError | undefined {
  const { id, state, to } = rollout
  if (to === undefined)
    return new DomainError(
      'conflict',
      'rollout-removal',
      'A removal cannot be rolled back. Assign the profile again.',
    )
  const { rolloutId, stable } = assignment
  const isLast = rolloutId === undefined ? stable === to : rolloutId === id
  if (assignment.state === 'ended' || !isLast || state === 'rolled-back')
    return new DomainError(
      'conflict',
      'rollout-overtaken',
      'Another roll-out has come after this one, or it has already been rolled back.',
    )
  if (wayBack(rollout) === to)
    return new DomainError(
      'conflict',
      'rollout-same-version',
      'This roll-out brought the version that was there already, so there is nothing to go back to.',
    )
  return undefined
}

/** @throws {DomainError} conflict `rollout-removal`, `rollout-overtaken`, `rollout-same-version` */
export function mustHaveWayBack(rollout: Rollout, assignment: Followed): void {
  const why = noWayBack(rollout, assignment)
  if (why) throw why
}

/** What would not be refused now. */
export interface Openings {
  /** Going back to the version before the roll-out. */
  readonly rollBack: boolean
  /** Taking its content off the iPads. */
  readonly remove: boolean
}

/** @param current the newest roll-out of the assignment */
export function openingsOf(rollout: Rollout, assignment: Followed, current: Rollout | undefined): Openings {
  return {
    rollBack: noWayBack(rollout, assignment) === undefined,
    remove: assignment.state === 'active' && (!current || mayGiveWay(current, 'remove')),
  }
}
