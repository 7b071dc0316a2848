import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { shownJob } from '../bulk-jobs/bulk-job.ts'
import { type Clock } from '../clock.ts'
import { deviceOwnerships, lifecycles, locks, managements } from '../devices/device.ts'
import { payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { checkFresh } from '../http/fresh-sign-in.ts'
import {
  bulkActions as actions,
  bulkMoves,
  isDangerous,
  type BulkInput,
  type BulkSelection,
} from './bulk-action.ts'
import { type BulkActions } from './bulk-actions.ts'

const payload = Joi.object<BulkInput & BulkSelection>({
  action: Joi.string()
    .valid(...actions)
    .required()
    .messages({ 'any.required': 'Say what is to be done in action.' }),
  reason: Joi.string()
    .trim()
    .max(1000)
    .required()
    .messages({ 'any.required': 'Say why.', 'string.empty': 'Say why.' }),
  deviceIds: Joi.array().items(Joi.string().max(64)).min(1).max(5000).unique(),
  filter: Joi.object({
    q: Joi.string().trim().max(60).allow(''),
    lifecycle: Joi.string().valid(...lifecycles),
    management: Joi.string().valid(...managements),
    lock: Joi.string().valid(...locks),
    model: Joi.string().max(100),
    ownership: Joi.string().valid(...deviceOwnerships),
  }),
  to: Joi.string().valid(...bulkMoves),
  message: Joi.string().trim().max(300),
  phoneNumber: Joi.string().trim().max(50),
  warrantyEndsOn: Joi.string().max(10).allow(null),
  ownership: Joi.string().valid(...deviceOwnerships),
})

/** One deed with many iPads: a dry run says what would be done, without it a job begins. */
export function bulkActionRoutes(bulk: BulkActions, clock: Clock): Plugin<void> {
  return {
    name: 'bulk-action-routes',
    register(server) {
      server.route({
        method: 'POST',
        path: '/api/v1/devices/bulk-actions',
        options: {
          ...needs('devices.bulk'),
          tags: ['api', 'devices'],
          validate: { query: Joi.object({ dryRun: Joi.boolean().default(false) }), payload },
        },
        handler: async (request, h) => {
          const { deviceIds, filter, ...input } = payloadOf<BulkInput & BulkSelection>(request)
          const selection = { deviceIds, filter }
          const actor = actorOf(request)
          if (request.query['dryRun'] === true) {
            return { dryRun: true, ...(await bulk.plan(actor, input, selection)) }
          }
          if (isDangerous(input)) checkFresh(request, clock.now())
          return h.response(shownJob(await bulk.start(actor, input, selection))).code(202)
        },
      })
    },
  }
}
