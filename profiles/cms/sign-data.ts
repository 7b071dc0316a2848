import { hash, sign, type KeyObject, type X509Certificate } from 'node:crypto'
import { readAsn1 } from './asn1-reader.ts'
import { asn1Tag, contextTag } from './asn1-values.ts'
import { kindOf } from './certificate-cache.ts'
import {
  der,
  derPieces,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
} from './der-writer.ts'
import { digestOids, oid, signatureOids, type DigestName, type SignatureKind } from './object-identifiers.ts'
import { issuerAndSerial } from './signed-data.ts'

export interface Signer {
  readonly certificate: X509Certificate
  /** Certificates between the signer's and what the reader trusts; they travel along after the signer's. */
  readonly chain: readonly X509Certificate[]
  /** RSA or EC private key of `certificate`. */
  readonly key: KeyObject
}

export interface SigningChoices {
  readonly digest: DigestName
  /** `detached` leaves the content out of the message. */
  readonly content: 'attached' | 'detached'
  /**
   * Signed attributes beside contentType, messageDigest and signingTime, each a whole Attribute in DER; or `none` for
   * a signature straight over the content, as some devices make.
   */
  readonly attributes: readonly Uint8Array[] | 'none'
  readonly signingTime: Date
}

const forEachDigest = (write: (digest: DigestName) => Buffer): Readonly<Record<DigestName, Buffer>> => ({
  sha1: write('sha1'),
  sha256: write('sha256'),
  sha384: write('sha384'),
  sha512: write('sha512'),
})

// Written once: what is the same in every message would otherwise cost a good part of a signature's time.
const encoded = {
  data: objectIdentifier(oid.data),
  signedData: objectIdentifier(oid.signedData),
  contentType: signedAttribute(oid.contentType, objectIdentifier(oid.data)),
  version: integer(1),
  digests: forEachDigest(digest => sequence(objectIdentifier(digestOids[digest]), nullValue())),
  signatures: {
    rsa: forEachDigest(() => sequence(objectIdentifier(oid.rsaEncryption), nullValue())),
    ec: forEachDigest(digest => sequence(objectIdentifier(signatureOids.ec[digest]))),
  } satisfies Record<SignatureKind, unknown>,
}

/** An Attribute with one value: `type` dotted, `value` in DER. */
export function signedAttribute(type: string, value: Uint8Array): Buffer {
  return sequence(objectIdentifier(type), setOf([value]))
}

/**
 * A SignedData message (RFC 5652 section 5) in DER over `content`, with the signer's certificate and chain. RSA
 * signatures are PKCS#1 v1.5 and named rsaEncryption, which every SCEP client knows; strongSwan refuses the longer
 * names. Throws `CmsError('certificate')` for a key that is neither RSA nor one of the NIST curves.
 */
export function signData(content: Uint8Array, signer: Signer, choices: SigningChoices): Buffer {
  const { digest } = choices
  const attributes =
    choices.attributes === 'none' ? undefined : attributeSet(content, choices.attributes, choices)
  const signerInfo = sequence(
    encoded.version,
    nameCertificate(signer.certificate),
    encoded.digests[digest],
    ...(attributes === undefined ? [] : [implicit(attributes)]),
    encoded.signatures[kindOf(signer.key)][digest],
    octetString(sign(digest, attributes ?? content, signer.key)),
  )
  const certificates = [signer.certificate, ...signer.chain].map(certificate => certificate.raw)
  return joinMessage([
    encoded.version,
    setOf([encoded.digests[digest]]),
    ...encapsulated(content, choices.content),
    ...derPieces(contextTag(0), certificates),
    setOf([signerInfo]),
  ])
}

function encapsulated(content: Uint8Array, form: SigningChoices['content']): Uint8Array[] {
  if (form === 'detached') return [sequence(encoded.data)]
  const octets = derPieces(asn1Tag.octetString, [content])
  return derPieces(asn1Tag.sequence, [encoded.data, ...derPieces(contextTag(0), octets)])
}

function joinMessage(signedData: readonly Uint8Array[]): Buffer {
  const content = derPieces(contextTag(0), derPieces(asn1Tag.sequence, signedData))
  return der(asn1Tag.sequence, encoded.signedData, ...content)
}

function attributeSet(
  content: Uint8Array,
  extra: readonly Uint8Array[],
  { digest, signingTime }: SigningChoices,
): Buffer {
  const messageDigest = signedAttribute(oid.messageDigest, octetString(hash(digest, content, 'buffer')))
  return setOf([
    encoded.contentType,
    messageDigest,
    signedAttribute(oid.signingTime, time(signingTime)),
    ...extra,
  ])
}

/** The SET that is signed travels as `[0] IMPLICIT`. */
function implicit(set: Buffer): Buffer {
  const tagged = Buffer.from(set)
  tagged[0] = 0xa0
  return tagged
}

const names = new WeakMap<X509Certificate, Buffer>()

/** A small buffer is a slice of a pool of 64 kB, which all of it would keep in memory for as long as it is remembered. */
function ownMemory(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  return own
}

/** IssuerAndSerialNumber in DER, by which SignerInfo and RecipientInfo mean a certificate. */
export function nameCertificate(certificate: X509Certificate): Buffer {
  const known = names.get(certificate)
  if (known !== undefined) return known
  const { issuer, serial } = issuerAndSerial(readAsn1(certificate.raw))
  const name = ownMemory(sequence(issuer, der(asn1Tag.integer, serial)))
  names.set(certificate, name)
  return name
}
