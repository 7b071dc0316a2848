import { type WebhookEvent } from './webhook.ts'

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const

/** One event on its way to one address. */
export interface Delivery {
  readonly id: string
  readonly organisationId: string
  readonly webhookId: string
  readonly event: WebhookEvent
  readonly state: (typeof deliveryStates)[number]
  readonly attempts: number
  readonly createdAt: Date
  /** When it is tried next; missing when it is over. */
  readonly nextAt?: Date
  readonly triedAt?: Date
  readonly outcome?: Outcome
}

/** What came of the last attempt: the status of the answer, or why there was none. */
type Outcome = { readonly status: number } | { readonly fault: Fault }

type Fault = 'private-address' | 'no-answer' | 'not-reached' | 'secret-lost'

/** Minutes until each further attempt; after the last one it is given up and can be sent again by hand. */
const waits = [1, 5, 30, 120, 360, 720, 1440] as const

/** No receiver is left alone for longer than this because it asks to be. */
const longestRestMs = 24 * 3_600_000

/** What came back, with what the receiver wrote in `Retry-After`. */
export type Answer = Outcome & { readonly retryAfter?: string }

/** What goes over the wire. */
interface Parcel {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Brings a parcel to its address and says what came of it; never throws. */
export type Deliver = (parcel: Parcel) => Promise<Answer>

/** Whether the receiver says that there is nothing at the address any more, and never will be. */
export function isGone(answer: Outcome): boolean {
  return 'status' in answer && answer.status === 410
}

/** For how many milliseconds a receiver that took nothing asks to be left alone; seconds or a date, a day at most. */
export function restAfter(answer: Answer, now: Date): number {
  const { retryAfter } = answer
  if (retryAfter === undefined || isReceived(answer)) return 0
  const wanted = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now.getTime()
  return Number.isNaN(wanted) ? 0 : Math.min(Math.max(wanted, 0), longestRestMs)
}

/**
 * The delivery after an attempt. Any 2xx is taken for a receipt, and 410 is final. Everything else is tried again later
 * (408, 425, 429 and 5xx say that it helps; other answers may be a receiver that somebody is putting right), not before
 * `Retry-After`.
 */
export function tried(delivery: Delivery, answer: Answer, now: Date): Delivery {
  const wait = waits[delivery.attempts]
  const ended = triedOnce(delivery, answer, now)
  if (ended.state === 'delivered' || wait === undefined || isGone(answer)) return ended
  const waitMs = Math.max(wait * 60_000, restAfter(answer, now))
  return { ...ended, state: 'waiting', nextAt: new Date(now.getTime() + waitMs) }
}

/** Whether the receiver took it. */
export function isReceived(answer: Outcome): boolean {
  return 'status' in answer && answer.status >= 200 && answer.status < 300
}

/** The same for one that is not tried again by itself. */
export function triedOnce(delivery: Delivery, answer: Answer, now: Date): Delivery {
  const { id, organisationId, webhookId, event, createdAt, attempts } = delivery
  return {
    id,
    organisationId,
    webhookId,
    event,
    createdAt,
    outcome: 'status' in answer ? { status: answer.status } : { fault: answer.fault },
    triedAt: now,
    attempts: attempts + 1,
    state: isReceived(answer) ? 'delivered' : 'failed',
  }
}

/** The delivery of a webhook that is turned off: it waits until somebody turns it on. */
export function held(delivery: Delivery): Delivery {
  const waiting: { -readonly [K in keyof Delivery]: Delivery[K] } = { ...delivery }
  delete waiting.nextAt
  return waiting
}

/** The delivery from the beginning, for a receiver that has been put right. */
export function again(delivery: Delivery, now: Date): Delivery {
  return { ...delivery, state: 'waiting', attempts: 0, nextAt: now }
}
