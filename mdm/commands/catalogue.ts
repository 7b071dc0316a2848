import { type ParameterProblem } from './command-error.ts'
import { informationQueries } from './device-information-queries.ts'
import { type Parameters } from './parameter.ts'

/** One command we send: its parameters under Apple's names, and what Apple says only in prose. */
interface CommandKind {
  readonly parameters: Parameters
  /** Rules between parameters. */
  readonly check?: (given: Readonly<Record<string, unknown>>) => readonly ParameterProblem[]
  /** Used when the caller leaves it out. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** Filled in when it is handed out, because it is secret: it is in no list, log or stored command. */
  readonly secret?: 'UnlockToken'
  /** Only supervised iPads take it (Apple, supervised: true). */
  readonly supervised?: true
}

const text = (maxLength: number) => ({ kind: 'string', maxLength }) as const
const flag = { kind: 'boolean' } as const
const profile = { kind: 'data', maxBytes: 1_000_000 } as const

/** The commands we offer, by RequestType (Apple, "Commands and Queries"). Keys for other systems are left out. */
export const catalogue = {
  DeviceInformation: {
    parameters: { Queries: { kind: 'strings', maxItems: 100, required: true, oneOf: informationQueries } },
    defaults: { Queries: informationQueries },
  },
  SecurityInfo: { parameters: {} },
  InstalledApplicationList: {
    parameters: {
      Identifiers: { kind: 'strings', maxItems: 500 },
      ManagedAppsOnly: flag,
      Items: {
        kind: 'strings',
        maxItems: 20,
        oneOf: [
          'AdHocCodeSigned',
          'AppStoreVendable',
          'BetaApp',
          'BundleSize',
          'DeviceBasedVPP',
          'DistributorIdentifier',
          'DynamicSize',
          'ExternalVersionIdentifier',
          'HasUpdateAvailable',
          'Identifier',
          'Installing',
          'IsAppClip',
          'IsValidated',
          'Name',
          'ShortVersion',
          'Version',
        ],
      },
    },
  },
  ProfileList: { parameters: { ManagedOnly: flag } },
  InstallProfile: { parameters: { Payload: { ...profile, required: true } } },
  RemoveProfile: { parameters: { Identifier: { ...text(255), required: true } } },
  InstallApplication: {
    parameters: {
      iTunesStoreID: { kind: 'integer', min: 1, max: Number.MAX_SAFE_INTEGER },
      Identifier: text(255),
      ManifestURL: text(2000),
      Options: {
        kind: 'dictionary',
        keys: { PurchaseMethod: { kind: 'integer', min: 0, max: 1 } },
      },
      ManagementFlags: { kind: 'integer', min: 0, max: 5, oneOf: [0, 1, 4, 5] },
      Configuration: { kind: 'anything' },
      Attributes: {
        kind: 'dictionary',
        keys: {
          VPNUUID: text(100),
          ContentFilterUUID: text(100),
          DNSProxyUUID: text(100),
          RelayUUID: text(100),
          AssociatedDomains: { kind: 'strings', maxItems: 100 },
          AssociatedDomainsEnableDirectDownloads: flag,
          Removable: flag,
          TapToPayScreenLock: flag,
          CellularSliceUUID: text(100),
          Hideable: flag,
          Lockable: flag,
        },
      },
      ChangeManagementState: { kind: 'string', maxLength: 20, oneOf: ['Managed'] },
    },
    check: exactlyOne('iTunesStoreID', 'Identifier', 'ManifestURL'),
  },
  RemoveApplication: { parameters: { Identifier: { ...text(255), required: true } } },
  ManagedApplicationList: { parameters: { Identifiers: { kind: 'strings', maxItems: 500 } } },
  InstallMedia: {
    parameters: {
      MediaType: { kind: 'string', maxLength: 20, required: true, oneOf: ['Book'] },
      iTunesStoreID: { kind: 'integer', min: 1, max: Number.MAX_SAFE_INTEGER },
      MediaURL: text(2000),
      PersistentID: text(255),
      Kind: { kind: 'string', maxLength: 10, oneOf: ['pdf', 'epub', 'ibooks'] },
      Version: text(50),
      Author: text(200),
      Title: text(200),
    },
    check: exactlyOne('iTunesStoreID', 'MediaURL'),
  },
  RemoveMedia: {
    parameters: {
      MediaType: { kind: 'string', maxLength: 20, required: true, oneOf: ['Book'] },
      iTunesStoreID: text(50),
      PersistentID: text(255),
    },
    check: exactlyOne('iTunesStoreID', 'PersistentID'),
  },
  ManagedMediaList: { parameters: {} },
  DeviceLock: { parameters: { Message: text(500), PhoneNumber: text(50) } },
  ClearPasscode: { parameters: {}, secret: 'UnlockToken' },
  RestartDevice: { parameters: {}, supervised: true },
  EnableLostMode: {
    parameters: { Message: text(500), PhoneNumber: text(50), Footnote: text(500) },
    check: given =>
      given['Message'] === undefined && given['PhoneNumber'] === undefined
        ? [{ path: 'Message', message: 'A message or a phone number is needed.' }]
        : [],
    supervised: true,
  },
  DisableLostMode: { parameters: {}, supervised: true },
  DeviceLocation: { parameters: {}, supervised: true },
  PlayLostModeSound: { parameters: {}, supervised: true },
  EraseDevice: {
    parameters: {
      PreserveDataPlan: flag,
      DisallowProximitySetup: flag,
      ReturnToService: {
        kind: 'dictionary',
        keys: { Enabled: { ...flag, required: true }, WiFiProfileData: profile, MDMProfileData: profile },
      },
    },
  },
  DeviceConfigured: { parameters: {}, supervised: true },
  Settings: {
    parameters: {
      Settings: {
        kind: 'dictionaries',
        maxItems: 1,
        required: true,
        keys: {
          Item: { kind: 'string', maxLength: 20, required: true, oneOf: ['DeviceName'] },
          DeviceName: { ...text(100), required: true },
        },
      },
    },
    supervised: true,
  },
} as const satisfies Readonly<Record<string, CommandKind>>

export type RequestType = keyof typeof catalogue

export const requestTypes = Object.keys(catalogue) as readonly RequestType[]

/** Whether we can send such a command. */
export function isRequestType(name: string): name is RequestType {
  return Object.hasOwn(catalogue, name)
}

/** What we know of a command. */
export function commandKind(requestType: RequestType): CommandKind {
  return catalogue[requestType]
}

function exactlyOne(...keys: readonly string[]) {
  return (given: Readonly<Record<string, unknown>>): readonly ParameterProblem[] => {
    const named = keys.filter(key => given[key] !== undefined)
    if (named.length === 1) return []
    return [{ path: named[1] ?? keys[0] ?? '', message: `Exactly one of ${keys.join(', ')} is needed.` }]
  }
}
