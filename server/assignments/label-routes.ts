import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Rollouts } from '../rollouts/rollouts.ts'
import { type Labels } from './labels.ts'

const tags = ['api', 'labels']
const params = Joi.object({ id: Joi.string().max(64).required() })

/** `/api/v1/labels`: words that group iPads. */
export function labelRoutes(labels: Labels, rollouts: Pick<Rollouts, 'keptOn'>): Plugin<void> {
  return {
    name: 'label-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/labels',
          options: { ...needs('devices.read'), tags },
          handler: async request => ({ items: await labels.list(actorOf(request)), next: null }),
        },
        {
          method: 'GET',
          path: '/api/v1/devices/{id}/labels',
          options: { ...needs('devices.read'), tags, validate: { params } },
          handler: async request => ({
            labels: await labels.of(actorOf(request), idOf(request)),
          }),
        },
        {
          method: 'PUT',
          path: '/api/v1/devices/{id}/labels',
          options: {
            ...needs('devices.write'),
            tags,
            validate: {
              params,
              payload: Joi.object({
                labels: Joi.array().items(Joi.string().max(200)).max(100).required(),
              }),
            },
          },
          handler: async request => {
            const { labels: wanted } = payloadOf<{ labels: string[] }>(request)
            const [actor, id] = [actorOf(request), idOf(request)]
            const put = await labels.put(actor, id, wanted)
            const kept = await rollouts.keptOn(actor, id)
            return { labels: put, kept: kept.map(({ content, keeps }) => ({ content, why: keeps })) }
          },
        },
      ])
    },
  }
}
