import { createPublicKey, randomBytes } from 'node:crypto'
import test from 'ava'
import {
  deviceSerialOf,
  issueDeviceCertificate,
  makeProfileSigner,
  nameOf,
} from '../../../mdm/certificates/authority.ts'
import { randomSerial } from '../../../mdm/certificates/certificate-writer.ts'
import { isIssuedBy } from '../../../mdm/device-identity.ts'
import { anAuthority, aSelfSigned, issuing, today } from '../../support/a-signer.ts'
import { ecKey, rsaKey } from '../../support/keys.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'

const ours = anAuthority()
const key = rsaKey('ipad')
const request = { serialNumber: 'DMPX00000001', publicKey: createPublicKey(key) }
const device = issueDeviceCertificate(ours.issuing, request, issuing)

test('a device certificate is valid from ten minutes ago for 730 days and serves client authentication only', t => {
  t.is(device.validFromDate.toISOString(), '2026-11-22T08:50:00.000Z')
  t.is(device.validToDate.toISOString(), '2028-11-21T09:00:00.000Z')
  t.deepEqual(device.keyUsage, ['1.3.6.1.5.5.7.3.2'])
  t.false(device.ca)
  t.true(device.checkPrivateKey(key))
  t.true(isIssuedBy(device, ours.issuing.certificate))
})

test('a device certificate vouches for the serial number, one without a name for none', t => {
  t.is(deviceSerialOf(device), 'DMPX00000001')
  t.is(deviceSerialOf(aSelfSigned(key)), undefined)
  t.is(
    deviceSerialOf(issueDeviceCertificate(ours.issuing, { ...request, serialNumber: 'ÅÄÖ,CN=x' }, issuing)),
    'ÅÄÖ,CN=x',
  )
})

test('two certificates for one key differ in their serial numbers', t => {
  t.not(issueDeviceCertificate(ours.issuing, request, issuing).serialNumber, device.serialNumber)
})

test('serial numbers are positive and 16 bytes long whatever the random bytes are', t => {
  for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
    const serial = randomSerial(count => Buffer.alloc(count, byte))
    t.is(serial.length, 16)
    t.true((serial[0] ?? 0) >= 0x40 && (serial[0] ?? 0) < 0x80)
  }
})

test('the issuing authority stands under the root and can issue no further authority', t => {
  t.true(isIssuedBy(ours.issuing.certificate, ours.root.certificate))
  t.true(isIssuedBy(ours.root.certificate, ours.root.certificate))
  t.true(ours.issuing.certificate.ca)
  t.deepEqual(nameOf(ours.issuing.certificate, 'issuer'), nameOf(ours.root.certificate, 'subject'))
})

test('openssl accepts every certificate strictly, and a device certificate for no server', async t => {
  if (!hasTool(t, 'openssl')) return
  const signer = makeProfileSigner(ours.root, rsaKey('profiles'), issuing)
  const folder = await aFolder(t, {
    'root.pem': ours.root.certificate.toString(),
    'issuing.pem': ours.issuing.certificate.toString(),
    'device.pem': device.toString(),
    'ec.pem': issueDeviceCertificate(
      ours.issuing,
      { ...request, publicKey: createPublicKey(ecKey('e')) },
      issuing,
    ).toString(),
    'signer.pem': signer.certificate.toString(),
  })
  const at = String(Math.floor(today.getTime() / 1000))
  const verify = ['verify', '-x509_strict', '-attime', at, '-CAfile', 'root.pem', '-untrusted', 'issuing.pem']
  for (const [file, purpose] of [
    ['device.pem', 'sslclient'],
    ['ec.pem', 'sslclient'],
    ['signer.pem', 'smimesign'],
  ] as const) {
    const run = await runTool(folder, 'openssl', [...verify, '-purpose', purpose, file])
    t.is(run.code, 0, run.stderr)
  }
  const asServer = await runTool(folder, 'openssl', [...verify, '-purpose', 'sslserver', 'device.pem'])
  t.not(asServer.code, 0)
})

test('the same inputs give the same certificate', t => {
  const fixed = { now: today, randomBytes: (count: number) => Buffer.alloc(count, 7) }
  const [one, other] = [0, 1].map(() => issueDeviceCertificate(ours.issuing, request, fixed))
  t.deepEqual(one?.raw, other?.raw)
  t.not(
    issueDeviceCertificate(ours.issuing, request, { now: today, randomBytes }).fingerprint256,
    one?.fingerprint256,
  )
})
