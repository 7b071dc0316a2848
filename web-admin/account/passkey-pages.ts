import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf } from '../../server/http/asked.ts'
import { sessionOf } from '../../server/http/credentials.ts'
import { needsFreshSignIn } from '../../server/http/fresh-sign-in.ts'
import { type Passkeys } from '../../server/staff/passkeys.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { passkeyAnswer } from './passkey-answer.ts'

interface PasskeyPagesDeps {
  readonly passkeys: Pick<Passkeys, 'registrationOptions' | 'register' | 'remove'>
}

/** What a person says of a new passkey. */
export const passkeyFields = {
  name: { label: 'passkeys.name', hint: 'passkeys.name.hint', autocomplete: 'off' },
} as const satisfies Fields

const schema = Joi.object<{ name: string; answer: unknown }>({
  name: Joi.string().trim().max(80).required(),
  answer: passkeyAnswer,
})

/** A key of a device of one's own: a new one, and an end to one. */
export function passkeyPages({ passkeys }: PasskeyPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { say } = readerOf(request)
    const options = await passkeys.registrationOptions(sessionOf(request).staffId)
    return showPage(request, h, 'account/passkey-add', {
      title: say('passkeys.add'),
      options: JSON.stringify(options),
      form: formView(passkeyFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  return [
    {
      method: 'GET',
      path: '/account/passkeys/add',
      options: needsFreshSignIn,
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/account/passkeys/add',
      options: needsFreshSignIn,
      handler: formHandler({
        schema,
        fields: passkeyFields,
        show,
        act: async (request, h, typed) => {
          const codes = await passkeys.register(sessionOf(request).staffId, typed)
          if (codes.length === 0) return goTo(h, '/account', 'said.passkey-added')
          const title = readerOf(request).say('recovery-codes.title')
          return showPage(request, h, 'account/recovery-codes', { title, codes })
        },
      }),
    },
    {
      method: 'POST',
      path: '/account/passkeys/{id}/remove',
      options: needsFreshSignIn,
      handler: async (request, h) => {
        await passkeys.remove(sessionOf(request).staffId, idOf(request))
        return goTo(h, '/account', 'said.passkey-removed')
      },
    },
  ]
}
