import { type Request, type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import { refusalWords } from '../form.ts'
import { isText, languageOf, sayIn } from '../language.ts'
import { showPage } from '../page.ts'

/** What a page of refusal is made of; the staff door gives it. */
interface ShownRefusal {
  readonly statusCode: number
  readonly code: string
  readonly message: string
  readonly requestId: string
}

// Hapi's own refusals say only "Forbidden" or "Not Found"; the page has better words for those.
const plainCodes = ['bad-request', 'not-allowed', 'not-found', 'too-large', 'refused', 'fault', 'too-many']

/** A refused or failed request as a page in plain words: what happened, and what to do now. */
export function errorPage(
  request: Request,
  h: ResponseToolkit,
  { statusCode, code, message, requestId }: ShownRefusal,
): Promise<ResponseObject> {
  if (code === 'fresh-sign-in-needed' || code === 'screen-lent')
    return request.server.plugins.webAdmin.askWhoItIs(request, h)
  const say = sayIn(languageOf(request))
  // Whoever only looked has saved nothing.
  const isUnread = statusCode === 422 && request.method === 'get'
  const words = (part: 'title' | 'now') => {
    const key = `error.${isUnread ? 'unread' : kindOf(statusCode, code)}.${part}`
    return isText(key) ? say(key) : ''
  }
  const isSignedIn = request.auth.isAuthenticated
  return showPage(request, h, 'errors/refusal', {
    title: words('title'),
    reason: plainCodes.includes(code) ? undefined : refusalWords({ code, message }, say),
    now: words('now'),
    requestId: statusCode >= 500 ? requestId : undefined,
    back: isSignedIn ? '/' : '/sign-in',
    backText: say(isSignedIn ? 'error.to-start' : 'error.to-sign-in'),
    layout: isSignedIn ? 'desk' : 'plain',
    status: statusCode,
  })
}

/** Which words of `error.…` fit: a refusal because somebody else was first has its own. */
function kindOf(statusCode: number, code: string): number | 'stale' {
  if (code === 'stale') return 'stale'
  if (isText(`error.${statusCode}.title`)) return statusCode
  return statusCode >= 500 ? 500 : 400
}
