import { DomainError } from '../domain-error.ts'
import { type Server } from '@hapi/hapi'

const safeMethods = ['get', 'head', 'options']

/**
 * A page of somebody else may not use a staff member's cookie on the API. Browsers say where a request comes from
 * (`Sec-Fetch-Site`, and `Origin` on every write); programs with a bearer token carry no cookie and are let through.
 * Pages have their own fence, a token in each form.
 */
export function refuseForeignOrigins(server: Server, publicUrl: string): void {
  const ownOrigin = new URL(publicUrl).origin
  server.ext('onPreAuth', (request, h) => {
    const { headers, method, path } = request
    if (safeMethods.includes(method) || !path.startsWith('/api/') || headers['authorization'])
      return h.continue
    const site = headers['sec-fetch-site']
    const origin = headers['origin']
    const own = origin === undefined || origin === ownOrigin || origin === `http://${request.info.host}`
    if ((site !== undefined && site !== 'same-origin') || !own) {
      throw new DomainError(
        'forbidden',
        'foreign-origin',
        'This request came from another site and was refused.',
      )
    }
    return h.continue
  })
}
