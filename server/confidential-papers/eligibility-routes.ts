import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery } from '../http/paging.ts'
import { type Eligibilities } from './eligibilities.ts'

const tags = ['api', 'confidential-papers']
const query = Joi.object({ ...pageQuery, eligible: Joi.boolean() })

/** On which iPads confidential papers may be read, for the program that hands them out. */
export function eligibilityRoutes(eligibilities: Pick<Eligibilities, 'of' | 'list'>): Plugin<void> {
  return {
    name: 'eligibility-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/confidential-papers',
          options: { ...needs('devices.read'), tags, validate: { query } },
          handler: request =>
            eligibilities.list(
              actorOf(request),
              queryOf<{ limit: number; after?: string; eligible?: boolean }>(request),
            ),
        },
        {
          method: 'GET',
          path: '/api/v1/devices/{id}/confidential-papers',
          options: {
            ...needs('devices.read'),
            tags,
            validate: { params: Joi.object({ id: Joi.string().max(64).required() }) },
          },
          handler: request => eligibilities.of(actorOf(request), idOf(request)),
        },
      ])
    },
  }
}
