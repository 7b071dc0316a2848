import Joi from 'joi'
import { isDay } from '../server/calendar-day.ts'
import { instantFrom } from './dates.ts'
import { oreFrom } from './money.ts'

const day = Joi.string()
  .trim()
  .custom((typed: string, { error }) => (isDay(typed) ? typed : error('day')))
  .messages({ day: '{{#label}} is not a day' })

/** A day `YYYY-MM-DD` that exists; an empty field is no day. */
export const optionalDay = day.empty('')

export const requiredDay = day.required()

/** An amount as people write it, read as integer öre; an empty field is no amount. */
export const kronorText = Joi.string()
  .trim()
  .empty('')
  .custom((typed: string, { error }) => oreFrom(typed) ?? error('kronor'))
  .messages({ kronor: '{{#label}} is not an amount' })

/** A day and time as a browser's field sends it, read on the municipality's clock; an empty field is no time. */
export const localTime = Joi.string()
  .trim()
  .empty('')
  .custom((typed: string, { error }) => instantFrom(typed) ?? error('day'))
  .messages({ day: '{{#label}} is not a day and time' })
