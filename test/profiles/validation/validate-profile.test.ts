import test from 'ava'
import { type IpadFacts } from '../../../profiles/catalogue/availability.ts'
import { type PlistDictionary, type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { mask } from '../../../profiles/secrets.ts'
import { type Finding, isRefused, placeText } from '../../../profiles/validation/finding.ts'
import { validateProfile, type ValidationContext } from '../../../profiles/validation/validate-profile.ts'
import { anAuthority } from '../../support/a-signer.ts'
import { countingUuids } from '../../support/a-template.ts'

const supervised: IpadFacts = { osVersion: '18.1', supervised: true, enrolment: 'device', sharedIpad: false }

const context = (changes: Partial<ValidationContext> = {}): ValidationContext => ({
  ipads: [supervised],
  serverUrl: 'https://mdm.example.se',
  typesElsewhere: new Map(),
  now: new Date('2026-11-22T09:00:00Z'),
  ...changes,
})

type Content = Readonly<Record<string, PlistValue>> & { readonly PayloadType: string }

/** A profile with these parts, each with what Apple demands of any part. */
function aProfile(parts: readonly Content[], changes: PlistDictionary = {}): PlistDictionary {
  const newUuid = countingUuids()
  return {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.test',
    PayloadUUID: newUuid(),
    PayloadContent: parts.map((content, index) => ({
      PayloadVersion: 1,
      PayloadIdentifier: `se.example.test.${index}`,
      PayloadUUID: newUuid(),
      ...content,
    })),
    ...changes,
  }
}

/** What is found, as 'severity code place'. */
const found = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, code, place }) => `${severity} ${code} ${placeText(place)}`)

const wifi = (content: PlistDictionary = {}): Content => ({
  PayloadType: 'com.apple.wifi.managed',
  SSID_STR: 'Ekeby',
  EncryptionType: 'WPA2',
  Password: 'vinterskog',
  ...content,
})

const restrictions = (content: PlistDictionary): Content => ({
  PayloadType: 'com.apple.applicationaccess',
  ...content,
})
const passcode = (content: PlistDictionary): Content => ({
  PayloadType: 'com.apple.mobiledevice.passwordpolicy',
  ...content,
})

const finds = test.macro(
  (t, profile: PlistValue, expected: readonly string[], changes: Partial<ValidationContext> = {}) => {
    const findings = validateProfile(profile, context(changes))
    t.deepEqual(found(findings), expected)
    for (const { words } of findings) t.true(words.every(word => word.length > 10))
  },
)

test('a sound profile has no findings', finds, aProfile([wifi(), passcode({ forcePIN: true })]), [])
test('a wrong type is an error at the key', finds, aProfile([wifi({ AutoJoin: 'yes' })]), [
  'error wrong-type PayloadContent.0.AutoJoin',
])
test(
  'a number for a switch is an error, as old templates have it',
  finds,
  aProfile([passcode({ forcePIN: 1 })]),
  ['error wrong-type PayloadContent.0.forcePIN'],
)
test('the version of a payload as text is an error', finds, aProfile([wifi({ PayloadVersion: '1' })]), [
  'error wrong-type PayloadContent.0.PayloadVersion',
])
test('a value outside the list is an error', finds, aProfile([wifi({ EncryptionType: 'WPA4' })]), [
  'error not-allowed PayloadContent.0.EncryptionType',
])
test('a number outside the range is an error', finds, aProfile([passcode({ minLength: 17 })]), [
  'error out-of-range PayloadContent.0.minLength',
])
test(
  'a value of the wrong form is an error, deep inside',
  finds,
  aProfile([wifi({ MCCAndMNCs: ['24001', '240007'] })]),
  ['error wrong-form PayloadContent.0.MCCAndMNCs.0'],
)
test(
  'a variable is not judged by form or list',
  finds,
  aProfile([wifi({ MCCAndMNCs: ['{{device.tag}}'] })]),
  [],
)
test('an unknown variable is an error', finds, aProfile([wifi({ SSID_STR: '{{person.emial}}' })]), [
  'error unknown-variable PayloadContent.0.SSID_STR',
])
test('an unknown key is a warning', finds, aProfile([wifi({ Pasword: 'x' })]), [
  'warning unknown-key PayloadContent.0.Pasword',
])
test(
  'an unknown payload is passed through with a warning',
  finds,
  aProfile([{ PayloadType: 'com.apple.dock' }]),
  ['warning unknown-payload PayloadContent.0.PayloadType'],
)
test(
  'a key that another value calls for is missed',
  finds,
  aProfile([wifi({ ProxyType: 'Manual', ProxyServer: 'proxy' })]),
  ['error missing-here PayloadContent.0.ProxyServerPort'],
)
test(
  'an item of a home screen without its app is missed',
  finds,
  aProfile([
    {
      PayloadType: 'com.apple.homescreenlayout',
      Pages: [
        [{ Type: 'Application' }, { Type: 'Folder', DisplayName: 'M', Pages: [[{ Type: 'WebClip' }]] }],
      ],
    },
  ]),
  [
    'error missing-here PayloadContent.0.Pages.0.0.BundleID',
    'error missing-here PayloadContent.0.Pages.0.1.Pages.0.0.URL',
  ],
)
test(
  'Apple’s schema would refuse Application on a home screen; we refuse App',
  finds,
  aProfile([
    { PayloadType: 'com.apple.homescreenlayout', Pages: [[{ Type: 'App', BundleID: 'se.example.app' }]] },
  ]),
  ['error not-allowed PayloadContent.0.Pages.0.0.Type'],
)
test(
  'something that is no profile is refused as a whole',
  finds,
  ['not', 'a', 'profile'],
  ['error not-a-profile '],
)
test('a dictionary of another type is refused at its type', finds, aProfile([], { PayloadType: 'Command' }), [
  'error not-allowed PayloadType',
  'warning missing PayloadContent',
])
test(
  'items of PayloadContent that are no dictionaries are refused',
  finds,
  aProfile([], { PayloadContent: ['x'] }),
  ['error wrong-type PayloadContent.0'],
)

const same = '11111111-2222-4333-8444-555555555555'
test(
  'a UUID used twice is an error, whatever the case of its letters',
  finds,
  aProfile([
    wifi({ PayloadUUID: 'ABCDEF01-0000-4000-8000-000000000000' }),
    passcode({ PayloadUUID: 'abcdef01-0000-4000-8000-000000000000' }),
  ]),
  ['error same-uuid PayloadContent.1.PayloadUUID'],
)
test(
  'two parts with one identifier are an error',
  finds,
  aProfile([wifi({ PayloadIdentifier: 'a' }), passcode({ PayloadIdentifier: 'a' })]),
  ['error same-identifier PayloadContent.1.PayloadIdentifier'],
)
test(
  'a certificate that is pointed to must be in the profile',
  finds,
  aProfile([wifi({ PayloadCertificateUUID: same })]),
  ['error no-such-payload PayloadContent.0.PayloadCertificateUUID'],
)
test(
  'a certificate without a key is no identity',
  finds,
  aProfile([
    wifi({ PayloadCertificateUUID: '00000000-0000-4000-8000-000000000003' }),
    { PayloadType: 'com.apple.security.root', PayloadContent: Buffer.from('x') },
  ]),
  [
    'error not-a-certificate PayloadContent.1.PayloadContent',
    'error no-such-payload PayloadContent.0.PayloadCertificateUUID',
  ],
)
test(
  'a web clip opens something, and a network can be called what it is called',
  finds,
  aProfile([
    ...[
      'ekeby.example.se/ipad',
      'javascript:alert(1)',
      'https://ekeby.example.se',
      'app://x',
      '{{body.name}}',
    ].map(URL => ({ PayloadType: 'com.apple.webClip.managed', Label: 'Hjälp', URL })),
    // Each å is two octets.
    ...['å'.repeat(17), 'å'.repeat(16), 'a'.repeat(32)].map(SSID_STR => wifi({ SSID_STR })),
  ]),
  [
    'error wrong-form PayloadContent.0.URL',
    'error wrong-form PayloadContent.1.URL',
    'error name-too-long PayloadContent.5.SSID_STR',
  ],
)
test(
  'what an iPad can have once is an error twice',
  finds,
  aProfile([
    { PayloadType: 'com.apple.shareddeviceconfiguration', LockScreenFootnote: 'a' },
    { PayloadType: 'com.apple.shareddeviceconfiguration', LockScreenFootnote: 'b' },
  ]),
  ['error only-one PayloadContent.1'],
)
test(
  'what an iPad can have once is an error when another profile has it',
  finds,
  aProfile([{ PayloadType: 'com.apple.shareddeviceconfiguration', LockScreenFootnote: 'a' }]),
  ['error only-one PayloadContent.0'],
  { typesElsewhere: new Map([['com.apple.shareddeviceconfiguration', 1]]) },
)
test(
  'and a warning while nobody has said which iPads get it',
  finds,
  aProfile([{ PayloadType: 'com.apple.shareddeviceconfiguration', LockScreenFootnote: 'a' }]),
  ['warning only-one PayloadContent.0'],
  { typesElsewhere: new Map([['com.apple.shareddeviceconfiguration', 1]]), isForAnybody: true },
)

test(
  'the identifier of the enrolment profile is refused',
  finds,
  aProfile([wifi()], { PayloadIdentifier: 'se.ornkoll.enrolment' }),
  ['error replaces-management PayloadIdentifier'],
)
const management = (url: string): Content => ({
  PayloadType: 'com.apple.mdm',
  IdentityCertificateUUID: '00000000-0000-4000-8000-000000000003',
  Topic: 'com.apple.mgmt.x',
  ServerURL: url,
  AccessRights: 8191,
})
const identity: Content = { PayloadType: 'com.apple.security.pkcs12', PayloadContent: Buffer.from('x') }
test(
  'management by another server is refused',
  finds,
  aProfile([management('https://evil.example/mdm'), identity]),
  ['error management-payload PayloadContent.0', 'error wrong-server PayloadContent.0.ServerURL'],
)
test(
  'management by our own server belongs to enrolment alone',
  finds,
  aProfile([management('https://mdm.example.se/mdm/connect'), identity]),
  ['error management-payload PayloadContent.0'],
)
test(
  'Wi-Fi bound to given networks, with none given, is refused',
  finds,
  aProfile([restrictions({ forceWiFiToAllowedNetworksOnly: true })]),
  ['error no-network PayloadContent.0.forceWiFiToAllowedNetworksOnly'],
)
test(
  'Wi-Fi bound to a network that asks for a password is refused',
  finds,
  aProfile([
    restrictions({ forceWiFiToAllowedNetworksOnly: true }),
    { PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Ekeby', EncryptionType: 'WPA2' },
  ]),
  ['error unreachable-network PayloadContent.1.SSID_STR'],
)
test(
  'Wi-Fi bound to a network whose password no such network can have is refused',
  finds,
  aProfile([restrictions({ forceWiFiToAllowedNetworksOnly: true }), wifi({ Password: 'abc' })]),
  ['error wrong-form PayloadContent.1.Password', 'error unreachable-network PayloadContent.1.SSID_STR'],
)
const enterprise = (signIn: PlistDictionary) =>
  aProfile([
    restrictions({ forceWiFiToAllowedNetworksOnly: true }),
    {
      PayloadType: 'com.apple.wifi.managed',
      SSID_STR: 'Ekeby',
      EncryptionType: 'WPA2',
      EAPClientConfiguration: { UserName: 'asta', UserPassword: 'vinterdäck', ...signIn },
    },
  ])
test(
  'Wi-Fi bound to a network that asks whether to trust its server is refused',
  finds,
  enterprise({ AcceptEAPTypes: [25] }),
  [
    'warning may-strand PayloadContent.1.EAPClientConfiguration.TLSTrustedServerNames',
    'error unreachable-network PayloadContent.1.SSID_STR',
  ],
)
test(
  'Wi-Fi bound to a network whose server is named is joined by itself',
  finds,
  enterprise({ AcceptEAPTypes: [25], TLSTrustedServerNames: ['radius.example.se'] }),
  [],
)
test('a network that the card signs in to asks nobody', finds, enterprise({ AcceptEAPTypes: [18, 23] }), [])
test(
  'a password of Wi-Fi has the length that its security takes',
  finds,
  aProfile(
    [
      wifi({ Password: 'x'.repeat(63) }),
      wifi({ Password: 'x'.repeat(64) }),
      wifi({ Password: 'a0'.repeat(32), EncryptionType: 'WPA3' }),
      wifi({ Password: 'sju7sju', EncryptionType: 'WPA' }),
      wifi({ Password: '{{device.tag}}' }),
      wifi({ Password: 'fem55', EncryptionType: 'Any' }),
      wifi({ Password: 'fyra', EncryptionType: 'Any' }),
      wifi({ Password: '' }),
    ].map((network, index) => ({ ...network, SSID_STR: `Ekeby ${index}` })),
  ),
  [1, 3, 6].map(index => `error wrong-form PayloadContent.${index}.Password`),
)
test(
  'Wi-Fi bound to networks is fine with one that is joined by itself',
  finds,
  aProfile([restrictions({ forceWiFiToAllowedNetworksOnly: true }), wifi()]),
  [],
)
test(
  'Wi-Fi bound to networks is fine with one in another profile',
  finds,
  aProfile([restrictions({ forceWiFiToAllowedNetworksOnly: true })]),
  [],
  {
    typesElsewhere: new Map([['com.apple.wifi.managed', 1]]),
  },
)
test(
  'Wi-Fi bound to networks is refused when one iPad has no network in another profile',
  finds,
  aProfile([restrictions({ forceWiFiToAllowedNetworksOnly: true })]),
  ['error no-network PayloadContent.0.forceWiFiToAllowedNetworksOnly'],
  {
    ipads: [supervised, supervised],
    typesElsewhere: new Map([['com.apple.wifi.managed', 1]]),
  },
)
test(
  'a passcode that must be set and cannot be is refused',
  finds,
  aProfile([passcode({ forcePIN: true }), restrictions({ allowPasscodeModification: false })]),
  ['error passcode-loop PayloadContent.0.forcePIN'],
)
test(
  'a passcode that cannot be is refused',
  finds,
  aProfile([passcode({ minLength: 2, minComplexChars: 4, requireAlphanumeric: true })]),
  ['error impossible-passcode PayloadContent.0.minComplexChars'],
)
test(
  'an empty list of allowed apps is refused',
  finds,
  aProfile([restrictions({ allowListedAppBundleIDs: [] })]),
  ['error no-apps PayloadContent.0.allowListedAppBundleIDs'],
)
test(
  'old and new name of one key together are refused',
  finds,
  aProfile([restrictions({ whitelistedAppBundleIDs: ['a'], allowListedAppBundleIDs: ['a'] })]),
  [
    'warning deprecated PayloadContent.0.whitelistedAppBundleIDs',
    'error conflict PayloadContent.0.whitelistedAppBundleIDs',
  ],
)
test(
  'a key in hardware that is RSA is refused',
  finds,
  aProfile([
    {
      PayloadType: 'com.apple.security.acme',
      DirectoryURL: 'https://ca.example/d',
      ClientIdentifier: 'a',
      KeyType: 'RSA',
      KeySize: 2048,
      HardwareBound: true,
      Subject: [[['CN', 'a']]],
    },
  ]),
  ['error conflict PayloadContent.0.KeyType', 'error conflict PayloadContent.0.KeySize'],
)

test('unavailability is counted over the iPads, once for a payload and not again for its keys', t => {
  const ipads = [
    supervised,
    ...Array.from({ length: 30 }, (): IpadFacts => ({ ...supervised, supervised: false })),
    ...Array.from({ length: 9 }, (): IpadFacts => ({ ...supervised, osVersion: '15.8.3' })),
  ]
  const findings = validateProfile(
    aProfile([
      restrictions({ allowWritingTools: false, allowAirDrop: false }),
      { PayloadType: 'com.apple.shareddeviceconfiguration', LockScreenFootnote: 'x' },
    ]),
    context({ ipads }),
  )
  t.deepEqual(
    findings.map(({ code, place, ipads: counted }) => [
      code,
      placeText(place),
      counted?.affected,
      counted?.of,
    ]),
    [
      ['unavailable', 'PayloadContent.0.allowWritingTools', 30, 40],
      ['unavailable', 'PayloadContent.0.allowWritingTools', 9, 40],
      ['unavailable', 'PayloadContent.0.allowAirDrop', 30, 40],
      ['unavailable', 'PayloadContent.1', 30, 40],
    ],
  )
  t.regex(findings[1]?.words[0] ?? '', /9 av 40 iPads: kräver iPadOS 18\.0/)
  t.false(isRefused(findings), 'unavailable on some is no reason to refuse it for all')
})

test('the nearest known key is named', t => {
  const [finding] = validateProfile(aProfile([restrictions({ allowCamear: false })]), context())
  t.is(finding?.suggestion, 'allowCamera')
  t.regex(finding?.words[1] ?? '', /did you mean allowCamera\?/)
  const [far] = validateProfile(aProfile([restrictions({ somethingElse: false })]), context())
  t.is(far?.suggestion, undefined)
})

test('an expired certificate is a warning with its day', t => {
  const [finding] = validateProfile(
    aProfile([
      { PayloadType: 'com.apple.security.root', PayloadContent: anAuthority().root.certificate.raw },
    ]),
    context({ now: new Date('2099-01-01T00:00:00Z') }),
  )
  t.is(finding?.code, 'certificate-expired')
})

test('a profile with a hundred thousand faults is told of the first ones', t => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`unknown${index}`, 1]))
  const findings = validateProfile(aProfile([restrictions(many)]), context())
  t.is(findings.length, 501)
  t.is(findings.at(-1)?.code, 'too-many-findings')
  t.true(isRefused(findings))
})

test('dots in place of a hidden value are no password', t => {
  const wifi = {
    PayloadType: 'com.apple.wifi.managed',
    SSID_STR: 'Ekeby',
    EncryptionType: 'WPA2',
    Password: mask,
  }
  const findings = validateProfile(aProfile([wifi], { PayloadDescription: mask }), context())
  t.deepEqual(
    found(findings).filter(each => each.includes('hidden-value')),
    ['error hidden-value PayloadContent.0.Password', 'error hidden-value PayloadDescription'],
  )
})

test('what is larger than iPads are sent is refused with what takes the room, also when only encryption makes it so', t => {
  const font = (bytes: number) => ({
    PayloadType: 'com.apple.font',
    Font: Buffer.concat([Buffer.from('00010000', 'hex'), Buffer.alloc(bytes)]),
  })
  const clip = {
    PayloadType: 'com.apple.webClip.managed',
    Label: 'Intranät',
    URL: 'https://ekeby.example.se/',
  }
  const sizes = (...parts: Content[]) =>
    validateProfile(aProfile(parts), context()).filter(({ code }) => code === 'too-large')
  const [large, ...more] = sizes(clip, font(760_000))
  t.deepEqual(more, [])
  t.deepEqual([large?.severity, large && placeText(large.place)], ['error', 'PayloadContent.1.Font'])
  t.regex(large?.words[0] ?? '', /blir 1,04 MB .* Mest plats tar .*: 1,02 MB\./)
  t.regex(large?.words[1] ?? '', /is 1\.04 MB .* Most room is taken by .*: 1\.02 MB\./)
  t.deepEqual(sizes(clip, font(700_000)), [])
  t.is(sizes(wifi(), font(700_000)).length, 1, 'a password has it encrypted, and written as base64 twice')
  t.deepEqual(sizes(wifi(), font(500_000)), [])
  t.is(sizes({ ...clip, Label: '&'.repeat(400_000) }).length, 1)
  t.deepEqual(
    validateProfile({ PayloadContent: { Font: Buffer.alloc(2_000_000) } }, context()).flatMap(
      ({ code, place }) => (code === 'too-large' ? [placeText(place)] : []),
    ),
    [''],
  )
})

const mail = (content: PlistDictionary): Content => ({
  PayloadType: 'com.apple.mail.managed',
  EmailAccountType: 'EmailTypeIMAP',
  IncomingMailServerAuthentication: 'EmailAuthPassword',
  IncomingMailServerHostName: 'imap.example.se',
  OutgoingMailServerAuthentication: 'EmailAuthPassword',
  OutgoingMailServerHostName: 'smtp.example.se',
  ...content,
})
for (const port of [-5, 0, 65_536])
  test(`there is no port ${port}`, finds, aProfile([mail({ IncomingMailServerPortNumber: port })]), [
    'error wrong-form PayloadContent.0.IncomingMailServerPortNumber',
  ])
test(
  'the first and the last port are ports',
  finds,
  aProfile([mail({ IncomingMailServerPortNumber: 1, OutgoingMailServerPortNumber: 65_535 })]),
  [],
)

const proxy = (content: PlistDictionary): Content => wifi({ ProxyType: 'Auto', ...content })
test(
  'an address without its scheme is no web address',
  finds,
  aProfile([proxy({ ProxyPACURL: 'pac.example.se' })]),
  ['error wrong-form PayloadContent.0.ProxyPACURL'],
)
test(
  'an address may wait for the values of its iPad',
  finds,
  aProfile([proxy({ ProxyPACURL: '{{body.name}}' })]),
  [],
)
test('http will do for a proxy file', finds, aProfile([proxy({ ProxyPACURL: 'http://pac.example.se/' })]), [])

for (const [server, isOne] of [
  ['https://imap.example.se', false],
  ['imap.example.se/brev', false],
  ['imap example.se', false],
  ['eva@imap.example.se', false],
  ['192.0.2.25', true],
  ['2001:db8::25', true],
  ['imap.example.se:993', true],
  ['', true],
] as const)
  test(
    `as a server, "${server}" is ${isOne ? 'taken' : 'refused'}`,
    finds,
    aProfile([mail({ IncomingMailServerHostName: server })]),
    isOne ? [] : ['error wrong-form PayloadContent.0.IncomingMailServerHostName'],
  )
for (const [address, isOne] of [
  ['eva.berg', false],
  ['eva berg@example.se', false],
  ['eva@berg@example.se', false],
  ['eva.berg@example.se', true],
  ['{{person.email}}', true],
] as const)
  test(
    `as a mail address, "${address}" is ${isOne ? 'taken' : 'refused'}`,
    finds,
    aProfile([mail({ EmailAddress: address })]),
    isOne ? [] : ['error wrong-form PayloadContent.0.EmailAddress'],
  )

const encryptedDns = (ServerURL: string): Content => ({
  PayloadType: 'com.apple.dnsSettings.managed',
  DNSSettings: { DNSProtocol: 'HTTPS', ServerURL },
})
test('DNS over HTTPS goes over https', finds, aProfile([encryptedDns('http://dns.example.se/q')]), [
  'error wrong-form PayloadContent.0.DNSSettings.ServerURL',
])
test('DNS over HTTPS with https is sound', finds, aProfile([encryptedDns('https://dns.example.se/q')]), [])

test(
  'a list of allowed sites without any would block the whole web',
  finds,
  aProfile([{ PayloadType: 'com.apple.webcontent-filter', AllowListBookmarks: [] }]),
  ['error no-sites PayloadContent.0.AllowListBookmarks'],
)

test('no variable stands where the iPad or the server tells parts apart, or where only some words are allowed', t => {
  const at = (profile: PlistDictionary) =>
    found(validateProfile(profile, context())).filter(each => each.includes('variable-not-here'))
  t.deepEqual(at(aProfile([wifi()], { PayloadIdentifier: 'se.example.{{device.tag}}' })), [
    'error variable-not-here PayloadIdentifier',
  ])
  t.deepEqual(
    at(aProfile([wifi({ PayloadIdentifier: 'se.{{device.tag}}', EncryptionType: '{{person.name}}' })])),
    [
      'error variable-not-here PayloadContent.0.PayloadIdentifier',
      'error variable-not-here PayloadContent.0.EncryptionType',
    ],
  )
  t.deepEqual(at(aProfile([wifi({ PayloadType: 'com.apple.{{body.name}}' })])), [
    'error variable-not-here PayloadContent.0.PayloadType',
  ])
  t.deepEqual(at(aProfile([wifi({ PayloadDisplayName: 'Nät för {{device.tag}}' })])), [])
})

test('a network without a name, or with a password for one time, is none that an iPad joins by itself', t => {
  const bound = restrictions({ forceWiFiToAllowedNetworksOnly: true })
  const codes = (content: PlistDictionary) =>
    found(validateProfile(aProfile([wifi(content), bound]), context())).filter(each =>
      /unreachable-network|missing-here/.test(each),
    )
  t.deepEqual(codes({}), [])
  t.deepEqual(codes({ SSID_STR: ' ' }), [
    'error missing-here PayloadContent.0.SSID_STR',
    'error unreachable-network PayloadContent.0.SSID_STR',
  ])
  const signIn = {
    AcceptEAPTypes: [25],
    UserName: 'ipad',
    UserPassword: 'vinterdäck',
    TLSTrustedServerNames: ['radius.example.se'],
  }
  const eap = (more: PlistDictionary) => ({
    EncryptionType: 'WPA2',
    EAPClientConfiguration: { ...signIn, ...more },
  })
  t.deepEqual(codes(eap({})), [])
  for (const more of [{ OneTimeUserPassword: true }, { TLSTrustedServerNames: [''] }])
    t.deepEqual(
      codes(eap(more)),
      ['error unreachable-network PayloadContent.0.SSID_STR'],
      JSON.stringify(more),
    )
})

const lockedCode = restrictions({ allowPasscodeModification: false })
for (const demand of [
  { minLength: 8 },
  { minComplexChars: 1 },
  { requireAlphanumeric: true },
  { allowSimple: false },
])
  test(`a stronger passcode (${Object.keys(demand).join()}) that nobody may choose is a loop`, t => {
    const findings = validateProfile(aProfile([passcode(demand), lockedCode]), context())
    t.true(found(findings).includes(`error passcode-loop PayloadContent.0.${Object.keys(demand).join()}`))
  })

for (const kind of [2, 3, 4, 5, 6])
  test(
    `a profile for devices of kind ${kind} is for no iPad`,
    finds,
    aProfile([wifi()], { TargetDeviceType: kind }),
    ['error not-allowed TargetDeviceType'],
  )

test('a profile that is over before it comes is an error', t => {
  const over = (changes: PlistDictionary) =>
    found(validateProfile(aProfile([passcode({})], changes), context()))
  const past = new Date('2026-11-21T09:00:00Z')
  t.deepEqual(over({ RemovalDate: past }), ['error out-of-range RemovalDate'])
  t.deepEqual(over({ PayloadExpirationDate: past }), ['warning out-of-range PayloadExpirationDate'])
  t.deepEqual(over({ DurationUntilRemoval: -1 }), ['error out-of-range DurationUntilRemoval'])
  t.deepEqual(over({ RemovalDate: new Date('2026-12-24T09:00:00Z'), DurationUntilRemoval: 86_400 }), [])
})

test('a single-app mode without an app is an error', t => {
  const lock = { PayloadType: 'com.apple.app.lock', App: { Identifier: ' ' } }
  t.true(
    found(validateProfile(aProfile([lock]), context())).includes(
      'error no-apps PayloadContent.0.App.Identifier',
    ),
  )
})

const eap = (signIn: PlistDictionary, more: PlistDictionary = {}): Content => ({
  PayloadType: 'com.apple.wifi.managed',
  SSID_STR: 'Ekeby',
  EncryptionType: 'WPA2',
  EAPClientConfiguration: { TLSTrustedServerNames: ['radius.example.se'], ...signIn },
  ...more,
})
const wired = (signIn: PlistDictionary): Content => ({
  ...eap(signIn),
  PayloadType: 'com.apple.globalethernet.managed',
})
const certificateOf = (severity: string) => [
  `${severity} missing-here PayloadContent.0.PayloadCertificateUUID`,
]
test('EAP-TLS signs in with a certificate', t => {
  const judged = (part: Content) => found(validateProfile(aProfile([part, identity]), context()))
  for (const network of [eap, wired]) {
    t.deepEqual(judged(network({ AcceptEAPTypes: [13] })), certificateOf('error'))
    t.deepEqual(judged(network({ AcceptEAPTypes: [13, 25] })), certificateOf('warning'))
    t.deepEqual(
      judged(network({ AcceptEAPTypes: [21], TLSCertificateIsRequired: true })),
      certificateOf('error'),
    )
    t.deepEqual(judged(network({ AcceptEAPTypes: [13], TLSCertificateIsRequired: false })), [])
    t.deepEqual(judged(network({ AcceptEAPTypes: [25] })), [])
  }
  const chosen = { PayloadCertificateUUID: '00000000-0000-4000-8000-000000000003' }
  t.deepEqual(judged(eap({ AcceptEAPTypes: [13] }, chosen)), [])
  t.deepEqual(
    judged(eap({ AcceptEAPTypes: [13] }, { PayloadCertificateUUID: '' })).slice(-1),
    certificateOf('error'),
  )
})
test(
  'a wired network asks about its server as well',
  finds,
  aProfile([wired({ AcceptEAPTypes: [25], TLSTrustedServerNames: [] })]),
  ['warning may-strand PayloadContent.0.EAPClientConfiguration.TLSTrustedServerNames'],
)

for (const [on, needed] of [
  ['SMIMESigningEnabled', 'SMIMESigningCertificateUUID'],
  ['SMIMEEncryptByDefault', 'SMIMEEncryptionCertificateUUID'],
] as const)
  test(`${on} wants a certificate, unless the user chooses one`, t => {
    const judged = (content: PlistDictionary) =>
      found(validateProfile(aProfile([mail({ [on]: true, ...content }), identity]), context()))
    t.deepEqual(judged({}), [`warning missing-here PayloadContent.0.${needed}`])
    t.deepEqual(judged({ [on]: false }), [])
    t.deepEqual(judged({ [`${needed}UserOverrideable`]: true }), [])
    t.deepEqual(judged({ [needed]: '00000000-0000-4000-8000-000000000003' }), [])
  })

test('a VPN that signs in with a certificate is told to have one', t => {
  const tunnel = (more: PlistDictionary): Content => ({
    PayloadType: 'com.apple.vpn.managed',
    VPNType: 'IKEv2',
    UserDefinedName: 'Kommunens nät',
    IKEv2: {
      RemoteAddress: 'vpn.example.se',
      RemoteIdentifier: 'vpn.example.se',
      LocalIdentifier: '{{person.email}}',
      AuthenticationMethod: 'Certificate',
      ...more,
    },
  })
  const judged = (more: PlistDictionary) =>
    found(validateProfile(aProfile([tunnel(more), identity]), context()))
  t.deepEqual(judged({}), ['error missing-here PayloadContent.0.IKEv2.PayloadCertificateUUID'])
  t.deepEqual(judged({ PayloadCertificateUUID: '00000000-0000-4000-8000-000000000003' }), [])
})

test('a VPN for some apps and a wired network are judged by the keys of a VPN and of Wi-Fi', t => {
  const judged = (part: Content) => found(validateProfile(aProfile([part]), context()))
  const appLayer = {
    PayloadType: 'com.apple.vpn.managed.applayer',
    VPNUUID: 'a',
    UserDefinedName: 'Handlingar',
    VPNType: 'IKEv2',
  }
  t.deepEqual(judged(appLayer), ['error missing-here PayloadContent.0.IKEv2'])
  t.deepEqual(
    judged({
      ...appLayer,
      IKEv2: {
        RemoteAddress: 'vpn.example.se',
        RemoteIdentifier: 'vpn.example.se',
        LocalIdentifier: 'ipad',
        AuthenticationMethod: 'Certificate',
        PayloadCertificateUUID: same,
      },
      SafariDomains: ['handlingar.example.se'],
    }),
    ['error no-such-payload PayloadContent.0.IKEv2.PayloadCertificateUUID'],
  )
  t.deepEqual(
    judged({ ...wired({ AcceptEAPTypes: [99] }), PayloadCertificateUUID: same, ProxyType: 'Manual' }),
    [
      'error not-allowed PayloadContent.0.EAPClientConfiguration.AcceptEAPTypes.0',
      'error missing-here PayloadContent.0.ProxyServer',
      'error missing-here PayloadContent.0.ProxyServerPort',
      'error no-such-payload PayloadContent.0.PayloadCertificateUUID',
    ],
  )
})

const appVpn = (VPNUUID: string): Content => ({ PayloadType: 'com.apple.vpn.managed.applayer', VPNUUID })
test('an account goes through a VPN that is there, in whatever letters, or perhaps in another profile', t => {
  const judged = (...parts: Content[]) =>
    found(validateProfile(aProfile(parts), context())).filter(each => each.includes('VPNUUID'))
  const account = mail({ VPNUUID: 'aB' })
  t.deepEqual(judged(account), ['warning no-such-payload PayloadContent.0.VPNUUID'])
  t.deepEqual(judged(account, appVpn('Ab')), [])
  t.deepEqual(judged(mail({ VPNUUID: '' })), [])
  t.deepEqual(judged(appVpn('ab'), appVpn('AB'), account), ['error same-uuid PayloadContent.1.VPNUUID'])
  const calendar = { PayloadType: 'com.apple.caldav.account', VPNUUID: 'x', CalDAVHostName: 'a.example.se' }
  t.deepEqual(judged(calendar), ['warning no-such-payload PayloadContent.0.VPNUUID'])
})

test('one network or one web clip twice is told, and a hidden network without a name is none', t => {
  const clip = (URL: string) => ({ PayloadType: 'com.apple.webClip.managed', Label: 'Hjälp', URL })
  const judged = (...parts: Content[]) => found(validateProfile(aProfile(parts), context()))
  t.deepEqual(judged(wifi(), wifi({ SSID_STR: 'ekeby' })), [])
  t.deepEqual(judged(wifi(), passcode({}), wifi(), wifi()), [
    'warning twice PayloadContent.2.SSID_STR',
    'warning twice PayloadContent.3.SSID_STR',
  ])
  const passpoint = wifi({ DomainName: 'roaming.example.se', SSID_STR: '' })
  t.deepEqual(judged(passpoint, passpoint), [])
  t.deepEqual(judged(clip('https://a.example.se/'), clip('https://b.example.se/')), [])
  t.deepEqual(judged(clip('https://a.example.se/'), clip('https://a.example.se/')), [
    'warning twice PayloadContent.1.URL',
  ])
})

test('an app or a web clip lies once on the Home Screen, in Dock, page or folder, and a clip has its part', t => {
  const app = (BundleID: string) => ({ Type: 'Application', BundleID })
  const clip = { Type: 'WebClip', URL: 'https://a.example.se/' }
  const folder = (...icons: PlistDictionary[]) => ({ Type: 'Folder', DisplayName: 'Möten', Pages: [icons] })
  const layout = (Dock: PlistDictionary[], ...Pages: PlistDictionary[][]): Content => ({
    PayloadType: 'com.apple.homescreenlayout',
    Dock,
    Pages,
  })
  const clipPart = { PayloadType: 'com.apple.webClip.managed', Label: 'Hjälp', URL: clip.URL }
  const findings = validateProfile(
    aProfile([
      layout(
        [app('se.example.a'), folder(app('se.example.b'))],
        [app('SE.example.A'), clip],
        [folder(app('se.example.b'), app('se.example.c')), clip],
      ),
      clipPart,
    ]),
    context(),
  )
  t.deepEqual(found(findings), [
    'warning twice PayloadContent.0.Pages.0.0.BundleID',
    'warning twice PayloadContent.0.Pages.1.0.Pages.0.0.BundleID',
    'warning twice PayloadContent.0.Pages.1.1.URL',
  ])
  t.deepEqual(
    findings.map(({ words: [sv] }) => /redan (.*?)\./.exec(sv)?.[1]),
    ['i dockan', 'i mappen Möten', 'på sida 1'],
  )
  const alone = found(validateProfile(aProfile([layout([], [clip, clip])]), context()))
  t.deepEqual(alone, [
    'warning no-such-payload PayloadContent.0.Pages.0.0.URL',
    'warning twice PayloadContent.0.Pages.0.1.URL',
  ])
})
