import { isRequestType, type RequestType } from '../../mdm/commands/catalogue.ts'
import { enrolmentProfileIdentifier } from '../../profiles/enrolment-profile.ts'
import { type Right } from '../staff/rights.ts'

/**
 * The right that each command needs of whoever sends it by name, beside that to send commands at all. The first line
 * asks, locks, finds and clears a passcode; the desk asks, restarts and locks; what an iPad holds is rolled out,
 * approved and within limits, so whoever goes past that must be who rules it.
 */
const rightByRequest: Readonly<Record<RequestType, Right>> = {
  DeviceInformation: 'commands.send',
  SecurityInfo: 'commands.send',
  InstalledApplicationList: 'commands.send',
  ProfileList: 'commands.send',
  ManagedMediaList: 'commands.send',
  ManagedApplicationList: 'commands.send',
  RestartDevice: 'commands.send',
  DeviceLock: 'commands.send',
  ClearPasscode: 'passcode.clear',
  EnableLostMode: 'lost-mode.use',
  DisableLostMode: 'lost-mode.use',
  PlayLostModeSound: 'lost-mode.use',
  DeviceLocation: 'location.read',
  Settings: 'devices.write',
  DeviceConfigured: 'enrolment.write',
  InstallApplication: 'apps.install',
  RemoveApplication: 'apps.install',
  InstallMedia: 'apps.install',
  RemoveMedia: 'apps.install',
  InstallProfile: 'rollouts.write',
  RemoveProfile: 'rollouts.write',
  EraseDevice: 'wipe.approve',
}

/**
 * The right that a caller from outside needs for a command, beside that to send commands at all. A command that nobody
 * has weighed yet needs the most.
 */
export function rightFor(requestType: string, parameters: Readonly<Record<string, unknown>> = {}): Right {
  // Whoever may put an iPad under management may take it out.
  if (removesManagement(requestType, parameters)) return 'enrolment.write'
  return isRequestType(requestType) ? rightByRequest[requestType] : 'rollouts.write'
}

/** Whether the command takes away the management itself, after which nothing can be sent to the iPad any more. */
export function removesManagement(
  requestType: string,
  { Identifier }: Readonly<Record<string, unknown>>,
): boolean {
  if (requestType !== 'RemoveProfile' || typeof Identifier !== 'string') return false
  return Identifier.toLowerCase() === enrolmentProfileIdentifier
}
