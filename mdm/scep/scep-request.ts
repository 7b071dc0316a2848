import { type X509Certificate } from 'node:crypto'
import { CmsError } from '../../profiles/cms/cms-error.ts'
import { decryptEnveloped, type Opened, type Opener } from '../../profiles/cms/enveloped-data.ts'
import { type DigestName } from '../../profiles/cms/object-identifiers.ts'
import { readSignedData, type SignedAttributes } from '../../profiles/cms/signed-data.ts'
import { verifySignedData, type VerifiedMessage } from '../../profiles/cms/verify-signed-data.ts'
import { readSigningRequest, type SigningRequest } from '../certificates/certificate-signing-request.ts'
import { messageType, nonceOf, textOf, type FailInfo } from './scep-attributes.ts'

/** The bytes are no SCEP message that could be answered in SCEP's own form: answer 400. */
export class ScepMessageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ScepMessageError'
  }
}

/** The message can be answered, and the answer is FAILURE. */
export class ScepRefusal extends Error {
  readonly failInfo: FailInfo

  constructor(failInfo: FailInfo, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ScepRefusal'
    this.failInfo = failInfo
  }
}

/** What even a refusal must repeat. Nothing here is proven until `openRequest` has checked the signature. */
export interface ScepEnvelope {
  readonly messageType: string
  readonly transactionId: string
  readonly senderNonce: Uint8Array
  readonly digest: DigestName
}

export interface ScepRequest {
  readonly kind: 'pkcsReq' | 'renewalReq'
  /** Signed the message: self-signed for a first request, our device certificate for a renewal. */
  readonly requester: X509Certificate
  readonly signingRequest: SigningRequest
  readonly cipher: Opened['cipher']
}

/** Who asks and in which transaction, before anything is checked. Throws `ScepMessageError`. */
export function readEnvelope(bytes: Uint8Array): ScepEnvelope {
  try {
    const [signer] = readSignedData(bytes).signers
    if (signer === undefined) throw new ScepMessageError('The message has no signer')
    return envelopeFrom(signer.attributes, signer.digest)
  } catch (cause) {
    if (cause instanceof CmsError)
      throw new ScepMessageError(`Not a SCEP message: ${cause.message}`, { cause })
    throw cause
  }
}

function envelopeFrom(attributes: SignedAttributes, digest: DigestName): ScepEnvelope {
  const type = textOf(attributes, 'messageType')
  const transactionId = textOf(attributes, 'transactionId')
  const senderNonce = nonceOf(attributes, 'senderNonce')
  if (type === undefined || transactionId === undefined || senderNonce === undefined) {
    throw new ScepMessageError('messageType, transactionID or senderNonce is missing')
  }
  if (!/^[\x20-\x7e]{1,255}$/.test(transactionId) || senderNonce.length === 0 || senderNonce.length > 64) {
    throw new ScepMessageError('transactionID or senderNonce has a strange form')
  }
  return { messageType: type, transactionId, senderNonce, digest }
}

const kinds: ReadonlyMap<string, ScepRequest['kind']> = new Map([
  [messageType.pkcsReq, 'pkcsReq'],
  [messageType.renewalReq, 'renewalReq'],
])

/**
 * Checks the signature, opens the envelope with the authority's key and reads the request inside (RFC 8894 section
 * 3.3.1). Throws `ScepRefusal` with the reason that goes into the FAILURE answer.
 */
export function openRequest(bytes: Uint8Array, envelope: ScepEnvelope, opener: Opener): ScepRequest {
  const kind = kinds.get(envelope.messageType)
  if (kind === undefined) throw new ScepRefusal('badRequest', 'Only PKCSReq and RenewalReq are answered')
  const message = refusing('badMessageCheck', () => verifySignedData(bytes))
  const { content, cipher } = openContent(message, opener)
  const signingRequest = refusing('badRequest', () => readSigningRequest(content))
  return { kind, requester: message.certificate, signingRequest, cipher }
}

function openContent(message: VerifiedMessage, opener: Opener): Opened {
  return refusing('badMessageCheck', () => decryptEnveloped(message.content, opener))
}

function refusing<T>(reason: FailInfo, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof CmsError)) throw cause
    throw new ScepRefusal(cause.code === 'algorithm' ? 'badAlg' : reason, cause.message, { cause })
  }
}
