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

test('files are told apart by their digest', t => {
  const icon = (bytes: string) =>
    profile([
      { PayloadType: 'com.apple.webClip.managed', PayloadIdentifier: 'x.clip', Icon: Buffer.from(bytes) },
    ])
  const [difference] = compareProfiles(icon('a'), icon('b'))
  t.regex(difference?.after ?? '', /^1 bytes, SHA-256 3e23e8160039594a…$/)
  t.deepEqual(compareProfiles(icon('a'), icon('a')), [])
})
