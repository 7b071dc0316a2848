import { hash, sign, type KeyObject, type X509Certificate } from 'node:crypto'
import { readAsn1 } from './asn1-reader.ts'
import { asn1Tag } from './asn1-values.ts'
import { kindOf } from './certificate-cache.ts'
import { contentInfo } from './content-info.ts'
import {
  context,
  der,
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

const encoded = {
  data: objectIdentifier(oid.data),
  contentType: signedAttribute(oid.contentType, objectIdentifier(oid.data)),
  version: integer(1),
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
  const digestAlgorithm = sequence(objectIdentifier(digestOids[digest]), nullValue())
  const attributes =
    choices.attributes === 'none' ? undefined : attributeSet(content, choices.attributes, choices)
  const { issuer, serial } = nameCertificate(signer.certificate)
  const signerInfo = sequence(
    encoded.version,
    sequence(issuer, serial),
    digestAlgorithm,
    ...(attributes === undefined ? [] : [implicit(attributes)]),
    signatureAlgorithm(kindOf(signer.key), digest),
    octetString(sign(digest, attributes ?? content, signer.key)),
  )
  const certificates = [signer.certificate, ...signer.chain].map(certificate => certificate.raw)
  return contentInfo(
    oid.signedData,
    sequence(
      encoded.version,
      setOf([digestAlgorithm]),
      choices.content === 'attached'
        ? sequence(encoded.data, context(0, octetString(content)))
        : sequence(encoded.data),
      context(0, ...certificates),
      setOf([signerInfo]),
    ),
  )
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

function signatureAlgorithm(kind: SignatureKind, digest: DigestName): Buffer {
  return kind === 'rsa'
    ? sequence(objectIdentifier(oid.rsaEncryption), nullValue())
    : sequence(objectIdentifier(signatureOids.ec[digest]))
}

interface Named {
  readonly issuer: Uint8Array
  readonly serial: Uint8Array
}

const names = new WeakMap<X509Certificate, Named>()

/** Issuer Name and serial INTEGER in DER, as SignerInfo and RecipientInfo name a certificate. */
export function nameCertificate(certificate: X509Certificate): Named {
  const known = names.get(certificate)
  if (known !== undefined) return known
  const { issuer, serial } = issuerAndSerial(readAsn1(certificate.raw))
  const named = { issuer, serial: der(asn1Tag.integer, serial) }
  names.set(certificate, named)
  return named
}
