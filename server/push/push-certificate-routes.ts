import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type PushCertificates } from './push-certificates.ts'

const pem = Joi.string().max(20_000).required()

/** `/api/v1/push-certificate`: which certificate iPads are pushed with. The key can be given, never read. */
export function pushCertificateRoutes(certificates: PushCertificates): Plugin<void> {
  return {
    name: 'push-certificate-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/push-certificate',
          options: { ...needs('organisation.read'), tags: ['api', 'push'] },
          handler: () => certificates.status(),
        },
        {
          method: 'PUT',
          path: '/api/v1/push-certificate',
          options: {
            ...needs('organisation.write'),
            tags: ['api', 'push'],
            validate: {
              payload: Joi.object({
                certificate: pem.messages({ 'any.required': 'Give the certificate in PEM.' }),
                key: pem.messages({ 'any.required': 'Give the private key in PEM.' }),
              }),
            },
          },
          handler: request =>
            certificates.replace(actorOf(request), payloadOf<{ certificate: string; key: string }>(request)),
        },
      ])
    },
  }
}
