import Joi from 'joi'
import { languages } from '../../server/organisations/organisation.ts'
import { shortestPassword } from '../../server/staff/password.ts'
import { type NewStaffMember } from '../../server/staff/staff.ts'
import { type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { roleList } from './role-choices.ts'

export const staffFields = (say: Say) =>
  ({
    name: { label: 'staff.name', autocomplete: 'off' },
    email: { label: 'staff.email', type: 'email', autocomplete: 'off' },
    password: {
      label: 'staff.password',
      hint: 'staff.password.hint',
      type: 'password',
      autocomplete: 'new-password',
    },
    language: {
      label: 'staff.language',
      type: 'select',
      options: languages.map(value => ({ value, text: say(`person.language.${value}`) })),
    },
    roles: { label: 'staff.roles' },
  }) as const satisfies Fields

export const staffSchema = Joi.object<NewStaffMember>({
  name: Joi.string().trim().max(120).required(),
  email: Joi.string().trim().email({ tlds: false }).max(254).required(),
  password: Joi.string().min(shortestPassword).max(200).required(),
  language: Joi.valid(...languages).required(),
  roles: roleList,
})
