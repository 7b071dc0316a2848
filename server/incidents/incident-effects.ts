import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { type Device } from '../devices/device.ts'
import { type NewId } from '../ids.ts'
import { againWhenStale } from '../stale.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { isStillMissing, mayBeLocated, without, type Incident } from './incident.ts'
import { type IncidentCommands } from './incident-channel.ts'
import { type IncidentStore } from './incident-store.ts'
import {
  commandEnded,
  pendingTask,
  requestTypes,
  taskDropped,
  taskQueued,
  taskUnreachable,
  withTask,
  type IncidentTask,
  type SentCommand,
} from './incident-task.ts'
import { enableLostMode } from './lost-mode-words.ts'
import { type PositionStore } from './position.ts'
import { product, theIpad, withStep } from './timeline.ts'

interface IncidentEffectsDeps {
  readonly incidents: IncidentStore
  readonly positions: PositionStore
  readonly devices: { get(actor: Actor, id: string): Promise<Pick<Device, 'management' | 'lifecycle'>> }
  readonly commands: IncidentCommands
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
  /** Told of a fault that the next round will meet again, so that somebody can see it. */
  readonly noteFault: (error: unknown, incidentId: string) => void
}

type Which = Pick<Incident, 'organisationId' | 'id'>
type Work = (current: Incident) => Incident | Promise<Incident>

export type IncidentEffects = ReturnType<typeof createIncidentEffects>

const atOnce = 200

/**
 * Everything that incidents do with iPads. What is to be done was saved before with its cause; this brings it to the
 * device channel and saves the result. Each part may run twice, after a crash or in parallel.
 */
export function createIncidentEffects(deps: IncidentEffectsDeps) {
  const { incidents, positions, devices, commands, clock, newId, transaction, noteFault } = deps

  /**
   * Saves `work` of the incident as it is now; nothing when the work changes nothing. People, iPads and rounds change
   * one incident at the same time, so the second one reads it again and saves on top.
   */
  const change = (which: Which, work: Work): Promise<Incident | undefined> =>
    againWhenStale(() => transaction(() => changeOnce(which, work)), 8)

  async function changeOnce({ organisationId, id }: Which, work: Work): Promise<Incident | undefined> {
    const current = await incidents.find(organisationId, id)
    if (!current) return undefined
    const next = await work(current)
    if (next === current) return current
    const saved = { ...next, version: current.version + 1 }
    await incidents.save(saved)
    return saved
  }

  async function send(incident: Incident, task: IncidentTask): Promise<void> {
    const { organisationId, deviceId } = incident
    const device = await devices.get(systemActor(organisationId), deviceId)
    if (device.management !== 'enrolled') {
      await change(incident, one => taskUnreachable(one, task.id, clock.now()))
      return
    }
    const actor = { ...task.askedBy, organisationId, roles: [] }
    await commands.queue(actor, {
      id: task.id,
      deviceId,
      requestType: requestTypes[task.kind],
      parameters: task.kind === 'lock' ? enableLostMode(incident.lostModeWords ?? {}) : {},
      reason: incident.number,
    })
    const sent = await change(incident, one => taskQueued(one, task.id))
    // Somebody may have said that the iPad is back while it was being queued.
    const now = sent?.tasks.find(({ id }) => id === task.id)
    if (now?.state === 'dropped') await commands.cancel(actor, task.id)
  }

  /** Writes down how a command ended; nothing while it is on its way. */
  async function settle(incident: Which, taskId: string): Promise<void> {
    const command = await commands.find(incident.organisationId, taskId)
    if (!command || !isFinal(command)) return
    const nextId = newId()
    const fix =
      command.state === 'acknowledged' ? await commands.fix(incident.organisationId, taskId) : undefined
    await change(incident, async current => {
      const now = clock.now()
      const ended = commandEnded(current, command, { nextId, now })
      if (ended !== current && fix && mayBeLocated(current)) {
        const { organisationId, id: incidentId } = current
        await positions.add({ ...fix, id: taskId, organisationId, incidentId, receivedAt: now })
      }
      return ended
    })
    if (fix) await commands.forgetFix(incident.organisationId, taskId)
  }

  async function takeBack(organisationId: string, id: string, task: IncidentTask): Promise<void> {
    const actor = { ...product, organisationId, roles: [] }
    if (await commands.cancel(actor, task.id)) await settle({ organisationId, id }, task.id)
  }

  /** Does what waits in the incident, and takes back what is not wanted any more. */
  async function advance(organisationId: string, id: string): Promise<void> {
    for (const task of (await incidents.find(organisationId, id))?.tasks ?? []) {
      if (task.state === 'queued' && task.unwanted) await takeBack(organisationId, id, task)
    }
    const incident = await incidents.find(organisationId, id)
    if (!incident) return
    for (const task of incident.tasks) {
      if (task.state !== 'waiting') continue
      if (isPointless(task, incident)) await change(incident, one => taskDropped(one, task.id))
      else await send(incident, task)
    }
  }

  async function takeUp({ organisationId, id }: Which): Promise<void> {
    try {
      const incident = await incidents.find(organisationId, id)
      for (const task of incident?.tasks ?? []) {
        if (incident && task.state === 'queued') await settle(incident, task.id)
      }
      await advance(organisationId, id)
    } catch (error) {
      noteFault(error, id)
    }
  }

  async function advanceQuietly(organisationId: string, id: string): Promise<void> {
    try {
      await advance(organisationId, id)
    } catch (error) {
      noteFault(error, id)
    }
  }

  /** A thief removed the management: nothing can be sent any more, and nobody knows what the iPad shows. */
  async function onCheckedOut({ organisationId, deviceId, at }: DeviceEvent): Promise<void> {
    for (const incident of await missing(organisationId, deviceId)) {
      await change(incident, current => {
        const told = current.timeline.some(
          step => step.what === 'checked-out' && step.at.getTime() === at.getTime(),
        )
        if (told) return current
        return withStep(without(current, 'lockedAt'), { at, what: 'checked-out', by: theIpad })
      })
    }
  }

  /** A missing iPad that enrols is locked, whatever it was told before; and erased, if that was decided. */
  async function onEnrolled(event: DeviceEvent): Promise<void> {
    const { organisationId, deviceId } = event
    const device = await devices.get(systemActor(organisationId), deviceId)
    const [incident] = await missing(organisationId, deviceId)
    if (!incident || (device.lifecycle !== 'stolen' && device.lifecycle !== 'lost')) return
    // Enrolling anew takes back what was on its way.
    for (const task of incident.tasks) if (task.state === 'queued') await settle(incident, task.id)
    const lockId = newId()
    await change(incident, current => enrolledAgain(current, event, { lockId, now: clock.now() }))
    await advance(organisationId, incident.id)
  }

  /**
   * A position that somebody asked for outside the case is stored with the case or not at all; never with the command.
   */
  async function keepFix({ organisationId, deviceId, requestType }: DeviceEvent, commandId: string) {
    if (requestType !== 'DeviceLocation') return
    const fix = await commands.fix(organisationId, commandId)
    if (!fix) return
    const open = (await missing(organisationId, deviceId)).find(mayBeLocated)
    if (open)
      await change(open, async current => {
        if (!mayBeLocated(current)) return current
        const receivedAt = clock.now()
        await positions.add({ ...fix, id: commandId, organisationId, incidentId: current.id, receivedAt })
        // Saved anew, so that it does not slip past a colleague who closes the case and clears its positions.
        return { ...current }
      })
    await commands.forgetFix(organisationId, commandId)
  }

  async function missing(organisationId: string, deviceId: string): Promise<Incident[]> {
    return (await incidents.list(organisationId, { deviceId, limit: 20 })).filter(isStillMissing)
  }

  return {
    advanceQuietly,
    change,

    /** Reacts to what the iPad did. Hearing the same again changes nothing. */
    async onDeviceEvent(event: DeviceEvent): Promise<void> {
      if (event.kind === 'enrolled') return onEnrolled(event)
      if (event.kind === 'checked-out') return onCheckedOut(event)
      if (event.kind === 'authenticated' || event.commandId === undefined) return
      const incident = await incidents.findByTask(event.organisationId, event.commandId)
      if (!incident) return keepFix(event, event.commandId)
      await settle(incident, event.commandId)
      await advance(incident.organisationId, incident.id)
    },

    /** Takes up what a crash or a fault left undone, everywhere. */
    async resume(): Promise<void> {
      // Page by page to the end: hundreds of iPads that are off for months keep none waiting behind them.
      for (let after: string | undefined; ;) {
        const page = await incidents.withPendingTasks(atOnce, after)
        for (const which of page) await takeUp(which)
        after = page.at(-1)?.id
        if (page.length < atOnce) return
      }
    },
  }
}

/** The incident with a new lock, for an iPad that has come back to life. */
function enrolledAgain(
  incident: Incident,
  event: DeviceEvent,
  { lockId, now }: { lockId: string; now: Date },
): Incident {
  const locking = withTask(
    incident,
    { id: lockId, kind: 'lock', cause: `enrolled:${event.id}`, by: product },
    now,
  )
  // The first time it enrols, what waits since the report is sent, and nothing happened again.
  if (locking === incident) return incident
  return withStep(without(locking, 'lockedAt'), { at: event.at, what: 'enrolled-again', by: theIpad })
}

/** Nothing locked the iPad, and nothing is on its way to lock it: there is nothing to unlock. */
function isPointless(task: IncidentTask, incident: Incident): boolean {
  return task.kind === 'unlock' && !incident.lockedAt && !pendingTask(incident, 'lock')
}

function isFinal({ state }: SentCommand): boolean {
  return state === 'acknowledged' || state === 'failed' || state === 'cancelled' || state === 'expired'
}
