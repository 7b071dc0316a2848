import { createPublicKey, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { kindOf } from '../../profiles/cms/certificate-cache.ts'
import {
  bitString,
  context,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
  time,
} from '../../profiles/cms/der-writer.ts'
import { signatureOids } from '../../profiles/cms/object-identifiers.ts'
import { certificateExtensions } from './certificate-extensions.ts'

interface CertificateRequest {
  /** Name in DER. */
  readonly subject: Uint8Array
  /** Name of the signer in DER, exactly as in its own certificate. */
  readonly issuer: Uint8Array
  readonly issuerKey: KeyObject
  readonly publicKey: KeyObject
  readonly serialNumber: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  /** Extensions in DER. */
  readonly extensions: readonly Uint8Array[]
}

/** An X.509 version 3 certificate signed with SHA-256 by an RSA or EC key (RFC 5280 section 4.1). */
export function writeCertificate(request: CertificateRequest): X509Certificate {
  const algorithm = signatureAlgorithm(request.issuerKey)
  const toBeSigned = sequence(
    context(0, integer(2)),
    integer(request.serialNumber),
    algorithm,
    request.issuer,
    sequence(time(request.notBefore), time(request.notAfter)),
    request.subject,
    publicKeyInfo(request.publicKey),
    certificateExtensions(request.extensions),
  )
  const signature = sign('sha256', toBeSigned, request.issuerKey)
  return new X509Certificate(sequence(toBeSigned, algorithm, bitString(signature)))
}

/** AlgorithmIdentifier of a SHA-256 signature with `key`. Throws `CmsError('certificate')` for an unknown kind. */
export function signatureAlgorithm(key: KeyObject): Buffer {
  return kindOf(key) === 'rsa'
    ? sequence(objectIdentifier(signatureOids.rsa.sha256), nullValue())
    : sequence(objectIdentifier(signatureOids.ec.sha256))
}

/** SubjectPublicKeyInfo in DER of a public key, or of the public half of a private one. */
export function publicKeyInfo(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** A serial number of 16 random bytes: positive and of full length, as RFC 5280 section 4.1.2.2 wants it. */
export function randomSerial(randomBytes: (count: number) => Uint8Array): Uint8Array {
  const serial = Uint8Array.from(randomBytes(16))
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}
