import { type Asn1Element } from '../../profiles/cms/asn1-reader.ts'
import { readOctets, readText } from '../../profiles/cms/asn1-values.ts'
import { octetString, printableString } from '../../profiles/cms/der-writer.ts'
import { signedAttribute } from '../../profiles/cms/sign-data.ts'
import { type SignedAttributes } from '../../profiles/cms/signed-data.ts'

/** Signed attributes of SCEP messages (RFC 8894 section 3.2.1). */
const scepAttribute = {
  messageType: '2.16.840.1.113733.1.9.2',
  pkiStatus: '2.16.840.1.113733.1.9.3',
  failInfo: '2.16.840.1.113733.1.9.4',
  senderNonce: '2.16.840.1.113733.1.9.5',
  recipientNonce: '2.16.840.1.113733.1.9.6',
  transactionId: '2.16.840.1.113733.1.9.7',
} as const

/** Message types that are spoken here, as decimal text on the wire. */
export const messageType = { certRep: '3', renewalReq: '17', pkcsReq: '19' } as const

export const pkiStatus = { success: '0', failure: '2', pending: '3' } as const

/** Reasons of a FAILURE answer (RFC 8894 section 3.2.1.4). */
export const failInfo = {
  badAlg: '0',
  badMessageCheck: '1',
  badRequest: '2',
  badTime: '3',
  badCertId: '4',
} as const

export type FailInfo = keyof typeof failInfo

/** Attribute whose value is text, as message types, states and transaction identifiers are. */
export const textAttribute = (type: keyof typeof scepAttribute, text: string): Buffer =>
  signedAttribute(scepAttribute[type], printableString(text))

/** Attribute whose value is a nonce. */
export const nonceAttribute = (type: keyof typeof scepAttribute, nonce: Uint8Array): Buffer =>
  signedAttribute(scepAttribute[type], octetString(nonce))

/** Text of a signed attribute, or undefined when it is missing. Throws `CmsError` when it is no text. */
export function textOf(attributes: SignedAttributes, type: keyof typeof scepAttribute): string | undefined {
  const value = valueOf(attributes, type)
  return value === undefined ? undefined : readText(value)
}

/** Nonce in a signed attribute, or undefined when it is missing. Throws `CmsError` when it is no nonce. */
export function nonceOf(
  attributes: SignedAttributes,
  type: keyof typeof scepAttribute,
): Uint8Array | undefined {
  const value = valueOf(attributes, type)
  return value === undefined ? undefined : readOctets(value)
}

function valueOf(attributes: SignedAttributes, type: keyof typeof scepAttribute): Asn1Element | undefined {
  return attributes.get(scepAttribute[type])?.[0]
}
