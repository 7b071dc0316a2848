/** What one simulated iPad is like at a moment. Erasing it gives `newState` again. */
export interface IpadState {
  readonly deviceName: string
  readonly profiles: readonly InstalledProfile[]
  readonly apps: readonly InstalledApp[]
  readonly books: readonly ManagedBook[]
  /** Undefined: not in lost mode. */
  readonly lostMode: LostMode | undefined
  readonly passcodeSet: boolean
  /** Waits in Setup Assistant for DeviceConfigured. */
  readonly awaitingConfiguration: boolean
  /** How many times it was started again by a command. */
  readonly restarts: number
  /** What DeviceLock wrote on its screen. */
  readonly lockMessage: string | undefined
}

export interface LostMode {
  readonly message: string | undefined
  readonly phoneNumber: string | undefined
  readonly footnote: string | undefined
  readonly since: Date
  readonly soundsPlayed: number
}

export interface InstalledProfile extends Omit<InstalledPayload, 'type'> {
  readonly organization: string
  readonly removalDisallowed: boolean
  /** Installed by the server that manages it. */
  readonly managed: boolean
  readonly payloads: readonly InstalledPayload[]
}

export interface InstalledPayload {
  readonly type: string
  readonly identifier: string
  readonly uuid: string
  readonly displayName: string
  readonly description: string
}

/** A book that the server put on it. */
interface ManagedBook {
  readonly identifier: string
  readonly url: string
  readonly version: string
  readonly title: string
}

export interface InstalledApp {
  readonly identifier: string
  readonly name: string
  readonly version: string
  readonly shortVersion: string
  /** Bytes. */
  readonly bundleSize: number
  readonly dynamicSize: number
  readonly managed: boolean
}

/** An iPad as it leaves Setup Assistant, or waits in it for DeviceConfigured. */
export function newState(awaitingConfiguration: boolean): IpadState {
  return {
    deviceName: 'iPad',
    profiles: [],
    apps: [],
    books: [],
    lostMode: undefined,
    passcodeSet: true,
    awaitingConfiguration,
    restarts: 0,
    lockMessage: undefined,
  }
}
