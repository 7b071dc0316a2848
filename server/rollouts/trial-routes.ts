import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { mandateRoles } from '../mandates/mandate.ts'
import { type Rollouts } from './rollouts.ts'
import { type Selection } from './trial.ts'

const selection = Joi.object<Selection>({
  bodyId: Joi.string().max(64),
  role: Joi.string().valid(...mandateRoles),
  label: Joi.string().trim().max(40),
  deviceIds: Joi.array().single().items(Joi.string().max(64)).max(1000),
})

/** What a version of a profile would do, before it is assigned or approved. */
export function trialRoutes(rollouts: Pick<Rollouts, 'tryOut'>): Plugin<void> {
  return {
    name: 'trial-routes',
    register(server) {
      server.route({
        method: 'GET',
        path: '/api/v1/profiles/{id}/versions/{number}/trial-run',
        options: {
          ...needs('profiles.read'),
          tags: ['api', 'profiles'],
          validate: {
            params: Joi.object({
              id: Joi.string().max(64).required(),
              number: Joi.number().integer().min(1).required(),
            }),
            query: selection,
          },
        },
        handler: request =>
          rollouts.tryOut(
            actorOf(request),
            { kind: 'profile', id: idOf(request) },
            { number: Number(request.params['number']), selection: queryOf<Selection>(request) },
          ),
      })
    },
  }
}
