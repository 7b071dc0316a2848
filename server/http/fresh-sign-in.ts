import { type Request, type Server } from '@hapi/hapi'
import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { type Right } from '../staff/rights.ts'
import { isFresh } from '../staff/session.ts'

declare module '@hapi/hapi' {
  interface PluginSpecificConfiguration {
    /** `writes`: not for looking at the page. `export`: for looking too, since a file leaves the house. */
    freshSignIn?: 'always' | 'writes' | 'export'
  }
}

/** Route options of what shows or changes the account itself. */
export const needsFreshSignIn = { plugins: { freshSignIn: 'always' } } as const

/** Route options of a file with personal data of many, or of everything about one. */
export const forExport = { plugins: { freshSignIn: 'export' } } as const

/** Rights whose deeds cannot be undone, show what is protected, or give rights to others. */
const careful: readonly Right[] = [
  'wipe.request',
  'wipe.approve',
  'approvals.decide',
  'people.merge',
  'people.reveal',
  'profiles.reveal',
  'staff.write',
]

/** What a route with this right asks of a session: deeds of the careful rights want it fresh. */
export function freshnessFor(right: Right): { freshSignIn: 'writes' } | object {
  return careful.includes(right) ? { freshSignIn: 'writes' } : {}
}

/**
 * A person who has not proved for five minutes who they are is asked again before a dangerous deed: an iPad left open
 * at the desk wipes nothing. Programs have no fingers; their tokens were made by somebody fresh.
 */
export function wantFreshSignIn(server: Server, clock: Clock): void {
  server.ext('onPostAuth', (request, h) => {
    const wanted = request.route.settings.plugins?.freshSignIn
    // Hapi's types know nothing of routes that ask nobody who they are.
    const credentials = request.auth.credentials as typeof request.auth.credentials | null
    const session = credentials?.app?.session
    const isLook = request.method === 'get' || request.method === 'head'
    if (!session || wanted === undefined || (wanted === 'writes' && isLook)) return h.continue
    if (wanted === 'always' && session.boundTo !== undefined) {
      // The provider of one organisation may not plant a key on an account that opens another.
      throw localSignInNeeded()
    }
    checkFresh(request, clock.now())
    return h.continue
  })
}

/** Said to a session of an organisation's provider where the account itself is meant. */
export function localSignInNeeded(): DomainError {
  const message = 'Sign in with your own password or passkey to change how you sign in.'
  return new DomainError('forbidden', 'local-sign-in-needed', message)
}

/**
 * For a route where only what is asked for tells that it is dangerous.
 * @throws {DomainError} forbidden `fresh-sign-in-needed`
 */
export function checkFresh(request: Request, now: Date): void {
  const session = request.auth.credentials.app?.session
  if (!session || isFresh(session, now)) return
  const message = 'First confirm that it is you: it is more than five minutes since you last did.'
  throw new DomainError('forbidden', 'fresh-sign-in-needed', message)
}
