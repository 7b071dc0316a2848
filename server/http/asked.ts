import { type Request } from '@hapi/hapi'

// What a route's schema gives back is known where the schema stands; here is the one cast from it, for all of them.
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters */

/** What the address names, by its place in the path of the route; the text of a missing one is no id of anything. */
export function idOf(request: Pick<Request, 'params'>, place = 'id'): string {
  return String(request.params[place])
}

/** The query, as the schema of the route has checked and filled it in: a route without one must not ask. */
export function queryOf<T>(request: Pick<Request, 'query'>): T {
  return request.query as T
}

/** The body, as the schema of the route has checked and filled it in: a route without one must not ask. */
export function payloadOf<T>(request: Pick<Request, 'payload'>): T {
  return request.payload as T
}
