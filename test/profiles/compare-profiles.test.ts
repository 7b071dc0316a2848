import test from 'ava'
import { compareProfiles } from '../../profiles/compare-profiles.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'

const profile = (parts: readonly PlistDictionary[], changes: PlistDictionary = {}): PlistDictionary => ({
  PayloadType: 'Configuration',
  PayloadUUID: 'A',
  PayloadContent: parts,
  ...changes,
})
const wifi = (content: PlistDictionary): PlistDictionary => ({
  PayloadType: 'com.apple.wifi.managed',
  PayloadIdentifier: 'x.wifi',
  PayloadUUID: 'B',
  ...content,
})

test('profiles that differ in UUIDs and order of parts alone do not differ', t => {
  const passcode = {
    PayloadType: 'com.apple.mobiledevice.passwordpolicy',
    PayloadIdentifier: 'x.code',
    PayloadUUID: 'C',
  }
  const before = profile([wifi({ SSID_STR: 'Ekeby' }), passcode])
  const after = profile([passcode, wifi({ SSID_STR: 'Ekeby', PayloadUUID: 'D' })], { PayloadUUID: 'E' })
  t.deepEqual(compareProfiles(before, after), [])
})

test('parts that came and went are named, and values are shown with their keys', t => {
  const before = profile([wifi({ TLSTrusted: ['a', 'b'] })], { PayloadDisplayName: 'Ett' })
  const after = profile(
    [wifi({ TLSTrusted: ['a'] }), { PayloadType: 'com.apple.font', PayloadIdentifier: 'x.font' }],
    {
      PayloadDisplayName: 'Två',
    },
  )
  t.deepEqual(
    compareProfiles(before, after).map(({ change, part, path, before: old, after: recent }) => [
      change,
      part?.title[1],
      path.join('.'),
      old,
      recent,
    ]),
    [
      ['changed', undefined, 'PayloadDisplayName', 'Ett', 'Två'],
      ['removed', 'Wi-Fi', 'TLSTrusted.1', 'b', undefined],
      ['added', 'Font', '', undefined, undefined],
    ],
  )
})

test('a secret that is changed, added or removed is never shown, however deep it lies', t => {
  const inside = (password: string) =>
    wifi({ EAPClientConfiguration: { AcceptEAPTypes: [25], UserPassword: password } })
  for (const [before, after] of [
    [profile([inside('hemligt')]), profile([inside('annat')])],
    [profile([wifi({})]), profile([inside('hemligt')])],
    [profile([inside('hemligt')]), profile([wifi({})])],
    // Where no profile has a password.
    [profile([], { UserPassword: 'hemligt' }), profile([], { UserPassword: 'annat' })],
    [profile([wifi({ Password: { UserPassword: 'hemligt' } })]), profile([wifi({ Password: 'annat' })])],
  ] as const) {
    const differences = compareProfiles(before, after)
    t.true(differences.some(({ path }) => String(path.at(-1)).endsWith('Password')))
    t.false(/hemligt|annat/.test(JSON.stringify(differences)))
  }
})

const told = (before: PlistDictionary, after: PlistDictionary) =>
  compareProfiles(profile([before]), profile([after])).map(({ change, path, before: old, after: recent }) =>
    [change, path.join('.'), old ?? '', recent ?? ''].join(' ').trimEnd(),
  )

test('one more in a list is one more, wherever it stands', t => {
  const apps = (...names: string[]) => wifi({ Apps: names })
  t.deepEqual(told(apps('a', 'b', 'c'), apps('x', 'a', 'b', 'c')), ['added Apps.0  x'])
  t.deepEqual(told(apps('a', 'b', 'c'), apps('b', 'c')), ['removed Apps.0 a'])
  t.deepEqual(told(apps('a', 'b'), apps('a', 'x')), ['changed Apps.1 b x'])
  t.deepEqual(told(apps('a', 'a'), apps('a')), ['removed Apps.1 a'], 'twice is not once')
  t.deepEqual(told(apps('a', 'b'), apps('b', 'a')), ['reordered Apps'])
  t.deepEqual(told(wifi({ Numbers: [1] }), wifi({ Numbers: ['1', 1] })), ['added Numbers.0  1'])
})

test('items of a list are known by what names them', t => {
  const app = (BundleID: string, more: PlistDictionary = {}) => ({ Type: 'Application', BundleID, ...more })
  const dock = (...items: PlistDictionary[]) => wifi({ Dock: items })
  t.deepEqual(
    told(dock(app('mail'), app('notes')), dock(app('papers'), app('mail'), app('notes', { Folder: 'A' }))),
    ['added Dock.2.Folder  A', 'added Dock.0.Type  Application', 'added Dock.0.BundleID  papers'],
  )
  t.deepEqual(told(dock({ Type: 'Folder', Size: 1 }), dock({ Type: 'Folder', Size: 2 })), [
    'changed Dock.0.Size 1 2',
  ])
})

test('a secret that moved with its item is never shown', t => {
  const servers = (...items: PlistDictionary[]) => wifi({ Servers: items })
  const [difference, ...more] = compareProfiles(
    profile([servers({ Name: 'a', Password: 'hemligt' }, { Name: 'b' })]),
    profile([servers({ Name: 'b' }, { Name: 'a', Password: 'annat' })]),
  )
  t.is(difference?.change, 'reordered')
  t.deepEqual(
    more.map(({ path }) => path.join('.')),
    ['Servers.1.Password'],
  )
  t.notRegex(JSON.stringify(more), /hemligt|annat/)
})

test('files are told apart by their digest', t => {
  const icon = (bytes: string) =>
    profile([
      { PayloadType: 'com.apple.webClip.managed', PayloadIdentifier: 'x.clip', Icon: Buffer.from(bytes) },
    ])
  const [difference] = compareProfiles(icon('a'), icon('b'))
  t.regex(difference?.after ?? '', /^1 bytes, SHA-256 3e23e8160039594a…$/)
  t.deepEqual(compareProfiles(icon('a'), icon('a')), [])
})

test('long lists are compared: equal items one by one, and what shares nothing by its place', t => {
  const listOf = (apps: string[]) => ({
    PayloadType: 'Configuration',
    PayloadContent: [
      { PayloadType: 'com.apple.applicationaccess', PayloadIdentifier: 'x', blockedAppBundleIDs: apps },
    ],
  })
  const equal = listOf(Array.from({ length: 20_000 }, () => 'a'))
  t.deepEqual(compareProfiles(equal, equal), [])
  const named = (letter: string, length: number) =>
    listOf(Array.from({ length }, (_, index) => `${letter}${index}`))
  const changes = compareProfiles(named('a', 600), named('b', 601)).map(({ change }) => change)
  t.deepEqual(
    [changes.filter(each => each === 'changed').length, changes.filter(each => each === 'added').length],
    [600, 1],
  )
})
