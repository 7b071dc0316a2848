import test from 'ava'
import { type IpadFacts } from '../../../profiles/catalogue/availability.ts'
import { type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { placeText } from '../../../profiles/validation/finding.ts'
import { validateProfile } from '../../../profiles/validation/validate-profile.ts'
import { countingUuids } from '../../support/a-template.ts'

const supervised: IpadFacts = { osVersion: '18.1', supervised: true, enrolment: 'device', sharedIpad: false }
const own: IpadFacts = { ...supervised, supervised: false, enrolment: 'user' }
const ownedHere = [supervised, supervised, { ...supervised, supervised: false }]
const fleet = [...ownedHere, own]

/** What is found of one part, as 'code place', with on how many of the iPads where that is told. */
function foundOf(part: PlistDictionary, ipads: readonly IpadFacts[]): string[] {
  const newUuid = countingUuids()
  const required = { PayloadVersion: 1, PayloadIdentifier: 'se.example.test.0', PayloadUUID: newUuid() }
  const profile = {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.test',
    PayloadUUID: newUuid(),
    PayloadContent: [{ ...required, ...part }],
  }
  const now = new Date('2026-11-22T09:00:00Z')
  return validateProfile(profile, {
    ipads,
    serverUrl: 'https://mdm.example.se',
    typesElsewhere: new Map(),
    now,
  }).map(
    ({ code, place, ipads: on }) =>
      `${code} ${placeText(place).replace('PayloadContent.0.', '')}${on ? ` ${on.affected}/${on.of}` : ''}`,
  )
}

const judged = test.macro(
  (t, part: PlistDictionary, expected: readonly string[], ipads: readonly IpadFacts[] = fleet) => {
    t.deepEqual(foundOf(part, ipads), expected)
  },
)

const plugin = {
  PayloadType: 'com.apple.webcontent-filter',
  FilterType: 'Plugin',
  UserDefinedName: 'Filter',
  PluginBundleID: 'se.example.filter',
  FilterBrowsers: true,
}
test('a filter of an app needs a UUID where the iPad is not supervised', judged, plugin, [
  'unavailable ContentFilterUUID 2/4',
])
test('with the UUID it works on all', judged, { ...plugin, ContentFilterUUID: 'se.example' }, [])
test(
  'before iPadOS 16 a filter is for supervised iPads',
  judged,
  { ...plugin, ContentFilterUUID: 'a' },
  ['unavailable ContentFilterUUID 2/2', 'unavailable FilterType 1/2'],
  [
    { ...supervised, osVersion: '15.8', supervised: false },
    { ...supervised, osVersion: '15.8' },
  ],
)

const dnsProxy = { PayloadType: 'com.apple.dnsProxy.managed', AppBundleIdentifier: 'se.example.dns' }
test("a DNS proxy needs a UUID on borrowers' own iPads", judged, dnsProxy, ['unavailable DNSProxyUUID 1/4'])

const dns = {
  PayloadType: 'com.apple.dnsSettings.managed',
  DNSSettings: { DNSProtocol: 'HTTPS', ServerURL: 'https://dns.example.se/dns-query' },
  ProhibitDisablement: true,
}
test(
  'that encrypted DNS may not be switched off needs supervision',
  judged,
  dns,
  ['unavailable ProhibitDisablement 1/3', 'may-strand ProhibitDisablement'],
  ownedHere,
)

const exchange = {
  PayloadType: 'com.apple.eas.account',
  Host: 'mail.example.se',
  EmailAddress: 'a@example.se',
}
test('an Exchange account that nobody fills in needs its user name', judged, exchange, [
  'missing-here UserName',
])

const vpn = (content: PlistDictionary) => ({
  PayloadType: 'com.apple.vpn.managed',
  UserDefinedName: 'Ekvalla',
  VPNType: 'IKEv2',
  IKEv2: {
    RemoteAddress: 'vpn.example.se',
    LocalIdentifier: 'ipad',
    RemoteIdentifier: 'vpn.example.se',
    AuthenticationMethod: 'None',
  },
  ...content,
})
test(
  'a proxy of a VPN needs its port',
  judged,
  vpn({ Proxies: { HTTPEnable: 1, HTTPProxy: 'proxy.example.se' } }),
  ['missing-here Proxies.HTTPPort'],
  ownedHere,
)
test(
  'a transparent proxy is nothing for iPads',
  judged,
  vpn({ VPNType: 'TransparentProxy' }),
  ['not-allowed VPNType'],
  ownedHere,
)

test('always-on VPN is told on iPads that are not supervised', t => {
  const found = foundOf(vpn({ VPNType: 'AlwaysOn' }), ownedHere)
  t.true(found.includes('unavailable VPNType 1/3'), found.join('; '))
  t.false(
    foundOf(vpn({ VPNType: 'AlwaysOn' }), [supervised]).some(each => each.startsWith('unavailable VPNType')),
  )
})
