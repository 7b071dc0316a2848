/** One message to one member of the staff, on its way. The address is looked up when it is sent, not kept here. */
export interface Mail {
  readonly id: string
  readonly organisationId: string
  readonly staffId: string
  readonly subject: string
  readonly text: string
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly attempts: number
  readonly createdAt: Date
  /** When it is tried next; missing when it is over. */
  readonly nextAt?: Date
}

/** What goes over the wire. */
interface Letter {
  /** The same for each attempt, so that a receiver can tell one that came twice. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a letter to the mail server; rejects when it did not take it. */
export type SendLetter = (letter: Letter) => Promise<void>

/** Minutes until each further attempt; after the last one it is given up. */
const waits = [1, 5, 30, 120, 360, 720] as const

/** The mail after an attempt that the mail server took, or did not. */
export function attempted(mail: Mail, isTaken: boolean, now: Date): Mail {
  const wait = waits[mail.attempts]
  const one = { ...mail, attempts: mail.attempts + 1 }
  if (isTaken) return ended(one, 'sent')
  if (wait === undefined) return ended(one, 'failed')
  return { ...one, nextAt: new Date(now.getTime() + wait * 60_000) }
}

/** The mail when nothing more is done about it. */
export function ended(mail: Mail, state: 'sent' | 'failed'): Mail {
  const { id, organisationId, staffId, subject, text, attempts, createdAt } = mail
  return { id, organisationId, staffId, subject, text, attempts, createdAt, state }
}
