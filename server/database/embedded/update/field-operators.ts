import { badValue, typeMismatch } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { typeName } from '../query/type-alias.ts'
import { cloneValue } from '../values/clone.ts'
import { add, asBigInt, isNumber, kindOf, multiply, toInteger, toLong } from '../values/numbers.ts'
import { compareValues } from '../values/order.ts'
import { isDocument, type NumberValue, Timestamp, type Value } from '../values/value.ts'
import { type Change, type UpdateCall, type UpdateOperator } from './operator.ts'

type Arithmetic = (a: NumberValue, b: NumberValue) => NumberValue | undefined

function arithmetic(name: '$inc' | '$mul', apply: Arithmetic): UpdateOperator {
  const verb = name === '$inc' ? 'increment' : 'multiply'
  return {
    creates: true,
    prepare(argument, path) {
      if (!isNumber(argument))
        throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${shellText(argument)}}`)
      // A missing field is multiplied as a 0 of the argument's kind, and incremented by being set.
      const start = name === '$inc' ? argument : multiply(0, argument)
      return (place, call) => {
        const value = place.read()
        place.write(
          value === undefined ? (start ?? argument) : calculated(name, apply, { value, argument, call }),
        )
      }
    },
  }
}

interface Operands {
  readonly value: Value
  readonly argument: NumberValue
  readonly call: UpdateCall
}

function calculated(name: string, apply: Arithmetic, { value, argument, call }: Operands): Value {
  const where = `{_id: ${shellText(call.id ?? null)}}`
  if (!isNumber(value)) {
    throw typeMismatch(
      `Cannot apply ${name} to a value of non-numeric type. ${where} has the field '${call.path}' of non-numeric type ${typeName(value)}`,
    )
  }
  const result = apply(value, argument)
  if (result === undefined)
    throw badValue(
      `Failed to apply ${name} operations to current value (${shellText(value)}) for document ${where}`,
    )
  return result
}

const bound = (side: 1 | -1): UpdateOperator => ({
  creates: true,
  prepare: argument => place => {
    const value = place.read()
    if (value === undefined || compareValues(argument, value) * side > 0) place.write(cloneValue(argument))
  },
})

function currentDate(argument: Value): Change {
  const type = isDocument(argument)
    ? argument.get('$type')
    : typeof argument === 'boolean'
      ? 'date'
      : undefined
  if (isDocument(argument) && argument.size !== 1) throw badValue('Unrecognized $currentDate option')
  if (type === 'date') return (place, { now }) => place.write(now)
  if (type !== 'timestamp') {
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    )
  }
  return (place, { now }) => place.write(Timestamp.of(Math.floor(now.getTime() / 1000), 1))
}

const bitwise: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
}

const isWhole = (value: Value): value is number | bigint =>
  isNumber(value) && ['int', 'long'].includes(kindOf(value))

function bits(argument: Value, path: string): Change {
  if (!isDocument(argument) || argument.size === 0) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    )
  }
  const operations = [...argument].map(([name, operand]) => {
    const apply = Object.hasOwn(bitwise, name) ? bitwise[name] : undefined
    if (!apply)
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${shellText(operand)}}`,
      )
    if (!isWhole(operand))
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${name}: ${shellText(operand)}}`,
      )
    return { apply, operand }
  })
  return place => {
    let value = place.read() ?? 0
    for (const { apply, operand } of operations) {
      if (!isWhole(value)) {
        throw badValue(
          `Cannot apply $bit to a value of non-integral type. The field '${path}' has the type ${typeName(value)}`,
        )
      }
      const result = apply(asBigInt(value) ?? 0n, asBigInt(operand) ?? 0n)
      const isLong = typeof value === 'bigint' || typeof operand === 'bigint'
      value = (isLong ? toLong(result) : toInteger(result)) ?? 0
    }
    place.write(value)
  }
}

const set: UpdateOperator = { creates: true, prepare: argument => place => place.write(cloneValue(argument)) }

export const fieldOperators = {
  $set: set,
  $setOnInsert: set,
  $unset: { creates: false, passesBy: true, prepare: () => place => place.remove() },
  $inc: arithmetic('$inc', add),
  $mul: arithmetic('$mul', multiply),
  $min: bound(-1),
  $max: bound(1),
  $currentDate: { creates: true, prepare: currentDate },
  $bit: { creates: true, prepare: bits },
} as const satisfies Readonly<Record<string, UpdateOperator>>
