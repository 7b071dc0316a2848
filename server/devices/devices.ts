import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { placeOfOrder, placeWithin } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId, type RandomBytes } from '../ids.ts'
import { type Actor } from '../staff/actor.ts'
import { stale } from '../stale.ts'
import { newAssetTag } from './asset-tag.ts'
import {
  checkMoveByHand,
  normalSerial,
  type Device,
  type InstalledProfile,
  type ManagedApp,
  type Lifecycle,
} from './device.ts'
import { deviceErrors, writtenFields, type DeviceInput } from './device-input.ts'
import {
  codesOf,
  cursorOf,
  parseCursor,
  type DeviceCount,
  type DeviceFilter,
  type DeviceQuery,
} from './device-search.ts'
import { whyOwnershipStays } from './ownership.ts'
import { createDeviceFacts, stepDevice, unknownDevice as unknown } from './device-facts.ts'
import { type DeviceStore } from './device-store.ts'
import { createFleetCounts } from './fleet-counts.ts'

interface DevicesDeps {
  readonly devices: DeviceStore
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
  readonly randomBytes: RandomBytes
}

export type RegisterDevice = DeviceInput & {
  readonly serialNumber: string
  readonly lifecycle?: 'ordered' | 'in-stock' | undefined
}

/** The fleet: what people write about iPads, and what the device channel learns of them. */
export function createDevices({ devices, audit, transaction, clock, newId, randomBytes }: DevicesDeps) {
  /** @throws {DomainError} not-found `device-unknown` */
  async function get(actor: Actor, id: string): Promise<Device> {
    return (await devices.findWhole(actor.organisationId, id)) ?? unknown()
  }

  /**
   * The iPad without its lists of apps and profiles, which most work does not look at.
   * @throws {DomainError} not-found `device-unknown`
   */
  async function brief(actor: Actor, id: string): Promise<Device> {
    return (await devices.find(actor.organisationId, id)) ?? unknown()
  }

  /** The profiles that each of these iPads reported last; iPads that never did, or belong to others, are left out. */
  const profilesOn = (
    actor: Actor,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly InstalledProfile[]>> =>
    devices.profilesOn(actor.organisationId, ids)

  /** The managed apps that each of these iPads reported last; iPads that never did, or belong to others, are left out. */
  const managedAppsOn = (
    actor: Actor,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ManagedApp[]>> => devices.managedAppsOn(actor.organisationId, ids)

  /** The iPads with these ids, without their lists of apps and profiles; ids of others are left out. */
  async function many(actor: Actor, ids: readonly string[]): Promise<Device[]> {
    return devices.findMany(actor.organisationId, [...new Set(ids)])
  }

  /**
   * One page of the fleet, without its lists of apps and profiles.
   * @throws {DomainError} invalid `bad-cursor`
   */
  async function list(actor: Actor, query: DeviceQuery): Promise<Page<Device>> {
    const { after, ...rest } = query
    const order = `${query.descending ? '-' : ''}${query.sort}`
    const place =
      after === undefined ? rest : { ...rest, after: parseCursor(placeWithin(order, after), rest.sort) }
    const found = await devices.page(actor.organisationId, place)
    return pageOf(found, query.limit, device => placeOfOrder(order, cursorOf(device, query.sort)))
  }

  /** How many iPads `list` would answer on all its pages; `most` when there are as many or more. */
  async function count(actor: Actor, filter: DeviceFilter, most: number): Promise<number> {
    return devices.count(actor.organisationId, filter, most)
  }

  const fleetCounts = createFleetCounts(organisationId => devices.counts(organisationId), clock)

  /** How many iPads are in each combination of states; of a large fleet as it was some seconds ago. */
  async function counts(actor: Actor): Promise<DeviceCount[]> {
    return fleetCounts(actor.organisationId)
  }

  /**
   * The one iPad that a scanned or typed code names: tag, serial number, theft mark, or the address on our label.
   * @throws {DomainError} not-found `device-unknown`; conflict `device-foreign` for another organisation's iPad and
   * `device-ambiguous` when a theft mark stands on several
   */
  async function scan(actor: Actor, scanned: string): Promise<Device> {
    const codes = codesOf(scanned)
    const [found, second] = await devices.findByCodes(actor.organisationId, codes)
    if (second)
      throw new DomainError(
        'conflict',
        'device-ambiguous',
        'Several iPads have this code. Use the serial number instead.',
      )
    if (found) return get(actor, found.id)
    for (const code of codes) if (await devices.findBySerial(normalSerial(code))) refuseForeign()
    return unknown()
  }

  /**
   * A new iPad, in stock unless it is only ordered. A tag is made when none is given.
   * @throws {DomainError} invalid `device-invalid`; conflict `serial-taken`, `tag-taken`
   */
  async function register(
    actor: Actor,
    { lifecycle = 'in-stock', ...input }: RegisterDevice,
  ): Promise<Device> {
    refuseErrors(input)
    const { written } = writtenFields(input)
    const device: Device = {
      model: 'iPad',
      origin: 'new',
      ownership: 'organisation',
      assetTag: newAssetTag(randomBytes),
      ...written,
      serialNumber: normalSerial(input.serialNumber),
      id: newId(),
      organisationId: actor.organisationId,
      lifecycle,
      management: 'none',
      lock: 'open',
      createdAt: clock.now(),
      version: 1,
    }
    await transaction(async () => {
      await devices.insert(device)
      await audit.record(actor, { action: 'devices.register', on: on(device.id), after: { ...device } })
    })
    return device
  }

  /**
   * The iPad with other written fields. `version` is the one that the person saw.
   * @throws {DomainError} invalid `device-invalid`; conflict `stale`, `serial-taken`, `tag-taken`, and `device-enrolled`
   * for another serial number: an iPad that has enrolled told it itself
   */
  async function edit(
    actor: Actor,
    id: string,
    { version, ...input }: DeviceInput & { version: number },
  ): Promise<Device> {
    refuseErrors(input)
    const { written, emptied } = writtenFields(input)
    return transaction(async () => {
      const before = await get(actor, id)
      if (
        written.serialNumber !== undefined &&
        written.serialNumber !== before.serialNumber &&
        before.management !== 'none'
      )
        throw new DomainError(
          'conflict',
          'device-enrolled',
          'The serial number was reported by the iPad itself and cannot be changed.',
        )
      const stays = whyOwnershipStays(before, written.ownership)
      if (stays) throw invalid('device-invalid', [{ path: 'ownership', ...stays }])
      const change = { set: written, emptied, byHand: true }
      const after = await devices.change(actor.organisationId, id, { version }, change)
      if (!after) throw stale('iPad')
      await audit.record(actor, { action: 'devices.edit', on: on(id), ...difference(before, after) })
      return after
    })
  }

  /**
   * The iPad one allowed step further in its life.
   * @throws {DomainError} conflict `lifecycle-transition`; `lifecycle-by-hand` for a person
   */
  async function moveLifecycle(
    actor: Actor,
    id: string,
    to: Lifecycle,
    { reason, byHand = false }: { reason?: string | undefined; byHand?: boolean } = {},
  ): Promise<Device> {
    return transaction(async () => {
      if (byHand) checkMoveByHand((await brief(actor, id)).lifecycle, to)
      const moved = await stepDevice(devices, actor.organisationId, id, { lifecycle: to })
      await audit.record(actor, {
        action: 'devices.move',
        on: on(id),
        ...(reason !== undefined && { reason }),
        before: { lifecycle: moved.before.lifecycle },
        // Whoever did it by hand may take it back; see taking-back.ts.
        after: { lifecycle: to, ...(byHand && { byHand }) },
      })
      return moved.after
    })
  }

  /**
   * Brings back where the iPad was before a move by mistake, against the usual way, while it is where that move put it.
   * @throws {DomainError} not-found `device-unknown`; conflict `device-moved-since`
   */
  async function takeBackMove(
    actor: Actor,
    id: string,
    { from, to, reason }: { from: Lifecycle; to: Lifecycle; reason: string },
  ): Promise<Device> {
    return transaction(async () => {
      await brief(actor, id)
      const back = await devices.change(
        actor.organisationId,
        id,
        { lifecycle: from },
        { set: { lifecycle: to } },
      )
      if (!back)
        throw new DomainError(
          'conflict',
          'device-moved-since',
          'The state of the iPad has been changed again since.',
        )
      await audit.record(actor, {
        action: 'devices.move-back',
        on: on(id),
        reason,
        before: { lifecycle: from },
        after: { lifecycle: to },
      })
      return back
    })
  }

  /** Own iPads with one of the serial numbers or tags, and which of the serial numbers others hold: for imports. */
  async function writtenAs(
    actor: Actor,
    {
      serialNumbers,
      assetTags,
    }: { readonly serialNumbers: readonly string[]; readonly assetTags: readonly string[] },
  ): Promise<{ own: Device[]; elsewhere: string[] }> {
    const { organisationId } = actor
    return {
      own: await devices.findWritten(organisationId, serialNumbers, assetTags),
      elsewhere: await devices.heldElsewhere(organisationId, serialNumbers),
    }
  }

  return {
    get,
    brief,
    many,
    profilesOn,
    managedAppsOn,
    list,
    count,
    counts,
    scan,
    register,
    edit,
    moveLifecycle,
    takeBackMove,
    writtenAs,
    ...createDeviceFacts(devices, transaction),
  }
}

export type Devices = ReturnType<typeof createDevices>

function on(id: string) {
  return { kind: 'device', id } as const
}

function refuseErrors(input: DeviceInput): void {
  const wrong = deviceErrors(input)
  if (wrong.length > 0) throw invalid('device-invalid', wrong)
}

/** The fields in which the two differ, as they were and as they are. */
function difference(
  before: Device,
  after: Device,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const written = [
    'serialNumber',
    'assetTag',
    'theftMark',
    'model',
    'origin',
    'ownership',
    'purchase',
    'warrantyEndsOn',
  ] as const
  const changed = written.filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const pick = (device: Device) => Object.fromEntries(changed.map(field => [field, device[field] ?? null]))
  return { before: pick(before), after: pick(after) }
}

function refuseForeign(): never {
  throw new DomainError('conflict', 'device-foreign', 'This iPad belongs to another organisation.')
}
