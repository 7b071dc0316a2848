import { type Words } from '../catalogue/notation.ts'
import { type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

/** Two keys of one payload that cannot both have a say. */
interface Conflict {
  readonly type: string
  readonly keys: readonly [string, string]
  readonly severity: 'error' | 'warning'
  readonly words: Words
}

const restrictions = 'com.apple.applicationaccess'

const oldName = (type: string, keys: readonly [string, string]): Conflict => ({
  type,
  keys,
  severity: 'error',
  words: [
    `${keys[0]} är det äldre namnet på ${keys[1]}; använd bara det senare.`,
    `${keys[0]} is the old name of ${keys[1]}; use only the latter.`,
  ],
})

const conflicts: readonly Conflict[] = [
  oldName(restrictions, ['whitelistedAppBundleIDs', 'allowListedAppBundleIDs']),
  oldName(restrictions, ['blacklistedAppBundleIDs', 'blockedAppBundleIDs']),
  oldName(restrictions, ['forceWiFiWhitelisting', 'forceWiFiToAllowedNetworksOnly']),
  oldName('com.apple.airplay', ['Whitelist', 'AllowList']),
  oldName('com.apple.webcontent-filter', ['BlacklistedURLs', 'DenyListURLs']),
  oldName('com.apple.webcontent-filter', ['WhitelistedBookmarks', 'AllowListBookmarks']),
  oldName('com.apple.shareddeviceconfiguration', ['IfLostReturnToMessage', 'LockScreenFootnote']),
  {
    type: restrictions,
    keys: ['allowListedAppBundleIDs', 'blockedAppBundleIDs'],
    severity: 'error',
    words: [
      'Tillåtna och förbjudna appar kan inte anges samtidigt: iPaden följer bara den ena listan.',
      'Allowed and forbidden apps cannot both be given: the iPad follows only one of the lists.',
    ],
  },
  {
    type: 'com.apple.webcontent-filter',
    keys: ['AllowListBookmarks', 'DenyListURLs'],
    severity: 'warning',
    words: [
      'När bara vissa webbplatser är tillåtna har listan över förbjudna ingen verkan.',
      'When only some sites are allowed, the list of forbidden ones has no effect.',
    ],
  },
]

/** Checks every pair of keys of this payload that exclude each other, and switches that need another one. */
export function checkConflicts(payload: PlistDictionary, place: Place, findings: Findings): void {
  const type = payload['PayloadType']
  for (const { type: about, keys, severity, words } of conflicts) {
    if (about !== type || !keys.every(key => Object.hasOwn(payload, key))) continue
    findings.add({ severity, code: 'conflict', place: { ...place, path: [...place.path, keys[0]] }, words })
  }
  checkAccount(payload, place, findings)
  checkUpdates(payload, place, findings)
  if (type === 'com.apple.security.acme') checkAcmeKey(payload, place, findings)
}

function checkAccount(payload: PlistDictionary, place: Place, findings: Findings): void {
  if (payload['OAuth'] !== true || payload['Password'] === undefined) return
  findings.error('conflict', { ...place, path: [...place.path, 'Password'] }, [
    'Med modern inloggning (OAuth) får inget lösenord anges.',
    'With modern sign-in (OAuth) no password may be given.',
  ])
}

function checkUpdates(payload: PlistDictionary, place: Place, findings: Findings): void {
  if (payload['enforcedSoftwareUpdateDelay'] === undefined || payload['forceDelayedSoftwareUpdates'] === true)
    return
  findings.warning('conflict', { ...place, path: [...place.path, 'enforcedSoftwareUpdateDelay'] }, [
    'Fördröjningen har ingen verkan utan forceDelayedSoftwareUpdates.',
    'The delay has no effect without forceDelayedSoftwareUpdates.',
  ])
}

/** A key in hardware is an elliptic one of 256 or 384 bits (Apple, com.apple.security.acme). */
function checkAcmeKey(payload: PlistDictionary, place: Place, findings: Findings): void {
  const { KeyType: type, KeySize: size } = payload
  const refuse = (key: string, sv: string, en: string) =>
    findings.error('conflict', { ...place, path: [...place.path, key] }, [sv, en])
  if (payload['HardwareBound'] === true) {
    if (type !== 'ECSECPrimeRandom')
      refuse(
        'KeyType',
        'En nyckel i hårdvara måste vara ECSECPrimeRandom.',
        'A key in hardware must be ECSECPrimeRandom.',
      )
    if (!isOneOf(size, [256, 384]))
      refuse(
        'KeySize',
        'En nyckel i hårdvara är 256 eller 384 bitar.',
        'A key in hardware has 256 or 384 bits.',
      )
  } else {
    if (payload['Attest'] === true)
      refuse('Attest', 'Bara en nyckel i hårdvara kan intygas.', 'Only a key in hardware can be attested.')
    if (type === 'ECSECPrimeRandom' && !isOneOf(size, [192, 256, 384, 521]))
      refuse(
        'KeySize',
        'En EC-nyckel är 192, 256, 384 eller 521 bitar.',
        'An EC key has 192, 256, 384 or 521 bits.',
      )
    if (type === 'RSA' && !isRsaSize(size))
      refuse(
        'KeySize',
        'En RSA-nyckel är 1024 till 4096 bitar, i steg om 8.',
        'An RSA key has 1024 to 4096 bits, in steps of 8.',
      )
  }
}

const isRsaSize = (size: PlistValue | undefined): boolean =>
  typeof size === 'number' && size >= 1024 && size <= 4096 && size % 8 === 0

const isOneOf = (value: PlistValue | undefined, among: readonly number[]): boolean =>
  typeof value === 'number' && among.includes(value)
