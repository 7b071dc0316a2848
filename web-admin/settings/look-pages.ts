import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { DomainError } from '../../server/domain-error.ts'
import { needs } from '../../server/http/credentials.ts'
import { colourFault, darker } from '../../server/organisations/colour.ts'
import { mostLogoBytes } from '../../server/organisations/logo.ts'
import { type Logos } from '../../server/organisations/logos.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, logoPath, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { settingsParts } from './settings-parts.ts'

export interface LookPagesDeps {
  readonly organisations: Pick<Organisations, 'get' | 'edit'>
  readonly logos: Logos
}

const fields = {
  colour: { label: 'look.colour', hint: 'look.colour.hint', optional: true, autocomplete: 'off' },
  logo: { label: 'look.logo', hint: 'look.logo.hint', type: 'file' },
} as const satisfies Fields

const colourSchema = Joi.object<{ colour: string; version: number }>({
  colour: Joi.string().trim().max(20).empty('').default(''),
  version: Joi.number().integer().default(0),
})

const logoSchema = Joi.object<{ logo: Buffer }>({
  logo: Joi.any()
    .required()
    .custom((sent: unknown, { error }) => (isNothing(sent) ? error('string.empty') : bytesOf(sent)))
    .messages({ 'string.empty': '{{#label}} is missing' }),
})

/** No file chosen: a form sends an empty one. */
const isNothing = (sent: unknown) =>
  Buffer.isBuffer(sent)
    ? sent.length === 0
    : sent === '' || (isObject(sent) && Object.keys(sent).length === 0)
const isObject = (sent: unknown) => typeof sent === 'object' && sent !== null
/** A text or a JSON file comes already read, and is no picture whatever it says. */
const bytesOf = (sent: unknown) => (Buffer.isBuffer(sent) ? sent : Buffer.alloc(0))

const aYear = { privacy: 'public', expiresIn: 365 * 86_400_000 } as const

/** What the pages look like here: a colour that white text is read on, and a picture. */
export function lookPages({ organisations, logos }: LookPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const { settings, version } = await organisations.get(actor)
    const typed = { colour: settings.colour, version, ...shown?.typed }
    return showPage(request, h, 'settings/look', {
      title: say('settings.look'),
      parts: settingsParts('look', say),
      form: formView(fields, typed, say, shown?.errors),
      version: typed.version,
      logo: settings.logo && { ...settings.logo, path: logoPath(settings.logo) },
      status: statusOf(shown ?? { typed }),
    })
  }

  const options = needs('organisation.write')
  const again = ['logo', 'logo/remove'].map((deed): ServerRoute => ({
    method: 'GET',
    path: `/settings/look/${deed}`,
    options,
    handler: (_request, h) => goTo(h, '/settings/look'),
  }))
  return [
    { method: 'GET', path: '/settings/look', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings/look',
      options,
      handler: formHandler({
        schema: colourSchema,
        fields,
        show,
        act: async (request, h, { colour, version }) => {
          await organisations.edit(readerOf(request).actor, { version, settings: { colour } })
          return goTo(h, '/settings/look', 'said.look-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/look/logo',
      options: { ...options, payload: { multipart: { output: 'data' }, maxBytes: mostLogoBytes * 2 } },
      handler: formHandler({
        schema: logoSchema,
        fields,
        show: (request, h, { errors }) => show(request, h, { typed: {}, ...(errors && { errors }) }),
        act: async (request, h, { logo }) => {
          await logos.put(readerOf(request).actor, logo)
          return goTo(h, '/settings/look', 'said.look-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/look/logo/remove',
      options,
      handler: async (request, h) => {
        await logos.remove(readerOf(request).actor)
        return goTo(h, '/settings/look', 'said.look-saved')
      },
    },
    ...again,
    {
      method: 'GET',
      path: '/look/colour/{colour}',
      options: { auth: false, cache: aYear },
      handler: (request, h) => {
        const colour = `#${String(request.params['colour'])}`
        if (colour === '#' || colourFault(colour)) throw unknown()
        return h.response(styleFor(colour)).type('text/css')
      },
    },
    {
      method: 'GET',
      path: '/look/logo/{sha256}',
      options: { auth: false, cache: aYear },
      handler: async (request, h) =>
        h.response(await logos.bytesOf(String(request.params['sha256']))).type('image/png'),
    },
  ]
}

/**
 * The colour where white text stands, in the margin and on buttons. In the dark the product's own colours stay: there
 * buttons are bright under dark words.
 */
function styleFor(colour: string): string {
  const strong = darker(colour, 0.75)
  const margin = `--side:${colour};--side-line:${strong};--side-here:${strong};--on-side:#fff;--soft-on-side:#fff`
  const rules = `{${margin};--brand:${colour};--brand-strong:${strong};--on-brand:#fff}`
  const light = `@media (prefers-color-scheme:light),print{:root:not([data-theme='dark'])${rules}}`
  return `${light}:root[data-theme='light']${rules}`
}

function unknown(): DomainError {
  return new DomainError('not-found', 'colour-unknown', 'There is no such colour.')
}
