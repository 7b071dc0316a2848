import { type Audit } from '../audit/audit.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { type Clock } from '../clock.ts'
import { type Commands } from '../commands/commands.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { againWhenStale, isStale } from '../stale.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type Following } from './following.ts'
import { type Placement } from './placement.ts'
import { held } from './placement-course.ts'
import { placeOfPlacement, type PlacementStore } from './placement-store.ts'
import {
  close,
  end,
  healed,
  holdsBack,
  failuresIn,
  nextStep,
  notReached,
  silentBefore,
  openNextWave,
  stop,
  type Closed,
  type Rollout,
  type Stopped,
} from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Settling } from './settling.ts'

export interface ConductingDeps {
  readonly assignments: AssignmentStore
  readonly rollouts: RolloutStore
  readonly placements: PlacementStore
  readonly settling: Settling
  readonly change: Following['change']
  readonly commands: Pick<Commands, 'cancel' | 'get'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

export type Conducting = ReturnType<typeof createConducting>

const atOnce = 200

/** What roll-outs do by themselves and at a word: the next wave, the stop, the end. */
export function createConducting(deps: ConductingDeps) {
  const { assignments, rollouts, placements, settling, change, commands, audit, transaction, clock } = deps

  /** @throws {DomainError} not-found `rollout-unknown` */
  async function get(organisationId: string, id: string): Promise<Rollout> {
    const found = await rollouts.find(organisationId, id)
    if (!found) throw new DomainError('not-found', 'rollout-unknown', 'There is no such roll-out.')
    return found
  }

  const progressOf = (rollout: Rollout) => placements.progress(rollout, silentBefore(rollout, clock.now()))

  /** The placements of the roll-out, in pages; also those whose wave has not come. */
  async function* pagesOf(
    { organisationId, id }: Rollout,
    state?: 'pending' | 'failed',
  ): AsyncGenerator<Placement[]> {
    let after: string | undefined
    for (;;) {
      const page = await placements.page(organisationId, { rolloutId: id, state, limit: atOnce, after })
      const some = page.slice(0, atOnce)
      if (some.length > 0) yield some
      const last = some.at(-1)
      if (page.length <= atOnce || !last) return
      after = placeOfPlacement(last)
    }
  }

  /** The iPads of the waves that are open get what is theirs. */
  async function reach(rollout: Rollout): Promise<void> {
    for await (const page of pagesOf(rollout)) {
      const open = page.filter(({ next }) => (next?.rolloutId === rollout.id ? next.wave : 0) <= rollout.wave)
      await settling.brought(
        rollout.organisationId,
        open.map(({ deviceId }) => deviceId),
      )
    }
    // Somebody may have stopped it while a page was on its way to the queues.
    await holdIfStopped(rollout)
  }

  /** Takes back what a stopped roll-out has under way all the same. */
  async function holdIfStopped({
    organisationId,
    id,
  }: Pick<Rollout, 'organisationId' | 'id'>): Promise<void> {
    const current = await rollouts.find(organisationId, id)
    if (current?.state === 'stopped') await hold(current)
  }

  /** Saves the roll-out with its last wave open together with what that means: its version is everybody's now. */
  async function saveOpened(rollout: Rollout): Promise<void> {
    await rollouts.save(rollout)
    if (rollout.wave < rollout.waves - 1) return
    await settleAssignment(rollout)
  }

  async function settleAssignment({ organisationId, assignmentId, to }: Rollout): Promise<void> {
    const assignment = await assignments.find(organisationId, assignmentId)
    if (!assignment || to === undefined || assignment.stable === to) return
    await assignments.save({ ...assignment, stable: to, version: assignment.version + 1 })
  }

  /** Opens the wave behind `after`; what it means for its iPads is for `reach`. */
  async function openWave(actor: Actor, id: string, after?: number): Promise<Rollout> {
    return transaction(async () => {
      const next = openNextWave(await get(actor.organisationId, id), clock.now(), after)
      await saveOpened(next)
      await audit.record(actor, {
        action: 'rollouts.open-wave',
        on: { kind: 'rollout', id },
        after: { wave: next.wave + 1, of: next.waves },
      })
      return next
    })
  }

  async function stopIt(actor: Actor, id: string, stopped: Stopped): Promise<Rollout> {
    // Nobody who says stop is told that it went on meanwhile.
    const halt = () =>
      transaction(async () => {
        const before = await get(actor.organisationId, id)
        const next = stop(before, stopped)
        if (next === before) return before
        await rollouts.save(next)
        await audit.record(actor, {
          action: 'rollouts.stop',
          on: { kind: 'rollout', id },
          ...(stopped.reason !== undefined && { reason: stopped.reason }),
          after: { because: stopped.because },
        })
        return next
      })
    const after = await againWhenStale(halt)
    await hold(after)
    return after
  }

  /** Takes back what no iPad has fetched yet. */
  async function hold(rollout: Rollout): Promise<void> {
    for await (const page of pagesOf(rollout, 'pending'))
      for (const placement of page.filter(each => holdsBack(rollout, each))) {
        const { commandId } = placement
        if (commandId !== undefined && (await isTakenBack(placement, commandId))) await keepBack(placement)
      }
    // After a crash in the middle of this, what was taken back looks as if it had failed.
    for await (const page of pagesOf(rollout, 'failed'))
      for (const placement of page.filter(each => holdsBack(rollout, each)))
        if (placement.changedAt >= (rollout.stopped?.at ?? clock.now())) await keepBack(placement)
  }

  const keepBack = ({ organisationId, id, commandId }: Placement) =>
    change(organisationId, id, current =>
      current.commandId === commandId ? held(current, clock.now()) : current,
    )

  /** Whether the iPad will not get the command: it was taken back, by now or before a crash, or never queued. */
  async function isTakenBack({ organisationId, toQueue }: Placement, commandId: string): Promise<boolean> {
    const actor = systemActor(organisationId)
    try {
      await commands.cancel(actor, commandId, { alsoSent: false })
      return true
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      if (error.code === 'command-unknown') return toQueue === true
      return (await commands.get(actor, commandId)).state === 'cancelled'
    }
  }

  /** Ends it before every iPad is done; what is under way stays so, and rounds follow it up. */
  const closeIt = (actor: Actor, id: string, closed: Closed): Promise<Rollout> =>
    againWhenStale(() =>
      transaction(async () => {
        const before = await get(actor.organisationId, id)
        const { figures } = await progressOf(before)
        const next = close(before, { closed, figures, now: clock.now() })
        await rollouts.save(next)
        await detach(before)
        await audit.record(actor, {
          action: 'rollouts.close',
          on: { kind: 'rollout', id },
          reason: closed.reason,
          after: { notReached: notReached(figures), of: figures.of },
        })
        return next
      }),
    )

  async function complete(rollout: Rollout): Promise<void> {
    const { figures } = await progressOf(rollout)
    await transaction(async () => {
      await rollouts.save(end(rollout, 'completed', figures, clock.now()))
      await detach(rollout)
    })
  }

  /** The assignment stands without the roll-out; one that was taken away has ended. */
  async function detach({ organisationId, assignmentId, id, to }: Rollout): Promise<void> {
    const assignment = await assignments.find(organisationId, assignmentId)
    if (assignment?.rolloutId !== id) return
    const copy: { -readonly [K in keyof typeof assignment]: (typeof assignment)[K] } = { ...assignment }
    delete copy.rolloutId
    await assignments.save({
      ...copy,
      ...(to === undefined && { state: 'ended' }),
      version: assignment.version + 1,
    })
  }

  /** Lets the roll-out do what is its next step, if any; what somebody else has done meanwhile is theirs. */
  async function advance(organisationId: string, id: string): Promise<void> {
    try {
      await goOn(organisationId, id)
    } catch (error) {
      if (!isOvertaken(error)) throw error
    }
  }

  async function goOn(organisationId: string, id: string): Promise<void> {
    const before = await get(organisationId, id)
    const progress = await progressOf(before)
    const rollout = healed(before, failuresIn(progress))
    if (rollout !== before) await rollouts.save(rollout)
    const step = nextStep(rollout, progress, clock.now())
    const actor = systemActor(organisationId)
    if (step === 'stop') await stopIt(actor, id, { at: clock.now(), because: 'failures' })
    if (step === 'open-wave') await reach(await openWave(actor, id, rollout.wave))
    if (step === 'complete') await complete(rollout)
  }

  return { get, progressOf, reach, openWave, stopIt, closeIt, holdIfStopped, advance, saveOpened }
}

const isOvertaken = (error: unknown): boolean =>
  isStale(error) || (error instanceof DomainError && error.code === 'rollout-wave-open')
