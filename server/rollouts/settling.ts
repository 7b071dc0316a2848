import { type Assignment } from '../assignments/assignment.ts'
import { type AssignmentStore } from '../assignments/assignment-store.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { type StandingIpad, type Standings } from '../assignments/standings.ts'
import { type Clock } from '../clock.ts'
import { type Commands } from '../commands/commands.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { isStale } from '../stale.ts'
import { systemActor, type Maker } from '../staff/actor.ts'
import { type Assigned } from './deciding.ts'
import { followKey, type Follow, type Holding } from './holding.ts'
import { isUntold, type Placement } from './placement.ts'
import { remarked } from './placement-course.ts'
import { type PlacementStore } from './placement-store.ts'
import { holdsBack, type Rollout } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Sender } from './sender.ts'
import { settledOn, type May, type PlacementChange } from './settled.ts'
import { versionsOn } from './stranded.ts'
import { createVersions, type Contents, type Versions } from './versions.ts'

export interface SettlingDeps {
  readonly assignments: Pick<AssignmentStore, 'active'>
  readonly rollouts: Pick<RolloutStore, 'findMany'>
  readonly placements: PlacementStore
  readonly standings: Standings
  readonly contents: Contents
  readonly sender: Sender
  readonly holding: Holding
  readonly commands: Pick<Commands, 'cancel'>
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
  readonly noteFault: (error: unknown, organisationId: string) => void
}

export type Settling = ReturnType<typeof createSettling>

/**
 * Makes true on iPads what is assigned to them. It looks at the present state and does what is missing, so it may run
 * at any time, twice, and in parallel. What it begins is saved in the placements before anything is sent.
 */
export function createSettling(deps: SettlingDeps) {
  const { assignments, rollouts, placements, standings, sender, commands, transaction, clock, newId } = deps

  async function assignedIn(organisationId: string): Promise<Assigned> {
    const active = await assignments.active(organisationId)
    const ids = active.flatMap(({ rolloutId }) => rolloutId ?? [])
    const open = await rollouts.findMany(organisationId, ids)
    return { assignments: active, rollouts: new Map(open.map(each => [each.id, each])) }
  }

  /** What is to change on these iPads; what would follow by itself and `may` does not let through is left, and told. */
  async function looked(
    organisationId: string,
    ipads: readonly StandingIpad[],
    { versions, may }: { readonly versions: Versions; readonly may: May },
  ) {
    const deviceIds = ipads.map(({ deviceId }) => deviceId)
    // Of one moment: an iPad put in a wave and not yet assigned anything would look as if nothing were wanted there.
    const { there, assigned } = await transaction(async () => ({
      there: await placements.ofDevices(organisationId, deviceIds),
      assigned: await assignedIn(organisationId),
    }))
    await versions.load([...numbersIn(assigned), ...versionsOn(there)])
    const making = { newId, now: clock.now() }
    const seen = ipads.map(ipad => {
      const own = there.filter(({ deviceId }) => deviceId === ipad.deviceId)
      return settledOn(ipad, own, { assigned, versions, may, making })
    })
    return {
      there,
      changes: seen.flatMap(({ changes }) => changes),
      left: seen.flatMap(({ left }) => left),
    }
  }

  /** Does it; what would follow by itself and `may` does not let through is left, and told. */
  async function settle(
    organisationId: string,
    ipads: readonly StandingIpad[],
    { versions, may }: { readonly versions: Versions; readonly may: May },
  ): Promise<Follow[]> {
    const left: Follow[] = []
    let again = ipads
    // Where somebody else came in between, such as an iPad with its answer, it is looked at again.
    for (let tries = 0; again.length > 0 && tries < mostTries; tries += 1) {
      const seen = await looked(organisationId, again, { versions, may })
      const { kept, missed } = await keep(seen.changes)
      const byDevice = new Map(again.map(ipad => [ipad.deviceId, ipad]))
      const toSend = kept.filter(({ toQueue }) => toQueue)
      await sender.sendAll(toSend, { versions, ipadOf: ({ deviceId }) => byDevice.get(deviceId) })
      await askUntold(organisationId, kept)
      left.push(...seen.left.filter(({ deviceId }) => !missed.has(deviceId)))
      again = again.filter(({ deviceId }) => missed.has(deviceId))
    }
    return left
  }

  /** Asks those iPads of which it is not known whether they can have what was just wanted there. */
  async function askUntold(organisationId: string, kept: readonly Placement[]): Promise<void> {
    for (const deviceId of new Set(kept.filter(isUntold).map(each => each.deviceId)))
      await sender.askItself(organisationId, deviceId, newId())
  }

  /** Saves what is to be done, and answers on which iPads somebody else changed something meanwhile. */
  async function keep(
    changes: readonly PlacementChange[],
  ): Promise<{ readonly kept: Placement[]; readonly missed: ReadonlySet<string> }> {
    const kept: Placement[] = []
    const missed = new Set<string>()
    const added = changes.flatMap(({ before, after }) => (before ? [] : (after ?? [])))
    if (await isSaved(() => placements.insert(...added))) kept.push(...added)
    else for (const { deviceId } of added) missed.add(deviceId)
    for (const { before, after } of changes) {
      if (!before) continue
      const saved = await isSaved(async () => {
        if (after) await placements.save(after)
        else await placements.forget(before)
      })
      if (!saved) missed.add(before.deviceId)
      else await moveOn(before, after)
      if (saved && after) kept.push(after)
    }
    return { kept, missed }
  }

  /** Cancels commands that are no longer wanted; one that the iPad has fetched already is carried out. */
  async function moveOn(before: Placement, after: Placement | undefined): Promise<void> {
    const { organisationId, commandId, state } = before
    if (commandId === undefined || state !== 'pending' || commandId === after?.commandId) return
    // The later command comes behind it.
    await commands.cancel(systemActor(organisationId), commandId, { alsoSent: false }).catch(unlessRefused)
  }

  /** Brings what is saved to the queues: what a person wants once more, and what a crash left behind. */
  async function push(waiting: readonly Placement[]): Promise<void> {
    for (const organisationId of new Set(waiting.map(each => each.organisationId)))
      await pushIn(
        organisationId,
        waiting.filter(each => each.organisationId === organisationId),
      ).catch((error: unknown) => deps.noteFault(error, organisationId))
  }

  async function pushIn(organisationId: string, waiting: readonly Placement[]): Promise<void> {
    const ipads = await standings.of(
      systemActor(organisationId),
      waiting.map(({ deviceId }) => deviceId),
    )
    const byDevice = new Map(ipads.map(ipad => [ipad.deviceId, ipad]))
    const ipadOf = ({ deviceId }: Placement) => byDevice.get(deviceId)
    const versions = createVersions(organisationId, deps.contents)
    const stopped = await rollouts.findMany(organisationId, [
      ...new Set(waiting.flatMap(({ rolloutId }) => rolloutId ?? [])),
    ])
    const ready: Placement[] = []
    for (const placement of waiting) {
      if (stopped.some(rollout => holdsBack(rollout, placement))) continue
      // A fault with one holds up no other.
      const fresh = await asOfNow(placement, ipadOf(placement), versions).catch((error: unknown) =>
        deps.noteFault(error, organisationId),
      )
      if (fresh) ready.push(fresh)
    }
    await sender.sendAll(ready, { versions, ipadOf })
  }

  /** With the mark of what its iPad would get by now; undefined when somebody else came in between. */
  async function asOfNow(
    placement: Placement,
    ipad: StandingIpad | undefined,
    versions: Versions,
  ): Promise<Placement | undefined> {
    if (!ipad || placement.want === 'removed') return placement
    const { content, number } = placement
    await versions.load([[content, number]])
    const { version } = versions.get(content, number)
    // It is asked when it is looked at next.
    if (version.hindrance(ipad)?.code === 'not-told-yet') return undefined
    const after = remarked(placement, version.markFor(ipad), newId)
    if (after === placement) return placement
    if (!(await isSaved(() => placements.save(after)))) return undefined
    await moveOn(placement, after)
    return after
  }

  async function some(organisationId: string, deviceIds: readonly string[], may: May): Promise<void> {
    const versions = createVersions(organisationId, deps.contents)
    for (let from = 0; from < deviceIds.length; from += atOnce) {
      const ids = deviceIds.slice(from, from + atOnce)
      const ipads = await standings.of(systemActor(organisationId), ids)
      await settle(organisationId, ipads, { versions, may })
    }
  }

  return {
    assignedIn,
    push,

    /** These iPads with all that is assigned to them, or with one content alone. */
    devices: (organisationId: string, deviceIds: readonly string[], content?: ContentRef): Promise<void> =>
      some(
        organisationId,
        deviceIds,
        follow => content === undefined || contentKey(follow.content) === contentKey(content),
      ),

    /** What roll-outs bring to these iPads; what follows by itself is left to the next round, which weighs it. */
    brought: (organisationId: string, deviceIds: readonly string[]): Promise<void> =>
      some(organisationId, deviceIds, () => false),

    /** What stays on this iPad, as things are by now, for it would be stranded without; nothing is done. */
    async keptOn(organisationId: string, deviceId: string): Promise<Placement[]> {
      const [ipad] = await standings.of(systemActor(organisationId), [deviceId])
      if (!ipad) return []
      const versions = createVersions(organisationId, deps.contents)
      const { there, changes } = await looked(organisationId, [ipad], { versions, may: () => true })
      const after = there.map(placement => {
        const change = changes.find(({ before }) => before === placement)
        return change ? change.after : placement
      })
      return after.filter(placement => placement?.keeps !== undefined) as Placement[]
    },

    /**
     * Every iPad of the organisation. What follows by itself, from a label, a seat or a value that somebody
     * changed, is weighed first, for it may be a lot at once.
     * @param by who did something since the last time
     */
    async organisation(organisationId: string, by: readonly Maker[] = []): Promise<void> {
      const follows: Follow[] = []
      // What stood in ended assignments was taken away by their last roll-out.
      if ((await assignments.active(organisationId)).length > 0) {
        const versions = createVersions(organisationId, deps.contents)
        for await (const ipads of standings.everybody(systemActor(organisationId), 'all'))
          follows.push(...(await settle(organisationId, ipads, { versions, may: () => false })))
      }
      const through = new Set((await deps.holding.sift(organisationId, follows, by)).map(followKey))
      const deviceIds = follows.filter(each => through.has(followKey(each))).map(({ deviceId }) => deviceId)
      await some(organisationId, [...new Set(deviceIds)], each => through.has(followKey(each)))
    },
  }
}

const atOnce = 200
/** How often it is looked at again; what is left then is left to the next round. */
const mostTries = 5

/** Every version that may be wanted somewhere. */
function numbersIn({ assignments, rollouts }: Assigned): (readonly [ContentRef, number])[] {
  const numbersOf = ({ stable, rolloutId }: Assignment, rollout: Rollout | undefined) =>
    [stable, ...(rolloutId === undefined ? [] : [rollout?.to, rollout?.from])].filter(
      number => number !== undefined,
    )
  return assignments.flatMap(assignment =>
    numbersOf(assignment, rollouts.get(assignment.rolloutId ?? '')).map(
      number => [assignment.content, number] as const,
    ),
  )
}

/** False when somebody else saved meanwhile. */
async function isSaved(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!isStale(error)) throw error
    return false
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
}
