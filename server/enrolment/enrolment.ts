/** One time that an iPad came under management: from its Authenticate until it leaves or starts over. */
export interface Enrolment {
  readonly id: string
  readonly organisationId: string
  readonly deviceId: string
  /** As the iPad writes it; opaque. */
  readonly udid: string
  readonly state: EnrolmentState
  /** One per device: the enrolment that counts. */
  readonly current: boolean
  /** SHA-256 of its identity certificates, oldest first. Several only while a renewal is on its way. */
  readonly certificateFingerprints: readonly string[]
  /** SHA-256 of the newest identity's public key. */
  readonly keyFingerprint: string
  /** Base64 of the DER of the identity it last proved to have: what holds secrets is encrypted for it. */
  readonly certificate?: string
  readonly topic: string
  readonly tokenState: 'none' | 'live' | 'dead'
  /** Lower-case hex. */
  readonly token?: string
  readonly pushMagic?: string
  /** Sealed. */
  readonly unlockToken?: string
  /** Sealed. */
  readonly bootstrapToken?: string
  readonly awaitingConfiguration: boolean
  readonly authenticatedAt: Date
  readonly enrolledAt?: Date
  readonly endedAt?: Date
  /** Number of commands ever queued: the next one's place in the queue. */
  readonly sequence: number
  /** False: certainly nothing is queued. True: something is, or was until a moment ago. */
  readonly waiting: boolean
  /** When it is to be pushed; absent when nobody waits for it. */
  readonly wakeAt?: Date
  /** Pushes since it last had to come for something new. */
  readonly wakeAttempts: number
  /** When its identity is to be renewed. */
  readonly renewalDueAt?: Date
}

type EnrolmentState = 'authenticated' | 'enrolled' | 'checked-out' | 'replaced'

/** Days before the end of an identity at which it is renewed: Apple wants three months, and a month is for trouble. */
const renewalDaysBefore = 120

/** Days until a renewal that brought nothing is tried again. */
const renewalAgainDays = 7

/** When the identity with a certificate valid until `validTo` is to be renewed. */
export function renewalDueAt(validTo: Date): Date {
  return new Date(validTo.getTime() - renewalDaysBefore * 86_400_000)
}

/** When a renewal that was started at `now` is to be started again, should nothing come of it. */
export function renewalAgainAt(now: Date): Date {
  return new Date(now.getTime() + renewalAgainDays * 86_400_000)
}

/** What a challenge was made for. */
export type IssuePurpose = 'enrolment' | 'renewal'

/** What is known when an iPad sends Authenticate. */
interface AuthenticateFacts {
  /** The enrolment of the device that counts, if any. */
  readonly previous: Pick<Enrolment, 'id' | 'state' | 'certificateFingerprints'> | undefined
  readonly fingerprint: string
  /** How its certificate came to be, and for which enrolment; undefined when nobody knows any more. */
  readonly issued: { readonly purpose: IssuePurpose; readonly enrolmentId: string | undefined } | undefined
  /** An erase was handed out to the previous enrolment. */
  readonly eraseSent: boolean
}

/**
 * What an Authenticate means. Both a new enrolment and the renewal of a certificate send one, and taking one for the
 * other either loses the queue or keeps the commands of a former life:
 * - `repeated`: it is being repeated because our answer was lost; nothing changes
 * - `renewal`: the certificate was issued to renew this very enrolment, and no erase lies in between; nothing is cleared
 * - `new`: everything else
 */
export function meaningOfAuthenticate(facts: AuthenticateFacts): 'repeated' | 'renewal' | 'new' {
  const { previous, fingerprint, issued, eraseSent } = facts
  if (!previous) return 'new'
  const known = previous.certificateFingerprints.includes(fingerprint)
  if (known && previous.state === 'authenticated') return 'repeated'
  const renews = issued?.purpose === 'renewal' && issued.enrolmentId === previous.id
  if (renews && previous.state === 'enrolled' && !eraseSent) return known ? 'repeated' : 'renewal'
  return 'new'
}

/**
 * The certificates that stay valid after a TokenUpdate signed with `fingerprint`: older ones have done their time.
 * An update signed with the old one while a new one is on its way retires nothing.
 */
export function certificatesAfterTokenUpdate(
  certificateFingerprints: readonly string[],
  fingerprint: string,
): readonly string[] {
  const place = certificateFingerprints.indexOf(fingerprint)
  return place > 0 ? certificateFingerprints.slice(place) : certificateFingerprints
}
