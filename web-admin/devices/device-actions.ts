import { enrolmentProfileIdentifier } from '../../profiles/enrolment-profile.ts'
import { rightFor } from '../../server/commands/command.ts'
import { movesByHand, type Device } from '../../server/devices/device.ts'
import { type OrganisationSettings } from '../../server/organisations/organisation.ts'
import { type Right } from '../../server/staff/rights.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'

export const deviceActions = [
  'refresh',
  'lock',
  'play-sound',
  'lost-mode',
  'end-lost-mode',
  'remove-management',
] as const
export type DeviceAction = (typeof deviceActions)[number]

const management = { Identifier: enrolmentProfileIdentifier }

interface Wanted {
  readonly requestType: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** What is sent to the iPad for an action, in order. */
export function commandsOf(
  action: DeviceAction,
  { lostModeMessage, lostModePhone }: OrganisationSettings,
): Wanted[] {
  switch (action) {
    case 'refresh':
      return ['DeviceInformation', 'SecurityInfo', 'InstalledApplicationList', 'ProfileList'].map(
        requestType => ({
          requestType,
        }),
      )
    case 'lock':
      return [{ requestType: 'DeviceLock' }]
    case 'play-sound':
      return [{ requestType: 'PlayLostModeSound' }]
    case 'lost-mode':
      return [
        {
          requestType: 'EnableLostMode',
          parameters: { Message: lostModeMessage, ...(lostModePhone && { PhoneNumber: lostModePhone }) },
        },
      ]
    case 'end-lost-mode':
      return [{ requestType: 'DisableLostMode' }]
    case 'remove-management':
      return [{ requestType: 'RemoveProfile', parameters: management }]
  }
}

const icons: Readonly<Record<DeviceAction, IconName>> = {
  refresh: 'refresh',
  lock: 'lock',
  'play-sound': 'sound',
  'lost-mode': 'lock',
  'end-lost-mode': 'unlock',
  'remove-management': 'wipe',
}

const firstTypes: Readonly<Record<DeviceAction, string>> = {
  refresh: 'DeviceInformation',
  lock: 'DeviceLock',
  'play-sound': 'PlayLostModeSound',
  'lost-mode': 'EnableLostMode',
  'end-lost-mode': 'DisableLostMode',
  'remove-management': 'RemoveProfile',
}

/** The right that an action needs beside that to send commands at all. */
export const rightForAction = (action: DeviceAction): Right =>
  rightFor(firstTypes[action], action === 'remove-management' ? management : {})

/** Whether the action has a point for the iPad as it is; only a borrower's own may leave the management (R16). */
export function fitsAction(action: DeviceAction, { lock, ownership, management }: Device): boolean {
  if (management !== 'enrolled') return false
  switch (action) {
    case 'refresh':
      return true
    case 'lock':
    case 'lost-mode':
      return lock === 'open'
    case 'play-sound':
      return lock === 'lost'
    case 'end-lost-mode':
      return lock === 'lost' || lock === 'lost-mode-pending'
    case 'remove-management':
      return ownership === 'personal'
  }
}

/** The actions that make sense for the iPad as it is, for somebody with these rights. */
export function offeredActions(device: Device, may: (right: Right) => boolean, say: Say) {
  if (!may('commands.send')) return []
  return deviceActions
    .filter(action => fitsAction(action, device) && may(rightForAction(action)))
    .map(action => ({
      action,
      icon: icons[action],
      title: say(`device.action.${action}`),
      text: say(`device.action.${action}.text`),
      asksWhy: action !== 'refresh',
      isDanger: action === 'remove-management',
    }))
}

/** Where a person may move the iPad by hand from where it is; one that is looked for comes back by its case. */
export function offeredMoves({ lifecycle }: Pick<Device, 'lifecycle'>, say: Say) {
  const isMissing = lifecycle === 'stolen' || lifecycle === 'lost'
  return movesByHand(lifecycle)
    .filter(to => !isMissing || to !== 'recovered')
    .map(to => ({ value: to, text: say(`lifecycle.${to}`) }))
}
