import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { bothWays } from '../http/list-order.ts'
import { pageQuery } from '../http/paging.ts'
import { bulkItemStates, bulkJobStates, shownJob } from './bulk-job.ts'
import { bulkJobSorts } from './bulk-job-order.ts'
import { type BulkJobs } from './bulk-asking.ts'
import { type BulkItemQuery, type BulkJobQuery } from './bulk-reading.ts'

const params = Joi.object({ id: Joi.string().max(64).required() })
const tags = ['api', 'jobs']
const read = { ...needs('jobs.read'), tags }
const write = { ...needs('devices.bulk'), tags }

/** `/api/v1/jobs`: deeds on many things at once, how far they are, and what came of each thing. */
export function bulkJobRoutes(jobs: BulkJobs): Plugin<void> {
  return {
    name: 'bulk-job-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/jobs',
          options: {
            ...read,
            validate: {
              query: Joi.object({
                ...pageQuery,
                state: Joi.string().valid(...bulkJobStates),
                sort: Joi.string()
                  .valid(...bothWays(bulkJobSorts))
                  .default('-createdAt'),
              }),
            },
          },
          handler: async request => {
            const { items, next } = await jobs.list(actorOf(request), queryOf<BulkJobQuery>(request))
            return { items: items.map(shownJob), next }
          },
        },
        {
          method: 'GET',
          path: '/api/v1/jobs/{id}',
          options: { ...read, validate: { params } },
          handler: async request => shownJob(await jobs.get(actorOf(request), idOf(request))),
        },
        {
          method: 'GET',
          path: '/api/v1/jobs/{id}/items',
          options: {
            ...read,
            validate: {
              params,
              query: Joi.object({ ...pageQuery, state: Joi.string().valid(...bulkItemStates) }),
            },
          },
          handler: request => jobs.items(actorOf(request), idOf(request), queryOf<BulkItemQuery>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/jobs/{id}/cancel',
          options: { ...write, validate: { params } },
          handler: async request => shownJob(await jobs.cancel(actorOf(request), idOf(request))),
        },
        {
          method: 'POST',
          path: '/api/v1/jobs/{id}/undo',
          options: { ...write, validate: { params } },
          handler: async (request, h) =>
            h.response(shownJob(await jobs.undo(actorOf(request), idOf(request)))).code(202),
        },
      ])
    },
  }
}
