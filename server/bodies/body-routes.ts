import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { bodyTypes } from './body.ts'
import { type Bodies } from './bodies.ts'
import { type BodyInput, type NewBody } from './body-input.ts'

const name = Joi.string().max(120)
const type = Joi.string().valid(...bodyTypes)
const day = Joi.string().max(10)
const rest = { costCentre: Joi.string().max(20).allow(''), endsOn: day.allow(null, '') }

/** What a new body is made of; the rules of `body-input.ts` say the rest. */
const newBody = Joi.object<NewBody>({
  ...rest,
  name: name.required(),
  type: type.required(),
  startsOn: day.required(),
})

const changes = Joi.object({
  ...rest,
  name,
  type,
  startsOn: day,
  version: Joi.number().integer().min(1).required(),
})

const params = Joi.object({ id: Joi.string().max(64).required() })
const tags = ['api', 'bodies']

/** `/api/v1/bodies`. */
export function bodyRoutes(bodies: Bodies): Plugin<void> {
  return {
    name: 'body-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/bodies',
          options: { ...needs('bodies.read'), tags, validate: { query: Joi.object(pageQuery) } },
          handler: async request =>
            pageOfAll(await bodies.list(actorOf(request)), queryOf<PageQuery>(request), ({ name, id }) => [
              name,
              id,
            ]),
        },
        {
          method: 'POST',
          path: '/api/v1/bodies',
          options: { ...needs('bodies.write'), tags, validate: { payload: newBody } },
          handler: async (request, h) =>
            h.response(await bodies.add(actorOf(request), payloadOf<NewBody>(request))).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/bodies/{id}',
          options: { ...needs('bodies.read'), tags, validate: { params } },
          handler: request => bodies.get(actorOf(request), idOf(request)),
        },
        {
          method: 'PATCH',
          path: '/api/v1/bodies/{id}',
          options: { ...needs('bodies.write'), tags, validate: { params, payload: changes } },
          handler: request =>
            bodies.edit(actorOf(request), idOf(request), payloadOf<BodyInput & { version: number }>(request)),
        },
      ])
    },
  }
}
