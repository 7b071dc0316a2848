import { DomainError } from '../domain-error.ts'
import { type Request, type Server } from '@hapi/hapi'
import { sessionCookie } from './staff-auth.ts'

const safeMethods = ['get', 'head', 'options']

const bringsSession = new RegExp(`(^|[; ])${sessionCookie}=`)

type Sent = Pick<Request, 'method' | 'headers' | 'info'>

/**
 * A page of somebody else may not use a staff member's cookie. Browsers say where a request comes from
 * (`Sec-Fetch-Site`, older ones `Origin` or `Referer`); programs with a bearer token carry no cookie and are let through.
 * Whatever brings a session is judged by it, whether it names a token besides or not: the session is what would count.
 * The forms of pages have a token of their own besides; a neighbour under the same domain, who can set cookies here,
 * could make one up.
 */
export function refuseForeignOrigins(server: Server, publicUrl: string): void {
  server.ext('onPreAuth', (request, h) => {
    const { headers, method, path } = request
    const isProgram = headers['authorization'] !== undefined && !bringsSession.test(String(headers['cookie']))
    if (safeMethods.includes(method) || isProgram) return h.continue
    // A form may be sent once more by the browser itself, which then comes from nowhere; nothing asks the API like that.
    const isForeign = path.startsWith('/api/') ? isNotOurs : isFromForeignPage
    if (isForeign(request, publicUrl)) throw foreignOrigin()
    return h.continue
  })
}

function isNotOurs(request: Sent, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site']
  return (site !== undefined && site !== 'same-origin') || isSentFromElsewhere(request, publicUrl)
}

/**
 * Whether a page of another site makes the reader's browser send this, without anybody having followed a link: as a
 * form, by a script, as a picture or frame, or ahead of time. Programs say nothing, and are none. Browsers from before
 * 2023 do not say `Sec-Fetch-Site`: of them a page is known by `Origin` or `Referer`, and a link that was followed by
 * asking for a page (`Accept`); a frame of theirs looks like one too.
 */
export function isFromForeignPage(request: Sent, publicUrl: string): boolean {
  const { method, headers } = request
  const site = headers['sec-fetch-site']
  if (site === undefined) {
    const isFollowed = method === 'get' && String(headers['accept']).includes('text/html')
    return !isFollowed && isSentFromElsewhere(request, publicUrl)
  }
  if (site !== 'cross-site' && site !== 'same-site') return false
  const isShown = headers['sec-fetch-dest'] === 'document' && headers['sec-purpose'] === undefined
  return method !== 'get' || !isShown
}

/** Whether `Origin`, or `Referer` where there is none, names a page that is not of this server. */
function isSentFromElsewhere({ headers, info }: Sent, publicUrl: string): boolean {
  const said: unknown = headers['origin'] ?? headers['referer']
  if (typeof said !== 'string' || said === '') return false
  // `null` is what browsers say for pages that hide where they are from.
  if (!URL.canParse(said)) return true
  const { origin, host } = new URL(said)
  return origin !== new URL(publicUrl).origin && host !== info.host
}

export function foreignOrigin(): DomainError {
  const message = 'This request came from another site and was refused.'
  return new DomainError('forbidden', 'foreign-origin', message)
}
