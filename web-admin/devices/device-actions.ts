import { fitsAction, rightForAction, type DeviceAction } from '../../server/commands/device-action.ts'
import { movesByHand, type Device } from '../../server/devices/device.ts'
import { isMissing } from '../../server/devices/ownership.ts'
import { type Right } from '../../server/staff/rights.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'

/** What the page of an iPad offers of all that can be done with it. */
export const pageActions = [
  'refresh',
  'lock',
  'play-sound',
  'lost-mode',
  'end-lost-mode',
  'remove-management',
] as const satisfies readonly DeviceAction[]
export type PageAction = (typeof pageActions)[number]

const icons: Readonly<Record<PageAction, IconName>> = {
  refresh: 'refresh',
  lock: 'lock',
  'play-sound': 'sound',
  'lost-mode': 'lock',
  'end-lost-mode': 'unlock',
  'remove-management': 'wipe',
}

/** The actions that make sense for the iPad as it is, for somebody with these rights. */
export function offeredActions(device: Device, may: (right: Right) => boolean, say: Say) {
  if (!may('commands.send')) return []
  return pageActions
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
export function offeredMoves(device: Pick<Device, 'lifecycle'>, say: Say) {
  return movesByHand(device.lifecycle)
    .filter(to => !isMissing(device) || to !== 'recovered')
    .map(to => ({ value: to, text: say(`lifecycle.${to}`) }))
}
