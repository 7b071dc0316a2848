import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery } from '../http/paging.ts'
import { type Actor } from '../staff/actor.ts'
import { approvalStates, type Approval } from './approval.ts'
import { type ApprovalQuery, type Approvals } from './approvals.ts'

const params = Joi.object({ id: Joi.string().max(64).required() })

const reasonFor = (what: string) =>
  Joi.string()
    .trim()
    .max(1000)
    .messages({ 'any.required': what, 'string.empty': what, 'string.max': 'Write at most 1000 characters.' })

const why = 'Write why, so that the person who asked knows what applies.'

/** Requests that wait for a second person, and the decisions on them. */
export function approvalRoutes(approvals: Approvals): Plugin<void> {
  /** Who opened whose account is nobody's but the administrators' to read, in the audit log. */
  async function showAll(actor: Actor, all: readonly Approval[]) {
    const standing = await approvals.standingOf(actor)
    return all.map(({ openers, ...approval }) => ({
      ...approval,
      mayDecide: standing({ ...approval, ...(openers && { openers }) }) === 'may',
    }))
  }

  const show = async (actor: Actor, approval: Approval) => (await showAll(actor, [approval]))[0]

  return {
    name: 'approvals',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/approvals',
          options: {
            ...needs('approvals.read'),
            tags: ['api', 'approvals'],
            validate: {
              query: Joi.object({
                ...pageQuery,
                state: Joi.string().valid(...approvalStates),
                kind: Joi.string().max(40),
              }),
            },
          },
          handler: async request => {
            const actor = actorOf(request)
            const { items, next } = await approvals.list(actor, queryOf<ApprovalQuery>(request))
            return { items: await showAll(actor, items), next }
          },
        },
        {
          method: 'GET',
          path: '/api/v1/approvals/{id}',
          options: { ...needs('approvals.read'), tags: ['api', 'approvals'], validate: { params } },
          handler: async request => {
            const actor = actorOf(request)
            return show(actor, await approvals.get(actor, idOf(request)))
          },
        },
        {
          method: 'POST',
          path: '/api/v1/approvals/{id}/approve',
          options: {
            ...needs('approvals.decide'),
            tags: ['api', 'approvals'],
            validate: {
              params,
              payload: Joi.object({
                note: reasonFor(why).allow(''),
                version: Joi.number().integer().min(1),
              }).allow(null),
            },
          },
          handler: async request => {
            const actor = actorOf(request)
            const { note, version } = payloadOf<{ note?: string; version?: number } | null>(request) ?? {}
            const id = idOf(request)
            return show(actor, await approvals.approve(actor, id, note, version))
          },
        },
        {
          method: 'POST',
          path: '/api/v1/approvals/{id}/refuse',
          options: {
            ...needs('approvals.decide'),
            tags: ['api', 'approvals'],
            validate: { params, payload: Joi.object({ note: reasonFor(why).required() }) },
          },
          handler: async request => {
            const actor = actorOf(request)
            const { note } = payloadOf<{ note: string }>(request)
            return show(actor, await approvals.refuse(actor, idOf(request), note))
          },
        },
        {
          method: 'POST',
          path: '/api/v1/approvals/{id}/withdraw',
          options: { ...needs('approvals.read'), tags: ['api', 'approvals'], validate: { params } },
          handler: async request => {
            const actor = actorOf(request)
            return show(actor, await approvals.withdraw(actor, idOf(request)))
          },
        },
      ])
    },
  }
}
