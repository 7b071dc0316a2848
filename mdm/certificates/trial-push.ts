import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { type Authority, type Issuing, makeRoot, nameOf } from './authority.ts'
import {
  authorityKeyIdentifier,
  endEntityConstraint,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeNames,
  subjectKeyIdentifier,
} from './certificate-extensions.ts'
import { randomSerial, writeCertificate } from './certificate-writer.ts'
import { encodeName } from './distinguished-name.ts'
import { pushTopicOf, type PushCertificate } from './push-certificate.ts'

/** Stand-ins for what Apple gives and runs, so that pushing can be tried without Apple. No iPad trusts them. */
export interface TrialPush {
  /** Trusted by the server as the authority of the local APNs (`APNS_CA`). */
  readonly authority: X509Certificate
  readonly push: PushCertificate
  /** TLS identity of a local APNs on 127.0.0.1, ::1 and localhost. */
  readonly server: Authority
}

interface TrialPushKeys {
  readonly authority: KeyObject
  /** RSA: the push certificate is written and read by node-forge, which knows no other. */
  readonly push: KeyObject
  readonly server: KeyObject
}

const yearMs = 365 * 86_400_000

/** A whole trial set, valid one year. Apple's topics have the form `com.apple.mgmt.External.{uuid}`. */
export function makeTrialPush(keys: TrialPushKeys, topic: string, issuing: Issuing): TrialPush {
  const authority = makeRoot(keys.authority, issuing)
  return {
    authority: authority.certificate,
    push: makeTrialPushCertificate(keys.push, topic, issuing),
    server: { certificate: makeServerCertificate(authority, keys.server, issuing), key: keys.server },
  }
}

/**
 * A self-signed push certificate with the marks of Apple's: the topic as UID, and the extensions
 * 1.2.840.113635.100.6.3.1 (development) and .2 (production), without which node-apn refuses a certificate.
 */
export function makeTrialPushCertificate(
  key: KeyObject,
  topic: string,
  { now, randomBytes }: Issuing,
): PushCertificate {
  const privateKey = forge.pki.privateKeyFromPem(key.export({ type: 'pkcs8', format: 'pem' }).toString())
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.rsa.setPublicKey(privateKey.n, privateKey.e)
  certificate.serialNumber = Buffer.from(randomSerial(randomBytes)).toString('hex')
  certificate.validity.notBefore = new Date(now.getTime() - 600_000)
  certificate.validity.notAfter = new Date(now.getTime() + yearMs)
  const subject: forge.pki.CertificateField[] = [
    { type: '0.9.2342.19200300.100.1.1', value: topic },
    { name: 'commonName', value: `APSP:${topic.slice(topic.lastIndexOf('.') + 1)}` },
  ]
  certificate.setSubject(subject)
  certificate.setIssuer(subject)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', clientAuth: true },
    { id: '1.2.840.113635.100.6.3.1', value: forge.asn1.toDer(asn1Null()).getBytes() },
    { id: '1.2.840.113635.100.6.3.2', value: forge.asn1.toDer(asn1Null()).getBytes() },
  ])
  certificate.sign(privateKey, forge.md.sha256.create())
  const written = new X509Certificate(forge.pki.certificateToPem(certificate))
  return { certificate: written, key, topic: pushTopicOf(written), notAfter: written.validToDate }
}

const asn1Null = (): forge.asn1.Asn1 =>
  forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.NULL, false, '')

function makeServerCertificate(
  authority: Authority,
  key: KeyObject,
  { now, randomBytes }: Issuing,
): X509Certificate {
  const publicKey = createPublicKey(key)
  return writeCertificate({
    subject: encodeName([['commonName', 'localhost']]),
    issuer: nameOf(authority.certificate, 'subject'),
    issuerKey: authority.key,
    publicKey,
    serialNumber: randomSerial(randomBytes),
    notBefore: new Date(now.getTime() - 600_000),
    notAfter: new Date(now.getTime() + yearMs),
    extensions: [
      endEntityConstraint(),
      keyUsage(['digitalSignature', 'keyEncipherment']),
      extendedKeyUsage(['serverAuth']),
      subjectAlternativeNames(
        ['localhost'],
        [Uint8Array.of(127, 0, 0, 1), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)],
      ),
      subjectKeyIdentifier(publicKey),
      authorityKeyIdentifier(createPublicKey(authority.key)),
    ],
  })
}
