import { type Asn1Element } from '../../profiles/cms/asn1-reader.ts'
import { asn1Tag, member, readOid, readText } from '../../profiles/cms/asn1-values.ts'
import { objectIdentifier, sequence, setOf, utf8String } from '../../profiles/cms/der-writer.ts'

/** Attribute types of names (RFC 4519) that this product writes or reads. */
export const nameAttribute = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  userId: '0.9.2342.19200300.100.1.1',
} as const

export type NamePart = readonly [type: keyof typeof nameAttribute, value: string]

/** A Name in DER, one attribute to each RDN, in the given order. */
export function encodeName(parts: readonly NamePart[]): Buffer {
  return sequence(
    ...parts.map(([type, value]) =>
      setOf([sequence(objectIdentifier(nameAttribute[type]), utf8String(value))]),
    ),
  )
}

/**
 * First value of an attribute in a Name, or undefined when the name does not have it; many device certificates have
 * an empty one. Throws `Asn1Error` for bytes that are not a Name.
 */
export function readNamePart(name: Asn1Element, type: keyof typeof nameAttribute): string | undefined {
  for (const attribute of name.children.flatMap(rdn => rdn.children)) {
    if (readOid(member(attribute, 0, asn1Tag.objectIdentifier)) === nameAttribute[type]) {
      return readText(attribute.children[1])
    }
  }
  return undefined
}
