import Boom from '@hapi/boom'
import { type Server } from '@hapi/hapi'

/** How long whoever was refused may go on sending, so that they still read the answer, before the line is cut. */
export const lingerMs = 5000

/**
 * A body that says of itself that it is larger than its route takes gets 413 at once. Hapi would first read it to its
 * end, and wait half a minute for one that never comes. Whoever is still sending after `linger` milliseconds is cut off.
 */
export function refuseLargeBodies(server: Server, linger: number): void {
  server.ext('onPreAuth', (request, h) => {
    const most = request.route.settings.payload?.maxBytes
    const said = Number(request.headers['content-length'])
    if (most === undefined || !(said > most)) return h.continue
    const { req } = request.raw
    const cut = setTimeout(() => req.socket.destroy(), linger).unref()
    req.once('end', () => clearTimeout(cut))
    throw Boom.entityTooLarge(`Payload content length greater than maximum allowed: ${String(most)}`)
  })
}
