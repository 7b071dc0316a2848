import { type Plugin, type Request } from '@hapi/hapi'
import Joi from 'joi'
import { actorOf, needs } from '../http/credentials.ts'
import { type Rollouts } from '../rollouts/rollouts.ts'
import { type NewAssignment } from '../rollouts/starts.ts'
import {
  contentInput,
  deviceIdsInput,
  planInput,
  targetInput,
  usualPlanInput,
  whyInput,
} from './assignment-input.ts'
import { type WavePlan } from './wave-plan.ts'

const tags = ['api', 'assignments']
const params = Joi.object({ id: Joi.string().max(64).required() })
const dryRun = Joi.object({ dryRun: Joi.boolean().default(false) })
const pinned = Joi.number().integer().min(1)

const isDryRun = (request: Request): boolean => request.query['dryRun'] === true
const idOf = (request: Request): string => String(request.params['id'])

/** `/api/v1/assignments`: what should be on which iPads. Each change is a roll-out. */
export function assignmentRoutes(rollouts: Rollouts): Plugin<void> {
  return {
    name: 'assignment-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/assignments',
          options: { ...needs('rollouts.read'), tags },
          handler: async request => ({ items: await rollouts.assigned(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/assignments',
          options: {
            ...needs('rollouts.write'),
            tags,
            validate: {
              query: dryRun,
              payload: Joi.object({
                content: contentInput.required(),
                target: targetInput.required(),
                excludedDeviceIds: deviceIdsInput.default([]),
                pinned,
                plan: usualPlanInput,
              }),
            },
          },
          handler: async (request, h) => {
            const input = request.payload as NewAssignment
            const actor = actorOf(request)
            if (isDryRun(request)) return h.response(await rollouts.rehearse(actor, input)).code(200)
            return h.response(await rollouts.assign(actor, input)).code(201)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/assignments/{id}',
          options: { ...needs('rollouts.read'), tags, validate: { params } },
          handler: request => rollouts.assignment(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/assignments/{id}/roll-out',
          options: {
            ...needs('rollouts.write'),
            tags,
            validate: { params, query: dryRun, payload: Joi.object({ pinned, plan: planInput }).default({}) },
          },
          handler: async (request, h) => {
            const input = request.payload as { pinned?: number; plan?: WavePlan }
            const asked = [actorOf(request), idOf(request), input] as const
            if (isDryRun(request)) return h.response(await rollouts.rehearseVersion(...asked)).code(200)
            return h.response(await rollouts.rollOut(...asked)).code(201)
          },
        },
        {
          method: 'PUT',
          path: '/api/v1/assignments/{id}/excluded',
          options: {
            ...needs('rollouts.write'),
            tags,
            validate: {
              params,
              payload: Joi.object({
                version: Joi.number().integer().min(1).required(),
                deviceIds: deviceIdsInput.required(),
              }),
            },
          },
          handler: request =>
            rollouts.exclude(
              actorOf(request),
              idOf(request),
              request.payload as { version: number; deviceIds: string[] },
            ),
        },
        {
          method: 'POST',
          path: '/api/v1/assignments/{id}/end',
          options: {
            ...needs('rollouts.write'),
            tags,
            validate: {
              params,
              query: dryRun,
              payload: Joi.object({ reason: whyInput.required(), plan: planInput }),
            },
          },
          handler: async (request, h) => {
            const input = request.payload as { reason: string; plan?: WavePlan }
            const actor = actorOf(request)
            if (isDryRun(request))
              return h.response(await rollouts.rehearseEnd(actor, idOf(request))).code(200)
            return h.response(await rollouts.endAssignment(actor, idOf(request), input)).code(201)
          },
        },
      ])
    },
  }
}
