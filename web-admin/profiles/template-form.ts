import Joi from 'joi'
import { type TemplateFacts } from '../../profiles/templates/template.ts'
import { type Fields } from '../form.ts'

export const templateFields = {
  name: { label: 'profile.name', hint: 'profile.name.hint', autocomplete: 'off' },
  organisationName: {
    label: 'template.organisation',
    hint: 'template.organisation.hint',
    autocomplete: 'off',
  },
  domain: { label: 'template.domain', hint: 'template.domain.hint', autocomplete: 'off' },
  mailServer: { label: 'template.mail-server', hint: 'template.mail-server.hint', autocomplete: 'off' },
  mailDomains: { label: 'template.mail-domains', hint: 'template.lines', type: 'textarea', rows: 3 },
  apps: { label: 'template.apps', hint: 'template.apps.hint', type: 'textarea', rows: 5, optional: true },
  helpUrl: { label: 'template.help', hint: 'template.help.hint', autocomplete: 'off' },
  returnTo: { label: 'template.return', hint: 'template.return.hint' },
  note: { label: 'profile.note', hint: 'profile.note.hint', optional: true },
} as const satisfies Fields

interface TypedTemplate {
  readonly name: string
  readonly organisationName: string
  readonly domain: string
  readonly mailServer: string
  readonly mailDomains: readonly string[]
  readonly apps: readonly string[]
  readonly helpUrl: string
  readonly returnTo: string
  readonly note?: string
}

const domainForm = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i
const domain = Joi.string().trim().max(200).pattern(domainForm, 'domain')

/** One item on each line; empty lines are none. */
const lines = (form: RegExp, most: number, code: string) =>
  Joi.string()
    .trim()
    .empty('')
    .custom((typed: string, { error }) => {
      const items = typed
        .split(/[\n,;]/)
        .map(each => each.trim())
        .filter(each => each !== '')
      return items.length > 0 &&
        items.length <= most &&
        items.every(each => each.length <= 200 && form.test(each))
        ? items
        : error(code)
    })
    .messages({ [code]: '{{#label}} has a line that is not right' })

export const templateSchema = Joi.object<TypedTemplate>({
  name: Joi.string().trim().max(120).required(),
  organisationName: Joi.string().trim().max(200).required(),
  domain: domain.required(),
  mailServer: domain.required(),
  mailDomains: lines(domainForm, 50, 'domains').required(),
  apps: lines(/^[A-Za-z0-9.-]+$/, 100, 'bundle-ids').default([]),
  helpUrl: Joi.string()
    .trim()
    .uri({ scheme: ['http', 'https'] })
    .max(500)
    .required(),
  returnTo: Joi.string().trim().max(500).required(),
  note: Joi.string().trim().max(1000).empty(''),
})

/** What was typed, as a template takes it: the domain with its parts turned round begins every identifier. */
export function factsFrom({ domain: own, ...typed }: TypedTemplate): Omit<TemplateFacts, 'newUuid'> {
  const { organisationName, mailServer, mailDomains, apps, helpUrl, returnTo } = typed
  const domainReversed = own.toLowerCase().split('.').reverse().join('.')
  return { organisationName, domainReversed, mailServer, mailDomains, apps, helpUrl, returnTo }
}
