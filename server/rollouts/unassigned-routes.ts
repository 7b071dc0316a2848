import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery, type PageQuery } from '../http/paging.ts'
import { type UnassignedProfiles } from './unassigned-profiles.ts'

const tags = ['api', 'rollouts']
const params = Joi.object({ id: Joi.string().max(64).required() })
const why = { 'any.required': 'Say why.', 'string.empty': 'Say why.' }
const removal = Joi.object({
  identifier: Joi.string().max(255).required(),
  reason: Joi.string().trim().max(1000).required().messages(why),
})

/** Managed profiles that nothing assigns: on one iPad, on all of them, and taking one away. */
export function unassignedRoutes(unassigned: UnassignedProfiles): Plugin<void> {
  return {
    name: 'unassigned-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/unassigned-profiles',
          options: { ...needs('rollouts.read'), tags, validate: { query: Joi.object(pageQuery) } },
          handler: request => unassigned.list(actorOf(request), queryOf<PageQuery>(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/devices/{id}/unassigned-profiles',
          options: { ...needs('rollouts.read'), tags, validate: { params } },
          handler: request => unassigned.of(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/devices/{id}/unassigned-profiles/remove',
          options: { ...needs('rollouts.write'), tags, validate: { params, payload: removal } },
          handler: async (request, h) => {
            const wanted = payloadOf<{ identifier: string; reason: string }>(request)
            const sent = await unassigned.remove(actorOf(request), idOf(request), wanted)
            const commands = sent.map(({ id, requestType }) => ({ commandUUID: id, requestType }))
            return h.response({ commands }).code(202)
          },
        },
      ])
    },
  }
}
