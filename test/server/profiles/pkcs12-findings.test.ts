import { generateKeyPairSync } from 'node:crypto'
import test from 'ava'
import { type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { placeText } from '../../../profiles/validation/finding.ts'
import { pkcs12Findings } from '../../../server/profiles/pkcs12-findings.ts'
import { anAuthority } from '../../support/a-signer.ts'
import { rsaKey } from '../../support/keys.ts'
import { aSigningCertificate, filePassword, pkcs12Of } from '../../support/pkcs12.ts'

const ends = new Date('2027-06-01T00:00:00Z')
const key = rsaKey('an identity')
const certificate = aSigningCertificate(anAuthority().issuing, { key, from: new Date(0), to: ends })
const file = pkcs12Of(key, certificate)

const found = (content: Record<string, PlistValue>, now = new Date('2026-11-22T09:00:00Z')): string[] =>
  pkcs12Findings({ PayloadContent: [{ PayloadType: 'com.apple.security.pkcs12', ...content }] }, now).map(
    ({ severity, code, place }) => `${severity} ${code} ${placeText(place)}`,
  )

test('an identity that its password opens is sound until its certificate nears its end', t => {
  const sound = { PayloadContent: file, Password: filePassword }
  t.deepEqual(found(sound), [])
  t.deepEqual(found(sound, new Date('2027-05-01T00:00:00Z')), [
    'warning certificate-ends PayloadContent.0.PayloadContent',
  ])
  t.deepEqual(found(sound, ends), ['warning certificate-expired PayloadContent.0.PayloadContent'])
})

test('what is no identity, or does not open, is refused at its place', t => {
  const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  for (const bytes of [Buffer.from('x'), certificate.raw, other.export({ type: 'pkcs8', format: 'der' })])
    t.deepEqual(found({ PayloadContent: bytes }), ['error not-a-pkcs12 PayloadContent.0.PayloadContent'])
  t.deepEqual(found({ PayloadContent: file, Password: 'another' }), [
    'error wrong-password PayloadContent.0.Password',
  ])
})

test('what only the iPad can open is left to it', t => {
  t.deepEqual(found({ PayloadContent: file }), [])
  t.deepEqual(found({ PayloadContent: file, Password: '{{device.serial}}' }), [])
})

test('a password of endless rounds is not tried', t => {
  const rounds = Buffer.from([0x02, 0x04, 0x7f, 0xff, 0xff, 0xff])
  const head = Buffer.from('020103301806092a864886f70d010701a00b', 'hex')
  const body = Buffer.concat([
    head,
    Buffer.from('0409', 'hex'),
    Buffer.from('3007', 'hex'),
    rounds,
    Buffer.alloc(1),
  ])
  const endless = Buffer.concat([Buffer.from([0x30, body.length]), body])
  t.deepEqual(found({ PayloadContent: endless, Password: 'x' }), [])
})
