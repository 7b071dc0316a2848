import Boom from '@hapi/boom'
import { type Plugin, type Request } from '@hapi/hapi'
import Joi from 'joi'
import { queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { type Right } from '../staff/rights.ts'
import { wishOf } from './change.ts'
import { type Streams } from './streams.ts'

const mostWishes = 20

const query = Joi.object({
  on: Joi.array().items(Joi.string().max(120)).single().max(mostWishes).default([]),
})

/** `GET /live?on=device:1&on=approval`: tells a page that something it shows has changed, for as long as it is open. */
export function liveRoutes(streams: Streams): Plugin<void> {
  return {
    name: 'live',
    register: server => {
      server.route({
        method: 'GET',
        path: '/live',
        options: { ...needs('organisation.read'), validate: { query } },
        handler: (request, h) => {
          const { on } = queryOf<{ on: readonly string[] }>(request)
          const actor = actorOf(request)
          const follower = {
            holder: request.auth.credentials.app?.session?.id ?? `${actor.kind} ${actor.id}`,
            staffId: actor.id,
            organisationId: actor.organisationId,
            wishes: on.flatMap(wish => wishOf(wish) ?? []),
            stillHeld: () => rightsNow(request),
          }
          const body = streams.begin(follower, request.auth.credentials.app?.rights ?? [])
          if (!body) throw Boom.serverUnavailable()
          request.raw.req.once('close', () => body.destroy())
          return (
            h
              .response(body)
              .type('text/event-stream')
              // Neither we nor a proxy may gather what is to be told at once.
              .header('content-encoding', 'identity')
              .header('x-accel-buffering', 'no')
          )
        },
      })
    },
  }
}

/** Asks the door again, with what the request brought; undefined when it would be turned away or leads elsewhere now. */
async function rightsNow(request: Request): Promise<readonly Right[] | undefined> {
  const before = actorOf(request)
  const { credentials } = await request.server.auth.test(request.auth.strategy, request)
  const app = credentials.app
  const isSame = app?.actor.organisationId === before.organisationId && app.session?.lentFor === undefined
  return isSame ? app.rights : undefined
}
