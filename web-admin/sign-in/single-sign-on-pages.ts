import { type Request, type ResponseToolkit, type Server, type ServerRoute } from '@hapi/hapi'
import { idOf } from '../../server/http/asked.ts'
import { cameFrom } from '../../server/http/came-from.ts'
import { sessionOf } from '../../server/http/credentials.ts'
import { DomainError } from '../../server/domain-error.ts'
import { type IdentityProviders } from '../../server/staff/identity-providers.ts'
import { type SingleSignOn } from '../../server/staff/single-sign-on.ts'
import { refusalWords } from '../form.ts'
import { cookieOf, languageOf, sayIn } from '../language.ts'
import { goTo, ownPath, showPage } from '../page.ts'
import { textOf } from '../reader.ts'
import { rememberOrganisation } from './organisation-cookie.ts'
import { type TextKey } from '../texts/texts.ts'

interface SingleSignOnPagesDeps {
  readonly identityProviders: Pick<IdentityProviders, 'offeredTo'>
  readonly singleSignOn: SingleSignOn
}

const attemptCookie = 'signing-in'

/** The cookie that keeps what was asked while the browser is at the provider. Sealed already, and gone in ten minutes. */
export function rememberAttempts(server: Server, isSecure: boolean): void {
  server.state(attemptCookie, {
    ttl: 10 * 60_000,
    isSecure,
    isHttpOnly: true,
    isSameSite: 'Lax',
    path: '/sign-in/single-sign-on',
    encoding: 'none',
    ignoreErrors: true,
  })
}

/** To the provider of an organisation and back. */
export function singleSignOnPages({ singleSignOn, identityProviders }: SingleSignOnPagesDeps): ServerRoute[] {
  function refuse(
    request: Request,
    h: ResponseToolkit,
    thrown: unknown,
    title: TextKey = 'single-sign-on.refused',
  ) {
    if (!(thrown instanceof DomainError)) throw thrown
    const say = sayIn(languageOf(request))
    return showPage(request, h, 'errors/refusal', {
      title: say(title),
      reason: refusalWords(thrown, say),
      back: '/sign-in',
      backText: say('error.to-sign-in'),
      layout: 'plain',
      status: thrown.kind === 'not-found' ? 404 : 403,
    })
  }

  const options = { auth: false } as const
  return [
    {
      // A link, not a form: the policy lets forms lead nowhere but here.
      method: 'GET',
      path: '/confirm/provider',
      handler: async (request, h) => {
        try {
          const { url, attempt } = await singleSignOn.beginAgain(
            sessionOf(request),
            ownPath(request.query['next']),
          )
          h.state(attemptCookie, attempt)
          return h.redirect(url)
        } catch (thrown) {
          return refuse(request, h, thrown)
        }
      },
    },
    {
      method: 'GET',
      path: '/sign-in/single-sign-on/{organisationId}',
      options,
      handler: async (request, h) => {
        try {
          const next = ownPath(request.query['next'])
          const organisationId = idOf(request, 'organisationId')
          const { url, attempt } = await singleSignOn.begin(organisationId, next)
          h.state(attemptCookie, attempt)
          rememberOrganisation(h, organisationId)
          return h.redirect(url)
        } catch (thrown) {
          return refuse(request, h, thrown)
        }
      },
    },
    {
      // Signed out here; whoever came by a provider may go on to sign out there as well.
      method: 'GET',
      path: '/sign-in/signed-out',
      options,
      handler: async (request, h) => {
        const say = sayIn(languageOf(request))
        const from = textOf(request.query['from'])
        const { items } = await identityProviders.offeredTo({ organisationId: from, email: '' })
        const provider = items.find(({ id }) => id === from)
        return showPage(request, h, 'sign-in/signed-out', {
          title: say('signed-out.title'),
          provider: provider && {
            text: say('signed-out.there', { name: provider.name }),
            href: `/sign-in/single-sign-on/${provider.id}/sign-out`,
          },
          layout: 'plain',
        })
      },
    },
    {
      // A link as well, for the same reason.
      method: 'GET',
      path: '/sign-in/single-sign-on/{organisationId}/sign-out',
      options,
      handler: async (request, h) => {
        try {
          return h.redirect(await singleSignOn.signOut(idOf(request, 'organisationId')))
        } catch (thrown) {
          return refuse(request, h, thrown, 'signed-out.not-there')
        }
      },
    },
    {
      method: 'GET',
      path: '/sign-in/single-sign-on/answer',
      options,
      handler: async (request, h) => {
        const attempt = textOf(cookieOf(request, attemptCookie))
        h.unstate(attemptCookie)
        try {
          const { secret, next } = await singleSignOn.finish(attempt, request.url.search, cameFrom(request))
          if (secret !== undefined) request.cookieAuth.set({ secret })
          return goTo(h, next, secret === undefined ? 'said.confirmed' : undefined)
        } catch (thrown) {
          return refuse(request, h, thrown)
        }
      },
    },
  ]
}
