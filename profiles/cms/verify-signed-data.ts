import { hash, verify, type X509Certificate } from 'node:crypto'
import { readAsn1, type Asn1Element, type Asn1Limits } from './asn1-reader.ts'
import { asn1Tag, readOctets, readOid } from './asn1-values.ts'
import { knowCertificate, type KnownCertificate } from './certificate-cache.ts'
import { CmsError } from './cms-error.ts'
import { oid, type DigestName } from './object-identifiers.ts'
import { findCertificate, readSignedData, type SignedAttributes, type SignerInfo } from './signed-data.ts'

export interface VerifiedMessage {
  /** Of the one signer. Nobody has yet said that it may be trusted: compare it with what is known. */
  readonly certificate: X509Certificate
  /** SHA-256 of the certificate's DER form, lower-case hex. */
  readonly fingerprint: string
  readonly content: Uint8Array
  readonly digest: DigestName
  readonly attributes: SignedAttributes
  /** DER of every certificate in the message. */
  readonly certificates: readonly Uint8Array[]
}

/**
 * Checks a SignedData message: exactly one signer, whose certificate travels along; RSA (PKCS#1 v1.5) or ECDSA with
 * SHA-1, 256, 384 or 512; with signed attributes also that messageDigest is the hash of the content and contentType
 * names it (RFC 5652 sections 5.4 and 11). Give `detachedContent` for a detached signature; an attached content must
 * then be the same. Signing time and the certificate's validity and issuer are left to the caller.
 * Throws `CmsError`.
 */
export function verifySignedData(
  bytes: Uint8Array,
  detachedContent?: Uint8Array,
  limits?: Asn1Limits,
): VerifiedMessage {
  const message = readSignedData(bytes, limits)
  const [signer, ...others] = message.signers
  if (signer === undefined || others.length > 0)
    throw new CmsError('signer', 'Exactly one signer is expected')
  const certificate = findCertificate(message.certificates, signer)
  if (certificate === undefined) throw new CmsError('signer', "The signer's certificate is missing")
  const known = knowCertificate(certificate)
  const content = chooseContent(message.content, detachedContent)
  checkAttributes(signer, content, message.contentType)
  checkSignature(signer, known, signer.signedBytes ?? content)
  return {
    certificate: known.certificate,
    fingerprint: known.fingerprint,
    content,
    digest: signer.digest,
    attributes: signer.attributes,
    certificates: message.certificates.map(each => each.bytes),
  }
}

function chooseContent(attached: Uint8Array | undefined, detached: Uint8Array | undefined): Uint8Array {
  if (attached === undefined) return detached ?? new Uint8Array()
  if (detached !== undefined && Buffer.compare(attached, detached) !== 0) {
    throw new CmsError('content', 'The attached content is not the content that was sent')
  }
  return attached
}

function checkAttributes(signer: SignerInfo, content: Uint8Array, contentType: string): void {
  if (signer.signedBytes === undefined) {
    checkBareContent(content, contentType)
    return
  }
  if (readOid(only(signer.attributes, oid.contentType)) !== contentType) {
    throw new CmsError('content', 'The signed content type is another')
  }
  const stated = readOctets(only(signer.attributes, oid.messageDigest))
  if (Buffer.compare(stated, hash(signer.digest, content, 'buffer')) !== 0) {
    throw new CmsError('digest', 'The signed digest is not that of the content')
  }
}

/**
 * Without signed attributes only plain data is accepted, and not when it is itself a set of signed attributes: those
 * bytes are what a signer of another message has signed, and could be passed off as content (RFC 5652 does not say
 * which of the two a signature was made over).
 */
function checkBareContent(content: Uint8Array, contentType: string): void {
  if (contentType !== oid.data)
    throw new CmsError('content', 'Content other than data needs signed attributes')
  if (content[0] === asn1Tag.set && isAsn1(content))
    throw new CmsError('content', 'The content is signed attributes')
}

function isAsn1(content: Uint8Array): boolean {
  try {
    return readAsn1(content).children.length > 0
  } catch {
    return false
  }
}

function only(attributes: SignedAttributes, type: string): Asn1Element {
  const [value, ...others] = attributes.get(type) ?? []
  if (value === undefined || others.length > 0)
    throw new CmsError('structure', 'A signed attribute is missing')
  return value
}

function checkSignature(signer: SignerInfo, known: KnownCertificate, signedBytes: Uint8Array): void {
  const { kind, digest = signer.digest } = signer.algorithm
  if (kind !== known.kind || digest !== signer.digest) {
    throw new CmsError('algorithm', 'Signature, digest and key do not belong together')
  }
  if (!isGood(signer, known, signedBytes)) throw new CmsError('signature', 'The signature does not match')
}

function isGood(signer: SignerInfo, known: KnownCertificate, signedBytes: Uint8Array): boolean {
  try {
    return verify(signer.digest, signedBytes, known.publicKey, signer.signature)
  } catch {
    return false
  }
}
