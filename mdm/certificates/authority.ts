import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { readAsn1 } from '../../profiles/cms/asn1-reader.ts'
import { asn1Tag, contextTag, member } from '../../profiles/cms/asn1-values.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import {
  authorityConstraint,
  authorityKeyIdentifier,
  endEntityConstraint,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from './certificate-extensions.ts'
import { randomSerial, writeCertificate } from './certificate-writer.ts'
import { encodeName, readNamePart } from './distinguished-name.ts'

/** A certificate that may issue others, with its private key. */
export interface Authority {
  readonly certificate: X509Certificate
  readonly key: KeyObject
}

/** What every certificate made here takes from outside: the moment and the source of serial numbers. */
export interface Issuing {
  readonly now: Date
  readonly randomBytes: (count: number) => Uint8Array
}

const dayMs = 86_400_000
const organization = 'Örnkoll'

/** iPads whose clock runs late must find the certificate valid already; ten minutes cover what fleets have shown. */
const backdateMs = 600_000

/** Days that a device certificate is valid. Renewal is due at the latest 90 days before. */
const deviceCertificateDays = 730

const inDays = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMs)
const backdated = (now: Date): Date => new Date(now.getTime() - backdateMs)

/** Name in DER of the certificate's subject or issuer, byte for byte as it stands there. */
export function nameOf(certificate: X509Certificate, which: 'subject' | 'issuer'): Uint8Array {
  const toBeSigned = member(readAsn1(certificate.raw), 0, asn1Tag.sequence)
  const first = toBeSigned.children[0]?.tag === contextTag(0) ? 1 : 0
  return member(toBeSigned, first + (which === 'issuer' ? 2 : 4), asn1Tag.sequence).bytes
}

/** A self-signed root for `key` (P-256 or RSA), valid 20 years, with room for one level of authorities below. */
export function makeRoot(key: KeyObject, { now, randomBytes }: Issuing): Authority {
  const publicKey = createPublicKey(key)
  const subject = encodeName([
    ['organization', organization],
    ['commonName', 'Örnkoll root'],
  ])
  const certificate = writeCertificate({
    subject,
    issuer: subject,
    issuerKey: key,
    publicKey,
    serialNumber: randomSerial(randomBytes),
    notBefore: backdated(now),
    notAfter: inDays(now, 20 * 365),
    extensions: [
      authorityConstraint(1),
      keyUsage(['keyCertSign', 'crlSign']),
      subjectKeyIdentifier(publicKey),
    ],
  })
  return { certificate, key }
}

/**
 * The authority that issues device certificates and speaks SCEP, valid 10 years. `key` must be RSA: devices encrypt
 * their SCEP requests for it, hence keyEncipherment and digitalSignature.
 */
export function makeIssuingAuthority(
  root: Authority,
  key: KeyObject,
  { now, randomBytes }: Issuing,
): Authority {
  const publicKey = createPublicKey(key)
  const certificate = writeCertificate({
    subject: encodeName([
      ['organization', organization],
      ['commonName', 'Örnkoll devices'],
    ]),
    issuer: nameOf(root.certificate, 'subject'),
    issuerKey: root.key,
    publicKey,
    serialNumber: randomSerial(randomBytes),
    notBefore: backdated(now),
    notAfter: inDays(now, 10 * 365),
    extensions: [
      authorityConstraint(0),
      keyUsage(['digitalSignature', 'keyEncipherment', 'keyCertSign', 'crlSign']),
      subjectKeyIdentifier(publicKey),
      authorityKeyIdentifier(createPublicKey(root.key)),
    ],
  })
  return { certificate, key }
}

/** The certificate that signs configuration profiles, valid 5 years, with the root as its chain. */
export function makeProfileSigner(root: Authority, key: KeyObject, { now, randomBytes }: Issuing): Signer {
  const publicKey = createPublicKey(key)
  const certificate = writeCertificate({
    subject: encodeName([
      ['organization', organization],
      ['commonName', 'Örnkoll profiles'],
    ]),
    issuer: nameOf(root.certificate, 'subject'),
    issuerKey: root.key,
    publicKey,
    serialNumber: randomSerial(randomBytes),
    notBefore: backdated(now),
    notAfter: inDays(now, 5 * 365),
    extensions: [
      endEntityConstraint(),
      keyUsage(['digitalSignature']),
      extendedKeyUsage(['codeSigning', 'emailProtection']),
      subjectKeyIdentifier(publicKey),
      authorityKeyIdentifier(createPublicKey(root.key)),
    ],
  })
  return { certificate, chain: [root.certificate], key }
}

interface DeviceIdentityRequest {
  /** Serial number of the iPad, which the certificate vouches for. */
  readonly serialNumber: string
  readonly publicKey: KeyObject
}

/**
 * The identity certificate of one iPad: client authentication only, valid from ten minutes ago for 730 days. Its
 * subject is ours, not the request's: it names the serial number that the challenge was made for.
 */
export function issueDeviceCertificate(
  authority: Authority,
  { serialNumber, publicKey }: DeviceIdentityRequest,
  { now, randomBytes }: Issuing,
): X509Certificate {
  return writeCertificate({
    subject: encodeName([
      ['organization', organization],
      ['serialNumber', serialNumber],
      ['commonName', `Device ${serialNumber}`],
    ]),
    issuer: nameOf(authority.certificate, 'subject'),
    issuerKey: authority.key,
    publicKey,
    serialNumber: randomSerial(randomBytes),
    notBefore: backdated(now),
    notAfter: inDays(now, deviceCertificateDays),
    extensions: [
      endEntityConstraint(),
      keyUsage(['digitalSignature', 'keyEncipherment']),
      extendedKeyUsage(['clientAuth']),
      subjectKeyIdentifier(publicKey),
      authorityKeyIdentifier(createPublicKey(authority.key)),
    ],
  })
}

/**
 * Serial number of the iPad that a certificate of `issueDeviceCertificate` vouches for; undefined when it names none.
 * Means something only after `isIssuedBy` said that the certificate is ours. Throws `Asn1Error` for a malformed name.
 */
export function deviceSerialOf(certificate: X509Certificate): string | undefined {
  return readNamePart(readAsn1(nameOf(certificate, 'subject')), 'serialNumber')
}
