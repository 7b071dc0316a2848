import {
  type Device,
  type DeviceInformation,
  type InstalledProfile,
  type ManagedApp,
  type Lifecycle,
  type Lock,
  type Management,
} from './device.ts'
import { type DeviceCount, type DeviceFilter, type DevicePlace } from './device-search.ts'

/** What must be true of the stored iPad for a change to be made. */
interface DeviceIs {
  readonly version?: number
  readonly lifecycle?: Lifecycle
  readonly management?: Management
  readonly lock?: Lock
}

interface DeviceChange {
  readonly set?: Partial<Omit<Device, 'id' | 'organisationId' | 'version' | 'information'>>
  readonly emptied?: readonly (keyof Device)[]
  /** A person changed what is written: the version grows. */
  readonly byHand?: boolean
}

export interface Sighting {
  readonly organisationId: string
  readonly deviceId: string
  readonly at: Date
}

export interface OldInventory {
  readonly toldBefore: Date
  /** Last asked before this. */
  readonly askedBefore: Date
  /** Of iPads that have not been seen since. */
  readonly silentSince: Date
  readonly silentAskedBefore: Date
  /** Enrolled, or reported for the last time, before this. */
  readonly settledBefore: Date
  readonly limit: number
}

export interface DeviceStore {
  /** Without the lists of apps and profiles, as all but `findWhole`. */
  find(organisationId: string, id: string): Promise<Device | undefined>
  findWhole(organisationId: string, id: string): Promise<Device | undefined>
  findMany(organisationId: string, ids: readonly string[]): Promise<Device[]>
  /** The profiles that each of these iPads reported last; iPads that never did are left out. */
  profilesOn(
    organisationId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly InstalledProfile[]>>
  /** The managed apps that each of these iPads reported last; iPads that never did are left out. */
  managedAppsOn(
    organisationId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ManagedApp[]>>
  /** Of any organisation. */
  findBySerial(serialNumber: string): Promise<Device | undefined>
  /** Own iPads with one of the codes as tag, serial number or theft mark, at most ten. */
  findByCodes(organisationId: string, codes: readonly string[]): Promise<Device[]>
  /** Own iPads with one of the serial numbers or tags. */
  findWritten(
    organisationId: string,
    serialNumbers: readonly string[],
    assetTags: readonly string[],
  ): Promise<Device[]>
  /** Those of the serial numbers that other organisations hold. */
  heldElsewhere(organisationId: string, serialNumbers: readonly string[]): Promise<string[]>
  /** In the query's order, at most `query.limit + 1`. */
  page(organisationId: string, query: DevicePlace): Promise<Device[]>
  /** How many the query would list on all its pages; `most` when there are as many or more. */
  count(organisationId: string, query: DeviceFilter, most: number): Promise<number>
  counts(organisationId: string): Promise<DeviceCount[]>
  /**
   * All of one organisation.
   * @throws {DomainError} conflict `serial-taken` or `tag-taken`
   */
  insert(...devices: readonly Device[]): Promise<void>
  /**
   * The iPad after the change; undefined when it is not there or is not as `is` says.
   * @throws {DomainError} conflict `serial-taken` or `tag-taken`
   */
  change(organisationId: string, id: string, is: DeviceIs, change: DeviceChange): Promise<Device | undefined>
  /** Replaces what the iPad reported before; false when there is no such iPad. */
  applyInformation(organisationId: string, id: string, information: DeviceInformation): Promise<boolean>
  /** Enrolled iPads of all organisations that have not reported their apps for some time; asked longest ago first. */
  withOldInventory(query: OldInventory): Promise<Pick<Device, 'id' | 'organisationId' | 'lastSeenAt'>[]>
  /** Notes that the iPad was asked for its inventory. */
  inventoryAsked(organisationId: string, id: string, at: Date): Promise<void>
  /** Forgets what an iPad reported and no longer has after it enrols again; facts about the hardware stay. */
  forgetFormerLife(organisationId: string, id: string): Promise<void>
  /** Never moves a sighting back in time. */
  saw(sightings: readonly Sighting[]): Promise<void>
}
