import { type Request, type Server } from '@hapi/hapi'
import { cameFromNowhere, type CameFrom } from '../staff/session.ts'
import { clientAddress } from './client-address.ts'
import { type TrustedProxies } from './trusted-proxies.ts'

declare module '@hapi/hapi' {
  interface RequestApplicationState {
    cameFrom?: CameFrom
  }
}

const longestAgent = 300

/** Notes on every request where it comes from, for what the person sees of their sessions. */
export function noteWhereFrom(server: Server, trustedProxies: TrustedProxies): void {
  server.ext('onRequest', (request, h) => {
    const agent: unknown = request.headers['user-agent']
    request.app.cameFrom = {
      address: clientAddress(request, trustedProxies),
      agent: typeof agent === 'string' ? agent.slice(0, longestAgent) : '',
    }
    return h.continue
  })
}

/** Where a request comes from: its address behind trusted proxies, and what its browser calls itself. */
export function cameFrom(request: Pick<Request, 'app'>): CameFrom {
  return request.app.cameFrom ?? cameFromNowhere
}
