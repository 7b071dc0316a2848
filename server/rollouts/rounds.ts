import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { type Clock } from '../clock.ts'
import { type Conducting } from './conducting.ts'
import { type Placement } from './placement.ts'
import { type PlacementStore } from './placement-store.ts'
import { type Requesting } from './requesting.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Rollouts } from './rollouts.ts'
import { type Sender } from './sender.ts'
import { type Settling } from './settling.ts'
import { type Signals } from './signals.ts'

interface RoundsDeps {
  readonly assignments: Pick<AssignmentStore, 'organisationIds'>
  readonly rollouts: Pick<RolloutStore, 'running' | 'stopped'>
  readonly placements: Pick<PlacementStore, 'unfinished'>
  readonly settling: Pick<Settling, 'organisation' | 'push'>
  readonly sender: Pick<Sender, 'ask'>
  readonly conducting: Pick<Conducting, 'advance' | 'holdIfStopped'>
  readonly followNewest: Rollouts['followNewest']
  readonly requesting: Pick<Requesting, 'approved' | 'carryOut'>
  /** Who did what bears on it. */
  readonly signals: Pick<Signals, 'knowing'>
  readonly clock: Clock
  readonly noteFault: (error: unknown, organisationId: string) => void
}

/** What was saved this long ago and is not queued was left behind by a crash, not by a busy moment. */
const ownTimeMs = 30_000
const atOnce = 500

export type Rounds = ReturnType<typeof createRounds>

/** The recurring work that makes everything assigned true, and keeps it so. */
export function createRounds(deps: RoundsDeps) {
  const { assignments, rollouts, placements, settling, sender, conducting, requesting } = deps
  const { clock, noteFault } = deps

  /** One organisation whose fault must not hold up the others. */
  async function each(
    organisationIds: readonly string[],
    work: (id: string) => Promise<void>,
  ): Promise<void> {
    for (const organisationId of organisationIds)
      await work(organisationId).catch((error: unknown) => noteFault(error, organisationId))
  }

  async function settleOne(organisationId: string): Promise<void> {
    await deps.followNewest(organisationId)
    await deps.signals.knowing(organisationId, by => settling.organisation(organisationId, by))
  }

  async function settleAll(): Promise<void> {
    await each(await assignments.organisationIds(), settleOne)
  }

  /** What was saved before `before` and is not queued or asked. */
  async function takeUp(before: Date): Promise<void> {
    for (const request of await requesting.approved())
      await each([request.organisationId], () => requesting.carryOut(request))
    // A stop that a crash cut short goes on, before anything is sent.
    for (const stopped of await rollouts.stopped())
      await each([stopped.organisationId], () => conducting.holdIfStopped(stopped))
    const now = clock.now()
    const left = await placements.unfinished({ before, now }, atOnce)
    await settling.push(left.filter(({ toQueue }) => toQueue))
    const proving = left.filter(({ toProve, proveAfter }) => toProve && !(proveAfter && proveAfter > now))
    for (const deviceId of new Set(proving.map(each => each.deviceId))) {
      const own = proving.filter(each => each.deviceId === deviceId)
      for (const kind of new Set(own.map(({ content }) => content.kind)))
        await each(organisationIdsOf(own), () =>
          sender.ask(own.filter(({ content }) => content.kind === kind)),
        )
    }
  }

  return {
    /** Everything that is assigned, on every iPad. */
    settleAll,

    /** What one organisation has assigned. */
    settle: (organisationId: string): Promise<void> => each([organisationId], settleOne),

    /** The next step of every roll-out that runs. */
    async advanceAll(): Promise<void> {
      for (const { organisationId, id } of await rollouts.running())
        await each([organisationId], () => conducting.advance(organisationId, id))
    },

    /** What a crash left between saving and queueing. */
    takeUp: () => takeUp(new Date(clock.now().getTime() - ownTimeMs)),

    /** At the start: does what the previous process left. Another process may be doing the same; twice does no harm. */
    async resume(): Promise<void> {
      await takeUp(clock.now())
      await settleAll()
    },
  }
}

const organisationIdsOf = (placements: readonly Placement[]): string[] => [
  ...new Set(placements.map(({ organisationId }) => organisationId)),
]
