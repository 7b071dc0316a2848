import { type Plugin, type Request, type ResponseToolkit } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageOfAll, pageQuery, type PageQuery } from '../http/paging.ts'
import { type Passwords } from './passwords.ts'
import { type SecondFactor } from './second-factor.ts'
import { type Sessions } from './sessions.ts'
import { type StaffChanges, type StaffEditing } from './staff-editing.ts'
import { newStaffMember, staffChanges, staffEnding, staffVersion } from './staff-input.ts'
import { type NewStaffMember, type Staff } from './staff.ts'

interface StaffRoutesDeps {
  readonly staff: Staff
  readonly editing: StaffEditing
  readonly passwords: Pick<Passwords, 'newLink'>
  readonly sessions: Sessions
  readonly secondFactor: Pick<SecondFactor, 'removeOf'>
  readonly publicUrl: string
}

const id = Joi.string().max(100).required()
const tags = ['api', 'staff']
const options = { ...needs('staff.write'), tags }
const ofOne = { params: Joi.object({ id }) }

/** Where a person chooses a password by the link whose secret this is. */
export function passwordLinkUrl(publicUrl: string, secret: string): string {
  return `${publicUrl}/choose-password/${secret}`
}

/** `/api/v1/staff`: who works here, with which roles, and where they are signed in. */
export function staffRoutes(deps: StaffRoutesDeps): Plugin<void> {
  const { staff, editing, passwords, sessions, secondFactor, publicUrl } = deps

  async function newLink(request: Request, staffId: string) {
    const { secret, expiresAt } = await passwords.newLink(actorOf(request), staffId)
    return { url: passwordLinkUrl(publicUrl, secret), expiresAt }
  }

  async function add(request: Request, h: ResponseToolkit) {
    const added = await staff.add(actorOf(request), payloadOf<NewStaffMember>(request))
    // Somebody of another organisation answers in their own session, and has a way to sign in there.
    if (added.hasPassword || added.invited) return h.response(added).code(201)
    const passwordLink = await newLink(request, added.id)
    return h.response({ ...added, passwordLink }).code(201)
  }

  return {
    name: 'staff-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/staff',
          options: { ...options, validate: { query: Joi.object(pageQuery) } },
          handler: async request =>
            pageOfAll(
              await staff.list(actorOf(request)),
              queryOf<PageQuery>(request),
              ({ email, id: staffId }) => [email, staffId],
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/staff',
          options: { ...options, validate: { payload: newStaffMember } },
          handler: add,
        },
        {
          method: 'GET',
          path: '/api/v1/staff/{id}',
          options: { ...options, validate: ofOne },
          handler: request => staff.get(actorOf(request), idOf(request)),
        },
        {
          method: 'PATCH',
          path: '/api/v1/staff/{id}',
          options: { ...options, validate: { ...ofOne, payload: staffChanges } },
          handler: request =>
            editing.edit(
              actorOf(request),
              idOf(request),
              payloadOf<StaffChanges & { version: number }>(request),
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/staff/{id}/end',
          options: { ...options, validate: { ...ofOne, payload: staffEnding } },
          handler: request =>
            editing.end(
              actorOf(request),
              idOf(request),
              payloadOf<{ version: number; reason?: string }>(request),
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/staff/{id}/resume',
          options: { ...options, validate: { ...ofOne, payload: staffVersion } },
          handler: request =>
            editing.resume(actorOf(request), idOf(request), payloadOf<{ version: number }>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/staff/{id}/password-link',
          options: { ...options, validate: ofOne },
          handler: async (request, h) => h.response(await newLink(request, idOf(request))).code(201),
        },
        {
          method: 'DELETE',
          path: '/api/v1/staff/{id}/second-factor',
          options: { ...options, validate: ofOne },
          handler: async (request, h) => {
            await secondFactor.removeOf(actorOf(request), idOf(request))
            return h.response().code(204)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/staff/{id}/sessions',
          options: { ...options, validate: ofOne },
          handler: async request => ({
            items: await sessions.list(actorOf(request), idOf(request)),
            next: null,
          }),
        },
        {
          method: 'DELETE',
          path: '/api/v1/staff/{id}/sessions',
          options: { ...options, validate: ofOne },
          handler: async request => ({ ended: await sessions.revokeAll(actorOf(request), idOf(request)) }),
        },
        {
          method: 'DELETE',
          path: '/api/v1/staff/{id}/sessions/{sessionId}',
          options: { ...options, validate: { params: Joi.object({ id, sessionId: id }) } },
          handler: async (request, h) => {
            await sessions.revoke(actorOf(request), idOf(request), idOf(request, 'sessionId'))
            return h.response().code(204)
          },
        },
      ])
    },
  }
}
