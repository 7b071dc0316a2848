import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type IdentityProviders, type ProviderInput } from './identity-providers.ts'
import { roles } from './rights.ts'

const tags = ['api', 'organisations']

/** What a provider is set with, for the API. */
const input = Joi.object({
  version: Joi.number().integer().min(0).required(),
  name: Joi.string().trim().max(80).required(),
  issuer: Joi.string().trim().max(500).required(),
  clientId: Joi.string().trim().max(300).required(),
  clientSecret: Joi.string().max(1000).allow('').default(''),
  groupClaim: Joi.string().trim().max(100).default('groups'),
  groupRoles: Joi.array()
    .items(
      Joi.object({
        group: Joi.string().trim().max(300).required(),
        role: Joi.string()
          .valid(...roles)
          .required(),
      }),
    )
    .max(200)
    .required(),
  assurance: Joi.string().trim().max(300).allow('').default(''),
  createsAccounts: Joi.boolean().default(false),
  vouchesForAddresses: Joi.boolean().default(false),
  enabled: Joi.boolean().default(false),
})

/** `/api/v1/organisations/current/identity-provider`: signing in with the organisation's own accounts. */
export function identityProviderRoutes(providers: IdentityProviders): Plugin<void> {
  const path = '/api/v1/organisations/current/identity-provider'
  return {
    name: 'identity-provider-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path,
          options: { ...needs('staff.write'), tags },
          handler: request => providers.get(actorOf(request)),
        },
        {
          method: 'PUT',
          path,
          options: { ...needs('staff.write'), tags, validate: { payload: input } },
          handler: request => providers.save(actorOf(request), payloadOf<ProviderInput>(request)),
        },
      ])
    },
  }
}
