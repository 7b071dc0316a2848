import { type AuditEntry } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { type NewId } from '../ids.ts'
import { commandHappening, happeningOf, type Happening, type WebhookEvent } from './webhook.ts'
import { type DeliveryStore, type WebhookStore } from './webhook-store.ts'

interface WebhookOutboxDeps {
  readonly webhooks: Pick<WebhookStore, 'listening'>
  readonly deliveries: Pick<DeliveryStore, 'add'>
  readonly clock: Clock
  readonly newId: NewId
}

/** Writes down for each address that listens what it is to be told, beside what happened; sending comes later. */
export function createWebhookOutbox({ webhooks, deliveries, clock, newId }: WebhookOutboxDeps) {
  async function put(organisationId: string, happened: Happening, { id, at }: { id: string; at: Date }) {
    const event: WebhookEvent = { id, at, organisationId, ...happened }
    for (const { id: webhookId } of await webhooks.listening(organisationId, happened.type)) {
      const now = clock.now()
      const place = { id: `${id}.${webhookId}`, organisationId, webhookId }
      await deliveries.add({ ...place, event, state: 'waiting', attempts: 0, createdAt: now, nextAt: now })
    }
  }

  return {
    /** Called with each entry of the audit log, inside the transaction of what happened. */
    async heard(organisationId: string, entry: AuditEntry): Promise<void> {
      const happened = happeningOf(entry)
      if (happened) await put(organisationId, happened, { id: newId(), at: clock.now() })
    },

    /** Called with what iPads did, from their own outbox; hearing it again changes nothing. */
    async onDeviceEvent(event: DeviceEvent): Promise<void> {
      const happened = commandHappening(event)
      if (happened) await put(event.organisationId, happened, event)
    },
  }
}
