import { type Plugin, type Request, type RouteOptionsPayload } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Rollouts } from '../rollouts/rollouts.ts'
import { maxGuideBytes } from './guide.ts'
import { type Guides } from './guides.ts'

const tags = ['api', 'guides']
const params = Joi.object({ id: Joi.string().max(64).required() })
const versionParams = params.keys({ number: Joi.number().integer().min(1).required() })
const note = Joi.string().max(1000)

/** The body is the file itself. */
const file: RouteOptionsPayload = {
  parse: false,
  output: 'data',
  allow: ['application/pdf', 'application/octet-stream'],
  // One more than is taken in, so that a file that is too large is told so in words.
  maxBytes: maxGuideBytes + 1,
}

const bytesOf = (request: Request): Uint8Array => payloadOf<Buffer>(request)

/** `/api/v1/guides`: what borrowers read on their iPads. */
export function guideRoutes(guides: Guides, rollouts: Pick<Rollouts, 'coverage'>): Plugin<void> {
  return {
    name: 'guide-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/guides',
          options: { ...needs('rollouts.read'), tags },
          handler: async request => ({ items: await guides.list(actorOf(request)), next: null }),
        },
        {
          method: 'POST',
          path: '/api/v1/guides',
          options: {
            ...needs('guides.write'),
            tags,
            payload: file,
            validate: { query: Joi.object({ name: Joi.string().trim().max(120).required(), note }) },
          },
          handler: async (request, h) => {
            const named = queryOf<{ name: string; note?: string }>(request)
            return h
              .response(await guides.create(actorOf(request), { ...named, bytes: bytesOf(request) }))
              .code(201)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/guides/{id}',
          options: { ...needs('rollouts.read'), tags, validate: { params } },
          handler: request => guides.get(actorOf(request), idOf(request)),
        },
        {
          method: 'POST',
          path: '/api/v1/guides/{id}/versions',
          options: {
            ...needs('guides.write'),
            tags,
            payload: file,
            validate: { params, query: Joi.object({ note }) },
          },
          handler: async (request, h) => {
            const said = queryOf<{ note?: string }>(request)
            return h
              .response(
                await guides.revise(actorOf(request), idOf(request), { ...said, bytes: bytesOf(request) }),
              )
              .code(201)
          },
        },
        {
          method: 'GET',
          path: '/api/v1/guides/{id}/versions/{number}/file',
          options: { ...needs('rollouts.read'), tags, validate: { params: versionParams } },
          handler: async (request, h) => {
            const { bytes } = await guides.file(
              actorOf(request),
              idOf(request),
              Number(request.params['number']),
            )
            return h
              .response(Buffer.from(bytes))
              .type('application/pdf')
              .header('content-disposition', 'attachment; filename="guide.pdf"')
              .header('cache-control', 'private, no-store')
          },
        },
        {
          method: 'GET',
          path: '/api/v1/guides/{id}/coverage',
          options: { ...needs('rollouts.read'), tags, validate: { params } },
          handler: async request => {
            const actor = actorOf(request)
            await guides.get(actor, idOf(request))
            return rollouts.coverage(actor, { kind: 'guide', id: idOf(request) })
          },
        },
      ])
    },
  }
}

/** For the device door: the address is the permission. */
export function guideFileRoutes(guides: Pick<Guides, 'behind'>): Plugin<void> {
  return {
    name: 'guide-file-routes',
    register(server) {
      server.route({
        method: 'GET',
        path: '/guides/{versionId}/{secret}/guide.pdf',
        options: {
          validate: {
            params: Joi.object({ versionId: Joi.string().max(64), secret: Joi.string().max(64) }),
          },
        },
        handler: async (request, h) => {
          const { versionId, secret } = request.params as { versionId: string; secret: string }
          const bytes = await guides.behind(versionId, secret)
          if (!bytes) return h.response().code(404)
          return h
            .response(Buffer.from(bytes))
            .type('application/pdf')
            .header('cache-control', 'private, max-age=86400, immutable')
        },
      })
    },
  }
}
