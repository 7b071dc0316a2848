import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { type Right, type Role } from './rights.ts'
import { roleList, scopeList } from './staff-input.ts'
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
              queryOf<PageQuery>(request),
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
                scopes: scopeList,
                days: Joi.number().integer().min(1).max(longestTokenDays).default(365),
              }),
            },
          },
          handler: async (request, h) => {
            const wanted = payloadOf<{ name: string; roles: Role[]; scopes?: Right[]; days: number }>(request)
            return h.response(await tokens.issue(actorOf(request), wanted)).code(201)
          },
        },
        {
          method: 'DELETE',
          path: '/api/v1/tokens/{id}',
          options: { ...options, validate: { params: Joi.object({ id: Joi.string().max(100) }) } },
          handler: async (request, h) => {
            await tokens.revoke(actorOf(request), idOf(request))
            return h.response().code(204)
          },
        },
      ])
    },
  }
}
