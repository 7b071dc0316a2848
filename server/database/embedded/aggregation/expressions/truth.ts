import { asNumber, isNumber } from '../../values/numbers.ts'
import { isNothing, type MaybeValue } from './arguments.ts'

/** Whether a result counts as true: all but false, null, 0 and missing. */
export function isTrue(value: MaybeValue): boolean {
  if (typeof value === 'boolean') return value
  if (isNothing(value)) return false
  return isNumber(value) ? asNumber(value) !== 0 : true
}
