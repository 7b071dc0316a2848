import { type Device, type Lifecycle } from '../devices/device.ts'
import { DomainError } from '../domain-error.ts'

/** Why an iPad in this place of its life is not lent, each with a code of its own: a desk shows them apart. */
const refusals = {
  ordered: ['device-not-here', 'This iPad has been ordered but is not in stock yet.'],
  reserved: ['device-taken', 'This iPad is on its way to somebody else.'],
  'on-loan': ['device-taken', 'This iPad is on loan.'],
  returned: ['device-not-checked', 'This iPad has come back but has not been checked.'],
  lost: ['device-lost', 'This iPad has been reported lost.'],
  stolen: ['device-stolen', 'This iPad has been reported stolen.'],
  broken: ['device-broken', 'This iPad is broken.'],
  'in-repair': ['device-broken', 'This iPad is being repaired.'],
  recovered: ['device-not-checked', 'This iPad has been found but has not been checked.'],
  replaced: ['device-retired', 'This iPad has been replaced.'],
  retired: ['device-retired', 'This iPad has been retired.'],
  'handed-over': ['device-retired', 'This iPad has been transferred for good.'],
} as const satisfies Partial<Record<Lifecycle, readonly [code: string, message: string]>>

/**
 * Only an iPad that is in stock or prepared, and not locked, can be promised to somebody.
 * @throws {DomainError} conflict `device-not-here`, `device-taken`, `device-not-checked`, `device-lost`,
 * `device-stolen`, `device-broken`, `device-retired`, `device-locked`
 */
export function refuseUnfit({ lifecycle, lock }: Pick<Device, 'lifecycle' | 'lock'>): void {
  if (lifecycle !== 'in-stock' && lifecycle !== 'prepared') {
    const [code, message] = refusals[lifecycle]
    refuse(code, message)
  }
  if (lock !== 'open' && lock !== 'wiped')
    refuse('device-locked', 'This iPad is in lost mode or being wiped.')
}

/** The steps by which an iPad that is fit to be lent becomes reserved. */
export function stepsToReserved(lifecycle: Lifecycle): Lifecycle[] {
  return lifecycle === 'in-stock' ? ['prepared', 'reserved'] : ['reserved']
}

function refuse(code: string, message: string): never {
  throw new DomainError('conflict', code, message)
}
