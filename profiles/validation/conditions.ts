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
  /** Missing: any value. */
  readonly is?: readonly Scalar[]
  /** Only where this stands as well. */
  readonly beside?: string
  /** Instead of the key and its value, why it is needed. */
  readonly because?: Words
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

const byManagement: Words = [
  'när profilen kommer från Örnkoll, eftersom ingen fyller i något på iPaden',
  'when the profile comes from Örnkoll, since nobody fills in anything on the iPad',
]

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
  ...['com.apple.wifi.managed', 'com.apple.globalethernet.managed'].map((type): Condition => ({
    type,
    within: ['EAPClientConfiguration'],
    when: 'TLSMinimumVersion',
    is: ['1.3'],
    needs: ['OuterIdentity'],
  })),
  {
    type: 'com.apple.eas.account',
    when: 'PayloadType',
    needs: ['UserName'],
    because: byManagement,
  },
  {
    type: 'com.apple.sso',
    within: ['Kerberos'],
    when: 'Realm',
    needs: ['PrincipalName'],
    because: byManagement,
  },
  { type: vpn, within: ['DNS'], when: 'DNSProtocol', is: ['HTTPS'], needs: ['ServerURL'] },
  { type: vpn, within: ['DNS'], when: 'DNSProtocol', is: ['TLS'], needs: ['ServerName'] },
  { type: vpn, within: ['Proxies'], when: 'HTTPProxy', needs: ['HTTPPort'] },
  { type: vpn, within: ['Proxies'], when: 'HTTPSProxy', needs: ['HTTPSPort'] },
  {
    type: vpn,
    within: ['IKEv2'],
    when: 'ExtendedAuthEnabled',
    is: [1],
    beside: 'CertificateType',
    needs: ['ServerCertificateIssuerCommonName'],
  },
  { type: vpn, when: 'VPNType', is: ['VPN'], needs: ['VPNSubType'] },
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
      if (!isMet(condition, dictionary)) continue
      for (const needed of condition.needs)
        checkNeed(payload, { condition, needed, dictionary }, { ...place, path }, findings)
    }
  }
}

function isMet({ when, is, beside }: Condition, dictionary: PlistDictionary): boolean {
  const value = dictionary[when]
  if (beside !== undefined && !stands(dictionary[beside])) return false
  return is === undefined ? stands(value) : is.some(each => each === value)
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
  const [sv, en] = condition.because ?? becauseOf(condition, dictionary)
  findings.error('missing-here', { ...place, path: [...place.path, names[0] ?? ''] }, [
    `${called.map(([name]) => name).join(' eller ')} behövs ${sv}.`,
    `${called.map(([, name]) => name).join(' or ')} is needed ${en}.`,
  ])
}

function becauseOf({ when, is }: Condition, dictionary: PlistDictionary): Words {
  if (is === undefined) return [`när ${when} finns`, `when ${when} is there`]
  const value = dictionary[when] as Scalar
  return [`när ${when} är ${value}`, `when ${when} is ${value}`]
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
