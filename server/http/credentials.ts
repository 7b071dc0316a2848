import { type Request } from '@hapi/hapi'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { type Right } from '../staff/rights.ts'
import { type Session } from '../staff/session.ts'
import { type Elsewhere } from '../staff/staff-member.ts'
import { freshnessFor, localSignInNeeded } from './fresh-sign-in.ts'
import { keptAnswersFor } from './not-kept.ts'

declare module '@hapi/hapi' {
  // What a signed-in request carries; `scope` is what Hapi compares with the right a route names.
  interface AppCredentials {
    readonly actor: Actor
    readonly rights: readonly Right[]
    /** Missing for a program with a token. */
    readonly session?: Session
    /** As the session. */
    readonly elsewhere?: Elsewhere
  }
}

/** Who is asking. Only for routes that are closed: an open one has nobody, and that is a mistake in the route. */
export function actorOf(request: Pick<Request, 'auth'>): Actor {
  const actor = request.auth.credentials.app?.actor
  if (!actor) throw new Error('This route has no signed-in caller')
  return actor
}

/**
 * The session of the person who is asking, for what is a person's own.
 * @throws {DomainError} forbidden `person-needed` for a program with a token
 */
export function sessionOf(request: Pick<Request, 'auth'>): Session {
  const session = request.auth.credentials.app?.session
  if (session) return session
  throw new DomainError(
    'forbidden',
    'person-needed',
    'Only a person who is signed in can do this, not an API key.',
  )
}

/**
 * The same for what is the person's own in every organisation: the provider of one of them does not look into it.
 * @throws {DomainError} forbidden `person-needed`, `local-sign-in-needed`
 */
export function localSessionOf(request: Pick<Request, 'auth'>): Session {
  const session = sessionOf(request)
  if (session.boundTo === undefined) return session
  throw localSignInNeeded()
}

/**
 * Route options of a closed route: the caller needs `right`, and no cross-organisation reach comes with it. For deeds of
 * the careful rights a person has to have proved lately who they are. No look at what is protected is answered twice by
 * one `Idempotency-Key`.
 */
export function needs(right: Right): {
  auth: { access: { scope: [Right] } }
  plugins: ReturnType<typeof freshnessFor> & ReturnType<typeof keptAnswersFor>
} {
  return {
    auth: { access: { scope: [right] } },
    plugins: { ...freshnessFor(right), ...keptAnswersFor(right) },
  }
}
