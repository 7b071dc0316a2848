import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { readCertsOnly } from '../../profiles/cms/certs-only.ts'
import { CmsError } from '../../profiles/cms/cms-error.ts'
import { decryptEnveloped, encryptFor, type EnvelopeCipher } from '../../profiles/cms/enveloped-data.ts'
import { type DigestName } from '../../profiles/cms/object-identifiers.ts'
import { signData } from '../../profiles/cms/sign-data.ts'
import { verifySignedData, type VerifiedMessage } from '../../profiles/cms/verify-signed-data.ts'
import { publicKeyFingerprint, writeSigningRequest } from '../certificates/certificate-signing-request.ts'
import { randomSerial, writeCertificate } from '../certificates/certificate-writer.ts'
import { encodeName, type NamePart } from '../certificates/distinguished-name.ts'
import {
  failInfo,
  messageType,
  nonceAttribute,
  nonceOf,
  pkiStatus,
  textAttribute,
  textOf,
} from './scep-attributes.ts'
import { type FailInfo } from './scep-attributes.ts'

/** Everything a device decides when it asks for a certificate. */
export interface ScepAsking {
  /** From GetCACert: the request is encrypted for it, and it must have signed the answer. */
  readonly authority: X509Certificate
  /** RSA private key that the certificate is wanted for. */
  readonly key: KeyObject
  readonly subject: readonly NamePart[]
  readonly challenge: string | undefined
  /** Certificate and key that prove who renews; absent for a first request, which signs itself. */
  readonly renew?: { readonly certificate: X509Certificate; readonly key: KeyObject }
  readonly cipher: EnvelopeCipher
  readonly digest: DigestName
  readonly now: Date
  readonly randomBytes: (count: number) => Uint8Array
}

/** A request on its way, with what is needed to understand the answer. */
export interface ScepPending {
  /** Body of the POST, or base64 `message` of the GET. */
  readonly message: Uint8Array
  readonly transactionId: string
  readonly senderNonce: Uint8Array
  readonly authority: X509Certificate
  readonly signer: { readonly certificate: X509Certificate; readonly key: KeyObject }
  readonly publicKeyFingerprint: string
}

type ScepReply =
  | { readonly status: 'issued'; readonly certificate: X509Certificate }
  | { readonly status: 'refused'; readonly failInfo: FailInfo }
  | { readonly status: 'pending' }

/**
 * The PKCSReq, or with `renew` the RenewalReq, of a device (RFC 8894 section 3.3.1). As Apple's client does, the
 * transaction is named after the key, so that a repeated request is recognisably the same.
 */
export function askForCertificate(asking: ScepAsking): ScepPending {
  const { authority, key, challenge, digest, now, randomBytes } = asking
  const fingerprint = publicKeyFingerprint(createPublicKey(key))
  const transactionId = fingerprint.slice(0, 40).toUpperCase()
  const senderNonce = randomBytes(16)
  const signer = asking.renew ?? { certificate: selfSigned(asking), key }
  const csr = writeSigningRequest({ subject: encodeName(asking.subject), key, challenge })
  const enveloped = encryptFor(csr, { recipient: authority, cipher: asking.cipher, randomBytes })
  const type = asking.renew === undefined ? messageType.pkcsReq : messageType.renewalReq
  const message = signData(
    enveloped,
    { ...signer, chain: [] },
    {
      digest,
      content: 'attached',
      signingTime: now,
      attributes: [
        textAttribute('messageType', type),
        textAttribute('transactionId', transactionId),
        nonceAttribute('senderNonce', senderNonce),
      ],
    },
  )
  return { message, transactionId, senderNonce, authority, signer, publicKeyFingerprint: fingerprint }
}

function selfSigned({ key, subject, now, randomBytes }: ScepAsking): X509Certificate {
  const name = encodeName(subject)
  return writeCertificate({
    subject: name,
    issuer: name,
    issuerKey: key,
    publicKey: createPublicKey(key),
    serialNumber: randomSerial(randomBytes),
    notBefore: new Date(now.getTime() - 60_000),
    notAfter: new Date(now.getTime() + 86_400_000),
    extensions: [],
  })
}

/**
 * What the CertRep says to `pending`. Throws `CmsError` when it is not the authority's answer to this very request,
 * or hands out a certificate for another key.
 */
export function readReply(bytes: Uint8Array, pending: ScepPending): ScepReply {
  const reply = verifySignedData(bytes)
  checkBelongs(reply, pending)
  const status = textOf(reply.attributes, 'pkiStatus')
  if (status === pkiStatus.pending) return { status: 'pending' }
  if (status === pkiStatus.failure) return { status: 'refused', failInfo: readFailInfo(reply) }
  if (status !== pkiStatus.success) throw new CmsError('structure', 'The answer has no known status')
  const opened = decryptEnveloped(reply.content, { ...pending.signer, singleDes: 'refused' })
  const [certificate] = readCertsOnly(opened.content)
  if (
    certificate === undefined ||
    publicKeyFingerprint(certificate.publicKey) !== pending.publicKeyFingerprint
  ) {
    throw new CmsError('certificate', 'The certificate is for another key')
  }
  return { status: 'issued', certificate }
}

function checkBelongs({ certificate, attributes }: VerifiedMessage, pending: ScepPending): void {
  const nonce = nonceOf(attributes, 'recipientNonce') ?? new Uint8Array()
  const belongs =
    Buffer.compare(certificate.raw, pending.authority.raw) === 0 &&
    textOf(attributes, 'messageType') === messageType.certRep &&
    textOf(attributes, 'transactionId') === pending.transactionId &&
    Buffer.compare(nonce, pending.senderNonce) === 0
  if (!belongs) throw new CmsError('signer', 'The answer belongs to another request or another authority')
}

function readFailInfo({ attributes }: VerifiedMessage): FailInfo {
  const value = textOf(attributes, 'failInfo')
  for (const [name, number] of Object.entries(failInfo)) if (number === value) return name as FailInfo
  throw new CmsError('structure', 'The refusal gives no known reason')
}
