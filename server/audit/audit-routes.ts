import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery } from '../http/paging.ts'
import { actorKinds } from '../staff/actor.ts'
import { type AuditReader } from './audit.ts'
import { auditPageOf, auditSorts, type AuditWanted } from './audit-paging.ts'
import { type VerifyAudit } from './audit-verification.ts'

interface AuditRoutesNeeds {
  readonly audit: AuditReader
  readonly verify: VerifyAudit
}

const tags = ['api', 'audit']

/** Query keys that narrow the log. */
const auditFilter = {
  who: Joi.string().trim().max(200),
  by: Joi.string().valid(...actorKinds),
  action: Joi.string().trim().max(100),
  kind: Joi.string().trim().max(100),
  id: Joi.string().trim().max(100),
  from: Joi.date().iso(),
  to: Joi.date().iso(),
  requestId: Joi.string().max(100),
}

/** What happened in the caller's organisation, and whether anybody has tampered with it. */
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
            validate: {
              query: Joi.object({
                ...pageQuery,
                ...auditFilter,
                sort: Joi.string()
                  .valid(...auditSorts)
                  .default('-at'),
              }),
            },
          },
          handler: request =>
            auditPageOf(audit, actorOf(request).organisationId, queryOf<AuditWanted>(request)),
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
            const { sequence, hash } = queryOf<{ sequence?: number; hash?: string }>(request)
            const known = sequence !== undefined && hash !== undefined ? { sequence, hash } : undefined
            return verify(actorOf(request).organisationId, known)
          },
        },
      ])
    },
  }
}
