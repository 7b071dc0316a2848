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
import { isInTrouble } from './circuit.ts'
import { createDelivering } from './delivering.ts'
import { again, triedOnce, type Deliver, type Delivery } from './delivery.ts'
import { secretFrom } from './signature.ts'
import { checkUrl, type UrlRules, type Webhook, type WebhookEvent } from './webhook.ts'
import { hasLostSecret, placeOfSecret } from './webhook-secret.ts'
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
  /** Told of what broke here, not at a receiver. */
  readonly noteFault: (error: unknown) => void
}

export interface DeliveriesWanted {
  readonly limit: number
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly state?: Delivery['state'] | undefined
}

export type WrittenWebhook = Pick<Webhook, 'url' | 'events' | 'active'>
/** Without the secret, which is shown once only. */
export type ShownWebhook = Omit<Webhook, 'sealedSecret' | 'former' | 'trouble' | 'goneAt'> & {
  /** Since when it takes nothing, once that has gone on for some rounds. */
  readonly failingSince?: Date
  /** Since when it is turned off because its receiver said 410. */
  readonly goneSince?: Date
  /** Nothing is signed or sent until its secret is renewed: the key that sealed it is lost. */
  readonly secretLost?: true
  /** Until when the previous secret signs too. */
  readonly formerSecretUntil?: Date
}

const most = 20
/** How long the receiver has to take the new secret into use. */
const overlapMs = 24 * 3_600_000

const shownOf = ({
  id,
  organisationId,
  url,
  events,
  active,
  createdAt,
  version,
  former,
  trouble,
  goneAt,
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
  ...(goneAt && { goneSince: goneAt }),
})

export type Webhooks = ReturnType<typeof createWebhooks>

/** Telling other programs what happens: their addresses, and what was sent to them. */
export function createWebhooks(deps: WebhooksDeps) {
  const { webhooks, deliveries, secrets, audit, transaction, clock, newId, randomBytes } = deps
  const { send, ...delivering } = createDelivering(deps)

  async function mustFind({ organisationId }: Actor, id: string): Promise<Webhook> {
    const found = await webhooks.find(organisationId, id)
    if (!found) throw new DomainError('not-found', 'webhook-unknown', 'There is no such webhook.')
    return found
  }

  const shown = (webhook: Webhook): ShownWebhook => ({
    ...shownOf(webhook),
    ...(hasLostSecret(webhook, secrets) && { secretLost: true }),
  })
  const told = ({ url, events, active }: WrittenWebhook) => ({ host: new URL(url).host, events, active })

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
      const id = newId()
      const secret = secretFrom(randomBytes(32))
      const sealedSecret = secrets.sealSecret(Buffer.from(secret), placeOfSecret(id))
      const webhook = { id, organisationId, ...wanted, createdAt: clock.now(), sealedSecret, version: 1 }
      await transaction(async () => {
        await webhooks.hold(organisationId)
        if ((await webhooks.list(organisationId)).length >= most)
          throw new DomainError('conflict', 'webhooks-full', `There can be at most ${String(most)} webhooks.`)
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
      return transaction(async () => {
        const before = await mustFind(actor, id)
        const { url, events, active, version } = changes
        // One that was taken before a rule was made can still be turned off.
        if (url !== before.url) checkUrl(url, deps)
        const after = { ...withoutGone(before), url, events, active, version: version + 1 }
        if (!(await webhooks.save(after, version))) throw stale('webhook')
        await webhooks.noteTrouble(after, undefined)
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
      const sealedSecret = secrets.sealSecret(Buffer.from(secret), placeOfSecret(id))
      return transaction(async () => {
        const before = await mustFind(actor, id)
        const until = new Date(clock.now().getTime() + overlapMs)
        // One that does not open signs nothing any more.
        const isLost = hasLostSecret(before, secrets)
        const former = isLost ? undefined : { sealedSecret: before.sealedSecret, until }
        const renewed = { ...withoutFormer(before), sealedSecret, version: before.version + 1 }
        const after = former ? { ...renewed, former } : renewed
        if (!(await webhooks.save(after, before.version))) throw stale('webhook')
        if (isLost) await webhooks.noteTrouble(before, undefined)
        const on = { kind: 'webhook', id }
        const told = former ? { formerUntil: until } : { formerLost: true }
        await audit.record(actor, { action: 'webhooks.renew-secret', on, after: told })
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
      return transaction(async () => {
        const webhook = await mustFind(actor, id)
        const found = await deliveries.find(actor.organisationId, deliveryId)
        if (found?.webhookId !== id)
          throw new DomainError('not-found', 'delivery-unknown', 'This delivery no longer exists.')
        const waiting = again(found, clock.now())
        await deliveries.save(waiting)
        // Whoever sends again has put the receiver right.
        await webhooks.noteTrouble(webhook, undefined)
        const on = { kind: 'webhook', id }
        await audit.record(actor, { action: 'webhooks.replay', on, after: { deliveryId } })
        return waiting
      })
    },

    /**
     * Sending what is due; to a webhook that is turned off nothing. A receiver that takes nothing is left alone for
     * longer and longer, one that asks for a rest gets it, and a slow one keeps nobody waiting.
     */
    ...delivering,

    /** Those of an organisation whose receiver takes nothing or is gone, or whose secret is lost, and since when. */
    async failing(organisationId: string): Promise<Failing[]> {
      return (await webhooks.list(organisationId)).flatMap((webhook): Failing[] => {
        const { id, url, active, trouble, goneAt } = webhook
        const { host } = new URL(url)
        // When the key was lost is not known; the day the webhook was made keeps it one and the same notice.
        const isLost = active && hasLostSecret(webhook, secrets)
        if (isLost) return [{ id, host, why: 'secret-lost', since: webhook.createdAt }]
        if (goneAt) return [{ id, host, why: 'gone', since: goneAt }]
        return active && isInTrouble(trouble) ? [{ id, host, why: 'failing', since: trouble.since }] : []
      })
    },
  }
}

/** A webhook that people have to look after. */
interface Failing {
  readonly id: string
  readonly host: string
  readonly why: 'failing' | 'gone' | 'secret-lost'
  readonly since: Date
}

type Draft = { -readonly [K in keyof Webhook]: Webhook[K] }

/** The webhook that somebody has looked after. */
function withoutGone(webhook: Webhook): Webhook {
  const kept: Draft = { ...webhook }
  delete kept.goneAt
  return kept
}

/** The webhook whose previous secret signs no more. */
function withoutFormer(webhook: Webhook): Webhook {
  const kept: Draft = { ...webhook }
  delete kept.former
  return kept
}
