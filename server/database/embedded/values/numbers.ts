import { addDecimals, decimalFromDouble, multiplyDecimals } from './decimal-arithmetic.ts'
import { Decimal128 } from './decimal128.ts'
import { Double, type NumberValue, type Value } from './value.ts'

export type NumberKind = 'int' | 'long' | 'double' | 'decimal'

/** Whether a JS number stands for an int32 in this model. */
export const isInt32 = (value: number) => (value | 0) === value && (value !== 0 || 1 / value > 0)

/** The number as a double, also when it is whole. */
export const toDouble = (value: number): number | Double => (isInt32(value) ? new Double(value) : value)

/** The whole number as int32 where it fits, as int64 otherwise; undefined beyond 64 bits. */
export function toInteger(value: bigint): number | bigint | undefined {
  if (value >= -2147483648n && value <= 2147483647n) return Number(value)
  return toLong(value)
}

/** The whole number as int64; undefined beyond 64 bits. */
export const toLong = (value: bigint): bigint | undefined =>
  BigInt.asIntN(64, value) === value ? value : undefined

/** Whether the value is a number of any kind. */
export const isNumber = (value: Value | undefined): value is NumberValue =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Double ||
  value instanceof Decimal128

/** The BSON kind of a number. */
export function kindOf(value: NumberValue): NumberKind {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double'
  if (typeof value === 'bigint') return 'long'
  return value instanceof Double ? 'double' : 'decimal'
}

/** The nearest double as a JS number. */
export function asNumber(value: NumberValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Double ? value.value : value.toNumber()
}

/** The value as a whole number: undefined when it has a fraction or is not finite. */
export function asBigInt(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (value instanceof Decimal128) return wholeDecimal(value)
  const number = asNumber(value)
  return Number.isInteger(number) ? BigInt(number) : undefined
}

function wholeDecimal(value: Decimal128): bigint | undefined {
  if (value.isNaN() || value.infinity()) return undefined
  const { negative, coefficient, exponent } = value.parts()
  const unit = 10n ** BigInt(Math.abs(exponent))
  if (exponent < 0 && coefficient % unit !== 0n) return undefined
  const whole = exponent < 0 ? coefficient / unit : coefficient * unit
  return negative ? -whole : whole
}

/** The value as a decimal; a double is taken with 15 significant digits, as the server does. */
export function asDecimal(value: NumberValue): Decimal128 {
  if (value instanceof Decimal128) return value
  if (typeof value === 'bigint') return Decimal128.parse(value.toString()) ?? decimalFromDouble(Number(value))
  const number = asNumber(value)
  return typeof value === 'number' && isInt32(value)
    ? (Decimal128.parse(String(value)) ?? decimalFromDouble(number))
    : decimalFromDouble(number)
}

/** Whether the value is a NaN of either kind. */
export const isNaNValue = (value: NumberValue) =>
  typeof value === 'number' ? Number.isNaN(value) : value instanceof Decimal128 && value.isNaN()

type Arithmetic = 'add' | 'multiply'

/** The sum in the wider of the two kinds; int32 grows to int64; undefined when int64 overflows. */
export function add(a: NumberValue, b: NumberValue): NumberValue | undefined {
  if (typeof a === 'number' && typeof b === 'number' && isInt32(a) && isInt32(b)) {
    const sum = a + b
    return isInt32(sum) ? sum : BigInt(sum)
  }
  return calculate('add', a, b)
}

/** The product in the wider of the two kinds; int32 grows to int64; undefined when int64 overflows. */
export const multiply = (a: NumberValue, b: NumberValue): NumberValue | undefined =>
  calculate('multiply', a, b)

function calculate(operation: Arithmetic, a: NumberValue, b: NumberValue): NumberValue | undefined {
  const kinds = [kindOf(a), kindOf(b)]
  if (kinds.includes('decimal')) {
    return operation === 'add'
      ? addDecimals(asDecimal(a), asDecimal(b))
      : multiplyDecimals(asDecimal(a), asDecimal(b))
  }
  if (kinds.includes('double')) {
    return toDouble(operation === 'add' ? asNumber(a) + asNumber(b) : asNumber(a) * asNumber(b))
  }
  const [x, y] = [asBigInt(a) ?? 0n, asBigInt(b) ?? 0n]
  const result = operation === 'add' ? x + y : x * y
  return kinds.includes('long') ? toLong(result) : toInteger(result)
}
