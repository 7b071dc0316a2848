import { enrolmentProfileIdentifier } from '../../profiles/enrolment-profile.ts'
import { type Device } from '../devices/device.ts'
import { isMissing } from '../devices/ownership.ts'
import { type Organisation } from '../organisations/organisation.ts'
import { type Right } from '../staff/rights.ts'
import { rightFor } from './command-rights.ts'

/** What a person does with an iPad, in the words of the desk, and the commands that it takes. */

export const deviceActions = [
  'lost-mode',
  'end-lost-mode',
  'locate',
  'play-sound',
  'restart',
  'clear-passcode',
  'refresh',
  'install-profile',
  'remove-profile',
  'install-app',
  'lock',
  'remove-management',
] as const
export type DeviceAction = (typeof deviceActions)[number]

/** What may come with an action; each takes what it needs. */
export interface ActionInput {
  readonly message?: string
  readonly phoneNumber?: string
  readonly footnote?: string
  /** Base64 of a profile. */
  readonly payload?: string
  readonly identifier?: string
  readonly appStoreId?: number
  readonly manifestUrl?: string
}

export interface ActionCommand {
  readonly requestType: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** What an iPad in lost mode says where the caller has no words for it. */
type LostModeWords = Partial<Pick<Organisation['settings'], 'lostModeMessage' | 'lostModePhone'>>

/** The commands of an action, in order. */
export function commandsOf(
  action: DeviceAction,
  input: ActionInput,
  settings: LostModeWords,
): readonly ActionCommand[] {
  const phone = input.phoneNumber ?? settings.lostModePhone
  switch (action) {
    case 'lost-mode':
      return [
        command('EnableLostMode', {
          Message: input.message ?? settings.lostModeMessage,
          PhoneNumber: phone === '' ? undefined : phone,
          Footnote: input.footnote,
        }),
      ]
    case 'end-lost-mode':
      return [command('DisableLostMode')]
    case 'locate':
      return [command('DeviceLocation')]
    case 'play-sound':
      return [command('PlayLostModeSound')]
    case 'restart':
      return [command('RestartDevice')]
    case 'clear-passcode':
      return [command('ClearPasscode')]
    case 'refresh':
      return inventory
    case 'install-profile':
      return [command('InstallProfile', { Payload: input.payload })]
    case 'remove-profile':
      return [command('RemoveProfile', { Identifier: input.identifier })]
    case 'install-app':
      return [
        command('InstallApplication', {
          iTunesStoreID: input.appStoreId,
          Identifier: input.identifier,
          ManifestURL: input.manifestUrl,
          ManagementFlags: removedWithManagement,
          ChangeManagementState: 'Managed',
        }),
      ]
    case 'lock':
      return [command('DeviceLock', { Message: input.message, PhoneNumber: input.phoneNumber })]
    case 'remove-management':
      return [command('RemoveProfile', { Identifier: enrolmentProfileIdentifier })]
  }
}

/** The right that an action needs beside that to send commands at all; its first command decides. */
export function rightForAction(action: DeviceAction): Right {
  const [first] = commandsOf(action, {}, {})
  return first ? rightFor(first.requestType, first.parameters) : 'commands.send'
}

/**
 * Whether the action has a point for the iPad as it is. Only a borrower's own may leave the management (R16), and the
 * lost mode of one that is missing ends in its case.
 */
export function fitsAction(
  action: DeviceAction,
  device: Pick<Device, 'lifecycle' | 'lock' | 'ownership' | 'management'>,
): boolean {
  const { lock, ownership, management } = device
  if (management !== 'enrolled') return false
  switch (action) {
    case 'lock':
    case 'lost-mode':
      return lock === 'open'
    case 'play-sound':
      return lock === 'lost'
    case 'end-lost-mode':
      return !isMissing(device) && (lock === 'lost' || lock === 'lost-mode-pending')
    case 'remove-management':
      return ownership === 'personal'
    default:
      return true
  }
}

/** Apple, InstallApplication: 1 removes the app together with the management. */
const removedWithManagement = 1

/** Asks the iPad for an app of a set: as a managed one, also where its holder has it already. */
export function installationOf({
  identifier,
  storeId,
}: {
  readonly identifier: string
  readonly storeId?: number
}): ActionCommand {
  return command('InstallApplication', {
    ...(storeId === undefined ? { Identifier: identifier } : { iTunesStoreID: storeId }),
    ManagementFlags: removedWithManagement,
    ChangeManagementState: 'Managed',
  })
}

/** Everything that the product knows of an iPad from the iPad itself. */
export const inventory: readonly ActionCommand[] = [
  'DeviceInformation',
  'SecurityInfo',
  'InstalledApplicationList',
  'ProfileList',
  'ManagedApplicationList',
].map(requestType => command(requestType))

function command(requestType: string, parameters: Readonly<Record<string, unknown>> = {}): ActionCommand {
  return { requestType, parameters }
}
