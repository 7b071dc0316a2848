import { DomainError } from '../domain-error.ts'
import { type Request, type Server } from '@hapi/hapi'

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
      throw foreignOrigin()
    }
    return h.continue
  })
}

/**
 * Whether a page of another site makes the reader's browser send this, without anybody having followed a link: as a
 * form, by a script, as a picture or frame, or ahead of time. Programs and old browsers say nothing, and are none.
 */
export function isFromForeignPage({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  const site = headers['sec-fetch-site']
  if (site !== 'cross-site' && site !== 'same-site') return false
  const isShown = headers['sec-fetch-dest'] === 'document' && headers['sec-purpose'] === undefined
  return method !== 'get' || !isShown
}

export function foreignOrigin(): DomainError {
  const message = 'This request came from another site and was refused.'
  return new DomainError('forbidden', 'foreign-origin', message)
}
