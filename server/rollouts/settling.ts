import { type Stranding } from '../../profiles/stranding.ts'
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
import { systemActor } from '../staff/actor.ts'
import { contentsFor, decide, type Assigned, type Fitting } from './deciding.ts'
import { type Hindrance, type Placement } from './placement.ts'
import { begin, follow } from './placement-wish.ts'
import { type PlacementStore } from './placement-store.ts'
import { type Rollout } from './rollout.ts'
import { type RolloutStore } from './rollout-store.ts'
import { type Sender } from './sender.ts'
import { sentProfiles, strandedBy, versionsOf } from './stranded.ts'
import { createVersions, type Contents, type Versions } from './versions.ts'

export interface SettlingDeps {
  readonly assignments: Pick<AssignmentStore, 'active'>
  readonly rollouts: Pick<RolloutStore, 'findMany'>
  readonly placements: PlacementStore
  readonly standings: Standings
  readonly contents: Contents
  readonly sender: Sender
  readonly commands: Pick<Commands, 'cancel'>
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

export type Settling = ReturnType<typeof createSettling>

/**
 * Makes true on iPads what is assigned to them. It looks at how things are and does what is missing, so it may be asked
 * at any time, twice, and beside itself; what it has begun is in the placements before anything is sent.
 */
export function createSettling(deps: SettlingDeps) {
  const { assignments, rollouts, placements, standings, sender, commands, transaction, clock, newId } = deps

  async function assignedIn(organisationId: string): Promise<Assigned> {
    const active = await assignments.active(organisationId)
    const ids = active.flatMap(({ rolloutId }) => rolloutId ?? [])
    const open = await rollouts.findMany(organisationId, ids)
    return { assignments: active, rollouts: new Map(open.map(each => [each.id, each])) }
  }

  async function settle(
    organisationId: string,
    ipads: readonly StandingIpad[],
    versions: Versions,
  ): Promise<void> {
    const deviceIds = ipads.map(({ deviceId }) => deviceId)
    // Of one moment: an iPad put in a wave and not yet assigned anything would look as if nothing were wanted there.
    const { there, assigned } = await transaction(async () => ({
      there: await placements.ofDevices(organisationId, deviceIds),
      assigned: await assignedIn(organisationId),
    }))
    await versions.load([...numbersIn(assigned), ...versionsOf(sentProfiles(there))])
    const added: Placement[] = []
    const changed: { before: Placement; after: Placement | undefined }[] = []
    for (const ipad of ipads) {
      // What is wanted first stands in the way of what contradicts it.
      let own = there.filter(({ deviceId }) => deviceId === ipad.deviceId)
      for (const content of contentsFor(ipad, assigned, own)) {
        const placement = own.find(each => contentKey(each.content) === contentKey(content))
        const isEnrolled = ipad.device.management === 'enrolled'
        const on = { standing: ipad, isEnrolled, placement }
        const decision = decide(content, on, assigned, fittingFor(ipad, own, versions))
        const making = { newId, now: clock.now() }
        if (placement) {
          const after = follow(placement, decision, making)
          if (after !== placement) changed.push({ before: placement, after })
          own = own.flatMap(each => (each === placement ? (after ?? []) : each))
        } else if (isEnrolled) {
          const { assetTag: tag, id: deviceId } = ipad.device
          const made = begin(decision, { organisationId, deviceId, tag, content, ...making })
          if (made) {
            added.push(made)
            own = [...own, made]
          }
        }
      }
    }
    const kept = await keep(added, changed)
    const byDevice = new Map(ipads.map(ipad => [ipad.deviceId, ipad]))
    const toSend = kept.filter(({ toQueue }) => toQueue)
    await sender.sendAll(toSend, { versions, ipadOf: ({ deviceId }) => byDevice.get(deviceId) })
  }

  /** Writes down what is to be done. What somebody else changed meanwhile is looked at again in the next round. */
  async function keep(
    added: readonly Placement[],
    changed: readonly { readonly before: Placement; readonly after: Placement | undefined }[],
  ): Promise<Placement[]> {
    const kept: Placement[] = []
    await unlessStale(async () => {
      await placements.insert(...added)
      kept.push(...added)
    })
    for (const { before, after } of changed) {
      await unlessStale(async () => {
        if (after) await placements.save(after)
        else await placements.forget(before)
        if (after) kept.push(after)
        const { commandId, state } = before
        if (commandId !== undefined && state === 'pending' && commandId !== after?.commandId)
          await takeBack(before, commandId)
      })
    }
    return kept
  }

  /** What the iPad has fetched already it carries out; the later command comes behind it. */
  async function takeBack({ organisationId }: Placement, commandId: string): Promise<void> {
    await commands.cancel(systemActor(organisationId), commandId, { alsoSent: false }).catch(unlessRefused)
  }

  /** Brings what is saved to the queues: what a person wants once more, and what a crash left behind. */
  async function push(waiting: readonly Placement[]): Promise<void> {
    for (const organisationId of new Set(waiting.map(each => each.organisationId))) {
      const own = waiting.filter(each => each.organisationId === organisationId)
      const ipads = await standings.of(
        systemActor(organisationId),
        own.map(({ deviceId }) => deviceId),
      )
      const byDevice = new Map(ipads.map(ipad => [ipad.deviceId, ipad]))
      const versions = createVersions(organisationId, deps.contents)
      await sender.sendAll(own, { versions, ipadOf: ({ deviceId }) => byDevice.get(deviceId) })
    }
  }

  return {
    assignedIn,
    push,

    /** These iPads. */
    async devices(organisationId: string, deviceIds: readonly string[]): Promise<void> {
      const versions = createVersions(organisationId, deps.contents)
      for (let from = 0; from < deviceIds.length; from += atOnce) {
        const some = deviceIds.slice(from, from + atOnce)
        await settle(organisationId, await standings.of(systemActor(organisationId), some), versions)
      }
    },

    /** Every enrolled iPad of the organisation. */
    async organisation(organisationId: string): Promise<void> {
      // What stood in ended assignments was taken away by their last roll-out.
      if ((await assignments.active(organisationId)).length === 0) return
      const versions = createVersions(organisationId, deps.contents)
      for await (const ipads of standings.everybody(systemActor(organisationId)))
        await settle(organisationId, ipads, versions)
    },
  }
}

const atOnce = 200

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

/** What a version would be on this iPad, where `own` is what has been sent to it. */
export function fittingFor(ipad: StandingIpad, own: readonly Placement[], versions: Versions): Fitting {
  return (content, number) => {
    const { identifier, version } = versions.get(content, number)
    const hindrance = version.hindrance(ipad) ?? hindranceBy(strandedBy(content, number, { own, versions }))
    return { identifier, mark: version.markFor(ipad), hindrance }
  }
}

/** What would certainly strand it is not sent. That its last network goes is for people to judge. */
function hindranceBy(stranding: Stranding | undefined): Hindrance | undefined {
  return stranding === undefined || stranding === 'no-network-left' ? undefined : { code: stranding }
}

/** A version that somebody else saved meanwhile. */
async function unlessStale(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isStale(error)) throw error
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
}
