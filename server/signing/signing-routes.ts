import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Signing } from './signing.ts'

const tags = ['api', 'signing']
const path = '/api/v1/signing-certificate'

const given = Joi.object({
  /** Base64 of the .p12 or .pfx. */
  file: Joi.string().base64().max(90_000).required(),
  password: Joi.string().max(1000).allow('').required(),
})

/** `/api/v1/signing-certificate`: what profiles are signed with. The key can be given, never read. */
export function signingRoutes(signing: Signing): Plugin<void> {
  return {
    name: 'signing-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path,
          options: { ...needs('organisation.read'), tags },
          handler: request => signing.status(actorOf(request)),
        },
        {
          method: 'PUT',
          path,
          options: { ...needs('organisation.write'), tags, validate: { payload: given } },
          handler: request => {
            const { file, password } = payloadOf<{ file: string; password: string }>(request)
            return signing.replace(actorOf(request), { file: Buffer.from(file, 'base64'), password })
          },
        },
        {
          method: 'DELETE',
          path,
          options: { ...needs('organisation.write'), tags },
          handler: request => signing.remove(actorOf(request)),
        },
      ])
    },
  }
}
