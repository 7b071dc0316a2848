import { type Request, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import { cookieOf } from '../language.ts'
import { goTo, ownPath } from '../page.ts'
import { readChoices, writeChoices } from './columns.ts'

/** Which columns of a list this browser shows; undefined until somebody chose. */
export function chosenFor(request: Request, list: string): readonly string[] | undefined {
  return readChoices(cookieOf(request, 'columns')).get(list)
}

const key = Joi.string().pattern(/^[a-zA-Z]{1,24}$/)

/** Remembers the chosen columns of a list. They say nothing of anybody, so they stay with the browser. */
export function columnPages(): ServerRoute[] {
  return [
    {
      method: 'POST',
      path: '/columns',
      options: {
        ...needs('organisation.read'),
        validate: {
          payload: Joi.object({
            list: Joi.string()
              .pattern(/^[a-z-]{1,20}$/)
              .required(),
            column: Joi.array().items(key).single().max(30).default([]),
            reset: Joi.string().valid('yes'),
            back: Joi.string().max(500),
          }),
        },
      },
      handler: (request, h) => {
        const { list, column, reset, back } = request.payload as {
          list: string
          column: string[]
          reset?: 'yes'
          back?: string
        }
        const choices = readChoices(cookieOf(request, 'columns'))
        const written = writeChoices(choices, list, reset ? undefined : column)
        if (written === '') h.unstate('columns')
        else h.state('columns', written)
        return goTo(h, ownPath(back))
      },
    },
  ]
}
