import { atLocation, badValue, typeMismatch } from '../../errors.ts'
import { typeName } from '../../query/type-alias.ts'
import { divideDecimals } from '../../values/decimal-arithmetic.ts'
import { Decimal128, decimalOf } from '../../values/decimal128.ts'
import {
  add,
  asBigInt,
  asDecimal,
  asNumber,
  isNumber,
  kindOf,
  multiply,
  toDouble,
  toInteger,
  toLong,
} from '../../values/numbers.ts'
import { isDocument, type NumberValue, type Value } from '../../values/value.ts'
import { any, isNothing, type MaybeValue, one, several, two } from './arguments.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

/** A number, or a refusal that names the operator and the type found. */
function numberOf(name: string, value: Value): NumberValue {
  if (!isNumber(value)) throw typeMismatch(`${name} only supports numeric types, not ${typeName(value)}`)
  return value
}

/** The sum, as a double when it no longer fits in 64 bits. */
const sumOf = (a: NumberValue, b: NumberValue): NumberValue =>
  add(a, b) ?? toDouble(asNumber(a) + asNumber(b))

const productOf = (a: NumberValue, b: NumberValue): NumberValue =>
  multiply(a, b) ?? toDouble(asNumber(a) * asNumber(b))

/** The value with its sign turned. */
function negated(value: NumberValue): NumberValue {
  if (value instanceof Decimal128) return new Decimal128(value.bits ^ (1n << 127n))
  return kindOf(value) === 'double' ? toDouble(-asNumber(value)) : productOf(value, -1)
}

/** The quotient: always a double, or a decimal when one side is. Throws `MongoError` 2 for a division by zero. */
export function quotientOf(a: NumberValue, b: NumberValue): NumberValue {
  if (asNumber(b) === 0) throw badValue("can't $divide by zero")
  if (a instanceof Decimal128 || b instanceof Decimal128) return divideDecimals(asDecimal(a), asDecimal(b))
  return toDouble(asNumber(a) / asNumber(b))
}

/** A number-to-number operator that gives null for nothing. */
const numeric = (name: string, apply: (value: NumberValue) => NumberValue): CompileOperator =>
  one(name, value => (isNothing(value) ? null : apply(numberOf(name, value))))

/** An operator that always computes with doubles. */
const real = (name: string, apply: (value: number) => number): CompileOperator =>
  numeric(name, value => inKind(value, toDouble(apply(asNumber(value)))))

/** A decimal argument gives a decimal result, with the precision of a double. */
const inKind = (source: NumberValue, result: NumberValue) =>
  source instanceof Decimal128 ? asDecimal(result) : result

function sumWithDates(values: readonly MaybeValue[]): MaybeValue {
  if (values.some(isNothing)) return null
  let sum: NumberValue = 0
  let date: Date | undefined
  for (const value of values) {
    if (value instanceof Date && date) throw atLocation(16612, 'only one date allowed in an $add expression')
    if (value instanceof Date) date = value
    else sum = sumOf(sum, numberOf('$add', value ?? null))
  }
  return date ? new Date(date.getTime() + Math.round(asNumber(sum))) : sum
}

function difference(a: MaybeValue, b: MaybeValue): MaybeValue {
  if (isNothing(a) || isNothing(b)) return null
  if (a instanceof Date) {
    if (b instanceof Date) return BigInt(a.getTime() - b.getTime())
    return new Date(a.getTime() - Math.round(asNumber(numberOf('$subtract', b))))
  }
  return sumOf(numberOf('$subtract', a), negated(numberOf('$subtract', b)))
}

function remainder(a: MaybeValue, b: MaybeValue): MaybeValue {
  if (isNothing(a) || isNothing(b)) return null
  const [x, y] = [numberOf('$mod', a), numberOf('$mod', b)]
  if (asNumber(y) === 0) throw atLocation(16610, "can't $mod by zero")
  const [p, q] = [asBigInt(x), asBigInt(y)]
  const kinds = [kindOf(x), kindOf(y)]
  if (p === undefined || q === undefined || kinds.includes('double') || kinds.includes('decimal')) {
    const result = toDouble(asNumber(x) % asNumber(y))
    return kinds.includes('decimal') ? asDecimal(result) : result
  }
  return kinds.includes('long') ? toLong(p % q) : toInteger(p % q)
}

function power(a: MaybeValue, b: MaybeValue): MaybeValue {
  if (isNothing(a) || isNothing(b)) return null
  const [x, y] = [numberOf('$pow', a), numberOf('$pow', b)]
  const kinds = [kindOf(x), kindOf(y)]
  const result = asNumber(x) ** asNumber(y)
  if (asNumber(x) === 0 && asNumber(y) < 0)
    throw atLocation(28764, '$pow cannot take a base of 0 and a negative exponent')
  if (kinds.includes('decimal')) return asDecimal(toDouble(result))
  if (kinds.includes('double') || !Number.isInteger(result) || Math.abs(result) >= 2 ** 63)
    return toDouble(result)
  const exact = (asBigInt(x) ?? 0n) ** (asBigInt(y) ?? 0n)
  return kinds.includes('long') ? toLong(exact) : toInteger(exact)
}

/** Rounding keeps the kind; whole kinds are only changed by places before the point. */
const rounding = (
  name: string,
  round: (value: number) => number,
  roundUnit: (amount: bigint, unit: bigint) => bigint,
): CompileOperator =>
  several(name, [1, name === '$round' || name === '$trunc' ? 2 : 1], ([value, places]) => {
    if (isNothing(value)) return null
    if (places !== undefined && isNothing(places)) return null
    const number = numberOf(name, value)
    return roundTo(number, places === undefined ? 0 : asNumber(numberOf(name, places)), { round, roundUnit })
  })

interface Rounding {
  readonly round: (value: number) => number
  /** Rounds the amount to a multiple of the unit. */
  readonly roundUnit: (amount: bigint, unit: bigint) => bigint
}

function roundTo(number: NumberValue, places: number, { round, roundUnit }: Rounding): NumberValue {
  if (number instanceof Decimal128) return roundDecimal(number, places, roundUnit)
  if (kindOf(number) === 'double') {
    const value = asNumber(number)
    if (places === 0 || !Number.isFinite(value)) return toDouble(round(value))
    // Through decimal text: 2.675 × 100 is not what was written.
    return toDouble(
      asNumber(roundDecimal(Decimal128.parse(String(value)) ?? asDecimal(value), places, roundUnit)),
    )
  }
  const whole = asBigInt(number) ?? 0n
  if (places >= 0) return number
  const unit = 10n ** BigInt(-places)
  const rounded = roundUnit(whole, unit)
  return (kindOf(number) === 'long' ? toLong(rounded) : toInteger(rounded)) ?? toDouble(Number(rounded))
}

function roundDecimal(value: Decimal128, places: number, roundUnit: Rounding['roundUnit']): Decimal128 {
  if (value.isNaN() || value.infinity()) return value
  const { negative, coefficient, exponent } = value.parts()
  if (exponent >= -places) return value
  const amount =
    roundUnit(negative ? -coefficient : coefficient, 10n ** BigInt(-places - exponent)) /
    10n ** BigInt(-places - exponent)
  return decimalOf({
    negative: negative && amount <= 0n,
    coefficient: amount < 0n ? -amount : amount,
    exponent: -places,
  })
}

const floorUnit = (amount: bigint, unit: bigint) => amount - (((amount % unit) + unit) % unit)
const truncUnit = (amount: bigint, unit: bigint) => amount - (amount % unit)

function halfEvenUnit(amount: bigint, unit: bigint) {
  const down = floorUnit(amount, unit)
  const twice = (amount - down) * 2n
  return twice > unit || (twice === unit && (down / unit) % 2n !== 0n) ? down + unit : down
}

function roundHalfEven(value: number) {
  const down = Math.floor(value)
  const rest = value - down
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down
}

function logarithm(name: string, value: number, base: number) {
  if (value <= 0) throw atLocation(28766, `${name}'s argument must be a positive number, but is ${value}`)
  return Math.log(value) / Math.log(base)
}

const bitwise = (name: string, amount: (a: bigint, b: bigint) => bigint): CompileOperator =>
  any(name, values => {
    if (values.some(isNothing)) return null
    const numbers = values.map(value => numberOf(name, value ?? null))
    if (numbers.some(number => kindOf(number) !== 'int' && kindOf(number) !== 'long')) {
      throw typeMismatch(`${name} only supports int and long operands.`)
    }
    const start = name === '$bitAnd' ? -1n : 0n
    const result = numbers.reduce<bigint>((bits, number) => amount(bits, asBigInt(number) ?? 0n), start)
    return numbers.some(number => kindOf(number) === 'long') ? toLong(result) : toInteger(result)
  })

const random: CompileOperator = (argument, { scope }) => {
  const empty = Array.isArray(argument) ? argument.length === 0 : isDocument(argument) && argument.size === 0
  if (!empty) throw atLocation(3040501, '$rand does not currently accept arguments')
  const next = scope.random
  if (!next) throw badValue('$rand is not allowed here')
  return () => toDouble(next())
}

export const arithmetic: OperatorTable = {
  $add: any('$add', sumWithDates),
  $subtract: two('$subtract', difference),
  $multiply: any('$multiply', values =>
    values.some(isNothing)
      ? null
      : values.reduce<NumberValue>(
          (product, value) => productOf(product, numberOf('$multiply', value ?? null)),
          1,
        ),
  ),
  $divide: two('$divide', (a, b) =>
    isNothing(a) || isNothing(b) ? null : quotientOf(numberOf('$divide', a), numberOf('$divide', b)),
  ),
  $mod: two('$mod', remainder),
  $pow: two('$pow', power),
  $abs: numeric('$abs', value => (asNumber(value) < 0 ? negated(value) : value)),
  $ceil: rounding('$ceil', Math.ceil, (amount, unit) => -floorUnit(-amount, unit)),
  $floor: rounding('$floor', Math.floor, floorUnit),
  $round: rounding('$round', roundHalfEven, halfEvenUnit),
  $trunc: rounding('$trunc', Math.trunc, truncUnit),
  $sqrt: real('$sqrt', value => {
    if (value < 0) throw atLocation(28714, "$sqrt's argument must be greater than or equal to 0")
    return Math.sqrt(value)
  }),
  $exp: real('$exp', Math.exp),
  $ln: real('$ln', value => logarithm('$ln', value, Math.E)),
  $log10: real('$log10', value => (value > 0 ? Math.log10(value) : logarithm('$log10', value, 10))),
  $log: two('$log', (a, b) =>
    isNothing(a) || isNothing(b)
      ? null
      : toDouble(logarithm('$log', asNumber(numberOf('$log', a)), asNumber(numberOf('$log', b)))),
  ),
  $bitAnd: bitwise('$bitAnd', (a, b) => a & b),
  $bitOr: bitwise('$bitOr', (a, b) => a | b),
  $bitXor: bitwise('$bitXor', (a, b) => a ^ b),
  $rand: random,
}
