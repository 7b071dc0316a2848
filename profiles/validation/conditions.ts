import { entryFor } from '../catalogue/catalogue.ts'
import { type CatalogueKey, type Keys, type Scalar, type Words } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { callIt } from './check-value.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

/**
 * Apple says these in prose only: when a key has one of these values, others must be there too. `within` is the way
 * down from the payload to the dictionary, `*` for every item of an array.
 */
interface Condition {
  readonly type: string
  readonly within?: readonly string[]
  readonly when: string
  readonly is: readonly Scalar[]
  /** Each of these, or, in an inner list, one of those. */
  readonly needs: readonly (string | readonly string[])[]
}

const icons = (
  [
    ['Dock', '*'],
    ['Pages', '*', '*'],
    ['Dock', '*', 'Pages', '*', '*'],
    ['Pages', '*', '*', 'Pages', '*', '*'],
  ] as const
).flatMap((within): Condition[] => [
  { type: 'com.apple.homescreenlayout', within, when: 'Type', is: ['Application'], needs: ['BundleID'] },
  { type: 'com.apple.homescreenlayout', within, when: 'Type', is: ['WebClip'], needs: ['URL'] },
  {
    type: 'com.apple.homescreenlayout',
    within,
    when: 'Type',
    is: ['Folder'],
    needs: ['DisplayName', 'Pages'],
  },
])

const vpn = 'com.apple.vpn.managed'

const conditions: readonly Condition[] = [
  {
    type: 'com.apple.wifi.managed',
    when: 'ProxyType',
    is: ['Manual'],
    needs: ['ProxyServer', 'ProxyServerPort'],
  },
  {
    type: 'com.apple.proxy.http.global',
    when: 'ProxyType',
    is: ['Manual'],
    needs: ['ProxyServer', 'ProxyServerPort'],
  },
  {
    type: 'com.apple.webcontent-filter',
    when: 'FilterType',
    is: ['Plugin'],
    needs: ['UserDefinedName', 'PluginBundleID', ['FilterBrowsers', 'FilterSockets']],
  },
  {
    type: 'com.apple.dnsSettings.managed',
    within: ['DNSSettings'],
    when: 'DNSProtocol',
    is: ['HTTPS'],
    needs: ['ServerURL'],
  },
  {
    type: 'com.apple.dnsSettings.managed',
    within: ['DNSSettings'],
    when: 'DNSProtocol',
    is: ['TLS'],
    needs: ['ServerName'],
  },
  { type: vpn, when: 'VPNType', is: ['VPN', 'TransparentProxy'], needs: ['VPNSubType'] },
  { type: vpn, when: 'VPNType', is: ['VPN'], needs: ['VPN'] },
  { type: vpn, when: 'VPNType', is: ['IKEv2'], needs: ['IKEv2'] },
  { type: vpn, when: 'VPNType', is: ['IPSec'], needs: ['IPSec'] },
  { type: vpn, when: 'VPNType', is: ['L2TP'], needs: ['PPP'] },
  { type: vpn, when: 'VPNType', is: ['AlwaysOn'], needs: ['AlwaysOn'] },
  {
    type: vpn,
    within: ['IKEv2'],
    when: 'AuthenticationMethod',
    is: ['SharedSecret'],
    needs: ['SharedSecret'],
  },
  {
    type: vpn,
    within: ['IKEv2'],
    when: 'AuthenticationMethod',
    is: ['Certificate'],
    needs: ['PayloadCertificateUUID'],
  },
  {
    type: vpn,
    within: ['IPSec'],
    when: 'AuthenticationMethod',
    is: ['SharedSecret'],
    needs: ['SharedSecret'],
  },
  {
    type: vpn,
    within: ['IPSec'],
    when: 'AuthenticationMethod',
    is: ['Certificate'],
    needs: ['PayloadCertificateUUID'],
  },
  {
    type: vpn,
    within: ['VPN'],
    when: 'AuthenticationMethod',
    is: ['Certificate', 'Password+Certificate'],
    needs: ['PayloadCertificateUUID'],
  },
  { type: 'com.apple.extensiblesso', when: 'Type', is: ['Redirect'], needs: ['URLs'] },
  { type: 'com.apple.extensiblesso', when: 'Type', is: ['Credential'], needs: ['Hosts'] },
  { type: 'Configuration', when: 'IsEncrypted', is: [true], needs: ['EncryptedPayloadContent'] },
  ...icons,
]

/** Checks every condition that is about this payload. */
export function checkConditions(payload: PlistDictionary, place: Place, findings: Findings): void {
  const type = payload['PayloadType']
  for (const condition of conditions) {
    if (condition.type !== type) continue
    for (const [dictionary, path] of dictionariesAt(payload, condition.within ?? [], place.path)) {
      const value = dictionary[condition.when]
      if (!condition.is.some(each => each === value)) continue
      for (const needed of condition.needs)
        checkNeed(payload, { condition, needed, dictionary }, { ...place, path }, findings)
    }
  }
}

interface Need {
  readonly condition: Condition
  readonly needed: string | readonly string[]
  readonly dictionary: PlistDictionary
}

function checkNeed(
  payload: PlistDictionary,
  { condition, needed, dictionary }: Need,
  place: Place,
  findings: Findings,
): void {
  const names = typeof needed === 'string' ? [needed] : needed
  if (names.some(name => stands(dictionary[name]))) return
  const called = names.map(name => titled(payload, condition.within ?? [], name))
  const value = dictionary[condition.when] as Scalar
  findings.error('missing-here', { ...place, path: [...place.path, names[0] ?? ''] }, [
    `${called.map(([sv]) => sv).join(' eller ')} behövs när ${condition.when} är ${value}.`,
    `${called.map(([, en]) => en).join(' or ')} is needed when ${condition.when} is ${value}.`,
  ])
}

/** A switch that is off is as good as absent. */
const stands = (value: PlistValue | undefined): boolean =>
  value !== undefined && value !== '' && value !== false

function titled(payload: PlistDictionary, within: readonly string[], name: string): Words {
  let keys: Keys | undefined = entryFor(payload)?.keys
  for (const part of within) if (part !== '*') keys = innermost(keys?.[part])?.keys
  return callIt(keys?.[name] ?? {}, { path: [name] })
}

/** The values inside arrays in arrays, however deep. */
function innermost(key: CatalogueKey | undefined): CatalogueKey | undefined {
  return key?.of === undefined ? key : innermost(key.of)
}

/** The dictionaries at the end of a way down, each with its path. */
function* dictionariesAt(
  value: PlistValue | undefined,
  within: readonly string[],
  path: readonly (string | number)[],
): Generator<[PlistDictionary, readonly (string | number)[]]> {
  const [part, ...rest] = within
  if (part === undefined) {
    if (isDictionary(value)) yield [value, path]
  } else if (part === '*') {
    if (isList(value))
      for (const [index, each] of value.entries()) yield* dictionariesAt(each, rest, [...path, index])
  } else if (isDictionary(value)) yield* dictionariesAt(value[part], rest, [...path, part])
}
