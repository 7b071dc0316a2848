import { type Plugin, type Request, type ResponseToolkit } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Rollouts } from '../rollouts/rollouts.ts'
import { type Exclusion } from '../rollouts/assigning.ts'
import { type Outcome } from '../rollouts/requesting.ts'
import { type NewAssignment, type NextVersion, type Removal } from '../rollouts/starts.ts'
import {
  contentInput,
  deviceIdsInput,
  planInput,
  reasonInput,
  targetInput,
  usualPlanInput,
  whyInput,
} from './assignment-input.ts'

const tags = ['api', 'assignments']
const params = Joi.object({ id: Joi.string().max(64).required() })
const dryRun = Joi.object({ dryRun: Joi.boolean().default(false) })
const pinned = Joi.number().integer().min(1)

const isDryRun = (request: Request): boolean => request.query['dryRun'] === true

interface Reasoned {
  readonly reason?: string
}

/** 201 with the roll-out that has begun; 202 with the request that a second person has to decide first. */
function outcome(h: ResponseToolkit, came: Outcome) {
  return h.response(came).code('request' in came ? 202 : 201)
}

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
                reason: reasonInput,
              }),
            },
          },
          handler: async (request, h) => {
            const { reason, ...input } = payloadOf<NewAssignment & Reasoned>(request)
            const actor = actorOf(request)
            if (isDryRun(request)) return h.response(await rollouts.rehearse(actor, input)).code(200)
            return outcome(h, await rollouts.assign(actor, input, reason))
          },
        },
        {
          method: 'GET',
          path: '/api/v1/assignments/{id}',
          options: { ...needs('rollouts.read'), tags, validate: { params } },
          handler: async request => {
            const actor = actorOf(request)
            const assignment = await rollouts.assignment(actor, idOf(request))
            const heldVersion = await rollouts.heldVersion(actor, assignment)
            const nextVersion = await rollouts.nextVersion(actor, assignment)
            return {
              ...assignment,
              ...(heldVersion !== undefined && { heldVersion }),
              ...(nextVersion && { nextVersion }),
            }
          },
        },
        {
          method: 'POST',
          path: '/api/v1/assignments/{id}/roll-out',
          options: {
            ...needs('rollouts.write'),
            tags,
            validate: {
              params,
              query: dryRun,
              payload: Joi.object({ pinned, plan: planInput, reason: reasonInput }).default({}),
            },
          },
          handler: async (request, h) => {
            const { reason, ...input } = payloadOf<NextVersion & Reasoned>(request)
            const asked = [actorOf(request), idOf(request), input] as const
            if (isDryRun(request)) return h.response(await rollouts.rehearseVersion(...asked)).code(200)
            return outcome(h, await rollouts.rollOut(...asked, reason))
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
              query: dryRun,
              payload: Joi.object({
                version: Joi.number().integer().min(1).required(),
                deviceIds: deviceIdsInput.required(),
              }),
            },
          },
          handler: request => {
            const [actor, id] = [actorOf(request), idOf(request)]
            const input = payloadOf<Exclusion>(request)
            return isDryRun(request)
              ? rollouts.rehearseExclude(actor, id, input)
              : rollouts.exclude(actor, id, input)
          },
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
            const input = payloadOf<Removal>(request)
            const actor = actorOf(request)
            if (isDryRun(request))
              return h.response(await rollouts.rehearseEnd(actor, idOf(request))).code(200)
            return outcome(h, await rollouts.endAssignment(actor, idOf(request), input))
          },
        },
      ])
    },
  }
}
