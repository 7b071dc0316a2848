import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { isIssuedBy, isValidAt, SignatureError, verifyMdmSignature } from '../../mdm/device-identity.ts'
import { signData } from '../../profiles/cms/sign-data.ts'
import { aDeviceSigner, anAuthority, aSelfSigner, today } from '../support/a-signer.ts'
import { flipped, toIndefinite } from '../support/ber.ts'
import { ecKey, rsaKey } from '../support/keys.ts'
import { beside } from '../support/beside.ts'

const body = Buffer.from('<plist><dict><key>Status</key><string>Idle</string></dict></plist>')
const { root, issuing } = anAuthority()
const ipad = aDeviceSigner(issuing)

const header = (attributes: readonly [] | 'none' = [], at: Date = today, signer = ipad): string =>
  signData(body, signer, { digest: 'sha256', content: 'detached', attributes, signingTime: at }).toString(
    'base64',
  )

const refused = test.macro({
  exec(t, value: string | undefined, fault: SignatureError['fault']) {
    const error = t.throws(() => verifyMdmSignature(value, body), { instanceOf: SignatureError })
    t.is(error.fault, fault)
  },
  title: (name = '') => `${name} is refused`,
})

test('a missing header', refused, undefined, 'header-missing')
test('an empty header', refused, '', 'header-missing')
test('a header that is not base64', refused, '<script>', 'header-form')
test('a header of base64url', refused, 'a-_b', 'header-form')
test('a header of 100,000 characters', refused, 'A'.repeat(100_000), 'header-form')
test('base64 of something else', refused, Buffer.from('hello').toString('base64'), 'signature')
test('the signature of another body', refused, signatureOf(Buffer.from('other')), 'signature')

function signatureOf(other: Uint8Array): string {
  return signData(other, ipad, {
    digest: 'sha256',
    content: 'detached',
    attributes: [],
    signingTime: today,
  }).toString('base64')
}

test('a signed message names its certificate, with and without signed attributes', t => {
  for (const attributes of [[], 'none'] as const) {
    const { certificate, fingerprint } = verifyMdmSignature(header(attributes), body)
    t.deepEqual(certificate.raw, ipad.certificate.raw)
    t.is(fingerprint, ipad.certificate.fingerprint256.replaceAll(':', '').toLowerCase())
  }
})

test('a header may be wrapped into lines', t => {
  t.notThrows(() => verifyMdmSignature(header().replace(/(.{64})/g, '$1\r\n\t'), body))
})

test('a header made to be slow is refused at once', t => {
  const started = performance.now()
  for (const value of [
    ' '.repeat(65_000) + '!',
    'A '.repeat(32_000) + '!',
    '='.repeat(65_000),
    ' '.repeat(65_000),
  ]) {
    t.throws(() => verifyMdmSignature(value, body), { instanceOf: SignatureError })
  }
  t.true(performance.now() - started < 1_000)
})

test('a signing time that is wrong by hours does not strand an iPad', t => {
  for (const hours of [-48, -1, 1, 48]) {
    t.notThrows(() => verifyMdmSignature(header([], new Date(today.getTime() + hours * 3_600_000)), body))
  }
})

test('the form that iPads send is read: BER, SHA-1, no attributes, an empty subject', t => {
  const nameless = aSelfSigner(rsaKey('nameless'))
  const der = signData(body, nameless, {
    digest: 'sha1',
    content: 'detached',
    attributes: 'none',
    signingTime: today,
  })
  const ber = toIndefinite(der, element => Buffer.compare(element.bytes, nameless.certificate.raw) === 0)
  const { certificate } = verifyMdmSignature(ber.toString('base64'), body)
  t.is(certificate.subject, undefined as unknown as string)
  t.throws(() => verifyMdmSignature(ber.toString('base64'), flipped(body, 10)), {
    instanceOf: SignatureError,
  })
})

test('a P-256 key signs as well', t => {
  const device = aDeviceSigner(issuing, 'DMPX00000002', ecKey('ipad'))
  t.true(isIssuedBy(verifyMdmSignature(header([], today, device), body).certificate, issuing.certificate))
})

test('only a certificate that our authority signed is issued by it', t => {
  const stranger = anAuthority('stranger')
  t.true(isIssuedBy(ipad.certificate, issuing.certificate))
  t.false(isIssuedBy(ipad.certificate, root.certificate))
  t.false(isIssuedBy(ipad.certificate, stranger.issuing.certificate), 'same name, another key')
  t.false(isIssuedBy(aDeviceSigner(stranger.issuing).certificate, issuing.certificate))
  t.false(isIssuedBy(aSelfSigner(rsaKey('self')).certificate, issuing.certificate))
  t.true(isIssuedBy(ipad.certificate, issuing.certificate), 'asked again')
})

test('validity is judged with a tolerance at both ends', t => {
  const { certificate } = ipad
  const tenMinutesBefore = new Date(certificate.validFromDate.getTime() - 600_000)
  const tenMinutesAfter = new Date(certificate.validToDate.getTime() + 600_000)
  t.true(isValidAt(certificate, today, 0))
  t.true(isValidAt(certificate, tenMinutesBefore, 10))
  t.false(isValidAt(certificate, tenMinutesBefore, 9))
  t.true(isValidAt(certificate, tenMinutesAfter, 10))
  t.false(isValidAt(certificate, tenMinutesAfter, 9))
})

const theirs = beside('samples/mdm-signature')

theirs.test('a header that an iPad made is verified over the body it signed', t => {
  const value = readFileSync(join(theirs.path, 'header2.b64'), 'latin1')
  const sent = readFileSync(join(theirs.path, 'body2.plist'))
  const { certificate } = verifyMdmSignature(value, sent)
  t.true(certificate instanceof X509Certificate)
  t.false(isIssuedBy(certificate, issuing.certificate))
  for (let at = 0; at < sent.length; at += 7) {
    t.throws(() => verifyMdmSignature(value, flipped(sent, at)), { instanceOf: SignatureError })
  }
})
