import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { mandateRoles } from './mandate.ts'
import { type MandateChanges, type NewMandate } from './mandate-input.ts'
import { type MandateFilter } from './mandate-store.ts'
import { type Mandates } from './mandates.ts'

const id = Joi.string().max(64)
const day = Joi.string().max(10)
const written = {
  role: Joi.string().valid(...mandateRoles),
  endsOn: day.allow(null, ''),
  costWeight: Joi.number().integer().min(0).max(1000),
}

/** What a new mandate is made of; the rules of `mandate-input.ts` say the rest. */
const newMandate = Joi.object<NewMandate>({
  ...written,
  personId: id.required(),
  bodyId: id.required(),
  startsOn: day.required(),
})

const changes = Joi.object({ ...written, startsOn: day, version: Joi.number().integer().min(1).required() })
const params = Joi.object({ id: id.required() })
const tags = ['api', 'mandates']

/** `/api/v1/mandates`. A list names a person, a body or both; there is no list of everything. */
export function mandateRoutes(mandates: Mandates): Plugin<void> {
  return {
    name: 'mandate-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/mandates',
          options: {
            ...needs('people.read'),
            tags,
            validate: {
              query: Joi.object({ personId: id, bodyId: id, on: day })
                .or('personId', 'bodyId')
                .messages({ 'object.missing': 'Give a person or a body.' }),
            },
          },
          handler: async request => ({
            items: await mandates.list(actorOf(request), queryOf<MandateFilter>(request)),
            next: null,
          }),
        },
        {
          method: 'POST',
          path: '/api/v1/mandates',
          options: { ...needs('people.write'), tags, validate: { payload: newMandate } },
          handler: async (request, h) =>
            h.response(await mandates.add(actorOf(request), payloadOf<NewMandate>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/mandates/{id}',
          options: { ...needs('people.read'), tags, validate: { params } },
          handler: request => mandates.get(actorOf(request), idOf(request)),
        },
        {
          method: 'PATCH',
          path: '/api/v1/mandates/{id}',
          options: { ...needs('people.write'), tags, validate: { params, payload: changes } },
          handler: request =>
            mandates.edit(
              actorOf(request),
              idOf(request),
              payloadOf<MandateChanges & { version: number }>(request),
            ),
        },
      ])
    },
  }
}
