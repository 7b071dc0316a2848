import Hapi, { type Plugin, type Server } from '@hapi/hapi'
import { type Log } from '../log.ts'
import { lingerMs, refuseLargeBodies } from './body-limit.ts'
import { answerRefusals } from './domain-errors.ts'
import { limitAttempts, longestWaitMs } from './attempt-limit.ts'
import { logAnswers } from './request-log.ts'
import { type TrustedProxies } from './trusted-proxies.ts'

interface DeviceDoorOptions {
  readonly plugins: readonly Plugin<void>[]
  readonly log: Log
  readonly trustedProxies: TrustedProxies
  readonly publicUrl: string
}

/**
 * The door of the iPads: raw bodies, no cookies, no views, no authentication scheme of Hapi's. That last point is a
 * safety: a 401 or 403 by accident makes an iPad remove its management.
 */
export async function createDeviceDoor(options: DeviceDoorOptions): Promise<Server> {
  const { plugins, log, trustedProxies, publicUrl } = options
  const server = Hapi.server({
    autoListen: false,
    // Hapi would print faults with their words, which can quote what people typed.
    debug: false,
    // The front ends the connections; Hapi has seen none of them begin.
    operations: { cleanStop: false },
    routes: {
      response: { emptyStatusCode: 200 },
      payload: { timeout: 30_000 },
      state: { parse: false, failAction: 'ignore' },
    },
  })
  logAnswers(server, log.child({ door: 'device' }))
  refuseLargeBodies(server, lingerMs)
  answerRefusals(server, log)
  limitAttempts(server, { forms: [], links: ['/enroll/'], trustedProxies, publicUrl, longestWaitMs })
  server.ext('onPreResponse', (request, h) => {
    const { response } = request
    if (response instanceof Error && [401, 403].includes(response.output.statusCode)) {
      response.output.statusCode = 400
      response.reformat()
    }
    return h.continue
  })
  for (const plugin of plugins) await server.register(plugin)
  return server
}
