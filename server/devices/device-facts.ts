import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import {
  checkLifecycle,
  checkLock,
  checkManagement,
  normalSerial,
  type Device,
  type DeviceInformation,
  type Lifecycle,
  type Lock,
  type Management,
} from './device.ts'
import { type DeviceStore, type OldInventory, type Sighting } from './device-store.ts'

/** What the product learns of iPads by itself, from their messages and its own commands. */
export function createDeviceFacts(devices: DeviceStore, transaction: Transaction) {
  /** The iPad with this serial number, of any organisation: the device channel knows no organisation yet. */
  async function bySerial(serialNumber: string): Promise<Device | undefined> {
    return devices.findBySerial(normalSerial(serialNumber))
  }

  /**
   * Saying what it already is changes nothing. An iPad in stock that has enrolled is prepared for a hand-out.
   * @throws {DomainError} not-found `device-unknown`; conflict `management-transition`
   */
  async function setManagement(organisationId: string, id: string, to: Management): Promise<Device> {
    return transaction(async () => {
      const { after } = await stepDevice(devices, organisationId, id, { management: to })
      if (to !== 'enrolled' || after.lifecycle !== 'in-stock') return after
      return (await stepDevice(devices, organisationId, id, { lifecycle: 'prepared' })).after
    })
  }

  /**
   * Saying what it already is changes nothing.
   * @throws {DomainError} not-found `device-unknown`; conflict `lock-transition`
   */
  async function setLock(organisationId: string, id: string, to: Lock): Promise<Device> {
    return (await stepDevice(devices, organisationId, id, { lock: to })).after
  }

  /**
   * Replaces what the iPad reported before by what it reports now, field by field.
   * @throws {DomainError} not-found `device-unknown`
   */
  async function applyInformation(
    organisationId: string,
    id: string,
    information: DeviceInformation,
  ): Promise<void> {
    if (!(await devices.applyInformation(organisationId, id, information))) unknownDevice()
  }

  /** Many sightings in one write; an older one never replaces a newer one. */
  async function saw(sightings: readonly Sighting[]): Promise<void> {
    await devices.saw(sightings)
  }

  return {
    bySerial,
    setManagement,
    setLock,
    applyInformation,
    saw,
    /** Enrolled iPads of all organisations that have not reported their facts for some time. */
    withOldInventory: (query: OldInventory) => devices.withOldInventory(query),
    /** Notes that the iPad was asked for its inventory. */
    inventoryAsked: (organisationId: string, id: string, at: Date): Promise<void> =>
      devices.inventoryAsked(organisationId, id, at),
    /** The facts to forget when an iPad enrols again: its earlier apps, profiles, passcode and lost mode. */
    forgetFormerLife: (organisationId: string, id: string): Promise<void> =>
      devices.forgetFormerLife(organisationId, id),
  }
}

type Step = { readonly lifecycle: Lifecycle } | { readonly management: Management } | { readonly lock: Lock }

/**
 * The iPad before and after one allowed step of one of its states. Management and lock may be set to what they are
 * already.
 * @throws {DomainError} not-found `device-unknown`; conflict `lifecycle-`, `management-` or `lock-transition`
 */
export async function stepDevice(
  devices: DeviceStore,
  organisationId: string,
  id: string,
  step: Step,
): Promise<{ before: Device; after: Device }> {
  // Check and change are one only when nobody moved it in between; otherwise the check is made anew.
  for (;;) {
    const before = (await devices.find(organisationId, id)) ?? unknownDevice()
    if (isToldAgain(before, step)) return { before, after: before }
    const after = await devices.change(organisationId, id, check(before, step), { set: step })
    if (after) return { before, after }
  }
}

/** What the stored iPad must still be for the step to be allowed. */
function check({ lifecycle, management, lock }: Device, step: Step) {
  if ('lifecycle' in step) {
    checkLifecycle(lifecycle, step.lifecycle)
    return { lifecycle }
  }
  if ('management' in step) {
    checkManagement(management, step.management)
    return { management }
  }
  checkLock(lock, step.lock)
  return { lock }
}

function isToldAgain(device: Device, step: Step): boolean {
  if ('management' in step) return device.management === step.management
  return 'lock' in step && device.lock === step.lock
}

export function unknownDevice(): never {
  throw new DomainError('not-found', 'device-unknown', 'There is no such iPad.')
}
