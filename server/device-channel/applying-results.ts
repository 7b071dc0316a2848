import { appsOf, informationOf, managedAppsOf, profilesOf, securityOf } from '../../mdm/commands/results.ts'
import { lockAfter, lockAsked, type Command } from '../commands/command.ts'
import { type DeviceInformation } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type DeviceEvent } from './device-event.ts'

interface ApplyingResultsDeps {
  readonly command: (actor: Actor, id: string) => Promise<Command>
  /** Whether another command that asks for the same is still open on that iPad. */
  readonly isAlsoAsked: (command: Command) => Promise<boolean>
  readonly devices: Pick<Devices, 'brief' | 'setLock' | 'applyInformation'>
}

/** What iPads answer, written down as what is known of them. Doing it twice changes nothing. */
export function createApplyingResults({ command, isAlsoAsked, devices }: ApplyingResultsDeps) {
  return async function apply(event: DeviceEvent): Promise<void> {
    if (event.kind !== 'command-finished' || event.commandId === undefined) return
    const actor = systemActor(event.organisationId)
    const ended = await command(actor, event.commandId)
    const at = ended.times.finishedAt ?? event.at
    if (ended.state === 'acknowledged') {
      const told = toldBy(ended, at)
      if (told) await devices.applyInformation(event.organisationId, event.deviceId, told)
    }
    await applyLock(actor, ended)
  }

  async function applyLock(actor: Actor, ended: Command): Promise<void> {
    if (lockAsked(ended.requestType) === undefined) return
    // What one of two did not do the other may yet: until it has ended too the iPad waits for it.
    if (ended.state !== 'acknowledged' && (await isAlsoAsked(ended))) return
    const { lock } = await devices.brief(actor, ended.deviceId)
    const next = lockAfter(ended, lock)
    if (next) await devices.setLock(actor.organisationId, ended.deviceId, next)
  }
}

function toldBy({ requestType, parameters, result = {} }: Command, at: Date): DeviceInformation | undefined {
  // A list that was asked for in part is not the list.
  const isWhole = Object.values(parameters).every(value => value === false)
  switch (requestType) {
    case 'DeviceInformation':
      return { ...informationOf(result), reportedAt: at }
    case 'SecurityInfo':
      return { ...securityOf(result), securityReportedAt: at }
    case 'InstalledApplicationList':
      return isWhole ? { apps: appsOf(result), appsReportedAt: at } : undefined
    case 'ManagedApplicationList':
      return isWhole ? { managedApps: managedAppsOf(result), managedAppsReportedAt: at } : undefined
    case 'ProfileList':
      return isWhole ? { profiles: profilesOf(result), profilesReportedAt: at } : undefined
    case 'EnableLostMode':
      return { lostModeEnabled: true }
    case 'DisableLostMode':
      return { lostModeEnabled: false }
    default:
      return undefined
  }
}
