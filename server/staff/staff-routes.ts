import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { actorOf, needs } from '../http/credentials.ts'
import { roles, type Role } from './rights.ts'
import { type NewStaffMember, type Staff } from './staff.ts'
import { shortestPassword } from './password.ts'
import { type Tokens } from './tokens.ts'

const roleList = Joi.array()
  .items(Joi.string().valid(...roles))
  .min(1)
  .unique()
  .required()

/** What a new account is made of, for the API and the pages alike. */
export const newStaffMember = Joi.object({
  name: Joi.string().trim().max(120).required(),
  email: Joi.string().trim().email({ tlds: false }).max(254).required(),
  password: Joi.string().min(shortestPassword).max(200).required(),
  language: Joi.string().valid('sv', 'en').default('sv'),
  roles: roleList,
})

/** `/api/v1/staff` and `/api/v1/tokens`. */
export function staffRoutes(staff: Staff, tokens: Tokens): Plugin<void> {
  return {
    name: 'staff-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/me',
          handler: request => {
            const { id, name, kind, organisationId, roles: held } = actorOf(request)
            return {
              id,
              name,
              kind,
              organisationId,
              roles: held,
              rights: request.auth.credentials.app?.rights,
            }
          },
        },
        {
          method: 'GET',
          path: '/api/v1/staff',
          options: needs('staff.write'),
          handler: async request => ({ items: await staff.list(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/staff',
          options: { ...needs('staff.write'), validate: { payload: newStaffMember } },
          handler: async (request, h) =>
            h.response(await staff.add(actorOf(request), request.payload as NewStaffMember)).code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/tokens',
          options: needs('staff.write'),
          handler: async request => ({ items: await tokens.list(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/tokens',
          options: {
            ...needs('staff.write'),
            validate: {
              payload: Joi.object({
                name: Joi.string().trim().max(120).required(),
                roles: roleList,
                days: Joi.number().integer().min(1).max(730).default(365),
              }),
            },
          },
          handler: async (request, h) =>
            h
              .response(
                await tokens.issue(
                  actorOf(request),
                  request.payload as { name: string; roles: Role[]; days: number },
                ),
              )
              .code(201),
        },
        {
          method: 'DELETE',
          path: '/api/v1/tokens/{id}',
          options: {
            ...needs('staff.write'),
            validate: { params: Joi.object({ id: Joi.string().max(100) }) },
          },
          handler: async (request, h) => {
            await tokens.revoke(actorOf(request), String(request.params['id']))
            return h.response().code(204)
          },
        },
      ])
    },
  }
}
