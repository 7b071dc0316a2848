import { type Plugin, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { canonicalProfile } from '../../profiles/canonical-profile.ts'
import { maxProfileBytes } from '../../profiles/foreign-profile.ts'
import { idOf, payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Drafts, type OpenDraft } from './drafts.ts'

const tags = ['api', 'profiles']
const params = Joi.object({ id: Joi.string().max(64).required() })
const version = Joi.number().integer().min(1).required()

interface Beginning {
  readonly name?: string
  readonly identifier?: string
  readonly profileId?: string
  readonly number?: number
}

const beginning = Joi.object<Beginning>({
  name: Joi.string().trim().max(120),
  identifier: Joi.string()
    .trim()
    .max(200)
    .pattern(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/)
    .messages({ 'string.pattern.base': 'An identifier looks like se.example.wifi.' }),
  profileId: Joi.string().max(64),
  number: Joi.number().integer().min(1),
})
  .xor('profileId', 'name')
  .and('name', 'identifier')
  .messages({
    'object.xor': 'Give either the profile to edit (profileId), or name and identifier of a new one.',
    'object.missing': 'Give either the profile to edit (profileId), or name and identifier of a new one.',
  })

/** `/api/v1/profile-drafts`: work on profiles that are no versions yet, as the editor does it. */
export function draftRoutes(drafts: Drafts): Plugin<void> {
  return {
    name: 'draft-routes',
    register(server) {
      server.route([...contentRoutes(drafts), ...endingRoutes(drafts)])
    },
  }
}

function contentRoutes(drafts: Drafts): ServerRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/profile-drafts',
      options: { ...needs('profiles.write'), tags },
      handler: async request => ({ items: await drafts.list(actorOf(request)), next: null }),
    },
    {
      method: 'POST',
      path: '/api/v1/profile-drafts',
      options: { ...needs('profiles.write'), tags, validate: { payload: beginning } },
      handler: async (request, h) => {
        const actor = actorOf(request)
        const { profileId, number, name = '', identifier = '' } = payloadOf<Beginning>(request)
        const draft =
          profileId === undefined
            ? await drafts.begin(actor, { name, identifier })
            : await drafts.edit(actor, profileId, number)
        return h.response(draft).code(201)
      },
    },
    {
      method: 'GET',
      path: '/api/v1/profile-drafts/{id}',
      options: { ...needs('profiles.write'), tags, validate: { params } },
      handler: async request => shown(await drafts.open(actorOf(request), idOf(request))),
    },
    {
      method: 'PUT',
      path: '/api/v1/profile-drafts/{id}',
      options: {
        ...needs('profiles.write'),
        tags,
        validate: { params, query: Joi.object({ version }) },
        payload: {
          parse: false,
          output: 'data',
          maxBytes: maxProfileBytes + 1,
          allow: ['application/x-apple-aspen-config', 'application/xml', 'text/xml'],
        },
      },
      handler: async request => {
        const actor = actorOf(request)
        const xml = payloadOf<Buffer>(request).toString('utf8')
        await drafts.writeXml(actor, idOf(request), { version: Number(request.query['version']), xml })
        return shown(await drafts.open(actor, idOf(request)))
      },
    },
  ]
}

function endingRoutes(drafts: Drafts): ServerRoute[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/profile-drafts/{id}/put-on-top',
      options: {
        ...needs('profiles.write'),
        tags,
        validate: { params, payload: Joi.object({ version }) },
      },
      handler: request =>
        drafts.putOnTop(actorOf(request), idOf(request), payloadOf<{ version: number }>(request)),
    },
    {
      method: 'POST',
      path: '/api/v1/profile-drafts/{id}/save',
      options: {
        ...needs('profiles.write'),
        tags,
        validate: { params, payload: Joi.object({ version, note: Joi.string().trim().max(1000) }) },
      },
      handler: async (request, h) => {
        const saving = payloadOf<{ version: number; note?: string }>(request)
        return h.response(await drafts.save(actorOf(request), idOf(request), saving)).code(201)
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/profile-drafts/{id}',
      options: {
        ...needs('profiles.write'),
        tags,
        validate: { params, query: Joi.object({ version }) },
      },
      handler: async (request, h) => {
        await drafts.discard(actorOf(request), idOf(request), { version: Number(request.query['version']) })
        return h.response().code(204)
      },
    },
  ]
}

/** The profile as XML with its secrets masked: sent back so, they stay what they were. */
function shown({ draft, profile, findings, overtakenBy }: OpenDraft) {
  const xml = Buffer.from(canonicalProfile(profile)).toString('utf8')
  return { ...draft, xml, findings, ...(overtakenBy !== undefined && { overtakenBy }) }
}
