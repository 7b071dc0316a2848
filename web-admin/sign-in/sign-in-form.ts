import Joi from 'joi'
import { type Fields } from '../form.ts'

export const signInFields = {
  email: { label: 'sign-in.email', type: 'email', autocomplete: 'username' },
  password: { label: 'sign-in.password', type: 'password', autocomplete: 'current-password' },
} as const satisfies Fields

export const signInSchema = Joi.object<{ email: string; password: string }>({
  email: Joi.string().trim().max(320).required(),
  password: Joi.string().max(1000).required(),
})

export const setUpFields = {
  organisationName: {
    label: 'set-up.organisation',
    hint: 'set-up.organisation.hint',
    autocomplete: 'organization',
  },
  name: { label: 'set-up.name', autocomplete: 'name' },
  email: { label: 'set-up.email', type: 'email', autocomplete: 'username' },
  password: {
    label: 'set-up.password',
    hint: 'set-up.password.hint',
    type: 'password',
    autocomplete: 'new-password',
  },
  secondFactor: {
    label: 'set-up.second-factor',
    hint: 'set-up.second-factor.hint',
    type: 'checkbox',
    optional: true,
  },
} as const satisfies Fields

interface SetUpInput {
  readonly organisationName: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly secondFactor: boolean
}

export const setUpSchema = Joi.object<SetUpInput>({
  organisationName: Joi.string().trim().max(200).required(),
  name: Joi.string().trim().max(200).required(),
  email: Joi.string().trim().email({ tlds: false }).max(320).required(),
  password: Joi.string().min(12).max(1000).required(),
  secondFactor: Joi.boolean().truthy('on').default(false),
})
