import { type Plugin } from '@hapi/hapi'

/** What one part says of itself; anything but `up` makes the whole not ready. */
export interface PartHealth {
  readonly state: 'up' | 'down'
  readonly [detail: string]: unknown
}

type HealthChecks = Readonly<Record<string, () => Promise<PartHealth>>>

/** `GET /health/live` and `GET /health/ready`, open for load balancers; they tell nothing about anybody. */
export function healthRoutes(checks: HealthChecks): Plugin<void> {
  return {
    name: 'health',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/health/live',
          options: { auth: false },
          handler: () => ({ status: 'live' }),
        },
        {
          method: 'GET',
          path: '/health/ready',
          options: { auth: false },
          handler: async (_request, h) => {
            const parts = Object.fromEntries(
              await Promise.all(
                Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const),
              ),
            )
            const ready = Object.values(parts).every(part => part.state === 'up')
            return h.response({ status: ready ? 'ready' : 'not-ready', ...parts }).code(ready ? 200 : 503)
          },
        },
      ])
    },
  }
}

async function stateOf(check: () => Promise<PartHealth>): Promise<PartHealth> {
  try {
    return await check()
  } catch {
    return { state: 'down' }
  }
}
