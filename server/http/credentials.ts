import { type Request } from '@hapi/hapi'
import { type Actor } from '../staff/actor.ts'
import { type Right } from '../staff/rights.ts'

declare module '@hapi/hapi' {
  // What a signed-in request carries; `scope` is what Hapi compares with the right a route names.
  interface AppCredentials {
    readonly actor: Actor
    readonly rights: readonly Right[]
  }
}

/** Who is asking. Only for routes that are closed: an open one has nobody, and that is a mistake in the route. */
export function actorOf(request: Pick<Request, 'auth'>): Actor {
  const actor = request.auth.credentials.app?.actor
  if (!actor) throw new Error('This route has no signed-in caller')
  return actor
}

/** Route options of a closed route: the caller needs `right`, and no cross-organisation reach comes with it. */
export function needs(right: Right): { auth: { access: { scope: [Right] } } } {
  return { auth: { access: { scope: [right] } } }
}
