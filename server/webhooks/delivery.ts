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
export type Outcome = { readonly status: number } | { readonly fault: Fault }

type Fault = 'private-address' | 'no-answer' | 'not-reached'

/** Minutes until each further attempt; after the last one it is given up and can be sent again by hand. */
const waits = [1, 5, 30, 120, 360, 720, 1440] as const

/** What goes over the wire. */
interface Parcel {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Brings a parcel to its address and says what came of it; never throws. */
export type Deliver = (parcel: Parcel) => Promise<Outcome>

/** The delivery after an attempt. Any 2xx is taken for a receipt, nothing else is. */
export function tried(delivery: Delivery, outcome: Outcome, now: Date): Delivery {
  const wait = waits[delivery.attempts]
  const ended = triedOnce(delivery, outcome, now)
  if (ended.state === 'delivered' || wait === undefined) return ended
  return { ...ended, state: 'waiting', nextAt: new Date(now.getTime() + wait * 60_000) }
}

/** The same for one that is not tried again by itself. */
export function triedOnce(delivery: Delivery, outcome: Outcome, now: Date): Delivery {
  const { id, organisationId, webhookId, event, createdAt, attempts } = delivery
  const received = 'status' in outcome && outcome.status >= 200 && outcome.status < 300
  return {
    id,
    organisationId,
    webhookId,
    event,
    createdAt,
    outcome,
    triedAt: now,
    attempts: attempts + 1,
    state: received ? 'delivered' : 'failed',
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
