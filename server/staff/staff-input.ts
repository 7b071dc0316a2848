import Joi from 'joi'
import { languages } from '../organisations/organisation.ts'
import { rights, roles } from './rights.ts'

/** One or more roles. */
export const roleList = Joi.array()
  .items(Joi.string().valid(...roles))
  .min(1)
  .unique()

/** Some of the rights of a key's roles; without it, all of them. */
export const scopeList = Joi.array()
  .items(Joi.string().valid(...Object.keys(rights)))
  .min(1)
  .unique()

const name = Joi.string().trim().min(1).max(120)
const language = Joi.string().valid(...languages)
const version = Joi.number().integer().min(1).required()

/** Somebody new; they choose their password themselves. */
export const newStaffMember = Joi.object({
  name: name.required(),
  email: Joi.string().trim().email({ tlds: false }).max(254).required(),
  language: language.default('sv'),
  roles: roleList.required(),
})

export const staffChanges = Joi.object({ version, name, language, roles: roleList })
export const staffEnding = Joi.object({ version, reason: Joi.string().trim().max(500) })
export const staffVersion = Joi.object({ version })
