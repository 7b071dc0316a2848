import { isNaNValue, isNumber } from '../values/numbers.ts'
import { compareValues, typeRank } from '../values/order.ts'
import { MaxKey, MinKey, type Value } from '../values/value.ts'
import { equals } from './equality.ts'
import { type Test } from './path.ts'

export type RangeOperator = '$gt' | '$gte' | '$lt' | '$lte'

const accepts: Readonly<Record<RangeOperator, (order: number) => boolean>> = {
  $gt: order => order > 0,
  $gte: order => order >= 0,
  $lt: order => order < 0,
  $lte: order => order <= 0,
}

/** Above or below a bound of the same type. */
export function inRange(operator: RangeOperator, bound: Value): Test {
  const accept = accepts[operator]
  const withEqual = operator === '$gte' || operator === '$lte'
  if (bound === null) return withEqual ? equals(null) : () => false
  // These two are compared with every type, and with a field that is missing as with null.
  if (bound instanceof MinKey || bound instanceof MaxKey)
    return value => accept(compareValues(value ?? null, bound))
  if (isNumber(bound)) return isNaNValue(bound) ? isEqualNaN(withEqual) : numberInRange(accept, bound)
  const type = typeRank(bound)
  return value => value !== undefined && typeRank(value) === type && accept(compareValues(value, bound))
}

const isEqualNaN =
  (withEqual: boolean): Test =>
  value =>
    withEqual && isNumber(value) && isNaNValue(value)

const numberInRange =
  (accept: (order: number) => boolean, bound: Value): Test =>
  value =>
    isNumber(value) && !isNaNValue(value) && accept(compareValues(value, bound))
