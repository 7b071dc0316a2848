import { type Server } from '@hapi/hapi'
import { DomainError } from '../domain-error.ts'

declare module '@hapi/hapi' {
  interface PluginSpecificConfiguration {
    /** A borrower may reach it for their own loan with the desk's screen. */
    borrower?: 'own'
  }
}

/** Route options of the pages that a borrower sees; `{id}` in the path is the loan. */
export const forBorrower = { plugins: { borrower: 'own' } } as const

/** Paths on which the person who holds the screen proves who they are, or signs the desk out. */
const ways = ['/confirm', '/confirm/provider', '/sign-out']

/**
 * While a borrower holds the desk's screen to sign, its session opens the pages of that loan and nothing else, whatever
 * address is typed: everything else asks first who it is.
 */
export function keepToOwnLoan(server: Server): void {
  server.ext('onPostAuth', (request, h) => {
    // Hapi's types know nothing of routes that ask nobody who they are.
    const credentials = request.auth.credentials as typeof request.auth.credentials | null
    const lentFor = credentials?.app?.session?.lentFor
    if (lentFor === undefined || ways.includes(request.route.path)) return h.continue
    const isOwn = request.route.settings.plugins?.borrower === 'own' && request.params['id'] === lentFor
    if (isOwn) return h.continue
    const message = 'This screen is with a borrower. First confirm that it is you.'
    throw new DomainError('forbidden', 'screen-lent', message)
  })
}
