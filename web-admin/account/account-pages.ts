import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf } from '../../server/http/asked.ts'
import { localSessionOf, sessionOf } from '../../server/http/credentials.ts'
import { needsFreshSignIn } from '../../server/http/fresh-sign-in.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { type Invitations } from '../../server/staff/invitations.ts'
import { type Passkeys } from '../../server/staff/passkeys.ts'
import { type Passwords } from '../../server/staff/passwords.ts'
import { type SecondFactor } from '../../server/staff/second-factor.ts'
import { type Sessions } from '../../server/staff/sessions.ts'
import { type SignIn } from '../../server/staff/sign-in.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { secondStepPath } from '../sign-in/second-step-pages.ts'
import { secretOf } from '../sign-in/session-cookie.ts'
import { passkeyRows, secondFactorView } from './second-factor-view.ts'
import { invitationRows } from './invitation-view.ts'
import { sessionRows } from './session-view.ts'

interface AccountPagesDeps {
  readonly passwords: Pick<Passwords, 'change'>
  readonly sessions: Sessions
  readonly signIn: Pick<SignIn, 'workIn'>
  readonly staff: Pick<Staff, 'organisationsOf'>
  readonly organisations: Pick<Organisations, 'named'>
  readonly secondFactor: Pick<SecondFactor, 'state'>
  readonly invitations: Invitations
  readonly passkeys: Pick<Passkeys, 'isAvailable' | 'list'>
}

const passwordFields = {
  current: { label: 'account.password.current', type: 'password', autocomplete: 'current-password' },
  password: {
    label: 'account.password.new',
    hint: 'set-up.password.hint',
    type: 'password',
    autocomplete: 'new-password',
  },
} as const satisfies Fields

const passwordSchema = Joi.object<{ current: string; password: string }>({
  current: Joi.string().max(1000).required(),
  password: Joi.string().max(1000).required(),
})

/** One's own account: the password, where one is signed in, the organisations that one works for. */
export function accountPages(deps: AccountPagesDeps): ServerRoute[] {
  const { passwords, sessions, signIn, staff, organisations, secondFactor, passkeys, invitations } = deps

  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, language, say } = readerOf(request)
    const session = sessionOf(request)
    const rows = sessionRows(await sessions.list(actor, session), language, session.id)
    // A session of one organisation's provider tells nothing of what the person is elsewhere.
    const isLocal = session.boundTo === undefined
    const worksFor = isLocal ? await staff.organisationsOf(session.staffId) : [actor.organisationId]
    const ownOrganisations = await organisations.named(worksFor)
    return showPage(request, h, 'account/account', {
      title: say('account.title'),
      name: actor.name,
      secondFactor: secondFactorView(await secondFactor.state(session.staffId), language),
      passkeys: isLocal ? passkeyRows(await passkeys.list(session.staffId), language) : [],
      mayAddPasskey: passkeys.isAvailable,
      invitations: isLocal ? invitationRows(await invitations.list(session), language) : [],
      sessions: rows,
      hasOthers: rows.some(({ isThis }) => !isThis),
      organisations:
        ownOrganisations.length > 1 &&
        ownOrganisations.map(one => ({ ...one, isHere: one.id === actor.organisationId })),
      form: formView(passwordFields, {}, say, shown.errors),
      isRefused: statusOf(shown) === 422,
      status: statusOf(shown),
    })
  }

  return [
    { method: 'GET', path: '/account', handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/account/password',
      handler: formHandler({
        schema: passwordSchema,
        fields: passwordFields,
        show,
        act: async (request, h, typed) => {
          const { staffId, id } = sessionOf(request)
          await passwords.change(staffId, typed, id)
          return goTo(h, '/account', 'said.password-changed')
        },
      }),
    },
    {
      // The answer to a refused form, asked for again.
      method: 'GET',
      path: '/account/password',
      handler: (_request, h) => goTo(h, '/account'),
    },
    {
      method: 'POST',
      path: '/account/invitations/{organisationId}/accept',
      options: needsFreshSignIn,
      handler: async (request, h) => {
        await invitations.accept(localSessionOf(request), String(request.params['organisationId']))
        return goTo(h, '/account', 'said.invitation-accepted')
      },
    },
    {
      method: 'POST',
      path: '/account/invitations/{organisationId}/decline',
      handler: async (request, h) => {
        await invitations.decline(localSessionOf(request), String(request.params['organisationId']))
        return goTo(h, '/account', 'said.invitation-declined')
      },
    },
    {
      method: 'POST',
      path: '/account/sessions/end',
      handler: async (request, h) => {
        const session = sessionOf(request)
        await sessions.revokeAll(readerOf(request).actor, session, session.id)
        return goTo(h, '/account', 'said.sessions-ended')
      },
    },
    {
      method: 'POST',
      path: '/account/sessions/{id}/end',
      handler: async (request, h) => {
        await sessions.revoke(readerOf(request).actor, sessionOf(request), idOf(request))
        return goTo(h, '/account', 'said.sessions-ended')
      },
    },
    {
      method: 'POST',
      path: '/account/organisation',
      handler: async (request, h) => {
        sessionOf(request)
        const { organisationId } = request.payload as { organisationId?: unknown }
        const opened = await signIn.workIn(secretOf(request), textOf(organisationId))
        if (opened) request.cookieAuth.set({ secret: opened.secret })
        if (opened?.waitsFor) return goTo(h, secondStepPath(opened.waitsFor, '/'))
        return goTo(h, '/', 'said.organisation-changed')
      },
    },
  ]
}
