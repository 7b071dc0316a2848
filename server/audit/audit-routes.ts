import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOf, pageQuery, type PageQuery } from '../http/paging.ts'
import { type AuditReader } from './audit.ts'

/** `GET /api/v1/audit`: what happened in the caller's organisation, newest first. */
export function auditRoutes(audit: AuditReader): Plugin<void> {
  return {
    name: 'audit-routes',
    register(server) {
      server.route({
        method: 'GET',
        path: '/api/v1/audit',
        options: {
          ...needs('audit.read'),
          validate: { query: Joi.object({ ...pageQuery, after: Joi.date().iso() }) },
        },
        handler: async request => {
          const { limit, after } = request.query as unknown as Omit<PageQuery, 'after'> & { after?: Date }
          const page = { limit: limit + 1, ...(after && { before: after }) }
          const events = await audit.list(actorOf(request).organisationId, page)
          return pageOf(events, limit, event => event.at.toISOString())
        },
      })
    },
  }
}
