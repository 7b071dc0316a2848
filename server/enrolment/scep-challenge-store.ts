import { type IssuePurpose } from './enrolment.ts'

/** A one-time permission to get an identity certificate, and what it is for. The secret itself is never kept. */
interface IssueChallenge {
  readonly secretHash: string
  readonly organisationId: string
  readonly deviceId: string
  readonly serialNumber: string
  readonly purpose: IssuePurpose
  /** The enrolment that is renewed. */
  readonly enrolmentId?: string
  readonly expiresAt: Date
}

export interface ScepChallengeStore {
  insert(challenge: IssueChallenge): Promise<void>
  /** What the certificate with this key was issued for; the newest answer wins when a key was used twice. */
  findByKey(
    publicKeyFingerprint: string,
  ): Promise<
    | { readonly purpose: IssuePurpose; readonly enrolmentId: string | undefined; readonly deviceId: string }
    | undefined
  >
  /** Whether a renewal of the enrolment has been started and can still be answered. */
  pendingRenewal(organisationId: string, enrolmentId: string, now: Date): Promise<boolean>
}
