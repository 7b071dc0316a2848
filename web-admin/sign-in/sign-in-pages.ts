import { type Request, type ResponseToolkit, type RouteOptions, type ServerRoute } from '@hapi/hapi'
import { cameFrom } from '../../server/http/came-from.ts'
import { type IdentityProviders } from '../../server/staff/identity-providers.ts'
import { type Passkeys } from '../../server/staff/passkeys.ts'
import { type SecondStep } from '../../server/staff/second-step.ts'
import { type SignIn } from '../../server/staff/sign-in.ts'
import { guardedRoles } from '../../server/staff/rights.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { readPasskeyAnswer } from '../account/passkey-answer.ts'
import { formView, readForm, refusalErrors, type FormError } from '../form.ts'
import { languageOf, sayIn } from '../language.ts'
import { goTo, ownPath, showPage } from '../page.ts'
import { textOf } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'
import { forgetOrganisation, organisationFor, rememberOrganisation } from './organisation-cookie.ts'
import { secondStepPath } from './second-step-pages.ts'
import { secretOf } from './session-cookie.ts'
import { setUpFields, setUpSchema, signInFields, signInSchema } from './sign-in-form.ts'
import { spentLink } from './spent-link.ts'

interface SignInPagesDeps {
  readonly signIn: Pick<SignIn, 'begin' | 'signOut'>
  readonly staff: Pick<Staff, 'isSetUpLink' | 'setUp'>
  readonly secondStep: Pick<SecondStep, 'waiting'>
  readonly passkeys: Pick<Passkeys, 'isAvailable' | 'signInOptions' | 'signIn'>
  readonly identityProviders: Pick<IdentityProviders, 'offeredTo'>
}

const open: RouteOptions = { auth: { mode: 'try', strategies: ['session'] } }

type Typed = Readonly<Record<string, unknown>>

/** Signing in and out, and the first administrator's set-up link. */
export function signInPages(deps: SignInPagesDeps): ServerRoute[] {
  const { signIn, secondStep, staff, passkeys, identityProviders } = deps

  const show = async (
    request: Request,
    h: ResponseToolkit,
    typed: Typed = {},
    errors: readonly FormError[] = [],
  ) => {
    const say = sayIn(languageOf(request))
    const next = ownPath(typed['next'] ?? request.query['next'])
    const offered = await offeredHere(request, h, typed)
    return showPage(request, h, 'sign-in/sign-in', {
      title: say('sign-in.title'),
      form: formView(signInFields, typed, say, errors),
      next,
      // Not for whoever types already: their refusal has words of its own.
      isOver: request.method === 'get' && (await wasSignedIn(request)),
      // Told apart from another organisation's, whose name a stranger here is not to see.
      isAsked: offered.isShared && offered.items.length === 0,
      isChosen: offered.isShared && offered.items.length > 0,
      providers: offered.items.map(({ id, name }) => ({
        href: `/sign-in/single-sign-on/${id}?next=${encodeURIComponent(next)}`,
        text: say('single-sign-on.with', { name }),
      })),
      passkeyOptions: passkeys.isAvailable && JSON.stringify(await passkeys.signInOptions()),
      layout: 'plain',
      status: errors.length > 0 ? 422 : 200,
    })
  }

  /** Whether this browser holds a session that has ended; one that waits for its second step has not begun. */
  async function wasSignedIn(request: Request): Promise<boolean> {
    const secret = secretOf(request)
    return secret !== '' && !(await secondStep.waiting(secret))
  }

  /** The organisation's own sign-in: of the address or this browser, or of the e-mail address that was typed for it. */
  async function offeredHere(request: Request, h: ResponseToolkit, typed: Typed) {
    const email = typed['do'] === 'provider' ? textOf(typed['email']) : ''
    const organisationId = email === '' ? organisationFor(request) : ''
    const offered = await identityProviders.offeredTo({ organisationId, email })
    const [one, ...others] = offered.items
    if (one && others.length === 0 && offered.isShared) rememberOrganisation(h, one.id)
    if (request.query['organisation'] === '') forgetOrganisation(h)
    return offered
  }

  /** Whose sign-in the typed address belongs to: its button, which is a link, for a form leads nowhere but here. */
  async function showProvider(request: Request, h: ResponseToolkit, typed: Typed) {
    const say = sayIn(languageOf(request))
    const email = textOf(typed['email'])
    const { items } = await identityProviders.offeredTo({ organisationId: '', email })
    const message = email === '' ? say('single-sign-on.email') : say('single-sign-on.none')
    return show(request, h, typed, items.length > 0 ? [] : [{ path: 'email', message }])
  }

  /** The session begins; where it waits for a second step, that comes first. */
  async function enter(
    request: Request,
    h: ResponseToolkit,
    { next, said, ...typed }: { email: string; password: string; next: string; said?: TextKey },
  ) {
    const { secret, waitsFor } = await signIn.begin(typed, cameFrom(request))
    request.cookieAuth.set({ secret })
    return waitsFor ? goTo(h, secondStepPath(waitsFor, next)) : goTo(h, next, said)
  }

  const showSetUp = (
    request: Request,
    h: ResponseToolkit,
    typed: Typed = {},
    errors: readonly FormError[] = [],
  ) => {
    const say = sayIn(languageOf(request))
    return showPage(request, h, 'sign-in/set-up', {
      title: say('set-up.title'),
      form: formView(setUpFields, typed, say, errors),
      layout: 'plain',
      status: errors.length > 0 ? 422 : 200,
    })
  }

  return [
    {
      method: 'GET',
      path: '/sign-in',
      options: open,
      // What was left to say asks for a sign-in, and there has been one.
      handler: (request, h) =>
        request.auth.isAuthenticated ? goTo(h, '/').unstate('said') : show(request, h),
    },
    {
      method: 'POST',
      path: '/sign-in',
      options: { auth: false },
      handler: async (request, h) => {
        const say = sayIn(languageOf(request))
        const typed = request.payload as Typed
        if (typed['do'] === 'provider') return showProvider(request, h, typed)
        const read = readForm(signInSchema, typed, signInFields, say)
        if ('errors' in read) return show(request, h, typed, read.errors)
        try {
          return await enter(request, h, { ...read.value, next: ownPath(typed['next']) })
        } catch (thrown) {
          return show(request, h, typed, refusalErrors(thrown, say))
        }
      },
    },
    {
      method: 'POST',
      path: '/sign-in/passkey',
      options: { auth: false },
      handler: async (request, h) => {
        const typed = request.payload as Typed
        const answer = readPasskeyAnswer(typed['answer'])
        try {
          request.cookieAuth.set({ secret: await passkeys.signIn(answer, cameFrom(request)) })
        } catch (thrown) {
          return show(request, h, { next: typed['next'] }, refusalErrors(thrown, sayIn(languageOf(request))))
        }
        return goTo(h, ownPath(typed['next']))
      },
    },
    {
      method: 'GET',
      path: '/sign-in/passkey',
      options: { auth: false },
      handler: (_request, h) => goTo(h, '/sign-in'),
    },
    {
      method: 'POST',
      path: '/sign-out',
      options: open,
      handler: async (request, h) => {
        // A program has a token and no session to end.
        const { secret } = (request.auth.artifacts as { secret?: unknown } | null) ?? {}
        const session = request.auth.isAuthenticated ? request.auth.credentials.app?.session : undefined
        if (typeof secret === 'string') await signIn.signOut(secret)
        request.cookieAuth.clear()
        // Their provider still knows them: the next one at this screen would come in as them.
        return session?.boundTo === undefined
          ? goTo(h, '/sign-in', 'said.signed-out')
          : goTo(h, `/sign-in/signed-out?from=${encodeURIComponent(session.boundTo)}`)
      },
    },
    {
      method: 'GET',
      path: '/set-up/{token}',
      options: { auth: false },
      handler: async (request, h) => {
        if (await staff.isSetUpLink(String(request.params['token'])))
          return showSetUp(request, h, { secondFactor: 'on' })
        return spentLink(request, h, 'refusal.set-up-link')
      },
    },
    {
      method: 'POST',
      path: '/set-up/{token}',
      options: { auth: false },
      handler: async (request, h) => {
        const language = languageOf(request)
        const say = sayIn(language)
        const token = String(request.params['token'])
        const typed = request.payload as Typed
        if (!(await staff.isSetUpLink(token))) return spentLink(request, h, 'refusal.set-up-link')
        const read = readForm(setUpSchema, typed, setUpFields, say)
        if ('errors' in read) return showSetUp(request, h, typed, read.errors)
        try {
          const { secondFactor, ...input } = read.value
          const secondFactorFor = secondFactor ? guardedRoles : []
          await staff.setUp(token, { ...input, secondFactorFor, language })
        } catch (thrown) {
          return showSetUp(request, h, typed, refusalErrors(thrown, say))
        }
        return enter(request, h, { ...read.value, next: '/', said: 'said.set-up' })
      },
    },
  ]
}
