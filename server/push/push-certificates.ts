import { createHash } from 'node:crypto'
import {
  PushCertificateError,
  readPemPushCertificate,
  type PushCertificate,
} from '../../mdm/certificates/push-certificate.ts'
import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'

/** The push certificate as it is kept: the key sealed. */
export interface KeptPushCertificate {
  readonly certificate: string
  readonly sealedKey: string
  readonly topic: string
  readonly expiresAt: Date
  readonly uploadedAt: Date
  readonly uploadedBy: string
}

export interface PushCertificateStore {
  find(): Promise<KeptPushCertificate | undefined>
  save(kept: KeptPushCertificate): Promise<void>
}

/** What is used to push: PEM of both parts. */
export interface PushIdentity {
  readonly certificate: string
  readonly key: string
  readonly topic: string
  readonly expiresAt: Date
  /** `trial`: made here, no service of Apple's knows it. */
  readonly origin: 'uploaded' | 'trial'
}

export interface PushStatus {
  /** `off`: there is no certificate that Apple would take, so nothing is pushed. `trial`: a stand-in is pushed to. */
  readonly mode: 'apple' | 'trial' | 'off'
  readonly topic: string
  readonly certificate: 'uploaded' | 'trial'
  readonly expiresAt: Date
  readonly expired: boolean
}

interface PushCertificatesDeps {
  readonly store: PushCertificateStore
  readonly trial: () => Promise<PushCertificate>
  readonly secrets: SecretBox
  /** How many enrolments count, by topic. */
  readonly topics: () => Promise<readonly { topic: string; count: number }[]>
  /** Refuses what the push library would refuse later. Throws Error with a reason for people. */
  readonly tryOut: (identity: PushIdentity) => Promise<void>
  /** Told when another certificate is in use. */
  readonly changed: () => void
  readonly toApple: boolean
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

const place = 'push/installation'

export type PushCertificates = ReturnType<typeof createPushCertificates>

/** The one push certificate of the installation: Apple's, or until there is one a trial one made here. */
export function createPushCertificates(deps: PushCertificatesDeps) {
  const { store, secrets, audit, transaction, clock } = deps

  async function identity(): Promise<PushIdentity> {
    const kept = await store.find()
    if (kept) {
      const { certificate, topic, expiresAt } = kept
      const key = Buffer.from(secrets.openSecret(kept.sealedKey, place)).toString('utf8')
      return { certificate, key, topic, expiresAt, origin: 'uploaded' }
    }
    return identityOf(await deps.trial(), 'trial')
  }

  async function status(): Promise<PushStatus> {
    const { topic, expiresAt, origin } = await identity()
    const mode = deps.toApple ? (origin === 'uploaded' ? 'apple' : 'off') : 'trial'
    return { mode, topic, certificate: origin, expiresAt, expired: clock.now() >= expiresAt }
  }

  return {
    identity,
    status,

    /** The topic that new enrolments get. */
    topic: async (): Promise<string> => (await identity()).topic,

    /**
     * Takes `certificate` and `key` (PEM) into use at once. Renewing keeps the topic; another topic would leave every
     * enrolled iPad unreachable for good, so it is refused while there are any.
     * @throws {DomainError} invalid `push-certificate-invalid`; conflict `push-topic-changed`, `push-certificate-expired`
     */
    async replace(actor: Actor, given: { certificate: string; key: string }): Promise<PushStatus> {
      const now = clock.now()
      const wanted = identityOf(read(given), 'uploaded')
      if (now >= wanted.expiresAt)
        throw new DomainError('conflict', 'push-certificate-expired', 'This certificate has expired.')
      await tryOut(wanted)
      await transaction(async () => {
        const other = (await deps.topics()).filter(({ topic, count }) => topic !== wanted.topic && count > 0)
        if (other.length > 0) throw new DomainError('conflict', 'push-topic-changed', topicWords(other))
        await store.save({
          certificate: wanted.certificate,
          sealedKey: secrets.sealSecret(Buffer.from(wanted.key, 'utf8'), place),
          topic: wanted.topic,
          expiresAt: wanted.expiresAt,
          uploadedAt: now,
          uploadedBy: actor.name,
        })
        await audit.record(actor, {
          action: 'push.replace-certificate',
          on: { kind: 'push-certificate', id: createHash('sha256').update(wanted.certificate).digest('hex') },
          after: { topic: wanted.topic, expiresAt: wanted.expiresAt.toISOString() },
        })
      })
      deps.changed()
      return status()
    },
  }

  async function tryOut(wanted: PushIdentity): Promise<void> {
    try {
      await deps.tryOut(wanted)
    } catch (error) {
      throw invalid(error instanceof Error ? error.message : 'The certificate cannot be used.')
    }
  }
}

function identityOf(
  { certificate, key, topic, notAfter }: PushCertificate,
  origin: PushIdentity['origin'],
): PushIdentity {
  return {
    certificate: certificate.toString(),
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    topic,
    expiresAt: notAfter,
    origin,
  }
}

function read({ certificate, key }: { certificate: string; key: string }): PushCertificate {
  try {
    return readPemPushCertificate(`${certificate}\n${key}`, undefined)
  } catch (error) {
    if (!(error instanceof PushCertificateError)) throw error
    throw invalid(error.message)
  }
}

function invalid(message: string): DomainError {
  return new DomainError('invalid', 'push-certificate-invalid', message, [{ path: 'certificate', message }])
}

function topicWords(other: readonly { topic: string; count: number }[]): string {
  const count = other.reduce((sum, each) => sum + each.count, 0)
  return `This certificate is for another topic, and ${count} enrolled iPads could never be reached again. Renew the old certificate with the same Apple account instead.`
}
