import { type Plugin } from '@hapi/hapi'
import { type Audit } from './audit/audit.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { type Config } from './config.ts'
import { type Database } from './database/database.ts'
import { type DeviceEvents } from './device-channel/device-events.ts'
import { faultOf } from './fault.ts'
import { createWebhookDelivery } from './http/webhook-delivery.ts'
import { type Log } from './log.ts'
import { type Ports } from './start.ts'
import { createMongoWebhookStore } from './webhooks/mongo-webhook-store.ts'
import { webhookJobs } from './webhooks/webhook-jobs.ts'
import { createWebhookOutbox } from './webhooks/webhook-outbox.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

interface WebhookNeeds extends Database {
  readonly config: Config
  readonly ports: Ports
  readonly certificates: Certificates
  readonly log: Log
}

/** The part of `compose` that tells other programs what happens. */
export function composeWebhooks({ config, ports, certificates, log, tables, transaction }: WebhookNeeds) {
  const stores = createMongoWebhookStore(tables)
  const outbox = createWebhookOutbox({ ...stores, ...ports })
  const privateAllowed = config.privateWebhooks === 'accepted'
  return {
    /** The log that also tells: what is written down and what others hear of it stand together. */
    telling: <A extends Audit>(audit: A): A => ({
      ...audit,
      record: async (actor, entry) => {
        await audit.record(actor, entry)
        await outbox.heard(actor.organisationId, entry)
      },
    }),
    /** When the log stands and iPads can be heard. */
    open(audit: Audit, deviceEvents: Pick<DeviceEvents, 'subscribe'>) {
      deviceEvents.subscribe('webhooks', event => outbox.onDeviceEvent(event))
      const deliver = createWebhookDelivery({ privateAllowed, timeoutMs: 10_000 })
      const webhooks = createWebhooks({
        ...stores,
        ...ports,
        deliver,
        secrets: certificates,
        audit,
        transaction,
        privateAllowed,
        noteFault: error => log.error({ err: faultOf(error) }, 'webhooks not delivered'),
      })
      const staffPlugins: Plugin<void>[] = [webhookRoutes(webhooks)]
      return { webhooks, staffPlugins, jobs: webhookJobs(webhooks) }
    },
  }
}
