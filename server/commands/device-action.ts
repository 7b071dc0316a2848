import { type Organisation } from '../organisations/organisation.ts'

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

/** The commands of an action, in order. Lost mode takes the organisation's words where the caller has none. */
export function commandsOf(
  action: DeviceAction,
  input: ActionInput,
  settings: Pick<Organisation['settings'], 'lostModeMessage' | 'lostModePhone'>,
): readonly ActionCommand[] {
  switch (action) {
    case 'lost-mode':
      return [
        command('EnableLostMode', {
          Message: input.message ?? settings.lostModeMessage,
          PhoneNumber: (input.phoneNumber ?? settings.lostModePhone) || undefined,
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
  }
}

/** Apple, InstallApplication: 1 removes the app together with the management. */
const removedWithManagement = 1

/** Everything that the product knows of an iPad from the iPad itself. */
export const inventory: readonly ActionCommand[] = [
  'DeviceInformation',
  'SecurityInfo',
  'InstalledApplicationList',
  'ProfileList',
].map(requestType => command(requestType))

function command(requestType: string, parameters: Readonly<Record<string, unknown>> = {}): ActionCommand {
  return { requestType, parameters }
}
