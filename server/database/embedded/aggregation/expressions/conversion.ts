import { failedToParse, MongoError } from '../../errors.ts'
import { hasType, typeName, type TypeName } from '../../query/type-alias.ts'
import { Decimal128 } from '../../values/decimal128.ts'
import { asBigInt, asDecimal, asNumber, isNumber, kindOf, toDouble } from '../../values/numbers.ts'
import { BsonSymbol, FarDate, ObjectId, Timestamp, toDate, type Value } from '../../values/value.ts'
import { isNothing, type MaybeValue, named, one } from './arguments.ts'
import { parseIsoDate } from './date-text.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

const failure = (message: string) => new MongoError(241, 'ConversionFailure', message)

const unsupported = (value: Value, target: string) =>
  failure(`Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`)

/** A scalar written out, as `$toString` and `$concat`-like operators do. */
export function textOfValue(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof ObjectId) return value.toHex()
  if (value instanceof BsonSymbol) return value.text
  if (value instanceof Decimal128) return value.toString()
  if (isNumber(value))
    return kindOf(value) === 'double' ? doubleText(asNumber(value)) : String(asBigInt(value))
  throw unsupported(value, 'string')
}

function doubleText(value: number) {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity'
  return Object.is(value, -0) ? '-0' : String(value)
}

function toBoolean(value: Value): Value {
  return isNumber(value) ? asNumber(value) !== 0 : value !== false
}

const integer =
  (target: 'int' | 'long') =>
  (value: Value): Value => {
    const whole = wholeOf(value, target)
    const bits = target === 'int' ? 32 : 64
    if (BigInt.asIntN(bits, whole) !== whole)
      throw failure(`Conversion would overflow target type in $convert with no onError value: ${whole}`)
    return target === 'int' ? Number(whole) : whole
  }

function wholeOf(value: Value, target: 'int' | 'long'): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (value instanceof Date && target === 'long') return BigInt(value.getTime())
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value))
      throw failure(`Failed to parse number '${value}' in $convert with no onError value`)
    return BigInt(value.replace(/^\+/, ''))
  }
  if (!isNumber(value)) throw unsupported(value, target)
  const number = asNumber(value)
  if (!Number.isFinite(number))
    throw failure(
      `Attempt to convert ${doubleText(number)} value to integer type in $convert with no onError value`,
    )
  return asBigInt(value) ?? BigInt(Math.trunc(number))
}

function toDoubleValue(value: Value): Value {
  if (typeof value === 'boolean') return toDouble(Number(value))
  if (value instanceof Date) return toDouble(value.getTime())
  if (isNumber(value)) return toDouble(asNumber(value))
  if (typeof value !== 'string') throw unsupported(value, 'double')
  const number = Number(value)
  if (value.trim() !== value || value === '' || (Number.isNaN(number) && value !== 'NaN')) {
    throw failure(`Failed to parse number '${value}' in $convert with no onError value`)
  }
  return toDouble(number)
}

function toDecimal(value: Value): Value {
  if (typeof value === 'boolean') return asDecimal(Number(value))
  if (value instanceof Date) return asDecimal(BigInt(value.getTime()))
  if (isNumber(value)) return asDecimal(value)
  const parsed = typeof value === 'string' ? Decimal128.parse(value) : undefined
  if (parsed) return parsed
  if (typeof value !== 'string') throw unsupported(value, 'decimal')
  throw failure(`Failed to parse number '${value}' in $convert with no onError value`)
}

/** An instant from a date, a number of milliseconds, an id, a timestamp or ISO text. */
export function toDateValue(value: Value): Date | FarDate {
  if (value instanceof Date || value instanceof FarDate) return value
  if (value instanceof ObjectId) return new Date(value.seconds * 1000)
  if (value instanceof Timestamp) return toDate((value.bits >> 32n) * 1000n)
  if (isNumber(value) && kindOf(value) !== 'int') return toDate(BigInt(Math.trunc(asNumber(value))))
  if (typeof value !== 'string') throw unsupported(value, 'date')
  const date = parseIsoDate(value, undefined)
  if (!date) throw failure(`Error parsing date string '${value}'`)
  return date
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value
  if (typeof value !== 'string') throw unsupported(value, 'objectId')
  const id = ObjectId.fromHex(value)
  if (!id) throw failure(`Failed to parse objectId '${value}' in $convert with no onError value`)
  return id
}

const targets = {
  bool: toBoolean,
  int: integer('int'),
  long: integer('long'),
  double: toDoubleValue,
  decimal: toDecimal,
  string: textOfValue,
  date: toDateValue,
  objectId: toObjectId,
} as const satisfies Partial<Record<TypeName, (value: Value) => Value>>

type Target = keyof typeof targets

function targetOf(to: Value): Target {
  if (to === 'number') return 'double'
  const name = (Object.keys(targets) as Target[]).find(
    target => to === target || (isNumber(to) && hasType(to)(samples[target])),
  )
  if (!name)
    throw failedToParse(`$convert cannot convert to that type: ${typeof to === 'string' ? to : typeName(to)}`)
  return name
}

/** One value of each target type: what a type number is looked up with. */
const samples: Readonly<Record<Target, Value>> = {
  bool: true,
  int: 0,
  long: 0n,
  double: 0.5,
  decimal: asDecimal(0),
  string: '',
  date: new Date(0),
  objectId: new ObjectId(new Uint8Array(12)),
}

const convert: CompileOperator = named(
  '$convert',
  { required: ['input', 'to'], optional: ['onError', 'onNull'] },
  (given, has) => {
    const [input, to] = [given('input'), given('to')]
    if (isNothing(input)) return has('onNull') ? given('onNull') : null
    if (isNothing(to)) return null
    try {
      return targets[targetOf(to)](input)
    } catch (error) {
      if (has('onError') && error instanceof MongoError && error.code === 241) return given('onError')
      throw error
    }
  },
)

const to = (name: string, target: Target): CompileOperator =>
  one(name, value => (isNothing(value) ? null : targets[target](value)))

const typeOf = (value: MaybeValue) => (value === undefined ? 'missing' : typeName(value))

export const conversion: OperatorTable = {
  $convert: convert,
  $isNumber: one('$isNumber', value => value !== undefined && isNumber(value)),
  $toBool: to('$toBool', 'bool'),
  $toDate: to('$toDate', 'date'),
  $toDecimal: to('$toDecimal', 'decimal'),
  $toDouble: to('$toDouble', 'double'),
  $toInt: to('$toInt', 'int'),
  $toLong: to('$toLong', 'long'),
  $toObjectId: to('$toObjectId', 'objectId'),
  $toString: to('$toString', 'string'),
  $type: one('$type', typeOf),
}
