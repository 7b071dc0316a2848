import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Search } from './search.ts'

/** `/api/v1/search`: things of every kind that the caller may read. */
export function searchRoutes({ search }: Search): Plugin<void> {
  return {
    name: 'search-routes',
    register(server) {
      server.route({
        method: 'GET',
        path: '/api/v1/search',
        options: {
          ...needs('organisation.read'),
          tags: ['api', 'search'],
          validate: {
            query: Joi.object({
              q: Joi.string().trim().max(300).required().allow('').messages({
                'any.required': 'Say in q what you are looking for.',
              }),
              limit: Joi.number().integer().min(1).max(50).default(10),
            }),
          },
        },
        handler: request => {
          const { q, limit } = queryOf<{ q: string; limit: number }>(request)
          return search(actorOf(request), q, { limit })
        },
      })
    },
  }
}
