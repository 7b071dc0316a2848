import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { targetInput } from '../assignments/assignment-input.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery } from '../http/paging.ts'
import { bundleIdentifier, mostApps } from './app-set.ts'
import { type AppSets } from './app-sets.ts'
import { type IpadAppsReading } from './ipad-apps.ts'

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

/** `/api/v1/app-sets`, and how the apps of iPads differ from them. */
export function appSetRoutes(appSets: AppSets, ipadApps: IpadAppsReading): Plugin<void> {
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
