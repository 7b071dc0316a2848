import { type ContentKind } from '../assignments/content.ts'
import { type Command } from '../commands/command.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { type NewId } from '../ids.ts'
import { againWhenStale } from '../stale.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type Clock } from '../clock.ts'
import { isUntold, type Placement } from './placement.ts'
import { commandEnded, enrolledAnew, mayMend, mended, shown, stillUnderWay } from './placement-course.ts'
import { type PlacementStore } from './placement-store.ts'
import { type Sender } from './sender.ts'
import { type Settling } from './settling.ts'
import { type Contents } from './versions.ts'

interface FollowingDeps {
  readonly placements: PlacementStore
  readonly command: (actor: Actor, id: string) => Promise<Command>
  readonly contents: Contents
  readonly sender: Pick<Sender, 'ask'>
  readonly settling: Pick<Settling, 'brought' | 'devices' | 'push'>
  readonly isStopped: (organisationId: string, rolloutId: string) => Promise<boolean>
  /** A roll-out has come further on some iPad. */
  readonly moved: (organisationId: string, rolloutId: string) => void
  readonly clock: Clock
  readonly newId: NewId
}

export type Following = ReturnType<typeof createFollowing>

/**
 * Hears what iPads report, and saves in their placements how far each content has come. Hearing it twice changes
 * nothing.
 */
export function createFollowing(deps: FollowingDeps) {
  const { placements, command, contents, sender, settling, isStopped, moved, clock, newId } = deps
  const kinds = contents.all

  /** Saves `work` of the placement as it is now; if somebody saved in between, it is read again and done on top. */
  async function change(
    organisationId: string,
    id: string,
    work: (current: Placement) => Placement | undefined,
  ): Promise<Placement | undefined> {
    const { current, next } = await againWhenStale(async () => {
      const current = await placements.find(organisationId, id)
      const next = current && work(current)
      if (next === current) return { current, next }
      if (next) await placements.save(next)
      else if (current) await placements.forget(current)
      return { current, next }
    })
    if (next === current) return current
    for (const rolloutId of new Set([current?.rolloutId, next?.rolloutId]))
      if (rolloutId !== undefined) moved(organisationId, rolloutId)
    return next
  }

  async function onEnded({ organisationId, deviceId, commandId = '' }: DeviceEvent): Promise<void> {
    const placement = await placements.byCommand(organisationId, commandId)
    if (!placement) return
    const ended = await command(systemActor(organisationId), commandId)
    const { state, error, times } = ended
    if (state !== 'acknowledged' && state !== 'failed' && state !== 'cancelled' && state !== 'expired') return
    const at = times.finishedAt ?? clock.now()
    const refusal = contents.of(placement.content.kind).refusalIn(ended.result ?? {})
    const isRefused = state === 'acknowledged' && refusal !== undefined
    const outcome = isRefused ? 'failed' : state
    const end = { commandId, outcome, words: isRefused ? refusal : error?.words, at } as const
    await change(organisationId, placement.id, current => commandEnded(current, end, newId))
    await askWhenQuiet(organisationId, deviceId, placement.content.kind)
  }

  /** Asks what is there once nothing more of the kind is on its way, so that one answer proves all of it. */
  async function askWhenQuiet(organisationId: string, deviceId: string, kind: ContentKind): Promise<void> {
    const own = await placements.ofDevices(organisationId, [deviceId])
    const alike = own.filter(({ content }) => content.kind === kind)
    if (alike.some(({ state }) => state === 'pending')) return
    const now = clock.now()
    await sender.ask(alike.filter(({ toProve, proveAfter }) => toProve && !(proveAfter && proveAfter > now)))
  }

  async function onShown(
    { organisationId, deviceId, commandId = '' }: DeviceEvent,
    kind: ContentKind,
  ): Promise<void> {
    const own = await placements.ofDevices(organisationId, [deviceId])
    const alike = own.filter(({ content }) => content.kind === kind)
    if (alike.length === 0) return
    const { result = {}, times, state } = await command(systemActor(organisationId), commandId)
    if (state !== 'acknowledged') return
    const marks = contents.of(kind).seenIn(result)
    const at = times.finishedAt ?? clock.now()
    const strayed: Placement[] = []
    for (const { id, identifier } of alike) {
      const after = await change(organisationId, id, current => {
        const seen = marks.get(identifier)
        return seen === 'under-way' ? stillUnderWay(current, at, newId) : shown(current, seen?.mark, at)
      })
      if (after && mayMend(after)) strayed.push(after)
    }
    await mend(strayed)
  }

  /** What has strayed from what was proven is sent again, once; not while its roll-out is stopped. */
  async function mend(strayed: readonly Placement[]): Promise<void> {
    const again: Placement[] = []
    for (const { organisationId, id, rolloutId } of strayed) {
      if (rolloutId !== undefined && (await isStopped(organisationId, rolloutId))) continue
      const making = { newId, now: clock.now() }
      const after = await change(organisationId, id, current => mended(current, making))
      if (after?.toQueue) again.push(after)
    }
    await settling.push(again)
  }

  /** Whether this answer may have proven that something is gone. */
  async function hasLost({ organisationId, deviceId, requestType }: DeviceEvent): Promise<boolean> {
    if (!kinds.some(({ proof }) => proof.requestType === requestType)) return false
    const own = await placements.ofDevices(organisationId, [deviceId])
    return own.some(({ want, state }) => want === 'removed' && state === 'proven')
  }

  /** Whether the iPad has reported what a wanted content waited for. */
  async function hasTold({ organisationId, deviceId, requestType, outcome }: DeviceEvent): Promise<boolean> {
    if (requestType !== 'DeviceInformation' || outcome !== 'acknowledged') return false
    return (await placements.ofDevices(organisationId, [deviceId])).some(isUntold)
  }

  async function onEnrolled({ organisationId, deviceId, at }: DeviceEvent): Promise<void> {
    const again: Placement[] = []
    for (const { id } of await placements.ofDevices(organisationId, [deviceId])) {
      const making = { newId, now: clock.now() }
      const after = await change(organisationId, id, current => enrolledAnew(current, at, making))
      if (after?.toQueue) again.push(after)
    }
    await settling.push(again)
  }

  async function pushAgain({ organisationId, deviceId }: DeviceEvent): Promise<void> {
    const own = await placements.ofDevices(organisationId, [deviceId])
    await settling.push(own.filter(({ toQueue }) => toQueue === true))
  }

  return {
    change,

    /**
     * Heard before the iPad gets its answer, so that it can be asked in the same breath what it has.
     */
    async beforeAnswer(event: DeviceEvent): Promise<void> {
      if (event.kind !== 'command-finished' || event.commandId === undefined) return
      const { requestType = '' } = event
      const proven = kinds.find(({ proof }) => proof.requestType === requestType)
      if (proven) return onShown(event, proven.kind)
      if (kinds.some(({ requestTypes }) => requestTypes.includes(requestType))) await onEnded(event)
    },

    /** Heard afterwards: an iPad came or left, told of itself, or has lost what had to go before something else. */
    async onManagement(event: DeviceEvent): Promise<void> {
      const { kind, organisationId, deviceId } = event
      // What would be sent by itself meanwhile is left to the round, which weighs it.
      if (kind === 'command-finished' && ((await hasLost(event)) || (await hasTold(event))))
        return settling.brought(organisationId, [deviceId])
      if (kind === 'renewed') return pushAgain(event)
      const isErased = kind === 'command-finished' && event.requestType === 'EraseDevice'
      if (kind !== 'enrolled' && kind !== 'checked-out' && !isErased) return
      if (kind === 'enrolled') await onEnrolled(event)
      await settling.devices(organisationId, [deviceId])
    },

    askWhenQuiet,
  }
}
