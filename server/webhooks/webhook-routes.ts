import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { deliveryStates } from './delivery.ts'
import { eventTypes } from './webhook.ts'
import { type DeliveriesWanted, type Webhooks, type WrittenWebhook } from './webhooks.ts'

const id = Joi.string().max(64).required()
const params = Joi.object({ id })
const written = Joi.object({
  url: Joi.string().trim().max(2000).required().messages({
    'any.required': 'Give the address that is told.',
    'string.empty': 'Give the address that is told.',
  }),
  events: Joi.array()
    .items(Joi.string().valid(...eventTypes))
    .min(1)
    .unique()
    .required()
    .messages({ 'any.required': 'Choose what it is told of.', 'array.min': 'Choose what it is told of.' }),
  active: Joi.boolean().default(true),
})
const options = { ...needs('organisation.write'), tags: ['api', 'webhooks'] }

/** `/api/v1/webhooks`: other programs that are told what happens in the organisation. */
export function webhookRoutes(webhooks: Webhooks): Plugin<void> {
  return {
    name: 'webhook-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/webhooks',
          options: { ...options, validate: { query: Joi.object(pageQuery) } },
          handler: async request =>
            pageOfAll(
              await webhooks.list(actorOf(request)),
              queryOf<PageQuery>(request),
              ({ createdAt, id: webhookId }) => [createdAt.toISOString(), webhookId],
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/webhooks',
          options: { ...options, validate: { payload: written } },
          handler: async (request, h) =>
            h.response(await webhooks.add(actorOf(request), payloadOf<WrittenWebhook>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/webhooks/{id}',
          options: { ...options, validate: { params } },
          handler: request => webhooks.get(actorOf(request), idOf(request)),
        },
        {
          method: 'PUT',
          path: '/api/v1/webhooks/{id}',
          options: {
            ...options,
            validate: {
              params,
              payload: written.append({ version: Joi.number().integer().min(1).required() }),
            },
          },
          handler: request =>
            webhooks.edit(
              actorOf(request),
              idOf(request),
              payloadOf<WrittenWebhook & { version: number }>(request),
            ),
        },
        {
          method: 'DELETE',
          path: '/api/v1/webhooks/{id}',
          options: { ...options, validate: { params } },
          handler: async (request, h) => {
            await webhooks.remove(actorOf(request), idOf(request))
            return h.response().code(204)
          },
        },
        {
          method: 'POST',
          path: '/api/v1/webhooks/{id}/renew-secret',
          options: { ...options, validate: { params } },
          handler: request => webhooks.renewSecret(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/webhooks/{id}/test',
          options: { ...options, validate: { params } },
          handler: request => webhooks.tryOut(actorOf(request), idOf(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/webhooks/{id}/deliveries',
          options: {
            ...options,
            validate: {
              params,
              query: Joi.object({ ...pageQuery, state: Joi.string().valid(...deliveryStates) }),
            },
          },
          handler: request =>
            webhooks.deliveriesOf(actorOf(request), idOf(request), queryOf<DeliveriesWanted>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/webhooks/{id}/deliveries/{deliveryId}/replay',
          options: {
            ...options,
            validate: { params: Joi.object({ id, deliveryId: Joi.string().max(140).required() }) },
          },
          handler: request => webhooks.replay(actorOf(request), idOf(request), idOf(request, 'deliveryId')),
        },
      ])
    },
  }
}
