import { type Clock } from '../clock.ts'
import { dayOf } from '../calendar-day.ts'
import { DomainError } from '../domain-error.ts'
import { type Devices } from '../devices/devices.ts'
import { namedUuid } from '../ids.ts'
import { systemActor } from '../staff/actor.ts'
import { type Commands } from './commands.ts'
import { inventory } from './device-action.ts'

/** What an iPad told of itself is asked for again after a day. */
const dayMs = 86_400_000
/** A newly enrolled iPad has profiles and apps to fetch first; it is left in peace for this long. */
const settlingMs = 10 * 60_000
/** iPads asked in one round, so that a fleet does not answer all at once. */
const atOnce = 200

export interface InventoryRefreshDeps {
  readonly devices: Pick<Devices, 'withOldInventory'>
  readonly commands: Pick<Commands, 'queue'>
  readonly clock: Clock
}

/**
 * One round of asking iPads for their state, apps and profiles: those that were seen within a day and have not told for
 * a day. Each is asked once a day at most, also when rounds overlap; what it has not answered by then expires.
 */
export function createInventoryRefresh({ devices, commands, clock }: InventoryRefreshDeps) {
  return async function refresh(): Promise<void> {
    const now = clock.now()
    const dayAgo = new Date(now.getTime() - dayMs)
    const settledBefore = new Date(now.getTime() - settlingMs)
    const expiresAt = new Date(now.getTime() + dayMs)
    const old = { toldBefore: dayAgo, seenSince: dayAgo, settledBefore, limit: atOnce }
    for (const { organisationId, id: deviceId } of await devices.withOldInventory(old)) {
      for (const { requestType, parameters } of inventory) {
        // The same id all day: a repeated round asks nothing twice.
        const id = namedUuid(deviceId, requestType, dayOf(now))
        const asking = commands.queue(systemActor(organisationId), {
          id,
          deviceId,
          requestType,
          parameters,
          expiresAt,
        })
        await asking.catch(unlessRefused)
      }
    }
  }
}

/** An iPad that was taken out of management meanwhile is left out; the round goes on with the others. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
}
