import Joi from 'joi'
import { languages, type Language } from '../../server/organisations/organisation.ts'
import { type Role } from '../../server/staff/rights.ts'
import { type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { roleList } from './role-choices.ts'

const languageField = (say: Say) =>
  ({
    label: 'staff.language',
    type: 'select',
    options: languages.map(value => ({ value, text: say(`person.language.${value}`) })),
  }) as const

export const newStaffFields = (say: Say) =>
  ({
    name: { label: 'staff.name', autocomplete: 'off' },
    email: { label: 'staff.email', type: 'email', autocomplete: 'off' },
    language: languageField(say),
    roles: { label: 'staff.roles' },
  }) as const satisfies Fields

interface TypedStaff {
  readonly name: string
  readonly language: Language
  readonly roles: readonly Role[]
}

const name = Joi.string().trim().max(120).required()
const language = Joi.valid(...languages).required()
const version = Joi.number().integer().default(0)

export const newStaffSchema = Joi.object<TypedStaff & { email: string }>({
  name,
  email: Joi.string().trim().email({ tlds: false }).max(254).required(),
  language,
  roles: roleList,
})

export const staffFields = (say: Say) =>
  ({
    name: { label: 'staff.name', autocomplete: 'off' },
    language: languageField(say),
    roles: { label: 'staff.roles' },
    reason: { label: 'staff.end.reason', optional: true, autocomplete: 'off' },
  }) as const satisfies Fields

export const staffSchema = Joi.object<TypedStaff & { version: number }>({
  name,
  language,
  roles: roleList,
  version,
})

export const endSchema = Joi.object<{ reason: string; version: number }>({
  reason: Joi.string().trim().max(500).empty('').default(''),
  version,
})

export const versionSchema = Joi.object<{ version: number }>({ version })
