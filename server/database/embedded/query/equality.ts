import { badValue } from '../errors.ts'
import { compareValues, typeRank } from '../values/order.ts'
import { rank } from '../values/rank.ts'
import { BsonUndefined, ObjectId, RegularExpression, type Value } from '../values/value.ts'
import { isOperatorDocument } from './operator-document.ts'
import { type Test } from './path.ts'
import { matchesPattern } from './pattern.ts'

const isNothing: Test = value => value === undefined || value === null || value instanceof BsonUndefined

/** Equal to the wanted value; null also means missing. A regular expression here is a value, not a pattern. */
export function equals(wanted: Value): Test {
  if (wanted === null || wanted instanceof BsonUndefined) return isNothing
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return sameScalar(wanted)
  if (wanted instanceof ObjectId) {
    return value => value instanceof ObjectId && value.compare(wanted) === 0
  }
  const type = typeRank(wanted)
  return value => value !== undefined && typeRank(value) === type && compareValues(value, wanted) === 0
}

function sameScalar(wanted: string | boolean): Test {
  const type = typeRank(wanted)
  return value =>
    value === wanted ||
    (typeof value === 'object' && typeRank(value) === type && compareValues(value, wanted) === 0)
}

/** Equal to one of the values, or matching one of the patterns among them. */
export function isOneOf(wanted: Value, operator: '$in' | '$nin'): Test {
  if (!Array.isArray(wanted)) throw badValue(`${operator} needs an array`)
  if (wanted.some(isOperatorDocument)) throw badValue(`cannot nest $ under ${operator}`)
  const texts = new Set<Value | undefined>()
  const ids = new Set<string>()
  const others: Test[] = []
  for (const value of wanted) {
    if (typeof value === 'string') texts.add(value)
    else if (value instanceof ObjectId && wanted.length > 4) ids.add(value.toHex())
    else others.push(value instanceof RegularExpression ? matchesPattern(value) : equals(value))
  }
  return value => {
    if (typeof value === 'string' && texts.has(value)) return true
    if (ids.size > 0 && value instanceof ObjectId && ids.has(value.toHex())) return true
    for (const test of others) if (test(value)) return true
    return (
      typeof value === 'object' &&
      value !== null &&
      typeRank(value) === rank.string &&
      texts.has(symbolText(value))
    )
  }
}

const symbolText = (value: object) =>
  'text' in value && typeof value.text === 'string' ? value.text : undefined
