import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { type Role } from './rights.ts'
import { roleList } from './staff-input.ts'
import { longestTokenDays, type Tokens } from './tokens.ts'

const tags = ['api', 'tokens']
const options = { ...needs('staff.write'), tags }

/** `/api/v1/tokens`: keys for programs. */
export function tokenRoutes(tokens: Tokens): Plugin<void> {
  return {
    name: 'token-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/tokens',
          options: { ...options, validate: { query: Joi.object(pageQuery) } },
          handler: async request =>
            pageOfAll(
              await tokens.list(actorOf(request)),
              request.query as unknown as PageQuery,
              ({ createdAt, id }) => [createdAt.toISOString(), id],
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/tokens',
          options: {
            ...options,
            validate: {
              payload: Joi.object({
                name: Joi.string().trim().max(120).required(),
                roles: roleList.required(),
                days: Joi.number().integer().min(1).max(longestTokenDays).default(365),
              }),
            },
          },
          handler: async (request, h) => {
            const wanted = request.payload as { name: string; roles: Role[]; days: number }
            return h.response(await tokens.issue(actorOf(request), wanted)).code(201)
          },
        },
        {
          method: 'DELETE',
          path: '/api/v1/tokens/{id}',
          options: { ...options, validate: { params: Joi.object({ id: Joi.string().max(100) }) } },
          handler: async (request, h) => {
            await tokens.revoke(actorOf(request), String(request.params['id']))
            return h.response().code(204)
          },
        },
      ])
    },
  }
}
