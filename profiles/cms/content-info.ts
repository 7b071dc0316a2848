import { type Asn1Element, type Asn1Limits, messageLimits, readAsn1 } from './asn1-reader.ts'
import { asn1Tag, contextTag, expectTag, member, readOid } from './asn1-values.ts'
import { CmsError } from './cms-error.ts'
import { context, objectIdentifier, sequence } from './der-writer.ts'

/** The SEQUENCE inside a ContentInfo (RFC 5652 section 3) of the given type. Throws `CmsError`. */
export function openContentInfo(
  bytes: Uint8Array,
  type: string,
  limits: Asn1Limits = messageLimits,
): Asn1Element {
  const info = expectTag(readAsn1(bytes, limits), asn1Tag.sequence)
  if (readOid(info.children[0]) !== type)
    throw new CmsError('structure', 'Another type of CMS message was expected')
  return member(member(info, 1, contextTag(0)), 0, asn1Tag.sequence)
}

/** A ContentInfo of `type` around `content`. */
export const contentInfo = (type: string, content: Uint8Array): Buffer =>
  sequence(objectIdentifier(type), context(0, content))
