import { because, type Reason } from '../reason.ts'
import { type Device, type DeviceOwnership } from './device.ts'

/** Whether the iPad is lost or stolen by our books, whatever became of its case. */
export function isMissing({ lifecycle }: Pick<Device, 'lifecycle'>): boolean {
  return lifecycle === 'lost' || lifecycle === 'stolen'
}

/**
 * Why the iPad cannot be written as `to`'s; undefined when it can. Whose it is decides whether it may be wiped and
 * whether it may leave the management (requirement R16). So that stays as it is while it is managed, and while it is
 * missing: otherwise one person alone could let a stolen iPad go, or have a borrower's own one wiped. What was handed
 * over, which is a disposal, may become its new owner's.
 */
export function whyOwnershipStays(
  device: Pick<Device, 'ownership' | 'management' | 'lifecycle'>,
  to: DeviceOwnership | undefined,
): Reason | undefined {
  if (to === undefined || to === device.ownership || device.lifecycle === 'handed-over') return undefined
  if (isMissing(device))
    return because(
      'ownership-missing',
      'The iPad is lost or stolen. Whose it is can be changed when it is back.',
    )
  if (device.management !== 'enrolled' && device.management !== 'pending') return undefined
  return because(
    'ownership-managed',
    'The iPad is managed, so whose it is stays as it is. Hand it over first if it is sold, or have the management removed on the iPad itself, change this and enrol it again.',
  )
}
