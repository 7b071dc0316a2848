import { type Plugin, type Request, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { openWaveInput, whyInput } from '../assignments/assignment-input.ts'
import { contentKinds, type ContentKind } from '../assignments/content.ts'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { pageQuery, type PageQuery } from '../http/paging.ts'
import { type Actor } from '../staff/actor.ts'
import { placementStates, type Placement, type PlacementState } from './placement.ts'
import { rolloutRequestStates, type RolloutRequestState } from './rollout-request.ts'
import { type Rollout } from './rollout.ts'
import { type Rollouts } from './rollouts.ts'

const tags = ['api', 'rollouts']
const id = Joi.string().max(64).required()
const params = Joi.object({ id })
const kind = Joi.string()
  .valid(...contentKinds)
  .required()
const state = Joi.string().valid(...placementStates, 'waiting')

interface PlacementsAsked extends PageQuery {
  readonly state?: PlacementState | 'waiting'
}

/** `/api/v1/rollouts`: how contents come to iPads, and how far on each. */
export function rolloutRoutes(rollouts: Rollouts): Plugin<void> {
  return {
    name: 'rollout-routes',
    register(server) {
      server.route([
        ...readingRoutes(rollouts),
        ...requestRoutes(rollouts),
        ...deeds(rollouts),
        ...placementRoutes(rollouts),
      ])
    },
  }
}

function readingRoutes(rollouts: Rollouts): ServerRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/rollouts',
      options: {
        ...needs('rollouts.read'),
        tags,
        validate: {
          query: Joi.object({ ...pageQuery, assignmentId: Joi.string().max(64), open: Joi.boolean() }),
        },
      },
      handler: request =>
        rollouts.list(
          actorOf(request),
          queryOf<PageQuery & { assignmentId?: string; open?: boolean }>(request),
        ),
    },
    {
      method: 'GET',
      path: '/api/v1/rollouts/{id}',
      options: { ...needs('rollouts.read'), tags, validate: { params } },
      handler: async request => withFigures(rollouts, await rollouts.get(actorOf(request), idOf(request))),
    },
    {
      method: 'GET',
      path: '/api/v1/rollouts/{id}/devices',
      options: {
        ...needs('rollouts.read'),
        tags,
        validate: { params, query: Joi.object({ ...pageQuery, state }) },
      },
      handler: async request => {
        const actor = actorOf(request)
        const { id: rolloutId } = await rollouts.get(actor, idOf(request))
        const asked = queryOf<PlacementsAsked>(request)
        return listed(await rollouts.placements(actor, { ...asked, rolloutId }))
      },
    },
  ]
}

/** Roll-outs that a second person decides, under `/api/v1/approvals`. */
function requestRoutes(rollouts: Rollouts): ServerRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/rollout-requests',
      options: {
        ...needs('rollouts.read'),
        tags,
        validate: {
          query: Joi.object({ ...pageQuery, state: Joi.string().valid(...rolloutRequestStates) }),
        },
      },
      handler: request =>
        rollouts.requests(actorOf(request), queryOf<PageQuery & { state?: RolloutRequestState }>(request)),
    },
    {
      method: 'GET',
      path: '/api/v1/rollout-requests/{id}',
      options: { ...needs('rollouts.read'), tags, validate: { params } },
      handler: request => rollouts.request(actorOf(request), idOf(request)),
    },
    {
      method: 'POST',
      path: '/api/v1/rollout-requests/{id}/ask-again',
      options: {
        ...needs('rollouts.write'),
        tags,
        validate: { params, payload: Joi.object({ reason: whyInput }).default({}) },
      },
      handler: async (request, h) => {
        const { reason } = payloadOf<{ reason?: string }>(request)
        const came = await rollouts.askAgain(actorOf(request), idOf(request), reason)
        return h.response(came).code('request' in came ? 202 : 201)
      },
    },
  ]
}

interface Sent {
  readonly reason: string
  readonly wave?: number
}

/** What people do with a roll-out; each answers how it stands afterwards. */
function deeds(rollouts: Rollouts): ServerRoute[] {
  const deed = (
    name: string,
    payload: Joi.ObjectSchema,
    act: (actor: Actor, rolloutId: string, sent: Sent) => Promise<unknown>,
  ): ServerRoute => ({
    method: 'POST',
    path: `/api/v1/rollouts/{id}/${name}`,
    options: { ...needs('rollouts.write'), tags, validate: { params, payload } },
    handler: async request => {
      const actor = actorOf(request)
      await act(actor, idOf(request), payloadOf<Sent>(request))
      return withFigures(rollouts, await rollouts.get(actor, idOf(request)))
    },
  })
  const nothing = Joi.object({}).default({})
  const why = Joi.object({ reason: whyInput }).default({})
  return [
    deed('stop', why, (actor, one, { reason }) => rollouts.stop(actor, one, reason)),
    deed('close', Joi.object({ reason: whyInput.required() }), (actor, one, { reason }) =>
      rollouts.close(actor, one, reason),
    ),
    deed('resume', nothing, (actor, one) => rollouts.resume(actor, one)),
    deed('next-wave', Joi.object({ wave: openWaveInput }).default({}), (actor, one, { wave }) =>
      rollouts.openWave(actor, one, wave),
    ),
    deed('send-failed-again', nothing, (actor, one) => rollouts.sendFailedAgain(actor, one)),
    {
      method: 'POST',
      path: '/api/v1/rollouts/{id}/roll-back',
      options: {
        ...needs('rollouts.write'),
        tags,
        validate: { params, payload: Joi.object({ reason: whyInput.required() }) },
      },
      handler: async (request, h) => {
        const { reason } = payloadOf<{ reason: string }>(request)
        return h.response(await rollouts.rollBack(actorOf(request), idOf(request), reason)).code(201)
      },
    },
  ]
}

function placementRoutes(rollouts: Rollouts): ServerRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/devices/{id}/contents',
      options: {
        ...needs('rollouts.read'),
        tags,
        validate: { params, query: Joi.object({ ...pageQuery, state }) },
      },
      handler: async request => {
        const asked = queryOf<PlacementsAsked>(request)
        return listed(await rollouts.placements(actorOf(request), { ...asked, deviceId: idOf(request) }))
      },
    },
    {
      method: 'POST',
      path: '/api/v1/devices/{id}/contents/{kind}/{contentId}/send-again',
      options: {
        ...needs('rollouts.send-again'),
        tags,
        validate: { params: Joi.object({ id, kind, contentId: id }) },
      },
      handler: async (request, h) => {
        const content = contentOf(request, idOf(request, 'contentId'))
        await rollouts.sendAgain(actorOf(request), idOf(request), content)
        return h.response().code(204)
      },
    },
    {
      method: 'GET',
      path: '/api/v1/contents/{kind}/{id}/devices',
      options: {
        ...needs('rollouts.read'),
        tags,
        validate: { params: Joi.object({ kind, id }), query: Joi.object({ ...pageQuery, state }) },
      },
      handler: async request => {
        const asked = queryOf<PlacementsAsked>(request)
        const content = contentOf(request, idOf(request))
        return listed(await rollouts.placements(actorOf(request), { ...asked, content }))
      },
    },
    {
      method: 'GET',
      path: '/api/v1/contents/{kind}/{id}/figures',
      options: { ...needs('rollouts.read'), tags, validate: { params: Joi.object({ kind, id }) } },
      handler: request => rollouts.where(actorOf(request), contentOf(request, idOf(request))),
    },
  ]
}

const contentOf = (request: Request, contentId: string) => ({
  kind: request.params['kind'] as ContentKind,
  id: contentId,
})

async function withFigures(rollouts: Rollouts, rollout: Rollout) {
  return { ...rollout, figures: await rollouts.figures(rollout) }
}

/** What programs are shown of it; how it is brought about is ours. */
function listed({ items, next }: { readonly items: readonly Placement[]; readonly next: string | null }) {
  return { items: items.map(shownPlacement), next }
}

function shownPlacement(placement: Placement) {
  const { deviceId, tag, content, identifier, want, state: at, number, has, ...rest } = placement
  return {
    deviceId,
    assetTag: tag,
    content,
    identifier,
    want,
    state: at,
    number,
    has: has && { number: has.number, since: has.since },
    rolloutId: rest.rolloutId,
    wave: rest.wave,
    next: rest.next,
    hindrance: rest.hindrance,
    fault: rest.fault,
    commandId: rest.commandId,
    pendingAt: rest.pendingAt,
    deliveredAt: rest.deliveredAt,
    provenAt: rest.provenAt,
    mendedAt: rest.mendedAt,
    assignmentId: rest.assignmentId,
    keeps: rest.keeps,
    changedAt: rest.changedAt,
    tries: rest.tries,
  }
}
