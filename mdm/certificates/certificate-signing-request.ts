import { createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'
import { type Asn1Element, readAsn1 } from '../../profiles/cms/asn1-reader.ts'
import {
  asn1Tag,
  contextTag,
  expectTag,
  member,
  readOid,
  readText,
  readWholeBits,
} from '../../profiles/cms/asn1-values.ts'
import { kindOf } from '../../profiles/cms/certificate-cache.ts'
import { CmsError } from '../../profiles/cms/cms-error.ts'
import {
  bitString,
  context,
  integer,
  objectIdentifier,
  printableString,
  sequence,
  setOf,
} from '../../profiles/cms/der-writer.ts'
import { signatureByOid } from '../../profiles/cms/object-identifiers.ts'
import { publicKeyInfo, signatureAlgorithm } from './certificate-writer.ts'

const challengePassword = '1.2.840.113549.1.9.7'

/** What a PKCS#10 request asks for. Its signature is right, so the sender holds the private key. */
export interface SigningRequest {
  /** Name in DER, as the sender would like it. */
  readonly subject: Uint8Array
  readonly publicKey: KeyObject
  /** SHA-256 of the SubjectPublicKeyInfo in DER, lower-case hex. */
  readonly publicKeyFingerprint: string
  readonly challenge: string | undefined
}

/** Reads a PKCS#10 request (RFC 2986) and checks that its key signed it. Throws `CmsError`. */
export function readSigningRequest(bytes: Uint8Array): SigningRequest {
  const request = expectTag(readAsn1(bytes), asn1Tag.sequence)
  const info = member(request, 0, asn1Tag.sequence)
  const publicKey = readPublicKey(member(info, 2, asn1Tag.sequence).bytes)
  checkSignature(request, info, publicKey)
  const attributes = info.children.find(part => part.tag === contextTag(0))?.children ?? []
  const challenge = attributes.find(attribute => readOid(attribute.children[0]) === challengePassword)
  return {
    subject: member(info, 1, asn1Tag.sequence).bytes,
    publicKey,
    publicKeyFingerprint: publicKeyFingerprint(publicKey),
    challenge: challenge === undefined ? undefined : readText(member(challenge, 1, asn1Tag.set).children[0]),
  }
}

/** SHA-256 of the SubjectPublicKeyInfo in DER, lower-case hex: one name for one key, whatever carries it. */
export const publicKeyFingerprint = (key: KeyObject): string => hash('sha256', publicKeyInfo(key))

function readPublicKey(der: Uint8Array): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
    kindOf(key)
    return key
  } catch (cause) {
    throw new CmsError('algorithm', 'The public key is not accepted', { cause })
  }
}

function checkSignature(request: Asn1Element, info: Asn1Element, publicKey: KeyObject): void {
  const algorithm = signatureByOid.get(readOid(member(request, 1, asn1Tag.sequence).children[0]))
  if (algorithm?.digest === undefined || algorithm.kind !== kindOf(publicKey)) {
    throw new CmsError('algorithm', 'The signature algorithm is not accepted')
  }
  if (!isGood(algorithm.digest, info.bytes, publicKey, readWholeBits(request.children[2]))) {
    throw new CmsError('signature', 'The request is not signed by its own key')
  }
}

function isGood(digest: string, bytes: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  try {
    return verify(digest, bytes, key, signature)
  } catch {
    return false
  }
}

interface SigningRequestParts {
  /** Name in DER. */
  readonly subject: Uint8Array
  readonly key: KeyObject
  readonly challenge: string | undefined
}

/** A PKCS#10 request signed with SHA-256, as a device makes one; `challenge` becomes its challengePassword. */
export function writeSigningRequest({ subject, key, challenge }: SigningRequestParts): Buffer {
  const attributes =
    challenge === undefined
      ? []
      : [sequence(objectIdentifier(challengePassword), setOf([printableString(challenge)]))]
  const info = sequence(integer(0), subject, publicKeyInfo(key), context(0, ...attributes))
  return sequence(info, signatureAlgorithm(key), bitString(sign('sha256', info, key)))
}
