import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Row, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Delivery } from './delivery.ts'
import { type Webhook } from './webhook.ts'
import { type DeliveryStore, type WebhookStore } from './webhook-store.ts'

/** Seconds that what was sent can be looked at and sent again. */
const keptSeconds = 30 * 86_400

export function createMongoWebhookStore(tables: Tables): {
  webhooks: WebhookStore
  deliveries: DeliveryStore
} {
  const webhooks = tables.define<Stored<Webhook>>({
    name: 'webhooks',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      url: { type: String, required: true },
      events: { type: [String], required: true },
      active: { type: Boolean, required: true },
      createdAt: { type: Date, required: true },
      sealedSecret: { type: String, required: true },
      former: { sealedSecret: String, until: Date },
      trouble: { type: Object, default: undefined },
      goneAt: Date,
      version: { type: Number, required: true },
    },
    indexes: [[{ organisationId: 1, createdAt: 1 }]],
  })
  const deliveries = tables.define<Stored<Delivery>>({
    name: 'webhookDeliveries',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      webhookId: { type: String, required: true },
      event: { type: Object, required: true },
      state: { type: String, required: true },
      attempts: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      nextAt: Date,
      triedAt: Date,
      outcome: Object,
    },
    indexes: [
      [{ organisationId: 1, webhookId: 1, createdAt: -1 }],
      [{ organisationId: 1, webhookId: 1, state: 1, createdAt: -1 }],
      [{ nextAt: 1 }, { sparse: true }],
      [{ createdAt: 1 }, { expireAfterSeconds: keptSeconds }],
    ],
  })
  const turns = tables.define<Row & { turn: number }>({
    name: 'webhookTurns',
    tenancy: { belongsTo: 'organisation' },
    fields: { turn: Number },
    indexes: [],
  })
  const everybodys = deliveries.acrossOrganisations('what is due is sent for all in one round')
  return {
    webhooks: {
      insert: webhook => webhooks.within(webhook.organisationId).insert(toRow(webhook)),
      async find(organisationId, id) {
        const row = await webhooks.within(organisationId).findOne({ _id: id })
        return row && fromRow(row)
      },
      async hold(organisationId) {
        const own = turns.within(organisationId)
        await own.updateOne({ _id: organisationId }, { $inc: { turn: 1 } }, { upsert: true })
      },
      list: async organisationId =>
        (await webhooks.within(organisationId).find({}, { sort: { createdAt: 1 } })).map(row => fromRow(row)),
      save: (webhook, version) =>
        webhooks.within(webhook.organisationId).replaceOne({ _id: webhook.id, version }, toRow(webhook)),
      async noteTrouble({ organisationId, id, url }, trouble) {
        const update = trouble ? { $set: { trouble } } : { $unset: { trouble: '' as const } }
        await webhooks.within(organisationId).updateOne({ _id: id, url }, update)
      },
      async remove(organisationId, id) {
        await deliveries.within(organisationId).deleteMany({ webhookId: id })
        await webhooks.within(organisationId).deleteMany({ _id: id })
      },
      listening: async (organisationId, type) =>
        (await webhooks.within(organisationId).find({ active: true, events: type })).map(row => fromRow(row)),
    },
    deliveries: {
      async add(delivery) {
        try {
          await deliveries.within(delivery.organisationId).insert(toRow(delivery))
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
        }
      },
      async find(organisationId, id) {
        const row = await deliveries.within(organisationId).findOne({ _id: id })
        return row && fromRow(row)
      },
      async list(organisationId, webhookId, { limit, before, state }) {
        const older = before && {
          $or: [
            { createdAt: { $lt: before.createdAt } },
            { createdAt: before.createdAt, _id: { $lt: before.id } },
          ],
        }
        const newestFirst = { createdAt: -1, _id: -1 } as const
        const rows = await deliveries
          .within(organisationId)
          .find({ webhookId, ...(state && { state }), ...older }, { sort: newestFirst, limit })
        return rows.map(row => fromRow(row))
      },
      async due(now, { limit, without }) {
        const filter = { nextAt: { $lte: now }, ...(without.length > 0 && { webhookId: { $nin: without } }) }
        return (await everybodys.find(filter, { sort: { nextAt: 1 }, limit })).map(row => fromRow(row))
      },
      async claim({ organisationId, id, nextAt }, until) {
        if (!nextAt) return undefined
        const row = await deliveries
          .within(organisationId)
          .findOneAndUpdate({ _id: id, nextAt }, { $set: { nextAt: until } })
        return row && fromRow(row)
      },
      async save(delivery) {
        await deliveries.within(delivery.organisationId).replaceOne({ _id: delivery.id }, toRow(delivery))
      },
      async saveClaimed(delivery, nextAt) {
        const own = deliveries.within(delivery.organisationId)
        await own.replaceOne({ _id: delivery.id, nextAt }, toRow(delivery))
      },
      async release(organisationId, webhookId, now) {
        const held = { webhookId, state: 'waiting', nextAt: { $exists: false } } as const
        await deliveries.within(organisationId).updateMany(held, { $set: { nextAt: now } })
      },
    },
  }
}
