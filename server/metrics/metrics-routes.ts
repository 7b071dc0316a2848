import { createHash, timingSafeEqual } from 'node:crypto'
import { type Plugin } from '@hapi/hapi'
import { type Metrics } from './metrics.ts'

/** `GET /metrics` for Prometheus; with `token` only for who brings it as a bearer token. */
export function metricsRoutes(metrics: Pick<Metrics, 'read'>, token: string | undefined): Plugin<void> {
  return {
    name: 'metrics',
    register(server) {
      server.route({
        method: 'GET',
        path: '/metrics',
        // Asked every few seconds by a program with a key of its own, which no organisation has given it.
        options: { auth: false },
        handler: async (request, h) => {
          const given: unknown = request.headers['authorization']
          // An answer of its own: the door would show a page to sign in on.
          if (token !== undefined && !isSame(given, `Bearer ${token}`))
            return h.response('A token is needed.\n').code(401).header('www-authenticate', 'Bearer')
          const { text, type } = await metrics.read()
          return h.response(text).header('content-type', type)
        },
      })
    },
  }
}

/** Compares hashes, so that neither length nor beginning shows in the time it takes. */
function isSame(given: unknown, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(expected))
}
