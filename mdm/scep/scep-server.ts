import { type X509Certificate } from 'node:crypto'
import { knowCertificate } from '../../profiles/cms/certificate-cache.ts'
import { type EnvelopeCipher } from '../../profiles/cms/enveloped-data.ts'
import { type DigestName } from '../../profiles/cms/object-identifiers.ts'
import { deviceSerialOf, issueDeviceCertificate, type Authority } from '../certificates/authority.ts'
import { type SigningRequest } from '../certificates/certificate-signing-request.ts'
import { isIssuedBy, isValidAt } from '../device-identity.ts'
import { failureReply, successReply, type CertRepContext } from './cert-rep.ts'
import { type ScepChallenges } from './challenge.ts'
import { type FailInfo } from './scep-attributes.ts'
import {
  openRequest,
  readEnvelope,
  ScepRefusal,
  type ScepEnvelope,
  type ScepRequest,
} from './scep-request.ts'

/** Asked before a device certificate of ours is renewed; false for an iPad that is no longer managed. */
interface ScepRenewals {
  mayRenew(renewal: RenewalAttempt): Promise<boolean>
}

export interface RenewalAttempt {
  /** SHA-256 of the old certificate's DER form, lower-case hex. */
  readonly certificateFingerprint: string
  readonly serialNumber: string
  readonly now: Date
}

export interface ScepNeeds {
  readonly authority: Authority
  readonly challenges: ScepChallenges
  readonly renewals: ScepRenewals
  /** Clients from before 2010, and Debian's scepclient, know no better; no iPad needs it. */
  readonly singleDes: 'refused' | 'accepted'
  readonly now: Date
  readonly randomBytes: (count: number) => Uint8Array
}

interface Answer {
  /** CertRep in DER, to be sent with 200 and `application/x-pki-message`. */
  readonly reply: Uint8Array
  readonly transactionId: string
}

export type ScepAnswer =
  | (Answer & {
      readonly outcome: 'issued'
      readonly kind: ScepRequest['kind']
      readonly serialNumber: string
      readonly certificate: X509Certificate
      /** SHA-256 of the new certificate's DER form, lower-case hex. */
      readonly fingerprint: string
    })
  | (Answer & { readonly outcome: 'refused'; readonly failInfo: FailInfo; readonly reason: string })

/**
 * Answers a PKIOperation (RFC 8894): PKCSReq with a one-time challenge, RenewalReq signed with a device certificate
 * of ours that is still valid. A challenge is spent only by a request that is right in everything else. Refusals come
 * as FAILURE answers; throws `ScepMessageError` when the message cannot be answered in that form.
 */
export async function answerPkiOperation(message: Uint8Array, needs: ScepNeeds): Promise<ScepAnswer> {
  const envelope = readEnvelope(message)
  const context = replyContext(envelope, needs)
  const { transactionId } = envelope
  try {
    const request = open(message, envelope, needs)
    const serialNumber = await permit(request, envelope, needs)
    const { publicKey } = request.signingRequest
    const certificate = issueDeviceCertificate(needs.authority, { serialNumber, publicKey }, needs)
    const cipher = replyCipher(request.cipher)
    const reply = successReply({ certificate, requester: request.requester, cipher }, context)
    const { fingerprint } = knowCertificate(certificate.raw)
    return {
      outcome: 'issued',
      kind: request.kind,
      reply,
      transactionId,
      serialNumber,
      certificate,
      fingerprint,
    }
  } catch (refusal) {
    if (!(refusal instanceof ScepRefusal)) throw refusal
    const reply = failureReply(refusal.failInfo, context)
    return { outcome: 'refused', reply, transactionId, failInfo: refusal.failInfo, reason: refusal.message }
  }
}

function open(message: Uint8Array, envelope: ScepEnvelope, { authority, singleDes }: ScepNeeds): ScepRequest {
  const { certificate, key } = authority
  const request = openRequest(message, envelope, { certificate, key, singleDes })
  if (request.requester.publicKey.asymmetricKeyType !== 'rsa') {
    throw new ScepRefusal('badAlg', 'The answer can only be encrypted for an RSA key')
  }
  checkKey(request.signingRequest)
  return request
}

/** Identity keys are RSA of 2048 to 4096 bits, which is what an iPad can make for SCEP and what still holds. */
function checkKey({ publicKey }: SigningRequest): void {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (publicKey.asymmetricKeyType !== 'rsa' || bits < 2048 || bits > 4096) {
    throw new ScepRefusal('badAlg', 'The key must be RSA of 2048 to 4096 bits')
  }
}

/** Serial number of the iPad that the certificate is for, once it is clear that it may have one. */
function permit(request: ScepRequest, envelope: ScepEnvelope, needs: ScepNeeds): Promise<string> {
  return request.kind === 'pkcsReq' ? permitFirst(request, envelope, needs) : permitRenewal(request, needs)
}

async function permitFirst(
  { signingRequest }: ScepRequest,
  { transactionId }: ScepEnvelope,
  { challenges, now }: ScepNeeds,
): Promise<string> {
  const { challenge, publicKeyFingerprint } = signingRequest
  if (challenge === undefined) throw new ScepRefusal('badRequest', 'The request carries no challenge')
  const redeemed = await challenges.redeem({ challenge, publicKeyFingerprint, transactionId, now })
  if (redeemed.outcome === 'refused')
    throw new ScepRefusal('badRequest', `The challenge is ${redeemed.reason}`)
  return redeemed.serialNumber
}

const clockToleranceMinutes = 10

async function permitRenewal({ requester }: ScepRequest, needs: ScepNeeds): Promise<string> {
  const { authority, renewals, now } = needs
  if (!isIssuedBy(requester, authority.certificate))
    throw new ScepRefusal('badCertId', 'The certificate is not ours')
  if (!isValidAt(requester, now, clockToleranceMinutes))
    throw new ScepRefusal('badTime', 'The certificate has expired')
  const serialNumber = deviceSerialOf(requester)
  if (serialNumber === undefined) throw new ScepRefusal('badCertId', 'The certificate names no device')
  const certificateFingerprint = knowCertificate(requester.raw).fingerprint
  if (!(await renewals.mayRenew({ certificateFingerprint, serialNumber, now }))) {
    throw new ScepRefusal('badCertId', 'The certificate may not be renewed')
  }
  return serialNumber
}

function replyContext(
  { transactionId, senderNonce, digest }: ScepEnvelope,
  needs: ScepNeeds,
): CertRepContext {
  const { authority, now, randomBytes } = needs
  return { authority, transactionId, senderNonce, digest: replyDigest(digest), now, randomBytes }
}

/** SHA-1 is read, never written: a client that sends it can read SHA-256, which GetCACaps announces. */
const replyDigest = (asked: DigestName): DigestName => (asked === 'sha1' ? 'sha256' : asked)

const replyCipher = (asked: ScepRequest['cipher']): EnvelopeCipher =>
  asked === 'des-cbc' ? 'des-ede3-cbc' : asked
