import { badValue } from '../errors.ts'
import { asNumber, isNumber, kindOf, type NumberKind } from '../values/numbers.ts'
import { typeRank } from '../values/order.ts'
import { rank } from '../values/rank.ts'
import { BsonSymbol, type Value } from '../values/value.ts'
import { type Test } from './path.ts'

/** The names that MongoDB gives the BSON types, with their numbers. */
const numbers = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const

export type TypeName = keyof typeof numbers

const byRank: Readonly<Record<number, Exclude<TypeName, NumberKind>>> = {
  [rank.minKey]: 'minKey',
  [rank.undefined]: 'undefined',
  [rank.null]: 'null',
  [rank.string]: 'string',
  [rank.object]: 'object',
  [rank.array]: 'array',
  [rank.binary]: 'binData',
  [rank.objectId]: 'objectId',
  [rank.boolean]: 'bool',
  [rank.date]: 'date',
  [rank.timestamp]: 'timestamp',
  [rank.regex]: 'regex',
  [rank.dbPointer]: 'dbPointer',
  [rank.code]: 'javascript',
  [rank.codeWithScope]: 'javascriptWithScope',
  [rank.maxKey]: 'maxKey',
}

/** The name of the value's type, as `$type` and error messages give it. */
export function typeName(value: Value): TypeName {
  if (isNumber(value)) return kindOf(value)
  return value instanceof BsonSymbol ? 'symbol' : (byRank[typeRank(value)] ?? 'undefined')
}

const isTypeName = (text: string): text is TypeName => Object.hasOwn(numbers, text)

function namesOf(type: Value): TypeName[] {
  if (type === 'number') return ['int', 'long', 'double', 'decimal']
  if (typeof type === 'string') {
    if (!isTypeName(type)) throw badValue(`Unknown type name alias: ${type}`)
    return [type]
  }
  if (!isNumber(type)) throw badValue('type must be represented as a number or a string')
  const number = asNumber(type)
  const name = Object.keys(numbers).find(key => isTypeName(key) && numbers[key] === number)
  if (!name || !isTypeName(name)) throw badValue(`Invalid numerical type code: ${number}`)
  return [name]
}

/** Of one of the types, given by name or number, alone or in an array. */
export function hasType(types: Value): Test {
  const wanted = new Set((Array.isArray(types) ? types : [types]).flatMap(namesOf))
  return value => value !== undefined && wanted.has(typeName(value))
}
