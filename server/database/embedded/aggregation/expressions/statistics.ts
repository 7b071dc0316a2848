import { asNumber, isNumber, toDouble } from '../../values/numbers.ts'
import { compareValues } from '../../values/order.ts'
import { type NumberValue, type Value } from '../../values/value.ts'
import { argumentList, isNothing, type MaybeValue } from './arguments.ts'
import { Sum } from '../sum.ts'
import { quotientOf } from './arithmetic.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

/** The sum of the numbers among the values; 0 when there are none. */
function sum(values: readonly MaybeValue[]): NumberValue {
  const total = new Sum()
  for (const value of values) total.add(value)
  return total.result()
}

/** A sum divided by a count: a double, or a decimal when the sum is one. */
export const average = (total: NumberValue, count: number): NumberValue => quotientOf(total, count)

function averageOf(values: readonly MaybeValue[]): Value {
  const numbers = values.filter(isNumber)
  return numbers.length === 0 ? null : average(sum(numbers), numbers.length)
}

/** The least (-1) or greatest (1) of the values that are something; null when there are none. */
function extreme(values: readonly MaybeValue[], side: 1 | -1): Value {
  let found: MaybeValue
  for (const value of values) {
    if (isNothing(value)) continue
    if (found === undefined || compareValues(value, found) * side > 0) found = value
  }
  return found ?? null
}

/** The standard deviation of the numbers, of a whole population or of a sample; null when there are too few. */
export function deviation(values: readonly MaybeValue[], kind: 'population' | 'sample'): Value {
  const numbers = values.filter(isNumber).map(asNumber)
  const degrees = kind === 'population' ? numbers.length : numbers.length - 1
  if (degrees <= 0) return null
  const mean = numbers.reduce((total, number) => total + number, 0) / numbers.length
  return toDouble(Math.sqrt(numbers.reduce((total, number) => total + (number - mean) ** 2, 0) / degrees))
}

/** As an expression: over the arguments, or over the elements when the only argument is an array. */
const over =
  (compute: (values: readonly MaybeValue[]) => MaybeValue): CompileOperator =>
  (argument, compiler) => {
    const [only, second] = argumentList(argument).map(each => compiler.expression(each))
    if (only && !second) {
      return root => {
        const value = only(root)
        return compute(Array.isArray(value) ? value : [value])
      }
    }
    const evaluates = argumentList(argument).map(each => compiler.expression(each))
    return root => compute(evaluates.map(evaluate => evaluate(root)))
  }

export const statistics: OperatorTable = {
  $sum: over(sum),
  $avg: over(averageOf),
  $min: over(values => extreme(values, -1)),
  $max: over(values => extreme(values, 1)),
  $stdDevPop: over(values => deviation(values, 'population')),
  $stdDevSamp: over(values => deviation(values, 'sample')),
}
