import { type Asn1Element } from './asn1-reader.ts'
import { Asn1Error } from './cms-error.ts'
import { der } from './der-writer.ts'

/** Identifier octets of the values that CMS, PKCS#10 and X.509 are made of. */
export const asn1Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

const constructedBit = 0x20

/** Identifier octet of the constructed context tag `[number]`. */
export const contextTag = (number: number): number => 0xa0 + number

/** The value itself when it carries `tag`; throws `Asn1Error` when it is missing or another. */
export function expectTag(element: Asn1Element | undefined, tag: number): Asn1Element {
  if (element === undefined) throw new Asn1Error('value', 'A value is missing')
  if (element.tag !== tag) throw new Asn1Error('tag', 'Another kind of value was expected')
  return element
}

/** The member at `index`, of the kind `tag`. Throws `Asn1Error`. */
export const member = (parent: Asn1Element, index: number, tag: number): Asn1Element =>
  expectTag(parent.children[index], tag)

/** Dotted form of an OBJECT IDENTIFIER. Throws `Asn1Error` for another kind of value, or one that ends early. */
export function readOid(element: Asn1Element | undefined): string {
  const { content } = expectTag(element, asn1Tag.objectIdentifier)
  const last = content.at(-1)
  if (last === undefined || last >= 0x80 || content.length > 64)
    throw new Asn1Error('value', 'Bad object identifier')
  let dotted = ''
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new Asn1Error('value', 'Bad object identifier')
    if (byte < 0x80) {
      dotted += dotted === '' ? firstArcs(arc) : `.${arc}`
      arc = 0
    }
  }
  return dotted
}

/** The first two arcs share one number: 40 times the first, which is 0, 1 or 2, plus the second. */
function firstArcs(both: number): string {
  const root = Math.min(Math.floor(both / 40), 2)
  return `${root}.${both - root * 40}`
}

/** An INTEGER between 0 and 255, as CMS versions are. Throws `Asn1Error`. */
export function readSmallInteger(element: Asn1Element | undefined): number {
  const { content } = expectTag(element, asn1Tag.integer)
  const value = content[0]
  if (content.length !== 1 || value === undefined || value > 0x7f)
    throw new Asn1Error('value', 'Bad small integer')
  return value
}

/**
 * The octets of an OCTET STRING, whether in one piece or, as BER allows, in segments. `tag` is the primitive
 * identifier to expect (implicit tagging changes it). Throws `Asn1Error`.
 */
export function readOctets(element: Asn1Element | undefined, tag: number = asn1Tag.octetString): Uint8Array {
  if (element?.tag === (tag | constructedBit))
    return Buffer.concat(element.children.map(piece => readOctets(piece)))
  return expectTag(element, tag).content
}

/** Text of a directory or SCEP string: UTF-8, Printable, IA5, Teletex (read as Latin-1) or BMP. Throws `Asn1Error`. */
export function readText(element: Asn1Element | undefined): string {
  const bytes = Buffer.from(element?.content ?? new Uint8Array())
  switch (element?.tag) {
    case asn1Tag.utf8String:
      return bytes.toString('utf8')
    case asn1Tag.printableString:
    case asn1Tag.ia5String:
    case asn1Tag.teletexString:
      return bytes.toString('latin1')
    case asn1Tag.bmpString:
      if (bytes.length % 2 !== 0) throw new Asn1Error('value', 'Bad BMP string')
      return bytes.swap16().toString('utf16le')
    default:
      throw new Asn1Error('tag', 'A text was expected')
  }
}

/** The bits of a BIT STRING that fills whole bytes, as keys and signatures do. Throws `Asn1Error`. */
export function readWholeBits(element: Asn1Element | undefined): Uint8Array {
  const { content } = expectTag(element, asn1Tag.bitString)
  if (content[0] !== 0) throw new Asn1Error('value', 'A bit string of whole bytes was expected')
  return content.subarray(1)
}

/**
 * The value in the definite form, octet strings in one piece: the DER that was signed, when the value travelled in an
 * indefinite form.
 */
export function definiteBytes(element: Asn1Element): Uint8Array {
  if (!element.indefinite) return element.bytes
  if (element.tag === (asn1Tag.octetString | constructedBit))
    return der(asn1Tag.octetString, readOctets(element))
  return der(element.tag, ...element.children.map(definiteBytes))
}
