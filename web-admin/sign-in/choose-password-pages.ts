import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Passwords } from '../../server/staff/passwords.ts'
import { formView, readForm, refusalErrors, type Fields, type FormError } from '../form.ts'
import { languageOf, sayIn } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { spentLink } from './spent-link.ts'

interface ChoosePasswordPagesDeps {
  readonly passwords: Pick<Passwords, 'whoseLink' | 'chooseByLink'>
}

const fields = {
  password: {
    label: 'account.password.new',
    hint: 'set-up.password.hint',
    type: 'password',
    autocomplete: 'new-password',
  },
} as const satisfies Fields

const schema = Joi.object<{ password: string }>({ password: Joi.string().max(1000).required() })

/** The link by which a person chooses their password, the first or another. */
export function choosePasswordPages({ passwords }: ChoosePasswordPagesDeps): ServerRoute[] {
  const tokenOf = (request: Request) => String(request.params['token'])

  async function show(request: Request, h: ResponseToolkit, errors: readonly FormError[] = []) {
    const say = sayIn(languageOf(request))
    const owner = await passwords.whoseLink(tokenOf(request))
    if (!owner) return spentLink(request, h, 'refusal.password-link')
    return showPage(request, h, 'sign-in/choose-password', {
      title: say('choose-password.title'),
      lead: say('choose-password.lead', { name: owner.name, email: owner.email }),
      email: owner.email,
      form: formView(fields, {}, say, errors),
      layout: 'plain',
      status: errors.length > 0 ? 422 : 200,
    })
  }

  return [
    {
      method: 'GET',
      path: '/choose-password/{token}',
      options: { auth: false },
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/choose-password/{token}',
      options: { auth: false },
      handler: async (request, h) => {
        const say = sayIn(languageOf(request))
        if (!(await passwords.whoseLink(tokenOf(request)))) return show(request, h)
        const read = readForm(schema, request.payload, fields, say)
        if ('errors' in read) return show(request, h, read.errors)
        try {
          await passwords.chooseByLink(tokenOf(request), read.value.password)
        } catch (thrown) {
          return show(request, h, refusalErrors(thrown, say))
        }
        return goTo(h, '/sign-in', 'said.password-chosen')
      },
    },
  ]
}
