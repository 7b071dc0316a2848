import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { DomainError } from '../domain-error.ts'
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
        options: { ...needs('audit.read'), validate: { query: Joi.object(pageQuery) } },
        handler: async request => {
          const { limit, after } = request.query as unknown as PageQuery
          const page = { limit: limit + 1, ...(after !== undefined && readCursor(after)) }
          const events = await audit.list(actorOf(request).organisationId, page)
          return pageOf(events, limit, ({ at, id }) => `${at.toISOString()}_${id}`)
        },
      })
    },
  }
}

function readCursor(text: string): { before: Date; beforeId: string } {
  const [at = '', beforeId = ''] = text.split('_')
  const before = new Date(at)
  if (Number.isNaN(before.getTime()) || beforeId === '')
    throw new DomainError('invalid', 'cursor', 'This page cannot be continued; begin at the first one.')
  return { before, beforeId }
}
