import { type X509Certificate } from 'node:crypto'
import { certsOnly } from '../../profiles/cms/certs-only.ts'
import { encryptFor, type EnvelopeCipher } from '../../profiles/cms/enveloped-data.ts'
import { type DigestName } from '../../profiles/cms/object-identifiers.ts'
import { signData } from '../../profiles/cms/sign-data.ts'
import { type Authority } from '../certificates/authority.ts'
import {
  failInfo,
  messageType,
  nonceAttribute,
  pkiStatus,
  textAttribute,
  type FailInfo,
} from './scep-attributes.ts'

/** What an answer repeats from its request, and who signs it. */
export interface CertRepContext {
  readonly authority: Authority
  readonly transactionId: string
  /** The request's senderNonce, which goes back as recipientNonce. */
  readonly senderNonce: Uint8Array
  readonly digest: DigestName
  readonly now: Date
  readonly randomBytes: (count: number) => Uint8Array
}

interface IssuedCertificate {
  readonly certificate: X509Certificate
  /** The certificate that signed the request: only its holder can read the answer. */
  readonly requester: X509Certificate
  readonly cipher: EnvelopeCipher
}

/** The CertRep that hands out a certificate (RFC 8894 section 3.3.2.1): enveloped, certs-only, the issued one first. */
export function successReply(
  { certificate, requester, cipher }: IssuedCertificate,
  context: CertRepContext,
): Buffer {
  const { randomBytes } = context
  const enveloped = encryptFor(certsOnly([certificate]), { recipient: requester, cipher, randomBytes })
  return signReply(enveloped, [textAttribute('pkiStatus', pkiStatus.success)], context)
}

/** The CertRep that refuses (RFC 8894 section 3.3.2.2): the reason is a signed attribute, there is no content. */
export function failureReply(reason: FailInfo, context: CertRepContext): Buffer {
  const attributes = [
    textAttribute('pkiStatus', pkiStatus.failure),
    textAttribute('failInfo', failInfo[reason]),
  ]
  return signReply(undefined, attributes, context)
}

function signReply(
  content: Uint8Array | undefined,
  status: readonly Uint8Array[],
  context: CertRepContext,
): Buffer {
  const { authority, transactionId, senderNonce, digest, now, randomBytes } = context
  return signData(
    content ?? new Uint8Array(),
    { certificate: authority.certificate, chain: [], key: authority.key },
    {
      digest,
      content: content === undefined ? 'detached' : 'attached',
      signingTime: now,
      attributes: [
        ...status,
        textAttribute('messageType', messageType.certRep),
        textAttribute('transactionId', transactionId),
        nonceAttribute('senderNonce', randomBytes(16)),
        nonceAttribute('recipientNonce', senderNonce),
      ],
    },
  )
}
