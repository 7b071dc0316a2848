import { type ContentRef } from '../assignments/content.ts'
import { type WavePlan } from '../assignments/wave-plan.ts'
import { DomainError } from '../domain-error.ts'
import { type Placement, type PlacementState } from './placement.ts'

/** One move of a content: to a version on the iPads of an assignment, or off them. */
export interface Rollout {
  readonly id: string
  readonly organisationId: string
  readonly assignmentId: string
  readonly content: ContentRef
  /** As the content was called then. */
  readonly name: string
  readonly kind: RolloutKind
  /** The version it brings; missing when it takes the content away. */
  readonly to?: number
  /** The version that everybody had before, and has until their wave opens; missing when none. */
  readonly from?: number
  /** Where going back leads when that is not `from`: the same version was there already. */
  readonly backTo?: number
  readonly plan: WavePlan
  /** How many waves there are. */
  readonly waves: number
  /** The wave that is open, from 0; those before it are too. */
  readonly wave: number
  readonly waveOpenedAt: Date
  readonly state: RolloutState
  readonly stopped?: Stopped
  /** Failures there were when a person let it go on after a stop; only further ones stop it again. */
  readonly bornFailures: number
  readonly reason?: string
  readonly startedAt: Date
  readonly startedBy: { readonly id: string; readonly name: string }
  readonly endedAt?: Date
  /** Who ended it before every iPad was done; the rest is followed up without it. */
  readonly closed?: Closed
  /** As it stood when it ended. */
  readonly figures?: RolloutFigures
  readonly version: number
}

export type RolloutKind = 'install' | 'remove' | 'roll-back'

/** `completed`: every iPad is proven, failed or cannot have it, or a person has closed it. */
export type RolloutState = 'running' | 'stopped' | 'completed' | 'rolled-back' | 'superseded'

export interface Stopped {
  readonly at: Date
  readonly because: 'failures' | 'person'
  readonly by?: { readonly id: string; readonly name: string }
  readonly reason?: string
}

/** A person's word that a roll-out need not wait for its last iPads. */
export interface Closed {
  readonly by: { readonly id: string; readonly name: string }
  readonly reason: string
}

/** How many iPads are in each state; `waiting` are those whose wave has not come. */
export type RolloutFigures = Readonly<Record<PlacementState | 'waiting', number>> & {
  readonly of: number
}

/** An iPad that has said nothing for this long since it took something cannot be reached since, perhaps because of it. */
const silentAfterMs = 60 * 60_000

/** What was acknowledged before this, and not heard of since, counts as failed. */
export function silentBefore({ plan }: Pick<Rollout, 'plan'>, now: Date): Date {
  return new Date(now.getTime() - Math.max(silentAfterMs, (plan.pauseMinutes ?? 0) * 60_000))
}

/** On how many iPads it came to nothing: refused, gone again, or not heard of since. */
export const failuresIn = ({ figures, silent }: Pick<Progress, 'figures' | 'silent'>): number =>
  figures.failed + figures.drifted + silent

/** Whether more has failed than the plan allows. `reached` counts the iPads whose wave has come. */
function isTooMuch(
  { plan, bornFailures }: Pick<Rollout, 'plan' | 'bornFailures'>,
  { failed, reached }: { readonly failed: number; readonly reached: number },
): boolean {
  const fresh = failed - bornFailures
  if (!plan.stopAfter || fresh <= 0) return false
  return plan.stopAfter.kind === 'count'
    ? fresh > plan.stopAfter.count
    : fresh > (reached * plan.stopAfter.percent) / 100
}

/** States in which nothing more happens by itself. */
const over: readonly PlacementState[] = ['proven', 'failed', 'drifted', 'blocked']

/** The roll-out with at most `failed` accepted failures: one that has healed no longer counts as accepted. */
export function healed(rollout: Rollout, failed: number): Rollout {
  return rollout.state === 'running' && failed < rollout.bornFailures
    ? { ...rollout, bornFailures: failed, version: rollout.version + 1 }
    : rollout
}

/** What a roll-out does next by itself. */
type NextStep = 'stop' | 'open-wave' | 'complete' | undefined

/** How the iPads of a roll-out stand. */
export interface Progress {
  readonly figures: RolloutFigures
  /** Of the open wave. */
  readonly openWave: { readonly proven: number; readonly of: number }
  /** Acknowledged before `silentBefore`, and the iPad has said nothing of it since. */
  readonly silent: number
  readonly lastFailureAt?: Date
}

/** The next thing to do; undefined while it waits for iPads or a person. */
export function nextStep(rollout: Rollout, progress: Progress, now: Date): NextStep {
  if (rollout.state !== 'running') return undefined
  const { figures } = progress
  const reached = figures.of - figures.waiting
  if (isTooMuch(rollout, { failed: failuresIn(progress), reached })) return 'stop'
  if (rollout.wave < rollout.waves - 1) return mayOpenNext(rollout, progress, now) ? 'open-wave' : undefined
  const done = over.reduce((sum, state) => sum + figures[state], 0)
  return done === figures.of && figures.waiting === 0 ? 'complete' : undefined
}

function mayOpenNext(rollout: Rollout, { openWave, figures, lastFailureAt }: Progress, now: Date) {
  const { plan, waveOpenedAt } = rollout
  if (plan.pauseMinutes === undefined) return false
  // Silence is no success: somebody must have shown that it works before more get it, and few may be silent.
  if (openWave.of > 0 && openWave.proven === 0) return false
  const unproven = figures.failed + figures.drifted + figures.delivered
  if (isTooMuch(rollout, { failed: unproven, reached: figures.of - figures.waiting })) return false
  const since = Math.max(waveOpenedAt.getTime(), lastFailureAt?.getTime() ?? 0)
  return now.getTime() >= since + plan.pauseMinutes * 60_000
}

/**
 * Whether nothing is sent for a placement that the roll-out brought: it is stopped, and nobody has sent just this one
 * again since.
 */
export function holdsBack(
  { id, state, stopped }: Pick<Rollout, 'id' | 'state' | 'stopped'>,
  { rolloutId, tries, pendingAt }: Pick<Placement, 'rolloutId' | 'tries' | 'pendingAt'>,
): boolean {
  if (state !== 'stopped' || rolloutId !== id) return false
  const isSince = stopped !== undefined && pendingAt !== undefined && pendingAt > stopped.at
  return !(tries > 1 && isSince)
}

/** Whether the roll-out is over for good. */
export function isEnded({ state }: Pick<Rollout, 'state'>): boolean {
  return state !== 'running' && state !== 'stopped'
}

/** Whether a newer version may take its place by itself: no wave is still to come, and it takes nothing away. */
export function mayBeOvertaken({ state, wave, waves, to }: Rollout): boolean {
  const isInMidst = state === 'running' && wave < waves - 1
  return !isInMidst && to !== undefined
}

/** @throws {DomainError} conflict `rollout-ended` */
export function mustGoOn(rollout: Rollout): void {
  if (!isEnded(rollout)) return
  throw new DomainError('conflict', 'rollout-ended', 'This roll-out has ended.')
}

/** @throws {DomainError} conflict `rollout-ended` */
export function stop(rollout: Rollout, stopped: Stopped): Rollout {
  mustGoOn(rollout)
  if (rollout.state === 'stopped') return rollout
  return { ...rollout, state: 'stopped', stopped, version: rollout.version + 1 }
}

/** @throws {DomainError} conflict `rollout-ended`, `rollout-running` */
export function resume(rollout: Rollout, failed: number, now: Date): Rollout {
  mustGoOn(rollout)
  if (rollout.state !== 'stopped')
    throw new DomainError('conflict', 'rollout-running', 'This roll-out is already running.')
  const copy: { -readonly [K in keyof Rollout]: Rollout[K] } = { ...rollout }
  delete copy.stopped
  return { ...copy, state: 'running', bornFailures: failed, waveOpenedAt: now, version: rollout.version + 1 }
}

/**
 * @param after the wave that was open when somebody decided it: of two who open the next one at the same moment, one opens
 * it
 * @throws {DomainError} conflict `rollout-ended`, `rollout-stopped`, `rollout-last-wave`, `rollout-wave-open`
 */
export function openNextWave(rollout: Rollout, now: Date, after = rollout.wave): Rollout {
  mustGoOn(rollout)
  if (rollout.state === 'stopped')
    throw new DomainError('conflict', 'rollout-stopped', 'This roll-out is stopped. Resume it first.')
  if (rollout.wave >= rollout.waves - 1)
    throw new DomainError('conflict', 'rollout-last-wave', 'Every wave is already open.')
  if (rollout.wave !== after)
    throw new DomainError(
      'conflict',
      'rollout-wave-open',
      'This wave has been opened meanwhile. See how it goes before you open another.',
    )
  return { ...rollout, wave: rollout.wave + 1, waveOpenedAt: now, version: rollout.version + 1 }
}

/** How many iPads a roll-out has not come to an end with. */
export const notReached = (figures: RolloutFigures): number =>
  figures.of - over.reduce((sum, state) => sum + figures[state], 0)

/**
 * The roll-out ended by a person while iPads are still under way, such as one that is lost.
 * @throws {DomainError} conflict `rollout-ended`, `rollout-stopped`, `rollout-waves-left`
 */
export function close(
  rollout: Rollout,
  { closed, figures, now }: { readonly closed: Closed; readonly figures: RolloutFigures; readonly now: Date },
): Rollout {
  mustGoOn(rollout)
  if (rollout.state === 'stopped')
    throw new DomainError('conflict', 'rollout-stopped', 'This roll-out is stopped. Resume it first.')
  if (rollout.wave < rollout.waves - 1)
    throw new DomainError(
      'conflict',
      'rollout-waves-left',
      'There are waves that have not been opened yet. Open them first, or stop the roll-out.',
    )
  return { ...end(rollout, 'completed', figures, now), closed }
}

/** The roll-out when it is over, with its last figures. */
export function end(
  rollout: Rollout,
  state: 'completed' | 'rolled-back' | 'superseded',
  figures: RolloutFigures,
  now: Date,
): Rollout {
  return { ...rollout, state, figures, endedAt: now, version: rollout.version + 1 }
}
