import { generateKeyPairSync } from 'node:crypto'
import test from 'ava'
import forge from 'node-forge'
import { roundsIn } from '../../../mdm/certificates/pkcs12.ts'
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

test('a password that would be tried for hours is not tried, however its rounds are written', t => {
  const asn1 = () => forge.asn1.fromDer(Buffer.from(file).toString('latin1'))
  const spoilt = (change: (parts: forge.asn1.Asn1[]) => void) => {
    const whole = asn1()
    change(whole.value as forge.asn1.Asn1[])
    return Buffer.from(forge.asn1.toDer(whole).getBytes(), 'latin1')
  }
  const many = Buffer.from('0000000000800000', 'hex').toString('latin1')
  // The check of the whole file stands last, its rounds last in it.
  const long = spoilt(parts => {
    const check = parts.at(-1)?.value as forge.asn1.Asn1[]
    const rounds = check.at(-1)
    if (rounds) rounds.value = many
  })
  t.is(roundsIn(long), Infinity)
  // What holds the keys, cut in two pieces: neither reads as anything by itself.
  const { Class, Type, create } = forge.asn1
  const text = (value: string) => create(Class.UNIVERSAL, Type.OCTETSTRING, false, value)
  const inPieces = spoilt(parts => {
    const holder = (parts[1]?.value as forge.asn1.Asn1[])[1]
    const bytes = (holder?.value as forge.asn1.Asn1[])[0]?.value as string
    const pieces = [text(bytes.slice(0, 50)), text(bytes.slice(50))]
    if (holder) holder.value = [create(Class.UNIVERSAL, Type.OCTETSTRING, true, pieces)]
  })
  t.is(roundsIn(inPieces), roundsIn(file))
  t.true(roundsIn(file) > 1000 && roundsIn(file) < 50_000, String(roundsIn(file)))
  t.deepEqual(found({ PayloadContent: long, Password: 'another' }), [])

  const part = { PayloadType: 'com.apple.security.pkcs12', PayloadContent: file, Password: 'another' }
  const all = pkcs12Findings({ PayloadContent: Array.from({ length: 200 }, () => part) }, ends)
  t.true(
    all.length > 0 && all.length * roundsIn(file) <= 100_000,
    'many identities in one profile share the bound',
  )
})
