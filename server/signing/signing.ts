import { createPrivateKey, hash, X509Certificate } from 'node:crypto'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { accountOf, systemActor, type Actor } from '../staff/actor.ts'
import { type GivenCertificate, warningDays, warningDue } from './signing-certificate.ts'
import { type KeptSigningCertificate, type SigningStore } from './signing-store.ts'

interface SigningDeps {
  readonly store: SigningStore
  /** The server's own signer, which signs for whoever has no other. */
  readonly own: Signer
  readonly secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  /** What iPads trust by themselves and files leave out, as PEM. */
  readonly publicRoots: readonly string[]
}

export interface SigningStatus {
  /** What profiles are signed with now. */
  readonly signsWith: 'uploaded' | 'own'
  readonly subject: string
  readonly issuer: string
  readonly expiresAt: Date
  /** Missing when nothing was uploaded. */
  readonly uploaded?: {
    readonly subject: string
    readonly issuer: string
    readonly expiresAt: Date
    readonly at: Date
    readonly by: string
    /** SHA-256 of the certificate, hex. */
    readonly fingerprint: string
    /** It has ended, so the server's own signs. */
    readonly expired: boolean
  }
  /** Days of the warning that holds now: 60, 30 or 7, 0 after its end. */
  readonly warning?: number
}

/** Where an organisation's signing key is sealed for. */
const placeOfSigningKey = (organisationId: string): string => `signing/${organisationId}`

export type Signing = ReturnType<typeof createSigning>

/** The certificates that profiles are signed with: the organisation's own, or else the server's. */
export function createSigning({ store, own, secrets, audit, transaction, clock, publicRoots }: SigningDeps) {
  function statusOf(kept: KeptSigningCertificate | undefined, now: Date): SigningStatus {
    const server = {
      signsWith: 'own',
      subject: own.certificate.subject,
      issuer: own.certificate.issuer,
      expiresAt: own.certificate.validToDate,
    } as const
    if (kept === undefined) return server
    const { subject, issuer, expiresAt, uploadedAt, uploadedBy, certificate } = kept
    const expired = now >= expiresAt
    const warning = warningDue(expiresAt, now)
    const fingerprint = hash('sha256', new X509Certificate(certificate).raw)
    const uploaded = { subject, issuer, expiresAt, at: uploadedAt, by: uploadedBy.name, fingerprint, expired }
    return {
      ...(expired ? server : { signsWith: 'uploaded', subject, issuer, expiresAt }),
      uploaded,
      ...(warning !== undefined && { warning }),
    }
  }

  const status = async ({ organisationId }: Pick<Actor, 'organisationId'>): Promise<SigningStatus> =>
    statusOf(await store.find(organisationId), clock.now())

  return {
    status,

    /** What signs the profiles of an organisation: its own certificate while it is valid, else the server's. */
    signerFor: async (organisationId: string): Promise<Signer> => {
      const kept = await store.find(organisationId)
      if (kept === undefined || clock.now() >= kept.expiresAt) return own
      const key = secrets.openSecret(kept.sealedKey, placeOfSigningKey(organisationId))
      return {
        certificate: new X509Certificate(kept.certificate),
        chain: kept.chain.map(pem => new X509Certificate(pem)),
        key: createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }),
      }
    },

    /**
     * Takes a certificate into use for whatever is signed from now on.
     * @throws {DomainError} as `readSigningIdentity`
     */
    async replace(actor: Actor, given: GivenCertificate): Promise<SigningStatus> {
      const now = clock.now()
      // The library that opens such files is heavy, and hardly ever needed.
      const { readSigningIdentity } = await import('./signing-identity.ts')
      const { certificate, chain, key, expiresAt } = readSigningIdentity(given, now, publicRoots)
      const { organisationId } = actor
      const kept: KeptSigningCertificate = {
        id: organisationId,
        organisationId,
        certificate: certificate.toString(),
        chain: chain.map(each => each.toString()),
        sealedKey: secrets.sealSecret(
          key.export({ type: 'pkcs8', format: 'der' }),
          placeOfSigningKey(organisationId),
        ),
        subject: certificate.subject,
        issuer: certificate.issuer,
        expiresAt,
        uploadedAt: now,
        uploadedBy: accountOf(actor),
      }
      await transaction(async () => {
        await store.save(kept)
        await audit.record(actor, {
          action: 'signing.replace-certificate',
          on: { kind: 'signing-certificate', id: hash('sha256', certificate.raw) },
          after: { subject: kept.subject, expiresAt: kept.expiresAt.toISOString() },
        })
      })
      return statusOf(kept, now)
    },

    /**
     * Back to the server's own; the key is forgotten.
     * @throws {DomainError} not-found `signing-none`
     */
    async remove(actor: Actor): Promise<SigningStatus> {
      const kept = await store.find(actor.organisationId)
      if (kept === undefined)
        throw new DomainError('not-found', 'signing-none', 'There is no signing certificate to remove.')
      await transaction(async () => {
        await store.remove(actor.organisationId)
        await audit.record(actor, {
          action: 'signing.remove-certificate',
          on: { kind: 'signing-certificate', id: hash('sha256', new X509Certificate(kept.certificate).raw) },
        })
      })
      return statusOf(undefined, clock.now())
    },

    /** Tells of every certificate that ends within 60, 30 or 7 days, or has ended; of each step once. */
    async warn(): Promise<void> {
      const now = clock.now()
      const horizon = new Date(now.getTime() + (warningDays[0] + 1) * 86_400_000)
      for (const kept of await store.endingBefore(horizon)) {
        const days = warningDue(kept.expiresAt, now)
        if (days === undefined) continue
        await transaction(async () => {
          if (!(await store.warn(kept.organisationId, kept.certificate, days))) return
          await audit.record(systemActor(kept.organisationId), {
            action: 'signing.expires',
            on: {
              kind: 'signing-certificate',
              id: hash('sha256', new X509Certificate(kept.certificate).raw),
            },
            after: { days, expiresAt: kept.expiresAt.toISOString() },
          })
        })
      }
    },
  }
}
