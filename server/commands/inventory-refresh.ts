import { type Clock } from '../clock.ts'
import { dayOf } from '../calendar-day.ts'
import { DomainError } from '../domain-error.ts'
import { type Devices } from '../devices/devices.ts'
import { type Enrolment } from '../enrolment/enrolment.ts'
import { namedUuid } from '../ids.ts'
import { systemActor } from '../staff/actor.ts'
import { type Commands } from './commands.ts'
import { inventory } from './device-action.ts'

/** What an iPad told of itself is asked for again after a day. */
const dayMs = 86_400_000
/** One that has not been seen for a month is asked once a week, and has that long to answer. */
const silentAfterMs = 30 * dayMs
const weekMs = 7 * dayMs
/** A newly enrolled iPad has profiles and apps to fetch first; it is left in peace for this long. */
const settlingMs = 10 * 60_000
/** iPads asked in one round, so that a fleet does not answer all at once. */
const atOnce = 200

interface InventoryRefreshDeps {
  readonly devices: Pick<Devices, 'withOldInventory' | 'inventoryAsked'>
  readonly currentEnrolmentOf: (
    organisationId: string,
    deviceId: string,
  ) => Promise<Pick<Enrolment, 'id'> | undefined>
  readonly commands: Pick<Commands, 'queue'>
  readonly clock: Clock
}

/**
 * One round of asking iPads for their state, apps and profiles: those that have not told for a day, seen or not, since
 * an iPad at rest comes only when it is asked. Each is asked once a day at most, also when rounds overlap; what it has
 * not answered by then expires.
 */
export function createInventoryRefresh({
  devices,
  currentEnrolmentOf,
  commands,
  clock,
}: InventoryRefreshDeps) {
  return async function refresh(): Promise<void> {
    const now = clock.now()
    const before = (ms: number) => new Date(now.getTime() - ms)
    const silentSince = before(silentAfterMs)
    const old = { toldBefore: before(dayMs), askedBefore: before(dayMs), silentAskedBefore: before(weekMs) }
    const settledBefore = before(settlingMs)
    const found = await devices.withOldInventory({ ...old, silentSince, settledBefore, limit: atOnce })
    for (const { organisationId, id: deviceId, lastSeenAt } of found) {
      const enrolment = await currentEnrolmentOf(organisationId, deviceId)
      const isSilent = lastSeenAt !== undefined && lastSeenAt < silentSince
      const expiresAt = new Date(now.getTime() + (isSilent ? weekMs : dayMs))
      for (const { requestType, parameters } of inventory) {
        // The same id all day in one life of the iPad: a repeated round asks nothing twice.
        const id = namedUuid(deviceId, enrolment?.id ?? '', requestType, dayOf(now))
        const wanted = { id, deviceId, requestType, parameters, expiresAt }
        await commands.queue(systemActor(organisationId), wanted).catch(unlessRefused)
      }
      await devices.inventoryAsked(organisationId, deviceId, now)
    }
  }
}

/** An iPad that was taken out of management meanwhile is left out; the round goes on with the others. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
}
