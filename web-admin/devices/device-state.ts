import { type Device, type Lifecycle, type Lock, type Management } from '../../server/devices/device.ts'
import { isSilent } from '../../server/devices/silence.ts'
import { type Badge, type Tone } from '../badge.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'

const lifecycleSigns: Readonly<Record<Lifecycle, readonly [Tone, IconName]>> = {
  ordered: ['plain', 'clock'],
  'in-stock': ['plain', 'tablet'],
  prepared: ['info', 'done'],
  reserved: ['info', 'clock'],
  'on-loan': ['done', 'people'],
  returned: ['info', 'returns'],
  lost: ['danger', 'warning'],
  stolen: ['danger', 'theft'],
  broken: ['warning', 'warning'],
  'in-repair': ['warning', 'settings'],
  recovered: ['info', 'done'],
  replaced: ['plain', 'refresh'],
  retired: ['plain', 'stopped'],
  'handed-over': ['plain', 'stopped'],
}

const lockSigns: Readonly<Record<Exclude<Lock, 'open'>, readonly [Tone, IconName]>> = {
  'lost-mode-pending': ['warning', 'clock'],
  lost: ['danger', 'lock'],
  'unlock-pending': ['warning', 'clock'],
  'wipe-pending': ['warning', 'clock'],
  wiped: ['danger', 'wipe'],
}

const managementSigns: Readonly<Record<Management, readonly [Tone, IconName]>> = {
  none: ['plain', 'code'],
  pending: ['warning', 'clock'],
  enrolled: ['done', 'done'],
  unenrolled: ['danger', 'stopped'],
}

export const lifecycleBadge = (lifecycle: Lifecycle, say: Say): Badge => {
  const [tone, icon] = lifecycleSigns[lifecycle]
  return { text: say(`lifecycle.${lifecycle}`), tone, icon }
}

export const managementBadge = (management: Management, say: Say): Badge => {
  const [tone, icon] = managementSigns[management]
  return { text: say(`management.${management}`), tone, icon }
}

/** Nothing for an iPad that is open: that is how they all are. */
export const lockBadge = (lock: Lock, say: Say): Badge | undefined => {
  if (lock === 'open') return undefined
  const [tone, icon] = lockSigns[lock]
  return { text: say(`lock.${lock}`), tone, icon }
}

/** What stands beside an iPad's name: its life, then only what is out of the ordinary. */
export function deviceBadges(
  device: Pick<Device, 'lifecycle' | 'management' | 'lock' | 'lastSeenAt'>,
  now: Date,
  say: Say,
): Badge[] {
  const lock = lockBadge(device.lock, say)
  return [
    lifecycleBadge(device.lifecycle, say),
    ...(lock ? [lock] : []),
    ...(device.management === 'enrolled' ? [] : [managementBadge(device.management, say)]),
    ...(isSilent(device, now)
      ? [{ text: say('device.silent'), tone: 'warning', icon: 'clock' } as const]
      : []),
  ]
}
