import { type Request, type ResponseObject, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { sessionOf } from '../../server/http/credentials.ts'
import { DomainError } from '../../server/domain-error.ts'
import { type Confirming } from '../../server/staff/confirming.ts'
import { formView, refusalErrors, type Fields, type FormError } from '../form.ts'
import { type Say } from '../language.ts'
import { goTo, ownPath, showPage } from '../page.ts'
import { readerOf, textOf, type Typed } from '../reader.ts'
import { readPasskeyAnswer } from './passkey-answer.ts'

const passwordField = {
  confirmPassword: { label: 'sign-in.password', type: 'password', autocomplete: 'current-password' },
} as const satisfies Fields

const codeField = {
  confirmCode: {
    label: 'second-factor.code',
    hint: 'second-factor.answer.hint',
    autocomplete: 'one-time-code',
  },
} as const satisfies Fields

/** Names of this page's own fields; every other field belongs to the deed that waits. */
const own = ['crumb', 'confirmPassword', 'confirmCode', 'answer', 'confirmTo', 'confirmBy']

/** Where it goes on afterwards, and what had been typed for it. */
interface Deed {
  readonly to: string
  readonly by: 'get' | 'post'
  readonly typed: Typed
}

/** Shows the question who it is, around a deed that waits for the answer and loses nothing that was typed. */
export async function askWhoItIs(
  request: Request,
  h: ResponseToolkit,
  { confirming, deed, errors = [] }: { confirming: Confirming; deed: Deed; errors?: readonly FormError[] },
): Promise<ResponseObject> {
  const { say } = readerOf(request)
  const session = sessionOf(request)
  const { password, code, passkey, provider } = await confirming.ways(session)
  const isLent = session.lentFor !== undefined
  const kept = Object.entries(deed.typed).filter(([name]) => !own.includes(name))
  return showPage(request, h, 'account/confirm', {
    title: say(isLent ? 'confirm.lent.title' : 'confirm.title'),
    lead: say(isLent ? 'confirm.lent.lead' : 'confirm.lead', { name: readerOf(request).actor.name }),
    layout: isLent ? 'plain' : 'desk',
    isLent,
    form: formView<string>(password ? passwordField : codeField, {}, say, errors),
    hasField: password || code,
    provider: provider !== undefined && {
      text: say('confirm.provider', { name: provider }),
      href: `/confirm/provider?next=${encodeURIComponent(pageOf(request, deed))}`,
    },
    passkeyOptions: passkey && JSON.stringify(passkey),
    to: deed.to,
    by: deed.by,
    kept: kept.flatMap(([name, value]) => [value].flat().map(one => ({ name, value: textOf(one) }))),
    status: errors.length > 0 ? 422 : 403,
  })
}

/** Where a person who comes back from the provider continues: a page again, but a deed on the page with its form. */
function pageOf(request: Request, { to, by }: Deed): string {
  if (by === 'get') return to
  const { referrer } = request.info
  const from = URL.canParse(referrer) ? new URL(referrer) : undefined
  return from?.host === request.info.host ? ownPath(from.pathname + from.search) : '/'
}

/** What the person wanted to do when they were asked who they are. */
export function deedOf(request: Request): Deed {
  const typed = (request.payload as Typed | null) ?? {}
  const by = request.method === 'post' ? 'post' : 'get'
  return { to: request.url.pathname + request.url.search, by, typed }
}

/** The answer to the question; then the deed goes on as it was sent. */
export function confirmPages({ confirming }: { confirming: Confirming }): ServerRoute[] {
  return [
    {
      method: 'POST',
      path: '/confirm',
      handler: async (request, h) => {
        const typed = request.payload as Typed
        const by = typed['confirmBy'] === 'post' ? 'post' : 'get'
        const deed: Deed = { to: ownPath(typed['confirmTo']), by, typed }
        const proof = {
          password: textOf(typed['confirmPassword']) || undefined,
          code: textOf(typed['confirmCode']) || undefined,
          passkey: readPasskeyAnswer(typed['answer']),
        }
        try {
          await confirming.confirm(sessionOf(request), proof)
        } catch (thrown) {
          const errors = errorsOf(thrown, readerOf(request).say)
          return askWhoItIs(request, h, { confirming, deed, errors })
        }
        // 307 makes the browser send the same form again, to where it had been sent.
        return by === 'post' ? h.redirect(deed.to).code(307) : goTo(h, deed.to)
      },
    },
    {
      // The question, asked for again.
      method: 'GET',
      path: '/confirm',
      handler: (_request, h) => goTo(h, '/'),
    },
  ]
}

/** Nobody was asked for an address here, so none can be wrong. */
function errorsOf(thrown: unknown, say: Say): readonly FormError[] {
  const isPassword = thrown instanceof DomainError && thrown.code === 'wrong-password'
  return isPassword
    ? [{ path: 'confirmPassword', message: say('confirm.wrong-password') }]
    : refusalErrors(thrown, say)
}
