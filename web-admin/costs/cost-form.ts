import Joi from 'joi'
import { type Body } from '../../server/bodies/body.ts'
import { type AllocationKey } from '../../server/costs/allocation-key.ts'
import {
  costCategories,
  costKinds,
  type Bearer,
  type CostCategory,
  type CostKind,
  type CostLine,
  type Payer,
  type WrittenCostLine,
} from '../../server/costs/cost-line.ts'
import { type Fields, type Option } from '../form.ts'
import { kronorText, optionalDay, requiredDay } from '../form-values.ts'
import { type Say } from '../language.ts'
import { typedKronor } from '../money.ts'

export interface CostChoices {
  readonly bodies: readonly Pick<Body, 'id' | 'name'>[]
  readonly keys: readonly Pick<AllocationKey, 'id' | 'name' | 'validFrom'>[]
}

/** The form of one cost; payer and bearer are chosen among the organisation's own. */
export function costFields(say: Say, { bodies, keys }: CostChoices = { bodies: [], keys: [] }) {
  const office: Option = { value: 'central', text: say('costs.central') }
  const bodyOptions = bodies.map(({ id, name }) => ({ value: `body:${id}`, text: name }))
  return {
    text: { label: 'costs.text', hint: 'costs.text.hint', autocomplete: 'off' },
    category: {
      label: 'costs.category',
      type: 'select',
      options: costCategories.map(value => ({ value, text: say(`costs.category.${value}`) })),
    },
    kind: {
      label: 'costs.kind',
      type: 'select',
      options: costKinds.map(value => ({ value, text: say(`costs.kind.${value}`) })),
    },
    amountOre: {
      label: 'costs.amount',
      hint: 'costs.amount.hint',
      inputmode: 'decimal',
      autocomplete: 'off',
    },
    vatOre: { label: 'costs.vat', inputmode: 'decimal', optional: true, autocomplete: 'off' },
    fromOn: { label: 'costs.from', hint: 'costs.from.hint', type: 'date' },
    toOn: { label: 'costs.to', hint: 'costs.to.hint', type: 'date', optional: true },
    payer: {
      label: 'costs.payer',
      hint: 'costs.payer.hint',
      type: 'select',
      options: [office, ...bodyOptions],
    },
    bearer: {
      label: 'costs.bearer',
      hint: 'costs.bearer.hint',
      type: 'select',
      options: [
        ...keys.map(({ id, name, validFrom }) => ({
          value: `key:${id}`,
          text: say('costs.bearer.key', { name, from: validFrom }),
        })),
        ...bodyOptions,
        office,
        { value: 'none', text: say('costs.bearer.none') },
      ],
    },
  } as const satisfies Fields
}

interface TypedCost {
  readonly text: string
  readonly category: CostCategory
  readonly kind: CostKind
  readonly amountOre: number
  readonly vatOre?: number
  readonly fromOn: string
  readonly toOn?: string
  readonly payer: Payer
  readonly bearer: Bearer
  readonly version?: number
}

const whose = (...kinds: readonly string[]) =>
  Joi.string()
    .max(80)
    .required()
    .custom((typed: string, { error }) => {
      const [kind = '', id] = typed.split(':')
      return kinds.includes(kind) ? partyOf(kind, id) : error('any.only')
    })
    .messages({ 'any.only': '{{#label}} is not one of the choices' })

function partyOf(kind: string, id = ''): Bearer {
  if (kind === 'body') return { kind, bodyId: id }
  if (kind === 'key') return { kind, keyId: id }
  return kind === 'none' ? { kind } : { kind: 'central' }
}

export const costSchema = Joi.object<TypedCost>({
  text: Joi.string().trim().max(300).required(),
  category: Joi.valid(...costCategories).required(),
  kind: Joi.valid(...costKinds).required(),
  amountOre: kronorText
    .required()
    .custom((ore: number, { error }) => (ore === 0 ? error('zero') : ore))
    .messages({ zero: '{{#label}} is 0' }),
  vatOre: kronorText,
  fromOn: requiredDay,
  toOn: optionalDay
    .custom((typed: string, { error, state }) => {
      const [{ kind, fromOn }] = state.ancestors as [Partial<TypedCost>]
      if (kind === 'one-off') return error('one-day')
      return fromOn !== undefined && typed < fromOn ? error('day-order') : typed
    })
    .messages({ 'one-day': '{{#label}} is for annual costs', 'day-order': '{{#label}} is too early' }),
  payer: whose('central', 'body'),
  bearer: whose('central', 'body', 'key', 'none'),
  version: Joi.number().integer(),
})

/** What was typed as the use case takes it. */
export function writtenFrom(typed: TypedCost): WrittenCostLine {
  const { text, category, kind, amountOre, vatOre, fromOn, toOn, payer, bearer } = typed
  return {
    text,
    category,
    kind,
    amountOre,
    fromOn,
    payer,
    bearer,
    ...(vatOre !== undefined && { vatOre }),
    ...(toOn !== undefined && { toOn }),
  }
}

/** A known cost as the form shows it. */
export function typedCost({ payer, bearer, amountOre, vatOre, ...line }: CostLine) {
  return {
    ...line,
    amountOre: typedKronor(amountOre),
    vatOre: vatOre === undefined ? '' : typedKronor(vatOre),
    payer: choiceOf(payer),
    bearer: choiceOf(bearer),
  }
}

function choiceOf(party: Bearer): string {
  if (party.kind === 'body') return `body:${party.bodyId}`
  return party.kind === 'key' ? `key:${party.keyId}` : party.kind
}
