import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { type PushCertificates } from '../../server/push/push-certificates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { pushView } from './push-view.ts'
import { settingsParts } from './settings-parts.ts'

export interface PushPagesDeps {
  readonly pushCertificates: Pick<PushCertificates, 'status' | 'replace'>
  readonly clock: Clock
}

const pushFields = {
  certificate: { label: 'push.certificate', hint: 'push.certificate.hint', type: 'file' },
  key: { label: 'push.key', hint: 'push.key.hint', type: 'file', optional: true },
} as const satisfies Fields

/** A file as a form sends it: bytes or text, and an empty object where none was chosen. */
const pem = Joi.any()
  .custom(textOfFile)
  .custom((sent: unknown, { error }) => (typeof sent === 'string' ? sent.trim() : error('any.invalid')))

function textOfFile(sent: unknown): unknown {
  if (Buffer.isBuffer(sent)) return sent.toString('utf8')
  const isNothing = typeof sent === 'object' && sent !== null && Object.keys(sent).length === 0
  return isNothing ? '' : sent
}

const pushSchema = Joi.object<{ certificate: string; key: string }>({
  certificate: pem
    .required()
    .custom((sent: string, { error }) => (sent === '' ? error('string.empty') : sent))
    .messages({ 'string.empty': '{{#label}} is missing' }),
  key: pem.default(''),
})

/** The certificate that iPads are woken with: how it stands, and another one. */
export function pushPages({ pushCertificates, clock }: PushPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { language, say } = readerOf(request)
    return showPage(request, h, 'settings/push', {
      title: say('settings.push'),
      parts: settingsParts('push', say),
      push: pushView(await pushCertificates.status(), clock.now(), language),
      form: formView(pushFields, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  const options = needs('organisation.write')
  return [
    { method: 'GET', path: '/settings/push', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings/push',
      options: { ...options, payload: { multipart: { output: 'data' }, maxBytes: 100_000 } },
      handler: formHandler({
        schema: pushSchema,
        fields: pushFields,
        show,
        act: async (request, h, typed) => {
          await pushCertificates.replace(readerOf(request).actor, typed)
          return goTo(h, '/settings/push', 'said.push-replaced')
        },
      }),
    },
  ]
}
