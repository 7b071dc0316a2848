import { generateKeyPairSync } from 'node:crypto'
import test from 'ava'
import forge from 'node-forge'
import { type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { placeText } from '../../../profiles/validation/finding.ts'
import { pkcs12Findings } from '../../../server/profiles/pkcs12-findings.ts'
import { readSigningIdentity } from '../../../server/signing/signing-identity.ts'
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

const manyRounds = Buffer.from('0000000000800000', 'hex').toString('latin1')

test('a password that would be tried for hours is not tried, wherever its rounds stand', t => {
  const whole = forge.asn1.fromDer(Buffer.from(file).toString('latin1'))
  // The check of the whole file stands last, its rounds last in it.
  const check = (whole.value as forge.asn1.Asn1[]).at(-1)?.value as forge.asn1.Asn1[]
  const rounds = check.at(-1)
  if (rounds) rounds.value = manyRounds
  const long = Buffer.from(forge.asn1.toDer(whole).getBytes(), 'latin1')
  for (const each of [long, hiding(key.export({ type: 'pkcs8', format: 'der' }))]) {
    t.deepEqual(found({ PayloadContent: each, Password: filePassword }), [])
    t.like(
      t.throws(() => readSigningIdentity({ file: each, password: filePassword }, new Date(0), [])),
      { code: 'signing-rounds' },
    )
  }

  const part = { PayloadType: 'com.apple.security.pkcs12', PayloadContent: file, Password: 'another' }
  const all = pkcs12Findings({ PayloadContent: Array.from({ length: 200 }, () => part) }, ends)
  t.true(all.length > 1 && all.length < 100, `many identities in one profile share the bound: ${all.length}`)
})

/** An identity whose key has many rounds, and lies inside something that its password opens with few. */
function hiding(secret: Buffer): Uint8Array {
  const { asn1, pki } = forge
  const { Class, Type } = asn1
  const oids: Readonly<Record<string, string>> = pki.oids
  const some = (type: forge.asn1.Type, value: forge.asn1.Asn1[]) =>
    asn1.create(Class.UNIVERSAL, type, true, value)
  const list = (...value: forge.asn1.Asn1[]) => some(Type.SEQUENCE, value)
  const within = (...value: forge.asn1.Asn1[]) => asn1.create(Class.CONTEXT_SPECIFIC, Type.NONE, true, value)
  const name = (which: string) =>
    asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(oids[which] ?? '').getBytes())
  const number = (value: number) =>
    asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes())
  const octets = (value: forge.asn1.Asn1) =>
    asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, asn1.toDer(value).getBytes())
  const sealed = (content: forge.asn1.Asn1) =>
    pki.encryptPrivateKeyInfo(content, filePassword, { algorithm: '3des', count: 100 })
      .value as forge.asn1.Asn1[]

  const [method, sealedKey] = sealed(asn1.fromDer(secret.toString('latin1')))
  const parameters = (method?.value as forge.asn1.Asn1[])[1]?.value as forge.asn1.Asn1[]
  if (method === undefined || sealedKey === undefined || parameters[1] === undefined) throw new Error()
  parameters[1].value = manyRounds
  const [outer, content] = sealed(list(list(name('pkcs8ShroudedKeyBag'), within(list(method, sealedKey)))))
  if (outer === undefined || content === undefined) throw new Error()
  const text = asn1.create(Class.CONTEXT_SPECIFIC, Type.NONE, false, content.value)
  const encrypted = list(name('encryptedData'), within(list(number(0), list(name('data'), outer, text))))
  const pfx = list(number(3), list(name('data'), within(octets(list(encrypted)))))
  return Buffer.from(asn1.toDer(pfx).getBytes(), 'latin1')
}
