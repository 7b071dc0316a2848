import { type JsonObject, type JsonValue } from '../command-report.ts'

/**
 * What answers of iPads mean, in our words. Lenient throughout: Apple's own schema calls keys required that real iPads
 * leave out, so a field of another type than promised counts as not told.
 */

/** What the iPad reports about itself; any field may be missing. */
export interface ToldInformation {
  readonly deviceName?: string
  readonly osVersion?: string
  readonly buildVersion?: string
  /** Apple's hardware name, such as `iPad13,18`. */
  readonly productName?: string
  readonly modelName?: string
  readonly modelNumber?: string
  readonly udid?: string
  readonly imei?: string
  readonly iccid?: string
  readonly phoneNumber?: string
  readonly wifiMac?: string
  readonly bluetoothMac?: string
  readonly capacityGb?: number
  readonly availableGb?: number
  /** 0–100. */
  readonly batteryPercent?: number
  readonly supervised?: boolean
  readonly activationLockEnabled?: boolean
  readonly lostModeEnabled?: boolean
  readonly awaitingConfiguration?: boolean
  readonly roaming?: boolean
}

/** From the response to DeviceInformation. */
export function informationOf(response: JsonObject): ToldInformation {
  const told = objectOf(response['QueryResponses'])
  const [sim] = listOf(told['ServiceSubscriptions']).map(objectOf)
  const battery = numberOf(told['BatteryLevel'])
  return given({
    deviceName: textOf(told['DeviceName']),
    osVersion: textOf(told['OSVersion']),
    buildVersion: textOf(told['BuildVersion']),
    productName: textOf(told['ProductName']),
    modelName: textOf(told['ModelName']),
    modelNumber: textOf(told['ModelNumber']) ?? textOf(told['Model']),
    udid: textOf(told['UDID']),
    imei: digits(textOf(told['IMEI']) ?? textOf(sim?.['IMEI'])),
    iccid: digits(textOf(told['ICCID']) ?? textOf(sim?.['ICCID'])),
    phoneNumber: textOf(told['PhoneNumber']) ?? textOf(sim?.['PhoneNumber']),
    wifiMac: textOf(told['WiFiMAC']),
    bluetoothMac: textOf(told['BluetoothMAC']),
    capacityGb: numberOf(told['DeviceCapacity']),
    availableGb: numberOf(told['AvailableDeviceCapacity']),
    // -1 is what an iPad says that cannot tell.
    batteryPercent: battery === undefined || battery < 0 ? undefined : Math.round(Math.min(battery, 1) * 100),
    supervised: flagOf(told['IsSupervised']),
    activationLockEnabled: flagOf(told['IsActivationLockEnabled']),
    lostModeEnabled: flagOf(told['IsMDMLostModeEnabled']),
    awaitingConfiguration: flagOf(told['AwaitingConfiguration']),
    roaming: flagOf(told['IsRoaming']),
  })
}

interface ToldSecurity {
  readonly passcodePresent?: boolean
  readonly passcodeCompliant?: boolean
  /** Both block and file encryption (HardwareEncryptionCaps 3). */
  readonly hardwareEncrypted?: boolean
}

/** From the response to SecurityInfo. */
export function securityOf(response: JsonObject): ToldSecurity {
  const told = objectOf(response['SecurityInfo'])
  const encryption = numberOf(told['HardwareEncryptionCaps'])
  return given({
    passcodePresent: flagOf(told['PasscodePresent']),
    passcodeCompliant: flagOf(told['PasscodeCompliantWithProfiles']) ?? flagOf(told['PasscodeCompliant']),
    hardwareEncrypted: encryption === undefined ? undefined : encryption === 3,
  })
}

interface ToldApp {
  readonly identifier: string
  readonly name: string
  readonly version: string
  readonly bytes?: number
}

/** From the response to InstalledApplicationList; an app without an identifier is left out. */
export function appsOf(response: JsonObject): ToldApp[] {
  return listOf(response['InstalledApplicationList'])
    .map(objectOf)
    .flatMap(app => {
      const identifier = textOf(app['Identifier'])
      if (identifier === undefined) return []
      return [
        {
          identifier,
          name: textOf(app['Name']) ?? identifier,
          version: textOf(app['ShortVersion']) ?? textOf(app['Version']) ?? '',
          ...given({ bytes: numberOf(app['BundleSize']) }),
        },
      ]
    })
}

interface ToldManagedApp {
  readonly identifier: string
  /** In Apple's words, such as `Managed` or `UserRejected`. */
  readonly state: string
}

/** From the response to ManagedApplicationList, by identifier; what managed software came by declarations is not in it. */
export function managedAppsOf(response: JsonObject): ToldManagedApp[] {
  return Object.entries(objectOf(response['ManagedApplicationList']))
    .map(([identifier, app]) => ({ identifier, state: textOf(objectOf(app)['Status']) ?? 'Unknown' }))
    .toSorted((one, other) => (one.identifier < other.identifier ? -1 : 1))
}

interface ToldProfile {
  readonly identifier: string
  readonly uuid: string
  readonly name: string
  readonly managed: boolean
  /** PayloadType of each part; missing when the iPad did not name every one. */
  readonly types?: readonly string[]
}

/** From the response to ProfileList; a profile without an identifier is left out. */
export function profilesOf(response: JsonObject): ToldProfile[] {
  return listOf(response['ProfileList'])
    .map(objectOf)
    .flatMap(profile => {
      const identifier = textOf(profile['PayloadIdentifier'])
      if (identifier === undefined) return []
      return [
        {
          identifier,
          uuid: textOf(profile['PayloadUUID']) ?? '',
          name: textOf(profile['PayloadDisplayName']) ?? identifier,
          managed: flagOf(profile['IsManaged']) ?? false,
          ...given({ types: typesOf(profile['PayloadContent']) }),
        },
      ]
    })
}

function typesOf(content: Parameters<typeof listOf>[0]): readonly string[] | undefined {
  const parts = listOf(content)
  const types = parts.flatMap(part => textOf(objectOf(part)['PayloadType']) ?? [])
  return parts.length > 0 && types.length === parts.length ? types : undefined
}

interface ToldBook {
  /** PersistentID. */
  readonly identifier: string
  /** In Apple's words, such as `Managed`. */
  readonly state: string
  readonly version: string
}

/** From the response to ManagedMediaList; a book without a PersistentID, such as one from a shop, is left out. */
export function booksOf(response: JsonObject): ToldBook[] {
  return listOf(response['Books'])
    .map(objectOf)
    .flatMap(book => {
      const identifier = textOf(book['PersistentID'])
      if (identifier === undefined) return []
      return [{ identifier, state: textOf(book['State']) ?? '', version: textOf(book['Version']) ?? '' }]
    })
}

interface ToldPosition {
  /** Degrees, north and east positive. */
  readonly latitude: number
  readonly longitude: number
  /** Radius in metres; undefined when the iPad cannot tell. */
  readonly accuracyM?: number
  readonly altitudeM?: number
  /** Metres per second. */
  readonly speed?: number
  /** When the iPad was there, by its own clock; undefined when it does not say. */
  readonly at?: Date
}

/** From the response to DeviceLocation; undefined when there is no position on earth in it. */
export function positionOf(response: JsonObject): ToldPosition | undefined {
  const latitude = numberOf(response['Latitude'])
  const longitude = numberOf(response['Longitude'])
  if (latitude === undefined || longitude === undefined) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  const at = new Date(textOf(response['Timestamp']) ?? NaN)
  return {
    latitude,
    longitude,
    ...given({
      accuracyM: notNegative(numberOf(response['HorizontalAccuracy'])),
      // The altitude means something only when its accuracy is known.
      altitudeM:
        notNegative(numberOf(response['VerticalAccuracy'])) === undefined
          ? undefined
          : numberOf(response['Altitude']),
      speed: notNegative(numberOf(response['Speed'])),
      at: Number.isNaN(at.getTime()) ? undefined : at,
    }),
  }
}

function notNegative(value: number | undefined): number | undefined {
  return value === undefined || value < 0 ? undefined : value
}

function digits(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, '')
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function flagOf(value: JsonValue | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function given<T extends Readonly<Record<string, unknown>>>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>
}
