import { type KeyObject, type X509Certificate } from 'node:crypto'
import { CmsError } from '../profiles/cms/cms-error.ts'
import { verifySignedData } from '../profiles/cms/verify-signed-data.ts'

type SignatureFault = 'header-missing' | 'header-form' | 'signature'

/** The Mdm-Signature header does not prove who sent the body. Always the sender's fault: answer 400. */
export class SignatureError extends Error {
  readonly fault: SignatureFault

  constructor(fault: SignatureFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SignatureError'
    this.fault = fault
  }
}

/** Who signed a message, as far as the message itself can tell. */
export interface DeviceSignature {
  readonly certificate: X509Certificate
  /** SHA-256 of the certificate's DER form, lower-case hex: the only name by which a certificate is known here. */
  readonly fingerprint: string
}

const maxHeaderLength = 65_536
// Proxies fold long headers, so white space is let through; decoding passes over it.
const notBase64 = /[^A-Za-z0-9+/=\s]/

/**
 * Checks the Mdm-Signature header (base64 of a detached CMS signature, DER or BER) over the body's bytes as they were
 * received (Apple, "Implementing Device Management", SignMessage). The signing time is not looked at: iPads run ahead
 * by seconds, and a refusal would strand one whose single-use challenge is spent. The caller must still ask whether
 * our authority issued the certificate (`isIssuedBy`) and whether it is the enrolled one (`fingerprint`).
 * Throws `SignatureError`.
 */
export function verifyMdmSignature(headerValue: string | undefined, rawBody: Uint8Array): DeviceSignature {
  if (headerValue === undefined || headerValue === '') {
    throw new SignatureError('header-missing', 'The Mdm-Signature header is missing')
  }
  if (headerValue.length > maxHeaderLength)
    throw new SignatureError('header-form', 'The signature is too long')
  if (notBase64.test(headerValue)) throw new SignatureError('header-form', 'The signature is not base64')
  try {
    const { certificate, fingerprint } = verifySignedData(Buffer.from(headerValue, 'base64'), rawBody)
    return { certificate, fingerprint }
  } catch (cause) {
    if (cause instanceof CmsError) throw new SignatureError('signature', cause.message, { cause })
    throw cause
  }
}

const keys = new WeakMap<X509Certificate, KeyObject>()
const answers = new WeakMap<X509Certificate, WeakMap<X509Certificate, boolean>>()

/** Whether `authority` named and signed `certificate`. Validity in time is another question: `isValidAt`. */
export function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  const known = answers.get(certificate) ?? new WeakMap<X509Certificate, boolean>()
  const answer = known.get(authority) ?? checkIssued(certificate, authority)
  answers.set(certificate, known.set(authority, answer))
  return answer
}

function checkIssued(certificate: X509Certificate, authority: X509Certificate): boolean {
  const key = keys.get(authority) ?? authority.publicKey
  keys.set(authority, key)
  try {
    return certificate.checkIssued(authority) && certificate.verify(key)
  } catch {
    return false
  }
}

/** Whether `now` lies within the certificate's validity, give or take `toleranceMinutes` for clocks that differ. */
export function isValidAt(certificate: X509Certificate, now: Date, toleranceMinutes: number): boolean {
  const tolerance = toleranceMinutes * 60_000
  const start = certificate.validFromDate.getTime() - tolerance
  const end = certificate.validToDate.getTime() + tolerance
  return now.getTime() >= start && now.getTime() <= end
}
