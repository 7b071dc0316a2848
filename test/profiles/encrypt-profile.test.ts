import { randomBytes } from 'node:crypto'
import test from 'ava'
import { encryptProfile } from '../../profiles/encrypt-profile.ts'
import { holdsSecrets, mask, maskSecrets, secretPlaces } from '../../profiles/secrets.ts'
import { type PlistDictionary, type PlistValue } from '../../profiles/plist/plist-value.ts'
import { placeText } from '../../profiles/validation/finding.ts'
import { readPlist } from '../../profiles/plist/read-plist.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { anAuthority, aDeviceSigner } from '../support/a-signer.ts'
import { ecKey, rsaKey } from '../support/keys.ts'
import { aFolder, hasTool, runTool } from '../support/tools.ts'

const { issuing } = anAuthority()
const ipad = aDeviceSigner(issuing)

const profile = {
  PayloadType: 'Configuration',
  PayloadContent: [
    { PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Ekeby', Password: 'vinterdäck' },
    { PayloadType: 'com.apple.security.pkcs12', PayloadContent: Buffer.from('p12'), Password: '' },
    { PayloadType: 'com.apple.airplay', Passwords: [{ DeviceName: 'Sal A', Password: '1234' }] },
    { PayloadType: 'com.example.unknown', ApiSecret: 'abc', Deep: [{ password: 'def' }], Note: 'open' },
  ],
}

test('secrets are found in what the catalogue knows and, by name, in what it does not', t => {
  t.deepEqual(secretPlaces(profile).map(placeText), [
    'PayloadContent.0.Password',
    'PayloadContent.1.PayloadContent',
    'PayloadContent.2.Passwords.0.Password',
    'PayloadContent.3.ApiSecret',
    'PayloadContent.3.Deep.0.password',
  ])
  t.true(holdsSecrets(profile))
  t.false(
    holdsSecrets({
      PayloadContent: [{ PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Ekeby', Password: '' }],
    }),
  )
})

test('secrets are found whatever shape the profile has that somebody sends', t => {
  const places = (content: PlistValue, more: PlistDictionary = {}) =>
    secretPlaces({ PayloadType: 'Configuration', ...more, PayloadContent: content }).map(placeText)
  const wifi = { PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Ekeby', Password: 'vinterdäck' }
  t.deepEqual(places(wifi), ['PayloadContent.Password'])
  t.deepEqual(places([[wifi]]), ['PayloadContent.0.0.Password'])
  t.deepEqual(places([], { Inner: { Password: 'x' } }), ['Inner.Password'])
  t.deepEqual(places([{ ...wifi, Password: ['a', { Any: 'b' }] }]), [
    'PayloadContent.0.Password.0',
    'PayloadContent.0.Password.1.Any',
  ])
  t.deepEqual(places([{ ...wifi, Password: 12345678 }]), ['PayloadContent.0.Password'])
  const unknown = {
    PreSharedKey: 'a',
    Token: 'b',
    ApiKey: 'c',
    PIN: 1234,
    PayloadContent: Buffer.from('p12'),
  }
  t.deepEqual(
    places([{ PayloadType: 'com.apple.security.pkcs21', ...unknown }]),
    Object.keys(unknown).map(name => `PayloadContent.0.${name}`),
  )
  t.deepEqual(
    places([{ PayloadType: 'com.example.open', UsePasscode: true, PublicKey: 'x', Origin: 'y' }]),
    [],
  )
  const shown = JSON.stringify(maskSecrets({ PayloadContent: [[wifi]], Sub: [{ Secret: 'dold' }] }))
  t.false(/vinterdäck|dold/.test(shown), shown)
  t.true(shown.includes('Ekeby'))
})

test('header fields of a relay, passwords in addresses and Swedish names are secrets too', t => {
  const places = (part: PlistDictionary) => secretPlaces({ PayloadContent: [part] }).map(placeText)
  const relay = {
    HTTP2RelayURL: 'https://relay.example.se',
    AdditionalHTTPHeaderFields: { Authorization: 'x' },
  }
  t.deepEqual(places({ PayloadType: 'com.apple.relay.managed', Relays: [relay] }), [
    'PayloadContent.0.Relays.0.AdditionalHTTPHeaderFields.Authorization',
  ])
  const clip = { PayloadType: 'com.apple.webClip.managed', Label: 'Papper' }
  t.deepEqual(places({ ...clip, URL: 'https://namn:hemligt@papper.example.se/' }), ['PayloadContent.0.URL'])
  t.deepEqual(places({ ...clip, URL: 'https://papper.example.se:8443/a@b:c' }), [])
  t.deepEqual(
    places({
      PayloadType: 'com.example.open',
      Lösenord: 'x',
      pinKod: 'y',
      EnrollmentCode: 'z',
      Postkod: 'öppen',
    }),
    ['Lösenord', 'pinKod', 'EnrollmentCode'].map(name => `PayloadContent.0.${name}`),
  )
})

test('a masked profile shows everything but the secrets, and leaves the profile as it was', t => {
  const text = Buffer.from(writePlist(maskSecrets(profile))).toString()
  for (const secret of ['vinterdäck', '1234', 'abc', 'def', Buffer.from('p12').toString('base64')])
    t.false(text.includes(secret), secret)
  for (const open of ['Ekeby', 'Sal A', 'open', mask]) t.true(text.includes(open), open)
  t.is(profile.PayloadContent[0]?.Password, 'vinterdäck')
})

test('openssl opens an encrypted profile with the key of its iPad, and with no other', async t => {
  if (!hasTool(t, 'openssl')) return
  const encrypted = encryptProfile(profile, ipad.certificate, randomBytes)
  t.false('PayloadContent' in encrypted)
  t.is(encrypted['IsEncrypted'], true)
  t.false(Buffer.from(writePlist(encrypted)).includes('Ekeby'))
  const other = aDeviceSigner(issuing, 'DMPX00000002', rsaKey('DMPX00000002'))
  const folder = await aFolder(t, {
    'content.der': encrypted['EncryptedPayloadContent'] as Uint8Array,
    'ipad.pem': ipad.certificate.toString(),
    'ipad.key': ipad.key.export({ type: 'pkcs8', format: 'pem' }),
    'other.pem': other.certificate.toString(),
    'other.key': other.key.export({ type: 'pkcs8', format: 'pem' }),
  })
  const open = (who: string) =>
    runTool(folder, 'openssl', [
      'cms',
      '-decrypt',
      '-inform',
      'der',
      '-in',
      'content.der',
      '-recip',
      `${who}.pem`,
      '-inkey',
      `${who}.key`,
    ])
  const opened = await open('ipad')
  t.is(opened.code, 0, opened.stderr)
  t.deepEqual(
    readPlist(opened.stdout, { bytes: 100_000, values: 1000 }),
    readPlist(writePlist(profile.PayloadContent), { bytes: 100_000, values: 1000 }),
  )
  const refused = await open('other')
  t.false(refused.code === 0 && refused.stdout.includes('Ekeby'))
  const printed = await runTool(folder, 'openssl', [
    'cms',
    '-cmsout',
    '-print',
    '-inform',
    'der',
    '-in',
    'content.der',
  ])
  t.regex(printed.stdout.toString(), /aes-256-cbc/)
})

test('an iPad whose key is not RSA is refused, not sent an open profile', t => {
  const elliptic = aDeviceSigner(issuing, 'DMPX00000003', ecKey('DMPX00000003'))
  t.throws(() => encryptProfile(profile, elliptic.certificate, randomBytes), { message: /no RSA key/ })
})
