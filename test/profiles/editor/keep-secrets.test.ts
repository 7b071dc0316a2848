import test from 'ava'
import { keepSecretsOfProfile } from '../../../profiles/editor/keep-secrets.ts'
import { type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { mask, maskSecrets } from '../../../profiles/secrets.ts'

const wifi = (uuid: string, Password: string) => ({
  PayloadType: 'com.apple.wifi.managed',
  PayloadUUID: uuid,
  SSID_STR: uuid,
  Password,
})
const cellular = (APNs: readonly PlistDictionary[]): PlistDictionary => ({
  PayloadType: 'com.apple.cellular',
  PayloadUUID: 'C',
  APNs,
})
const profile = (...parts: readonly PlistDictionary[]): PlistDictionary => ({
  PayloadType: 'Configuration',
  PayloadContent: parts,
})
const partsOf = (value: PlistDictionary) => value['PayloadContent'] as readonly PlistDictionary[]

test('parts that were moved keep their own secrets', t => {
  const before = profile(wifi('A', 'of A'), wifi('B', 'of B'))
  const shown = maskSecrets(before)
  t.false(JSON.stringify(shown).includes('of A'))
  const { value, lost } = keepSecretsOfProfile(profile(...partsOf(shown).toReversed()), before)
  t.deepEqual(lost, [])
  t.deepEqual(
    partsOf(value).map(part => [part['SSID_STR'], part['Password']]),
    [
      ['B', 'of B'],
      ['A', 'of A'],
    ],
  )
})

test('items of a list keep their own secrets when one is taken away, and none gets that of another', t => {
  const before = profile(
    cellular([
      { Name: 'one', Password: 'of one' },
      { Name: 'two', Password: 'of two' },
    ]),
  )
  const [part] = partsOf(maskSecrets(before))
  const [, two] = part?.['APNs'] as readonly PlistDictionary[]
  const left = keepSecretsOfProfile(profile(cellular([two ?? {}])), before)
  t.deepEqual(left.lost, [])
  t.deepEqual(partsOf(left.value)[0]?.['APNs'] as unknown, [{ Name: 'two', Password: 'of two' }])
  const renamed = keepSecretsOfProfile(profile(cellular([{ Name: 'three', Password: mask }])), before)
  t.is(renamed.lost.length, 1, 'nobody can tell whose secret it was')
})

test('a secret does not come back where it would be seen', t => {
  const p12 = { PayloadUUID: 'P', PayloadContent: Buffer.from('an identity'), Password: 'of the file' }
  const vpn = { PayloadUUID: 'V', VPNType: 'IKEv2', IKEv2: { PPK: 'shared', AuthenticationMethod: 'None' } }
  const exchange = { PayloadUUID: 'E', Certificate: Buffer.from('an identity') }
  for (const [part, type, other] of [
    [p12, 'com.apple.security.pkcs12', 'com.apple.security.root'],
    [vpn, 'com.apple.vpn.managed', 'x.y'],
    [exchange, 'com.apple.eas.account', 'com.apple.webClip.managed'],
  ] as const) {
    const before = profile({ ...part, PayloadType: type })
    const [shown = {}] = partsOf(maskSecrets(before))
    t.true(JSON.stringify(shown).includes(mask), type)
    t.deepEqual(keepSecretsOfProfile(profile(shown), before).lost, [], type)
    t.not(keepSecretsOfProfile(profile({ ...shown, PayloadType: other }), before).lost.length, 0, other)
  }
})

test('a mask where nothing was is told', t => {
  const { lost } = keepSecretsOfProfile(profile(wifi('A', mask)), profile())
  t.deepEqual(lost, [['PayloadContent', 0, 'Password']])
})
