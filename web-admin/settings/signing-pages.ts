import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import { type Signing } from '../../server/signing/signing.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, pressHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { settingsParts } from './settings-parts.ts'
import { signingView } from './signing-view.ts'

export interface SigningPagesDeps {
  readonly signing: Pick<Signing, 'status' | 'replace' | 'remove'>
}

const fields = {
  file: { label: 'signing.file', hint: 'signing.file.hint', type: 'file' },
  password: {
    label: 'signing.password',
    hint: 'signing.password.hint',
    type: 'password',
    autocomplete: 'off',
    optional: true,
  },
} as const satisfies Fields

interface Typed {
  readonly file: { readonly payload: unknown }
  readonly password: string
}

const schema = Joi.object<Typed>({
  file: Joi.object({ filename: Joi.string().required(), payload: Joi.any().required() }).unknown().required(),
  password: Joi.string().max(1000).allow('').default(''),
})

/** The certificate that profiles are signed with: how it stands, another one, or none. */
export function signingPages({ signing }: SigningPagesDeps): ServerRoute[] {
  const options = needs('organisation.write')

  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, language, say } = readerOf(request)
    return showPage(request, h, 'settings/signing', {
      title: say('settings.signing'),
      parts: settingsParts('signing', say),
      signing: signingView(await signing.status(actor), language),
      form: formView(fields, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  return [
    { method: 'GET', path: '/settings/signing', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings/signing',
      options: { ...options, payload: { multipart: { output: 'annotated' }, maxBytes: 200_000 } },
      handler: formHandler({
        schema,
        fields,
        show,
        act: async (request, h, { file: { payload }, password }) => {
          const file = Buffer.isBuffer(payload) ? payload : Buffer.alloc(0)
          await signing.replace(readerOf(request).actor, { file, password })
          return goTo(h, '/settings/signing', 'said.signing-replaced')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/signing/remove',
      options,
      handler: pressHandler({
        show,
        act: async (request, h) => {
          await signing.remove(readerOf(request).actor)
          return goTo(h, '/settings/signing', 'said.signing-removed')
        },
      }),
    },
  ]
}
