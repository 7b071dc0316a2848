import Joi from 'joi'
import { bodyTypes, type BodyType } from '../../server/bodies/body.ts'
import { type Fields } from '../form.ts'
import { optionalDay, requiredDay } from '../form-values.ts'
import { type Say } from '../language.ts'

export const bodyFields = (say: Say) =>
  ({
    name: { label: 'body.name', autocomplete: 'off' },
    type: {
      label: 'body.type',
      type: 'select',
      options: bodyTypes.map(value => ({ value, text: say(`body.type.${value}`) })),
    },
    costCentre: { label: 'body.cost-centre', autocomplete: 'off', optional: true },
    startsOn: { label: 'body.starts', type: 'date' },
    endsOn: { label: 'body.ends', type: 'date', optional: true },
  }) as const satisfies Fields

interface TypedBody {
  readonly name: string
  readonly type: BodyType
  readonly costCentre: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly version?: number
}

export const bodySchema = Joi.object<TypedBody>({
  name: Joi.string().trim().max(120).required(),
  type: Joi.valid(...bodyTypes).required(),
  costCentre: Joi.string().trim().max(20).empty('').default(''),
  startsOn: requiredDay,
  endsOn: optionalDay.default(null),
  version: Joi.number().integer(),
})
