import { type Request } from '@hapi/hapi'
import { sessionCookie } from '../../server/http/staff-auth.ts'
import { cookieOf } from '../language.ts'

/** The secret in the session cookie of this browser, whether or not it opens anything; empty without one. */
export function secretOf(request: Request): string {
  const session = cookieOf(request, sessionCookie) as { secret?: unknown } | undefined
  return typeof session?.secret === 'string' ? session.secret : ''
}
