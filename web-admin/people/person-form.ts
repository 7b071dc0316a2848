import Joi from 'joi'
import { type Body } from '../../server/bodies/body.ts'
import { mandateRoles, type MandateRole } from '../../server/mandates/mandate.ts'
import { languages, type Language } from '../../server/organisations/organisation.ts'
import { type Person } from '../../server/people/person.ts'
import { type Fields } from '../form.ts'
import { optionalDay, requiredDay } from '../form-values.ts'
import { type Say } from '../language.ts'

export const personFields = (say: Say) =>
  ({
    givenName: { label: 'person.given-name', autocomplete: 'off' },
    familyName: { label: 'person.family-name', autocomplete: 'off' },
    email: { label: 'person.email', type: 'email', autocomplete: 'off' },
    phone: { label: 'person.phone', type: 'tel', autocomplete: 'off', optional: true },
    language: {
      label: 'person.language',
      type: 'select',
      options: languages.map(value => ({ value, text: say(`person.language.${value}`) })),
    },
    protectedIdentity: {
      label: 'person.protected.field',
      hint: 'person.protected.hint',
      type: 'checkbox',
      optional: true,
    },
  }) as const satisfies Fields

interface TypedPerson {
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly phone: string | null
  readonly language: Language
  readonly protectedIdentity: boolean
  readonly version?: number
}

export const personSchema = Joi.object<TypedPerson>({
  givenName: Joi.string().trim().max(80).required(),
  familyName: Joi.string().trim().max(80).required(),
  email: Joi.string().trim().email({ tlds: false }).max(254).required(),
  phone: Joi.string().trim().max(30).empty('').default(null),
  language: Joi.valid(...languages).required(),
  protectedIdentity: Joi.boolean().truthy('on').default(false),
  version: Joi.number().integer(),
})

/** The form with what is known of the person; nothing for somebody who is masked. */
export function typedPerson({ givenName, familyName, email, phone, language, protectedIdentity }: Person) {
  return { givenName, familyName, email, phone, language, protectedIdentity }
}

export const mandateFields = (say: Say, bodies: readonly Body[] = []) =>
  ({
    bodyId: {
      label: 'mandate.body',
      type: 'select',
      options: bodies.map(({ id, name }) => ({ value: id, text: name })),
    },
    role: {
      label: 'mandate.role',
      type: 'select',
      options: mandateRoles.map(value => ({ value, text: say(`mandate.role.${value}`) })),
    },
    startsOn: { label: 'mandate.starts', type: 'date' },
    endsOn: { label: 'mandate.ends', type: 'date', optional: true },
    costWeight: { label: 'mandate.weight', hint: 'mandate.weight.hint', inputmode: 'numeric' },
  }) as const satisfies Fields

interface TypedMandate {
  readonly bodyId: string
  readonly role: MandateRole
  readonly startsOn: string
  readonly endsOn?: string
  readonly costWeight: number
}

export const mandateSchema = Joi.object<TypedMandate>({
  bodyId: Joi.string().max(64).required(),
  role: Joi.valid(...mandateRoles).required(),
  startsOn: requiredDay,
  endsOn: optionalDay,
  costWeight: Joi.number().integer().min(0).max(1000).required(),
})
