import Joi from 'joi'
import {
  languages,
  organisationErrors,
  type Language,
  type Organisation,
  type OrganisationChanges,
} from '../../server/organisations/organisation.ts'
import { roles, type Role } from '../../server/staff/rights.ts'
import { type Fields } from '../form.ts'
import { type Say } from '../language.ts'

export const organisationFields = (say: Say) =>
  ({
    name: { label: 'organisation.name', autocomplete: 'organization' },
    number: { label: 'organisation.number', optional: true, autocomplete: 'off' },
    language: {
      label: 'organisation.language',
      hint: 'organisation.language.hint',
      type: 'select',
      options: languages.map(value => ({ value, text: say(`person.language.${value}`) })),
    },
    lostModeMessage: {
      label: 'organisation.message',
      hint: 'organisation.message.hint',
      type: 'textarea',
    },
    lostModePhone: {
      label: 'organisation.phone',
      hint: 'organisation.phone.hint',
      type: 'tel',
      optional: true,
      autocomplete: 'off',
    },
    fourEyes: {
      label: 'organisation.four-eyes',
      hint: 'organisation.four-eyes.hint',
      type: 'checkbox',
      optional: true,
    },
    bulkLimit: {
      label: 'organisation.bulk-limit',
      hint: 'organisation.bulk-limit.hint',
      type: 'number',
      inputmode: 'numeric',
    },
    rolloutLimit: {
      label: 'organisation.rollout-limit',
      hint: 'organisation.rollout-limit.hint',
      type: 'number',
      inputmode: 'numeric',
    },
    disposalNeedsTwo: {
      label: 'organisation.disposal-needs-two',
      hint: 'organisation.disposal-needs-two.hint',
      type: 'checkbox',
      optional: true,
    },
    secondFactorFor: { label: 'organisation.second-factor.for', optional: true },
    mailDomains: {
      label: 'organisation.mail-domains.lines',
      hint: 'organisation.mail-domains.hint',
      type: 'textarea',
      rows: 3,
      optional: true,
    },
    papersOldestSystem: {
      label: 'organisation.papers.system',
      hint: 'organisation.papers.system.hint',
      inputmode: 'decimal',
      autocomplete: 'off',
    },
    papersAnswerDays: {
      label: 'organisation.papers.days',
      hint: 'organisation.papers.days.hint',
      type: 'number',
      inputmode: 'numeric',
    },
    checklist: {
      label: 'organisation.checklist.lines',
      hint: 'organisation.checklist.hint',
      type: 'textarea',
      rows: 5,
      optional: true,
    },
    accessibilityEmail: { label: 'person.email', type: 'email', optional: true, autocomplete: 'off' },
    accessibilityPhone: { label: 'person.phone', type: 'tel', optional: true, autocomplete: 'off' },
    accessibilityReviewedOn: { label: 'organisation.accessibility.reviewed', type: 'date', optional: true },
    accessibilityFaults: {
      label: 'organisation.accessibility.faults',
      hint: 'organisation.accessibility.faults.hint',
      type: 'textarea',
      optional: true,
    },
  }) as const satisfies Fields

interface TypedOrganisation {
  readonly name: string
  readonly number: string
  readonly language: Language
  readonly lostModeMessage: string
  readonly lostModePhone: string
  readonly fourEyes: boolean
  readonly bulkLimit?: number | undefined
  readonly rolloutLimit?: number | undefined
  readonly disposalNeedsTwo: boolean
  readonly secondFactorFor: readonly Role[]
  /** One line each. */
  readonly mailDomains: string
  readonly papersOldestSystem?: string | undefined
  readonly papersAnswerDays?: number | undefined
  readonly checklist: string
  readonly accessibilityEmail: string
  readonly accessibilityPhone: string
  readonly accessibilityReviewedOn: string
  readonly accessibilityFaults: string
  readonly version: number
}

const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** A text that the rule of organisations takes, else an error of this type. */
const ruled = (type: string, changes: (typed: string) => OrganisationChanges) =>
  Joi.string()
    .trim()
    .empty('')
    .default('')
    .custom((typed: string, { error }) =>
      organisationErrors(changes(typed)).length === 0 ? typed : error(type),
    )
    .messages({ [type]: '{{#label}} is not right' })

export const organisationSchema = Joi.object<TypedOrganisation>({
  name: Joi.string().trim().max(120).required(),
  number: ruled('organisation-number', number => ({ number })),
  language: Joi.valid(...languages).required(),
  lostModeMessage: Joi.string().trim().max(300).required(),
  lostModePhone: ruled('phone', lostModePhone => ({ settings: { lostModePhone } })),
  fourEyes: Joi.boolean().truthy('on').default(false),
  bulkLimit: Joi.number().integer().min(1).max(100_000),
  rolloutLimit: Joi.number().integer().min(1).max(100_000),
  disposalNeedsTwo: Joi.boolean().truthy('on').default(false),
  secondFactorFor: Joi.array()
    .items(Joi.valid(...roles))
    .single()
    .unique()
    .default([]),
  mailDomains: ruled('domains-20', typed => ({ settings: { mailDomains: linesOf(typed) } })),
  papersOldestSystem: Joi.string()
    .trim()
    .empty('')
    .custom((typed: string, { error }) =>
      organisationErrors({ settings: { papersOldestSystem: typed } }).length === 0
        ? typed
        : error('system-form'),
    )
    .messages({ 'system-form': '{{#label}} is not right' }),
  papersAnswerDays: Joi.number().integer().min(1).max(90),
  checklist: ruled('lines-12', typed => ({ settings: { checklist: linesOf(typed) } })),
  accessibilityEmail: ruled('mail-form', accessibilityEmail => ({ settings: { accessibilityEmail } })),
  accessibilityPhone: ruled('phone', accessibilityPhone => ({ settings: { accessibilityPhone } })),
  accessibilityReviewedOn: ruled('day-form', accessibilityReviewedOn => ({
    settings: { accessibilityReviewedOn },
  })),
  accessibilityFaults: ruled('lines-20', typed => ({ settings: { accessibilityFaults: linesOf(typed) } })),
  version: Joi.number().integer().default(0),
})

/** The organisation as the form shows it. */
export function typedOrganisation({ settings, ...organisation }: Organisation): TypedOrganisation {
  const { name, number, language, version } = organisation
  const { mailDomains, checklist, accessibilityFaults } = settings
  const lines = {
    mailDomains: mailDomains.join('\n'),
    checklist: checklist.join('\n'),
    accessibilityFaults: accessibilityFaults.join('\n'),
  }
  return { name, number, language, version, ...settings, ...lines }
}

/** What was typed as the change that the use case takes. */
export function changesFrom(typed: TypedOrganisation): OrganisationChanges & { version: number } {
  const { name, number, language, version, ...settings } = typed
  const lines = {
    mailDomains: linesOf(settings.mailDomains),
    checklist: linesOf(settings.checklist),
    accessibilityFaults: linesOf(settings.accessibilityFaults),
  }
  return { name, number, language, version, settings: { ...settings, ...lines } }
}
