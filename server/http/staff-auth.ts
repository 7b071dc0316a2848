import Boom from '@hapi/boom'
import cookie from '@hapi/cookie'
import { type Request, type Server } from '@hapi/hapi'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { type SignedIn, type SignIn } from '../staff/sign-in.ts'
import { elsewhereOf } from '../staff/staff-member.ts'
import { type Tokens } from '../staff/tokens.ts'

export const sessionCookie = 'ornkoll'

export interface StaffAuthDeps {
  readonly signIn: SignIn
  readonly tokens: Tokens
  /** Seals the cookie; at least 32 characters. */
  readonly cookieKey: string
  /** Cookies only over TLS: true whenever people reach the product by https. */
  readonly secure: boolean
}

/**
 * Every route of the staff door is closed unless it says `auth: false`: it wants a session cookie or a bearer token.
 * A route names the right it needs; Hapi compares it with the rights of the caller.
 */
export async function closeStaffDoor(server: Server, deps: StaffAuthDeps): Promise<void> {
  await server.register(cookie)
  server.auth.strategy('session', 'cookie', {
    cookie: {
      name: sessionCookie,
      password: deps.cookieKey,
      isSecure: deps.secure,
      isHttpOnly: true,
      isSameSite: 'Lax',
      path: '/',
    },
    validate: async (_request: Request, session: { secret?: unknown }) => {
      const known = typeof session.secret === 'string' ? await deps.signIn.whoHas(session.secret) : undefined
      return known ? { isValid: true, credentials: credentialsOf(known.actor, known) } : { isValid: false }
    },
  })
  server.auth.scheme('bearer', () => ({
    authenticate: async (request, h) => {
      const header: unknown = request.headers['authorization']
      const given = typeof header === 'string' ? /^Bearer +(.*)$/i.exec(header)?.[1] : undefined
      if (given === undefined) throw Boom.unauthorized(null, 'Bearer')
      const actor = /^[\w-]{20,200}$/.test(given) ? await deps.tokens.whoHas(given) : undefined
      if (!actor) throw Boom.unauthorized('This token is unknown or has expired.', 'Bearer')
      return h.authenticated({ credentials: credentialsOf(actor) })
    },
  }))
  server.auth.strategy('token', 'bearer')
  server.auth.default({ strategies: ['session', 'token'], mode: 'required' })
}

function credentialsOf(actor: Actor, known?: Pick<SignedIn, 'member' | 'session'>) {
  const rights = rightsHeld(actor)
  return { scope: rights, app: { actor, rights, ...(known && personal(known)) } }
}

function personal({ member, session }: Pick<SignedIn, 'member' | 'session'>) {
  return { session, elsewhere: elsewhereOf(member, session) }
}
