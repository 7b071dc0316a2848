import { type Plugin, type ResponseToolkit } from '@hapi/hapi'
import Joi from 'joi'
import { DomainError } from '../domain-error.ts'
import { idOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Enrolling } from './enrolling.ts'

/** What somebody reads who opens an old or a mistyped link on an iPad. */
const plainWords: Readonly<Record<string, string>> = {
  'enrolment-link-unknown':
    'Den här länken finns inte. Be om en ny QR-kod.\nThis link does not exist. Ask for a new QR code.\n',
  'enrolment-link-expired':
    'Den här länken har gått ut. Be om en ny QR-kod.\nThis link has expired. Ask for a new QR code.\n',
}

/** `GET /enroll/{token}` for the device door: the token is the permission. */
export function enrolmentProfileRoutes(enrolling: Enrolling): Plugin<void> {
  return {
    name: 'enrolment-profile',
    register(server) {
      server.route({
        method: 'GET',
        path: '/enroll/{token}',
        handler: async (request, h) => {
          try {
            const profile = await enrolling.profileOfLink(String(request.params['token']))
            return signed(h, profile)
          } catch (error) {
            const words = error instanceof DomainError ? plainWords[error.code] : undefined
            if (words === undefined || !(error instanceof DomainError)) throw error
            const status = error.code === 'enrolment-link-expired' ? 410 : 404
            return h.response(words).code(status).type('text/plain').header('cache-control', 'no-store')
          }
        },
      })
    },
  }
}

function signed(h: ResponseToolkit, profile: Uint8Array) {
  const response = h
    .response(Buffer.from(profile))
    .type('application/x-apple-aspen-config')
    .header('cache-control', 'no-store')
    .header('content-disposition', 'attachment; filename="ornkoll.mobileconfig"')
  response.charset('')
  return response
}

/** The staff side of enrolment. */
export function enrolmentLinkRoutes(enrolling: Enrolling): Plugin<void> {
  return {
    name: 'enrolment-links',
    register(server) {
      server.route({
        method: 'POST',
        path: '/api/v1/devices/{id}/enrolment-link',
        options: {
          ...needs('enrolment.write'),
          tags: ['api', 'enrolment'],
          validate: { params: Joi.object({ id: Joi.string().max(64).required() }) },
        },
        handler: async (request, h) =>
          h.response(await enrolling.link(actorOf(request), idOf(request))).code(201),
      })
    },
  }
}
