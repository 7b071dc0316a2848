import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { sessionOf } from '../../server/http/credentials.ts'
import { needsFreshSignIn } from '../../server/http/fresh-sign-in.ts'
import { type SecondFactor } from '../../server/staff/second-factor.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { authenticatorView, codeFields } from './authenticator-view.ts'

interface SecondFactorPagesDeps {
  readonly secondFactor: Pick<SecondFactor, 'offer' | 'sameOffer' | 'accept' | 'remove' | 'newCodes'>
}

const schema = Joi.object<{ code: string; sealed: string }>({
  code: Joi.string().trim().max(100).required(),
  sealed: Joi.string().max(1000).required(),
})

/** An app for one's own account, and recovery codes. */
export function secondFactorPages({ secondFactor }: SecondFactorPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { say } = readerOf(request)
    const { staffId } = sessionOf(request)
    const sealed = textOf(shown.typed['sealed'])
    const offer = await (sealed === ''
      ? secondFactor.offer(staffId)
      : secondFactor.sameOffer(staffId, sealed).catch(() => secondFactor.offer(staffId)))
    return showPage(request, h, 'account/second-factor', {
      title: say('second-factor.set-up'),
      offer: await authenticatorView(offer),
      form: formView(codeFields, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  function showCodes(request: Request, h: ResponseToolkit, codes: readonly string[]) {
    const { say } = readerOf(request)
    return showPage(request, h, 'account/recovery-codes', { title: say('recovery-codes.title'), codes })
  }

  return [
    {
      method: 'GET',
      path: '/account/second-factor',
      options: needsFreshSignIn,
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/account/second-factor',
      options: needsFreshSignIn,
      handler: formHandler({
        schema,
        fields: codeFields,
        show,
        act: async (request, h, typed) =>
          showCodes(request, h, await secondFactor.accept(sessionOf(request).staffId, typed)),
      }),
    },
    {
      method: 'POST',
      path: '/account/second-factor/remove',
      options: needsFreshSignIn,
      handler: async (request, h) => {
        await secondFactor.remove(sessionOf(request).staffId)
        return goTo(h, '/account', 'said.second-factor-removed')
      },
    },
    {
      method: 'POST',
      path: '/account/recovery-codes',
      options: needsFreshSignIn,
      handler: async (request, h) =>
        showCodes(request, h, await secondFactor.newCodes(sessionOf(request).staffId)),
    },
    {
      // The answer that showed the codes, asked for again.
      method: 'GET',
      path: '/account/recovery-codes',
      handler: (_request, h) => goTo(h, '/account'),
    },
  ]
}
