import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { systemActor } from '../staff/actor.ts'
import { shareOf, troubleAfter } from './circuit.ts'
import {
  held,
  isGone,
  isReceived,
  restAfter,
  tried,
  type Answer,
  type Deliver,
  type Delivery,
} from './delivery.ts'
import { signatureHeaders } from './signature.ts'
import { type Webhook } from './webhook.ts'
import { signingSecrets } from './webhook-secret.ts'
import { type DeliveryStore, type WebhookStore } from './webhook-store.ts'

interface DeliveringDeps {
  readonly webhooks: WebhookStore
  readonly deliveries: DeliveryStore
  readonly deliver: Deliver
  readonly secrets: Pick<SecretBox, 'openSecret'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  /** Told of what broke here, not at a receiver. */
  readonly noteFault: (error: unknown) => void
}

interface Share {
  readonly webhook: Webhook
  readonly due: readonly Delivery[]
}

const atOnce = 100
const mostLooks = 10
/** An instance that died while sending keeps nobody waiting for longer. */
const leaseMs = 60_000

/** Bringing what waits to the receivers, each at its own pace. */
export function createDelivering(deps: DeliveringDeps) {
  const { webhooks, deliveries, deliver, secrets, audit, transaction, clock } = deps
  /** Receivers that are being brought something now. A slow one has a round of its own; the others go on. */
  const running = new Map<string, Promise<void>>()

  async function send(webhook: Webhook, { event }: Delivery): Promise<Answer> {
    const body = JSON.stringify(event)
    const at = clock.now()
    const signing = signingSecrets(webhook, secrets, at)
    if (!signing) return { fault: 'secret-lost' }
    const headers = signatureHeaders(signing, { id: event.id, body, at })
    return deliver({ url: webhook.url, body, headers })
  }

  /** What the receiver answered; undefined for one that is turned off. */
  async function attempt(delivery: Delivery, webhook: Webhook, until: Date): Promise<Answer | undefined> {
    if (!webhook.active) {
      await deliveries.saveClaimed(held(delivery), until)
      return undefined
    }
    const answer = await send(webhook, delivery)
    await deliveries.saveClaimed(tried(delivery, answer, clock.now()), until)
    return answer
  }

  /** What a round brings: of each webhook no more than its share, so that none holds up the others. */
  async function shared(): Promise<Share[]> {
    const now = clock.now()
    const chosen: Share[] = []
    // Those that have come up once are left out of the next look, where others may have been behind them.
    const looked = new Set(running.keys())
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const found = await deliveries.due(now, { limit: atOnce, without: [...looked] })
      for (const { webhookId, organisationId } of found) {
        if (looked.has(webhookId)) continue
        looked.add(webhookId)
        const due = found.filter(one => one.webhookId === webhookId)
        const webhook = await webhooks.find(organisationId, webhookId)
        const share = webhook && shareOf(webhook.trouble, now)
        if (webhook && share) chosen.push({ webhook, due: due.slice(0, share) })
      }
      if (found.length < atOnce) break
    }
    return chosen
  }

  /** Its receiver has said that there is nothing at the address any more: nobody asks again until people say so. */
  async function turnOff({ organisationId, id, url }: Webhook): Promise<void> {
    await transaction(async () => {
      const found = await webhooks.find(organisationId, id)
      // People may have given it another address while this answer was on its way.
      if (!found?.active || found.url !== url) return
      const after = { ...found, active: false, goneAt: clock.now(), version: found.version + 1 }
      if (!(await webhooks.save(after, found.version))) return
      await webhooks.noteTrouble(found, undefined)
      await audit.record(systemActor(organisationId), {
        action: 'webhooks.gone',
        on: { kind: 'webhook', id },
        before: { active: true },
        after: { active: false, status: 410 },
      })
    })
  }

  /** Brings a webhook its share, and notes how the receiver did. */
  async function bring({ webhook, due }: Share): Promise<void> {
    const { trouble } = webhook
    const taken = await Promise.all(
      due.map(async one => {
        const until = new Date(clock.now().getTime() + leaseMs)
        const claimed = await deliveries.claim(one, until)
        return claimed && attempt(claimed, webhook, until)
      }),
    )
    const answers = taken.filter(one => one !== undefined)
    if (answers.length === 0) return
    if (answers.some(isGone)) return turnOff(webhook)
    const now = clock.now()
    const wasTaken = answers.some(isReceived)
    const restMs = Math.max(...answers.map(answer => restAfter(answer, now)))
    const after = troubleAfter(trouble, { wasTaken, restMs, now })
    if (after ?? trouble) await webhooks.noteTrouble(webhook, after)
  }

  /** Begins to bring what is due; the receivers that still have the round before are left to it. */
  async function begun(): Promise<Promise<void>[]> {
    return (await shared())
      .filter(({ webhook }) => !running.has(webhook.id))
      .map(share => {
        const { id } = share.webhook
        const bringing = bring(share).finally(() => running.delete(id))
        running.set(id, bringing)
        return bringing
      })
  }

  const idle = async () => {
    await Promise.allSettled(running.values())
  }

  return {
    send,
    /** Begins to send what is due and waits for no receiver: a dead one would hold up what comes next to the others. */
    async beginDue(): Promise<void> {
      for (const bringing of await begun()) bringing.catch(deps.noteFault)
    },
    /** Sends what is due, and waits until every receiver has answered or has not. */
    async deliverDue(): Promise<void> {
      await idle()
      await Promise.all(await begun())
    },
    /** When nothing is on its way. */
    idle,
  }
}
