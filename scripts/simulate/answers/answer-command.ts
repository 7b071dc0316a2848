import {
  installApplication,
  installedApplicationList,
  managedApplicationList,
  removeApplication,
} from './apps.ts'
import {
  refusedCommand,
  type Answer,
  type AnswerContext,
  type Answering,
  type ReceivedCommand,
} from './answer.ts'
import {
  clearPasscode,
  declarativeManagement,
  deviceConfigured,
  deviceLock,
  eraseDevice,
  restartDevice,
  settings,
} from './device.ts'
import { deviceInformation, securityInfo } from './information.ts'
import { deviceLocation, disableLostMode, enableLostMode, playLostModeSound } from './lost-mode.ts'
import { installMedia, managedMediaList, removeMedia } from './media.ts'
import { installProfile, profileList, removeProfile } from './profiles.ts'

const answerings: Readonly<Record<string, Answering>> = {
  ClearPasscode: clearPasscode,
  DeclarativeManagement: declarativeManagement,
  DeviceConfigured: deviceConfigured,
  DeviceInformation: deviceInformation,
  DeviceLocation: deviceLocation,
  DeviceLock: deviceLock,
  DisableLostMode: disableLostMode,
  EnableLostMode: enableLostMode,
  EraseDevice: eraseDevice,
  InstallApplication: installApplication,
  InstallMedia: installMedia,
  InstallProfile: installProfile,
  InstalledApplicationList: installedApplicationList,
  PlayLostModeSound: playLostModeSound,
  ManagedApplicationList: managedApplicationList,
  ManagedMediaList: managedMediaList,
  ProfileList: profileList,
  RemoveApplication: removeApplication,
  RemoveMedia: removeMedia,
  RemoveProfile: removeProfile,
  RestartDevice: restartDevice,
  SecurityInfo: securityInfo,
  Settings: settings,
}

/** The request types a simulated iPad knows. */
export const answeredTypes: readonly string[] = Object.keys(answerings)

/** Apple: these are carried out at once and never put off; the others wait for the screen to be unlocked. */
const waitForUnlock: readonly string[] = [
  'DeclarativeManagement',
  'InstallApplication',
  'InstallMedia',
  'InstallProfile',
  'RemoveApplication',
  'RemoveMedia',
  'RemoveProfile',
  'Settings',
]

const supervisedOnly: readonly string[] = [
  'DeviceLocation',
  'DisableLostMode',
  'EnableLostMode',
  'PlayLostModeSound',
  'RestartDevice',
  'Settings',
]

/** What would change an iPad that nobody should use is refused while it is in lost mode. */
const notInLostMode: readonly string[] = ['ClearPasscode', 'InstallApplication', 'Settings']

/** What an iPad in `context` answers. */
export function answerCommand(command: ReceivedCommand, context: AnswerContext): Answer {
  const { requestType } = command
  const answering = Object.hasOwn(answerings, requestType) ? answerings[requestType] : undefined
  if (!answering) return refusedCommand(12021, `“${requestType}” is not a valid request type.`)
  if (supervisedOnly.includes(requestType) && !context.supervised)
    return refusedCommand(12064, 'The device must be supervised for this command.')
  if (context.state.lostMode && notInLostMode.includes(requestType))
    return refusedCommand(12078, 'This command is not allowed while the device is in Lost Mode.')
  if (context.locked && waitForUnlock.includes(requestType)) return { status: 'NotNow' }
  return answering(command, context)
}
