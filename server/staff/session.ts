/** How somebody proved who they are. */
export type SignInMethod = 'password' | 'code' | 'recovery-code' | 'passkey' | 'single-sign-on'

/** Where a request came from, as the person knows their own devices again. */
export interface CameFrom {
  readonly address: string
  /** The browser's own words. */
  readonly agent: string
}

/** Of callers that are no browser, such as tests and scripts. */
export const cameFromNowhere: CameFrom = { address: '', agent: '' }

export interface Session extends CameFrom {
  /** Hash of the secret in the cookie. */
  readonly id: string
  readonly staffId: string
  /** The organisation that is being worked in; one of the member's. */
  readonly organisationId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  /** To a few minutes. */
  readonly lastSeenAt: Date
  readonly methods: readonly SignInMethod[]
  /** When the person last proved who they are. */
  readonly confirmedAt: Date
  /** Of single sign-on: the one organisation whose provider speaks for the person. */
  readonly boundTo?: string
  /** How strongly the provider says that it knew them (`acr`). */
  readonly acr?: string
  /** What is missing before the session opens anything. */
  readonly waitsFor?: 'second-factor' | 'second-factor-set-up'
  /** The loan whose borrower holds the screen to sign: until its owner proves who they are it opens nothing else. */
  readonly lentFor?: string
  /** Wrong passwords and codes in a row of somebody who holds the session and is asked again who they are. */
  readonly wrongProofs?: number
}

/** A working day: long enough for an evening open house, short enough for a forgotten iPad. */
const sessionMs = 12 * 3_600_000
const waitingMs = 10 * 60_000
const seenEveryMs = 5 * 60_000
const freshMs = 5 * 60_000

/** When a session that begins now is over; one that still waits for something has ten minutes. */
export function endOf(waitsFor: Session['waitsFor'] | undefined, now: Date): Date {
  return new Date(now.getTime() + (waitsFor === undefined ? sessionMs : waitingMs))
}

/** Whether it is time to write down again that the session is used. */
export function isLongUnseen({ lastSeenAt }: Pick<Session, 'lastSeenAt'>, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= seenEveryMs
}

/** Whether the person proved within five minutes who they are: what dangerous deeds and personal reads ask for. */
export function isFresh({ confirmedAt }: Pick<Session, 'confirmedAt'>, now: Date): boolean {
  return now.getTime() - confirmedAt.getTime() < freshMs
}
