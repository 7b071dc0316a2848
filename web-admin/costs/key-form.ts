import Joi from 'joi'
import { type Body } from '../../server/bodies/body.ts'
import { bases, type AllocationKey, type Basis, type WrittenKey } from '../../server/costs/allocation-key.ts'
import { type Fields } from '../form.ts'
import { optionalDay, requiredDay } from '../form-values.ts'
import { type Say } from '../language.ts'
import { textOf, type Typed } from '../reader.ts'

export const keyFields = (say: Say) =>
  ({
    name: { label: 'key.name', hint: 'key.name.hint', autocomplete: 'off' },
    basis: {
      label: 'key.basis',
      type: 'select',
      options: bases.map(value => ({ value, text: say(`key.basis.${value}`) })),
    },
    validFrom: { label: 'key.from', type: 'date' },
    validTo: { label: 'key.to', type: 'date', optional: true },
    shares: { label: 'key.shares' },
  }) as const satisfies Fields

interface TypedKey {
  readonly name: string
  readonly basis: Basis
  readonly validFrom: string
  readonly validTo?: string
  readonly version?: number
}

export const keySchema = Joi.object<TypedKey>({
  name: Joi.string().trim().max(120).required(),
  basis: Joi.valid(...bases).required(),
  validFrom: requiredDay,
  validTo: optionalDay
    .custom((typed: string, { error, state }) => {
      const [{ validFrom }] = state.ancestors as [Partial<TypedKey>]
      return validFrom !== undefined && typed < validFrom ? error('day-order') : typed
    })
    .messages({ 'day-order': '{{#label}} is too early' }),
  version: Joi.number().integer(),
})

const prefix = 'parts-'

/** The form with a field for the parts of each body, for telling what somebody else changed. */
export function keyFieldsWith(say: Say, bodies: readonly Pick<Body, 'id' | 'name'>[]): Fields {
  const parts = bodies.map(({ id, name }) => [
    `${prefix}${id}`,
    { label: 'key.shares', said: name, optional: true } as const,
  ])
  const { name, basis, validFrom, validTo } = keyFields(say)
  return { name, basis, validFrom, validTo, ...(Object.fromEntries(parts) as Fields) }
}

/** A field for the parts of each body, named after it; what was typed stays. */
export function shareRows(bodies: readonly Pick<Body, 'id' | 'name'>[], typed: Typed) {
  return bodies.map(({ id, name }) => {
    const field = `${prefix}${id}`
    return { id: `field-${field}`, field, name, value: textOf(typed[field]) }
  })
}

/** The shares that were typed: whole numbers from 1; an empty field or 0 takes no part. Undefined when one is no number. */
export function sharesFrom(payload: Typed): AllocationKey['shares'] {
  const typed = Object.entries(payload).filter(([name]) => name.startsWith(prefix))
  const shares = typed
    .map(([name, value]) => ({ bodyId: name.slice(prefix.length), text: textOf(value) }))
    .filter(({ text }) => text !== '' && text !== '0')
  if (!shares.every(({ text }) => /^[1-9]\d{0,5}$/.test(text))) return undefined
  return shares.map(({ bodyId, text }) => ({ bodyId, parts: Number(text) }))
}

/** What was typed as the use case takes it; shares only where the basis is shares, kinds of bodies as they were. */
export function writtenKey(
  { name, basis, validFrom, validTo }: TypedKey,
  shares: AllocationKey['shares'],
  before?: AllocationKey,
): WrittenKey {
  const bodyTypes = basis === 'shares' ? undefined : before?.bodyTypes
  return {
    name,
    basis,
    validFrom,
    ...(validTo !== undefined && { validTo }),
    ...(basis === 'shares' && { shares: shares ?? [] }),
    ...(bodyTypes && { bodyTypes }),
  }
}

/** A known key as the form shows it. */
export function typedKey({ shares = [], ...key }: AllocationKey): Typed {
  return {
    ...key,
    ...Object.fromEntries(shares.map(({ bodyId, parts }) => [`${prefix}${bodyId}`, `${parts}`])),
  }
}
