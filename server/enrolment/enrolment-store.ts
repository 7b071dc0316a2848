import { type Enrolment } from './enrolment.ts'

/** What an enrolment knows that is worth stealing; gone when it ends. */
export const secretsOfEnrolment = ['token', 'pushMagic', 'unlockToken', 'bootstrapToken'] as const

/** Fields of an enrolment that a change sets, and those it empties. */
interface EnrolmentChange {
  readonly set?: Partial<Omit<Enrolment, 'id' | 'organisationId' | 'deviceId'>>
  readonly emptied?: readonly (
    'token' | 'pushMagic' | 'unlockToken' | 'bootstrapToken' | 'wakeAt' | 'enrolledAt' | 'endedAt'
  )[]
}

export interface WakeResult {
  readonly id: string
  /** The token to mark as dead; one that the iPad has sent since is not touched. */
  readonly deadToken?: string
  /** Absent: it is not pushed again by itself. */
  readonly wakeAt?: Date
  readonly attempts: number
}

export interface EnrolmentStore {
  insert(enrolment: Enrolment): Promise<void>
  find(organisationId: string, id: string): Promise<Enrolment | undefined>
  /** Of any organisation: an iPad that calls names none. */
  findByCertificate(fingerprint: string): Promise<Enrolment | undefined>
  currentOf(organisationId: string, deviceId: string): Promise<Enrolment | undefined>
  /** The ones that count of several devices; devices without one are left out. */
  currentOfMany(organisationId: string, deviceIds: readonly string[]): Promise<Enrolment[]>
  change(organisationId: string, id: string, change: EnrolmentChange): Promise<Enrolment | undefined>
  /**
   * A place at the end of the queue of the device's enrolment, which from now on waits to be woken.
   * Undefined when the device is not under management.
   */
  takePlace(organisationId: string, deviceId: string, now: Date): Promise<Enrolment | undefined>
  /** Says that nothing is queued, unless something was since `sequence` was read. */
  nothingWaits(enrolment: Pick<Enrolment, 'id' | 'organisationId' | 'sequence'>): Promise<void>
  /** Those that can be pushed, of the ids given. */
  findWakeable(ids: readonly string[]): Promise<Enrolment[]>
  /** The ids of those that are due to be pushed, at most `limit`. */
  dueForWake(now: Date, limit: number): Promise<string[]>
  /** Writes down what pushing brought. Nothing for those whose queue has become empty meanwhile. */
  woken(results: readonly WakeResult[]): Promise<void>
  /** Enrolled iPads whose identity is to be renewed, at most `limit`. */
  dueForRenewal(now: Date, limit: number): Promise<Enrolment[]>
  /** How many enrolments count, by push topic. */
  topics(): Promise<{ topic: string; count: number }[]>
}
