import { type Server } from '@hapi/hapi'
import { type Log } from '../log.ts'
import { requestIdHeader } from './front.ts'

/**
 * One line per answer: method, the route's pattern (never the address, which may hold a token or a name), status and
 * milliseconds. The request id is the one that the front gave it; errors show it to people.
 */
export function logAnswers(server: Server, log: Log): void {
  server.ext('onRequest', (request, h) => {
    const id: unknown = request.headers[requestIdHeader]
    if (typeof id === 'string') Object.assign(request.info, { id })
    return h.continue
  })
  server.events.on('response', request => {
    const { response } = request
    const status = response instanceof Error ? response.output.statusCode : response.statusCode
    log.debug({
      request: request.info.id,
      method: request.method,
      route: request.route.path,
      status,
      ms: request.info.responded - request.info.received,
    })
  })
}
