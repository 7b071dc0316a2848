import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { targetInput } from '../assignments/assignment-input.ts'
import { shownJob } from '../bulk-jobs/bulk-job.ts'
import { type Clock } from '../clock.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import { pageQuery } from '../http/paging.ts'
import { bundleIdentifier, mostApps } from './app-set.ts'
import { type AppSets } from './app-sets.ts'
import { type IpadAppsReading } from './ipad-apps.ts'
import { type AllRight, type PuttingAllRight } from './putting-right.ts'

const tags = ['api', 'app-sets']
const params = Joi.object({ id: Joi.string().max(64).required() })

const content = {
  apps: Joi.array()
    .items(
      Joi.object({
        identifier: Joi.string().pattern(bundleIdentifier).max(255).required(),
        name: Joi.string().trim().max(120).allow('').default(''),
        storeId: Joi.number().integer().min(1),
      }),
    )
    .max(mostApps)
    .required(),
  target: targetInput.required(),
  note: Joi.string().max(1000),
}
const newSet = Joi.object({ ...content, name: Joi.string().trim().max(120).required() })
const furtherVersion = Joi.object({ ...content, basedOn: Joi.number().integer().min(1).required() })
const puttingRight = Joi.object({
  missing: Joi.boolean().default(true),
  extra: Joi.boolean().default(false),
})

const allRight = puttingRight.keys({
  reason: Joi.string()
    .trim()
    .max(1000)
    .required()
    .messages({ 'any.required': 'Say why.', 'string.empty': 'Say why.' }),
})

interface AppSetRoutesDeps {
  readonly appSets: AppSets
  readonly ipadApps: IpadAppsReading
  readonly puttingAllRight: Pick<AllRight, 'plan' | 'start'>
  readonly clock: Clock
}

/** `/api/v1/app-sets`, and how the apps of iPads differ from them. */
export function appSetRoutes({ appSets, ipadApps, puttingAllRight, clock }: AppSetRoutesDeps): Plugin<void> {
  return {
    name: 'app-set-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/app-sets',
          options: { ...needs('rollouts.read'), tags },
          handler: async request => ({ items: await appSets.list(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/app-sets',
          options: { ...needs('apps.install'), tags, validate: { payload: newSet } },
          handler: async (request, h) =>
            h
              .response(
                await appSets.create(actorOf(request), payloadOf<Parameters<AppSets['create']>[1]>(request)),
              )
              .code(201),
        },
        {
          method: 'GET',
          path: '/api/v1/app-sets/{id}',
          options: { ...needs('rollouts.read'), tags, validate: { params } },
          handler: request => appSets.get(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/app-sets/{id}/versions',
          options: { ...needs('apps.install'), tags, validate: { params, payload: furtherVersion } },
          handler: async (request, h) =>
            h
              .response(
                await appSets.revise(
                  actorOf(request),
                  idOf(request),
                  payloadOf<Parameters<AppSets['revise']>[2]>(request),
                ),
              )
              .code(201),
        },
        {
          method: 'POST',
          path: '/api/v1/app-sets/{id}/end',
          options: { ...needs('apps.install'), tags, validate: { params } },
          handler: request => appSets.end(actorOf(request), idOf(request)),
        },
        {
          method: 'GET',
          path: '/api/v1/app-drift',
          options: { ...needs('rollouts.read'), tags, validate: { query: Joi.object(pageQuery) } },
          handler: request =>
            ipadApps.drifted(actorOf(request), queryOf<{ limit: number; after?: string }>(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/app-drift/put-right',
          options: {
            ...needs('apps.install'),
            tags,
            validate: { query: Joi.object({ dryRun: Joi.boolean().default(false) }), payload: allRight },
          },
          handler: async (request, h) => {
            const wanted = payloadOf<PuttingAllRight>(request)
            const actor = actorOf(request)
            if (request.query['dryRun'] === true)
              return { dryRun: true, ...(await puttingAllRight.plan(actor, wanted)) }
            // What is kept in an app goes with it, and nothing brings it back.
            if (wanted.extra) checkFresh(request, clock.now())
            return h.response(shownJob(await puttingAllRight.start(actor, wanted))).code(202)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/devices/{id}/apps',
          options: { ...needs('devices.read'), tags, validate: { params } },
          handler: request => ipadApps.of(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/devices/{id}/apps/put-right',
          options: { ...needs('apps.install'), tags, validate: { params, payload: puttingRight } },
          handler: async (request, h) => {
            const wanted = payloadOf<Parameters<IpadAppsReading['putRight']>[2]>(request)
            const sent = await ipadApps.putRight(actorOf(request), idOf(request), wanted)
            const commands = sent.map(({ id, requestType }) => ({ commandUUID: id, requestType }))
            return h.response({ commands }).code(202)
          },
        },
      ])
    },
  }
}
