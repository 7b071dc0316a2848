import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { placeText, readTimePlace } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId, type RandomBytes } from '../ids.ts'
import { type Actor } from '../staff/actor.ts'
import { stale } from '../stale.ts'
import { isInTrouble, shareOf, troubleAfter } from './circuit.ts'
import { again, held, tried, triedOnce, type Deliver, type Delivery } from './delivery.ts'
import { secretFrom, signatureHeaders } from './signature.ts'
import { checkUrl, type UrlRules, type Webhook, type WebhookEvent } from './webhook.ts'
import { type DeliveryStore, type WebhookStore } from './webhook-store.ts'

interface WebhooksDeps extends UrlRules {
  readonly webhooks: WebhookStore
  readonly deliveries: DeliveryStore
  readonly deliver: Deliver
  readonly secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
  readonly randomBytes: RandomBytes
}

export interface DeliveriesWanted {
  readonly limit: number
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly state?: Delivery['state'] | undefined
}

export type WrittenWebhook = Pick<Webhook, 'url' | 'events' | 'active'>
/** Without the secret, which is shown once only. */
export type ShownWebhook = Omit<Webhook, 'sealedSecret' | 'former' | 'trouble'> & {
  /** Since when it takes nothing, once that has gone on for some rounds. */
  readonly failingSince?: Date
  /** Until when the previous secret signs too. */
  readonly formerSecretUntil?: Date
}

const most = 20
const atOnce = 100
const mostLooks = 10
/** An instance that died while sending keeps nobody waiting for longer. */
const leaseMs = 60_000
/** How long the receiver has to take the new secret into use. */
const overlapMs = 24 * 3_600_000

const placeOf = (id: string) => `webhook/${id}`
const shown = ({
  id,
  organisationId,
  url,
  events,
  active,
  createdAt,
  version,
  former,
  trouble,
}: Webhook): ShownWebhook => ({
  id,
  organisationId,
  url,
  events,
  active,
  createdAt,
  version,
  ...(former && { formerSecretUntil: former.until }),
  ...(isInTrouble(trouble) && { failingSince: trouble.since }),
})

export type Webhooks = ReturnType<typeof createWebhooks>

/** Telling other programs what happens: their addresses, and what was sent to them. */
export function createWebhooks(deps: WebhooksDeps) {
  const { webhooks, deliveries, deliver, secrets, audit, transaction, clock, newId, randomBytes } = deps

  async function mustFind({ organisationId }: Actor, id: string): Promise<Webhook> {
    const found = await webhooks.find(organisationId, id)
    if (!found) throw new DomainError('not-found', 'webhook-unknown', 'There is no such webhook.')
    return found
  }

  const told = ({ url, events, active }: WrittenWebhook) => ({ host: new URL(url).host, events, active })

  async function send(webhook: Webhook, { event }: Delivery) {
    const body = JSON.stringify(event)
    const at = clock.now()
    const { sealedSecret, former } = webhook
    const sealed = former && at < former.until ? [sealedSecret, former.sealedSecret] : [sealedSecret]
    const open = (one: string) => Buffer.from(secrets.openSecret(one, placeOf(webhook.id))).toString()
    const headers = signatureHeaders(sealed.map(open), { id: event.id, body, at })
    return deliver({ url: webhook.url, body, headers })
  }

  /** Whether the receiver took it; undefined for one that is turned off. */
  async function attempt(
    delivery: Delivery,
    webhook: Webhook,
    claimedUntil: Date,
  ): Promise<boolean | undefined> {
    const after = webhook.active
      ? tried(delivery, await send(webhook, delivery), clock.now())
      : held(delivery)
    await deliveries.saveClaimed(after, claimedUntil)
    return webhook.active ? after.state === 'delivered' : undefined
  }

  /** What a round brings: of each webhook no more than its share, so that none holds up the others. */
  async function shared(): Promise<{ webhook: Webhook; due: Delivery[] }[]> {
    const now = clock.now()
    const chosen = new Map<string, { webhook: Webhook; due: Delivery[] }>()
    const looked = new Set<string>()
    // Those that have come up once are left out of the next look, where others may have been behind them.
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const found = await deliveries.due(now, { limit: atOnce, without: [...looked] })
      for (const { webhookId, organisationId } of found) {
        if (looked.has(webhookId)) continue
        looked.add(webhookId)
        const due = found.filter(one => one.webhookId === webhookId)
        const webhook = await webhooks.find(organisationId, webhookId)
        const share = webhook && shareOf(webhook.trouble, now)
        if (webhook && share) chosen.set(webhookId, { webhook, due: due.slice(0, share) })
      }
      if (found.length < atOnce) break
    }
    return [...chosen.values()]
  }

  /** Brings a webhook its share, and notes how the receiver did. */
  async function bring({ webhook, due }: { webhook: Webhook; due: readonly Delivery[] }): Promise<void> {
    const { organisationId, id, trouble } = webhook
    const taken = await Promise.all(
      due.map(async one => {
        const until = new Date(clock.now().getTime() + leaseMs)
        const claimed = await deliveries.claim(one, until)
        return claimed && attempt(claimed, webhook, until)
      }),
    )
    const told = taken.filter(one => one !== undefined)
    if (told.length === 0) return
    const after = troubleAfter(trouble, { wasTaken: told.includes(true), now: clock.now() })
    if (after ?? trouble) await webhooks.noteTrouble(organisationId, id, after)
  }

  return {
    async list({ organisationId }: Actor): Promise<ShownWebhook[]> {
      return (await webhooks.list(organisationId)).map(shown)
    },

    /** @throws {DomainError} not-found `webhook-unknown` */
    async get(actor: Actor, id: string): Promise<ShownWebhook> {
      return shown(await mustFind(actor, id))
    },

    /**
     * A new address; the secret of its signatures is in this answer and in no other.
     * @throws {DomainError} invalid `webhook-url`, `webhook-fragment`, `webhook-port`; conflict `webhooks-full`
     */
    async add(actor: Actor, wanted: WrittenWebhook): Promise<ShownWebhook & { secret: string }> {
      checkUrl(wanted.url, deps)
      const { organisationId } = actor
      if ((await webhooks.list(organisationId)).length >= most)
        throw new DomainError('conflict', 'webhooks-full', `There can be at most ${String(most)} webhooks.`)
      const id = newId()
      const secret = secretFrom(randomBytes(32))
      const sealedSecret = secrets.sealSecret(Buffer.from(secret), placeOf(id))
      const webhook = { id, organisationId, ...wanted, createdAt: clock.now(), sealedSecret, version: 1 }
      await transaction(async () => {
        await webhooks.insert(webhook)
        await audit.record(actor, {
          action: 'webhooks.add',
          on: { kind: 'webhook', id },
          after: told(wanted),
        })
      })
      return { ...shown(webhook), secret }
    },

    /** @throws {DomainError} invalid `webhook-url`, `webhook-fragment`, `webhook-port`; not-found `webhook-unknown`; conflict `stale` */
    async edit(
      actor: Actor,
      id: string,
      changes: WrittenWebhook & { version: number },
    ): Promise<ShownWebhook> {
      checkUrl(changes.url, deps)
      return transaction(async () => {
        const before = await mustFind(actor, id)
        const { url, events, active, version } = changes
        const after = { ...before, url, events, active, version: version + 1 }
        if (!(await webhooks.save(after, version))) throw stale('webhook')
        await webhooks.noteTrouble(actor.organisationId, id, undefined)
        if (active && !before.active) await deliveries.release(actor.organisationId, id, clock.now())
        const on = { kind: 'webhook', id }
        await audit.record(actor, { action: 'webhooks.edit', on, before: told(before), after: told(after) })
        return shown(after)
      })
    },

    /**
     * A new secret, shown in this answer and in no other. The previous one signs too for a day, so that the receiver
     * can change without missing anything.
     * @throws {DomainError} not-found `webhook-unknown`; conflict `stale`
     */
    async renewSecret(actor: Actor, id: string): Promise<ShownWebhook & { secret: string }> {
      const secret = secretFrom(randomBytes(32))
      const sealedSecret = secrets.sealSecret(Buffer.from(secret), placeOf(id))
      return transaction(async () => {
        const before = await mustFind(actor, id)
        const until = new Date(clock.now().getTime() + overlapMs)
        const former = { sealedSecret: before.sealedSecret, until }
        const after = { ...before, sealedSecret, former, version: before.version + 1 }
        if (!(await webhooks.save(after, before.version))) throw stale('webhook')
        const on = { kind: 'webhook', id }
        await audit.record(actor, { action: 'webhooks.renew-secret', on, after: { formerUntil: until } })
        return { ...shown(after), secret }
      })
    },

    /** With what was on its way to it. @throws {DomainError} not-found `webhook-unknown` */
    async remove(actor: Actor, id: string): Promise<void> {
      await transaction(async () => {
        const before = await mustFind(actor, id)
        await webhooks.remove(actor.organisationId, id)
        await audit.record(actor, {
          action: 'webhooks.remove',
          on: { kind: 'webhook', id },
          before: told(before),
        })
      })
    },

    /** Sends a trial event at once and says what came of it. @throws {DomainError} not-found `webhook-unknown` */
    async tryOut(actor: Actor, id: string): Promise<Delivery> {
      const webhook = await mustFind(actor, id)
      const { organisationId } = actor
      const now = clock.now()
      const event: WebhookEvent = {
        id: newId(),
        type: 'test',
        at: now,
        organisationId,
        subject: { kind: 'webhook', id },
      }
      // Not due by itself: whoever asked looks at what comes of this one attempt.
      const delivery: Delivery = {
        id: `${event.id}.${id}`,
        organisationId,
        webhookId: id,
        event,
        state: 'failed',
        attempts: 0,
        createdAt: now,
      }
      await transaction(async () => {
        await deliveries.add(delivery)
        await audit.record(actor, { action: 'webhooks.test', on: { kind: 'webhook', id } })
      })
      const ended = triedOnce(delivery, await send(webhook, delivery), clock.now())
      await deliveries.save(ended)
      return ended
    },

    /**
     * What was sent, or is to be, the newest first.
     * @throws {DomainError} not-found `webhook-unknown`; invalid `bad-cursor`
     */
    async deliveriesOf(
      actor: Actor,
      id: string,
      { limit, after, state }: DeliveriesWanted,
    ): Promise<Page<Delivery>> {
      const place = after === undefined ? undefined : readTimePlace(after)
      const before = place && { createdAt: place.at, id: place.id }
      await mustFind(actor, id)
      const rows = await deliveries.list(actor.organisationId, id, { limit: limit + 1, before, state })
      return pageOf(rows, limit, one => placeText(one.createdAt, one.id))
    },

    /** Sends something again in the next round. @throws {DomainError} not-found `webhook-unknown`, `delivery-unknown` */
    async replay(actor: Actor, id: string, deliveryId: string): Promise<Delivery> {
      await mustFind(actor, id)
      return transaction(async () => {
        const found = await deliveries.find(actor.organisationId, deliveryId)
        if (found?.webhookId !== id)
          throw new DomainError('not-found', 'delivery-unknown', 'This delivery no longer exists.')
        const waiting = again(found, clock.now())
        await deliveries.save(waiting)
        // Whoever sends again has put the receiver right.
        await webhooks.noteTrouble(actor.organisationId, id, undefined)
        const on = { kind: 'webhook', id }
        await audit.record(actor, { action: 'webhooks.replay', on, after: { deliveryId } })
        return waiting
      })
    },

    /**
     * Sends what is due; to a webhook that is turned off nothing. A receiver that takes nothing is left alone for longer
     * and longer, and a slow one keeps only those waiting that come in the same round.
     */
    async deliverDue(): Promise<void> {
      await Promise.all((await shared()).map(bring))
    },

    /** Those of an organisation whose receiver takes nothing, and since when. */
    async failing(organisationId: string): Promise<{ id: string; host: string; since: Date }[]> {
      return (await webhooks.list(organisationId)).flatMap(({ id, url, active, trouble }) =>
        active && isInTrouble(trouble) ? [{ id, host: new URL(url).host, since: trouble.since }] : [],
      )
    },
  }
}
