import Joi from 'joi'
import { roles, type Role } from '../../server/staff/rights.ts'
import { type Say } from '../language.ts'

/** One or more roles as a row of boxes sends them: one text, or several. */
export const roleList = Joi.array()
  .items(Joi.valid(...roles))
  .single()
  .unique()
  .min(1)
  .default([])
  .required()
  .messages({ 'any.required': '{{#label}} is missing' })

/** The boxes for the roles, those in `chosen` ticked; what is sent is not trusted to be roles. */
export function roleChoices(chosen: unknown, say: Say) {
  const sent: readonly unknown[] = Array.isArray(chosen) ? chosen : [chosen]
  return roles.map(value => ({
    value,
    text: say(`role.${value}`),
    then: say(`role.${value}.text`),
    isChosen: sent.includes(value),
  }))
}

/** The names of roles, as a list reads them. */
export function roleNames(held: readonly Role[], say: Say): string {
  return held.map(role => say(`role.${role}`)).join(', ')
}
