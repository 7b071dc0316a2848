import { readAsn1, type Asn1Element, type Asn1Limits } from './asn1-reader.ts'
import {
  asn1Tag,
  contextTag,
  expectTag,
  member,
  readOctets,
  readOid,
  readSmallInteger,
  definiteBytes,
} from './asn1-values.ts'
import { CmsError } from './cms-error.ts'
import { openContentInfo } from './content-info.ts'
import {
  digestByOid,
  oid,
  signatureByOid,
  type DigestName,
  type SignatureAlgorithm,
} from './object-identifiers.ts'

/** Values of a signed attribute by the dotted identifier of its type. */
export type SignedAttributes = ReadonlyMap<string, readonly Asn1Element[]>

/** DER of issuer Name, and the contents of the serial INTEGER: together they name one certificate. */
interface IssuerAndSerial {
  readonly issuer: Uint8Array
  readonly serial: Uint8Array
}

export interface SignerInfo {
  /** Which certificate the signer means: by its issuer and serial number, or by the identifier of its key. */
  readonly named: IssuerAndSerial | { readonly keyId: Uint8Array }
  readonly digest: DigestName
  readonly algorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly attributes: SignedAttributes
  /** What is signed when there are signed attributes: their SET in DER. Undefined when the content itself is. */
  readonly signedBytes: Uint8Array | undefined
}

interface SignedData {
  /** Undefined when the signature is detached. */
  readonly content: Uint8Array | undefined
  readonly contentType: string
  /** DER of each certificate that travels along, in the order of the message. */
  readonly certificates: readonly Asn1Element[]
  readonly signers: readonly SignerInfo[]
}

/** Takes a SignedData message (RFC 5652 section 5) apart without judging it. Throws `CmsError`. */
export function readSignedData(bytes: Uint8Array, limits?: Asn1Limits): SignedData {
  const signedData = openContentInfo(bytes, oid.signedData, limits)
  readSmallInteger(signedData.children[0])
  member(signedData, 1, asn1Tag.set)
  const encapsulated = member(signedData, 2, asn1Tag.sequence)
  const rest = signedData.children.slice(3)
  const certificates = rest.find(part => part.tag === contextTag(0))?.children ?? []
  const signers = expectTag(rest.at(-1), asn1Tag.set)
  return {
    content: readEncapsulated(encapsulated),
    contentType: readOid(encapsulated.children[0]),
    certificates: certificates.filter(part => part.tag === asn1Tag.sequence),
    signers: signers.children.map(readSigner),
  }
}

function readEncapsulated(encapsulated: Asn1Element): Uint8Array | undefined {
  if (encapsulated.children.length < 2) return undefined
  return readOctets(member(encapsulated, 1, contextTag(0)).children[0])
}

function readSigner(element: Asn1Element): SignerInfo {
  expectTag(element, asn1Tag.sequence)
  readSmallInteger(element.children[0])
  const attributes = element.children[3]?.tag === contextTag(0) ? element.children[3] : undefined
  const next = attributes === undefined ? 3 : 4
  const digest = digestByOid.get(readOid(member(element, 2, asn1Tag.sequence).children[0]))
  const algorithm = signatureByOid.get(readOid(member(element, next, asn1Tag.sequence).children[0]))
  if (digest === undefined || algorithm === undefined)
    throw new CmsError('algorithm', 'The algorithm is not accepted')
  return {
    named: readName(element.children[1]),
    digest,
    algorithm,
    signature: readOctets(element.children[next + 1]),
    attributes: readAttributes(attributes),
    signedBytes: attributes === undefined ? undefined : asSet(attributes),
  }
}

/** `[0] IMPLICIT SubjectKeyIdentifier`, or issuer and serial number (RFC 5652 section 5.3). */
function readName(element: Asn1Element | undefined): SignerInfo['named'] {
  if (element?.tag === keyIdTag) return { keyId: element.content }
  const name = expectTag(element, asn1Tag.sequence)
  return {
    issuer: definiteBytes(member(name, 0, asn1Tag.sequence)),
    serial: member(name, 1, asn1Tag.integer).content,
  }
}

const keyIdTag = 0x80

function readAttributes(element: Asn1Element | undefined): SignedAttributes {
  const attributes = new Map<string, readonly Asn1Element[]>()
  for (const attribute of element?.children ?? []) {
    const type = readOid(expectTag(attribute, asn1Tag.sequence).children[0])
    // Two values of one attribute would let the signer say one thing and the reader see another.
    if (attributes.has(type)) throw new CmsError('structure', 'A signed attribute appears twice')
    attributes.set(type, member(attribute, 1, asn1Tag.set).children)
  }
  return attributes
}

/** On the wire the attributes are `[0] IMPLICIT`; the signature covers them as a SET (RFC 5652 section 5.4). */
function asSet(attributes: Asn1Element): Uint8Array {
  const bytes = Buffer.from(definiteBytes(attributes))
  bytes[0] = asn1Tag.set
  return bytes
}

/** Bytes of the certificate that is meant; undefined when none of `certificates` is. */
export function findCertificate(
  certificates: readonly Asn1Element[],
  { named }: Pick<SignerInfo, 'named'>,
): Uint8Array | undefined {
  return certificates.find(certificate => {
    if ('keyId' in named) {
      const keyId = keyIdOf(certificate)
      return keyId !== undefined && Buffer.compare(keyId, named.keyId) === 0
    }
    const own = issuerAndSerial(certificate)
    return Buffer.compare(own.issuer, named.issuer) === 0 && Buffer.compare(own.serial, named.serial) === 0
  })?.bytes
}

const subjectKeyIdentifier = '2.5.29.14'

/** What the certificate says of itself in its extension (RFC 5280 section 4.2.1.2); undefined when it does not. */
function keyIdOf(certificate: Asn1Element): Uint8Array | undefined {
  const toBeSigned = member(certificate, 0, asn1Tag.sequence)
  const extensions = toBeSigned.children.find(({ tag }) => tag === contextTag(3))?.children[0]
  const found = extensions?.children.find(({ children }) => readOid(children[0]) === subjectKeyIdentifier)
  const value = found?.children.at(-1)
  return value && readOctets(readAsn1(readOctets(value)))
}

/** Issuer Name (DER) and serial number contents of an X.509 certificate. Throws `CmsError`. */
export function issuerAndSerial(certificate: Asn1Element): IssuerAndSerial {
  const toBeSigned = member(certificate, 0, asn1Tag.sequence)
  const first = toBeSigned.children[0]?.tag === contextTag(0) ? 1 : 0
  return {
    serial: member(toBeSigned, first, asn1Tag.integer).content,
    issuer: member(toBeSigned, first + 2, asn1Tag.sequence).bytes,
  }
}
