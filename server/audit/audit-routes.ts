import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { DomainError } from '../domain-error.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOf, pageQuery, type PageQuery } from '../http/paging.ts'
import { type AuditFilter, type AuditReader } from './audit.ts'
import { type VerifyAudit } from './audit-verification.ts'

export interface AuditRoutesNeeds {
  readonly audit: AuditReader
  readonly verify: VerifyAudit
}

const tags = ['api', 'audit']

/** Query keys that narrow the log. */
const auditFilter = {
  who: Joi.string().trim().max(200),
  action: Joi.string().trim().max(100),
  kind: Joi.string().trim().max(100),
  id: Joi.string().trim().max(100),
  from: Joi.date().iso(),
  to: Joi.date().iso(),
  requestId: Joi.string().max(100),
}

/** What happened in the caller's organisation, newest first, and whether anybody has tampered with it. */
export function auditRoutes({ audit, verify }: AuditRoutesNeeds): Plugin<void> {
  return {
    name: 'audit-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/audit',
          options: {
            ...needs('audit.read'),
            tags,
            validate: { query: Joi.object({ ...pageQuery, ...auditFilter }) },
          },
          handler: async request => {
            const { limit, after, ...filter } = request.query as unknown as PageQuery & AuditFilter
            const page = { ...filter, limit: limit + 1, ...(after !== undefined && readCursor(after)) }
            const events = await audit.list(actorOf(request).organisationId, page)
            return pageOf(events, limit, ({ at, id }) => `${at.toISOString()}_${id}`)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/audit/verification',
          options: {
            ...needs('audit.read'),
            tags,
            validate: {
              query: Joi.object({
                sequence: Joi.number().integer().min(1),
                hash: Joi.string().hex().length(64),
              }).and('sequence', 'hash'),
            },
          },
          handler: async request => {
            const { sequence, hash } = request.query as { sequence?: number; hash?: string }
            const known = sequence !== undefined && hash !== undefined ? { sequence, hash } : undefined
            return verify(actorOf(request).organisationId, known)
          },
        },
      ])
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
