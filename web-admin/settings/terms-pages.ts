import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import {
  blocksOf,
  termsKinds,
  type LiabilityTerms,
  type NewTerms,
  type TermsKind,
} from '../../server/liability/liability-terms.ts'
import { type Terms } from '../../server/liability/terms.ts'
import { languages } from '../../server/organisations/organisation.ts'
import { dayAndTime } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { settingsParts } from './settings-parts.ts'

export interface TermsPagesDeps {
  readonly terms: Pick<Terms, 'list' | 'current' | 'get' | 'publish'>
}

const body = { label: 'terms.body', hint: 'terms.body.hint', type: 'textarea', rows: 16 } as const
const termsFields = (say: Say) =>
  ({
    kind: {
      label: 'terms.kind',
      type: 'select',
      options: termsKinds.map(value => ({ value, text: say(`terms.kind.${value}`) })),
    },
    svTitle: { label: 'terms.heading' },
    svBody: body,
    enTitle: { label: 'terms.heading' },
    enBody: body,
  }) as const satisfies Fields

interface TypedTerms {
  readonly kind: TermsKind
  readonly svTitle: string
  readonly svBody: string
  readonly enTitle: string
  readonly enBody: string
}

const title = Joi.string().trim().max(120).required()
const text = Joi.string().trim().max(30_000).required()
const termsSchema = Joi.object<TypedTerms>({
  kind: Joi.valid(...termsKinds).required(),
  svTitle: title,
  svBody: text,
  enTitle: title,
  enBody: text,
})

/** The words that borrowers sign: the version in force, earlier ones, and a new one. */
export function termsPages({ terms }: TermsPagesDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const [inForce, ...earlier] = await terms.list(reader.actor)
    return showPage(request, h, 'settings/terms', {
      title: reader.say('settings.terms'),
      parts: settingsParts('terms', reader.say),
      inForce: inForce && termsShown(inForce, reader),
      earlier: earlier.map(version => termsShown(version, reader)),
    })
  }

  async function one(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const version = await terms.get(reader.actor, idOf(request))
    return showPage(request, h, 'settings/terms-version', {
      title: reader.say('terms.version', { number: version.number }),
      version: termsShown(version, reader),
    })
  }

  async function showNew(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const typed = shown?.typed ?? { ...typedTerms(await terms.current(actor)) }
    return showPage(request, h, 'settings/terms-new', {
      title: say('terms.new'),
      form: formView(termsFields(say), typed, say, shown?.errors),
      status: statusOf(shown ?? { typed }),
    })
  }

  const options = needs('organisation.write')
  return [
    { method: 'GET', path: '/settings/terms', options, handler: list },
    {
      method: 'GET',
      path: '/settings/terms/new',
      options,
      handler: (request, h) => showNew(request, h),
    },
    {
      method: 'POST',
      path: '/settings/terms/new',
      options,
      handler: formHandler({
        schema: termsSchema,
        fields: termsFields,
        show: showNew,
        act: async (request, h, typed) => {
          await terms.publish(readerOf(request).actor, termsFrom(typed))
          return goTo(h, '/settings/terms', 'said.terms-published')
        },
      }),
    },
    { method: 'GET', path: '/settings/terms/{id}', options, handler: one },
  ]
}

function termsShown(version: LiabilityTerms, { language, say }: Reader) {
  const { id, number, kind, texts, sha256, publishedAt, publishedBy } = version
  return {
    href: `/settings/terms/${id}`,
    name: say('terms.version', { number }),
    kind: say(`terms.kind.${kind}`),
    published: dayAndTime(publishedAt, language),
    publishedBy,
    sha256,
    texts: languages.map(each => ({
      language: each,
      name: say(`terms.${each}`),
      title: texts[each].title,
      blocks: blocksOf(texts[each].body).map(block => ({ ...block, [block.kind]: true })),
    })),
  }
}

function typedTerms({ kind, texts: { sv, en } }: NewTerms): TypedTerms {
  return { kind, svTitle: sv.title, svBody: sv.body, enTitle: en.title, enBody: en.body }
}

function termsFrom({ kind, svTitle, svBody, enTitle, enBody }: TypedTerms): NewTerms {
  return { kind, texts: { sv: { title: svTitle, body: svBody }, en: { title: enTitle, body: enBody } } }
}
