import { badValue, MongoError } from '../errors.ts'
import { asBigInt, asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, RegularExpression, type Value } from '../values/value.ts'
import { type BitsOperator, hasBits } from './bits.ts'
import { all, type Condition, each, type Matcher, not, onElement, whole } from './condition.ts'
import { equals, isOneOf } from './equality.ts'
import { isOperatorDocument } from './operator-document.ts'
import { type Test } from './path.ts'
import { matchesPattern, regularExpression } from './pattern.ts'
import { inRange, type RangeOperator } from './range.ts'
import { hasType } from './type-alias.ts'

/** Compiles a filter for the documents inside an array; given by the room's entrance, so that files depend one way. */
type CompileFilter = (filter: Document) => Matcher

interface OperatorCall {
  readonly argument: Value
  /** All operators of the same path: `$regex` reads its `$options` here. */
  readonly siblings: Document
  readonly compileFilter: CompileFilter
}

const range = (operator: RangeOperator) => (call: OperatorCall) => each(inRange(operator, call.argument))
const bits = (operator: BitsOperator) => (call: OperatorCall) => each(hasBits(operator, call.argument))
const ignored = (): Condition => all([])

/** The operators that a path can carry; what is not here is refused by name. */
const operators: Readonly<Record<string, (call: OperatorCall) => Condition>> = {
  $eq: ({ argument }) => each(equals(argument)),
  $ne: ({ argument }) => {
    if (argument instanceof RegularExpression) throw badValue("Can't have regex as arg to $ne.")
    return not(each(equals(argument)))
  },
  $gt: range('$gt'),
  $gte: range('$gte'),
  $lt: range('$lt'),
  $lte: range('$lte'),
  $in: ({ argument }) => each(isOneOf(argument, '$in')),
  $nin: ({ argument }) => not(each(isOneOf(argument, '$nin'))),
  $exists: ({ argument }) => {
    const exists = whole(value => value !== undefined)
    return isTruthy(argument) ? exists : not(exists)
  },
  $type: ({ argument }) => each(hasType(argument)),
  $regex: ({ argument, siblings }) =>
    each(matchesPattern(regularExpression(argument, siblings.get('$options')))),
  $options: ({ siblings }) => {
    if (!siblings.has('$regex')) throw badValue('$options needs a $regex')
    return ignored()
  },
  $mod: ({ argument }) => each(hasRemainder(argument)),
  $not: negation,
  $size: ({ argument }) => {
    const size = sizeOf(argument)
    return whole(value => Array.isArray(value) && value.length === size)
  },
  $all: containsAll,
  $elemMatch: ({ argument, compileFilter }) => whole(anyElement(elementTest(argument, compileFilter))),
  $bitsAllSet: bits('$bitsAllSet'),
  $bitsAllClear: bits('$bitsAllClear'),
  $bitsAnySet: bits('$bitsAnySet'),
  $bitsAnyClear: bits('$bitsAnyClear'),
  $comment: ignored,
}

/** The names of the operators that a path can carry. */
export const pathOperators: readonly string[] = Object.keys(operators)

const nearness: readonly string[] = ['$near', '$nearSphere', '$geoNear']

/** There are no indexes of places, so this is what the server says to all who ask for the nearest. */
const noGeoIndex = new MongoError(
  291,
  'NoQueryExecutionPlans',
  'error processing query: planner returned error :: caused by :: unable to find index for $geoNear query',
)

/** What `{ path: { $op: … } }` asks of the path. Throws `MongoError` 2 for an unknown operator or a wrong argument. */
export function compileOperators(siblings: Document, compileFilter: CompileFilter): Condition {
  const conditions: Condition[] = []
  for (const [name, argument] of siblings) {
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
    if (nearness.includes(name)) throw noGeoIndex
    if (!operator) throw badValue(`unknown operator: ${name}`)
    conditions.push(operator({ argument, siblings, compileFilter }))
  }
  return all(conditions)
}

/** Everything but false, null, 0 and undefined counts as yes. */
const isTruthy = (value: Value) =>
  isNumber(value) ? asNumber(value) !== 0 : value !== false && value !== null

function negation({ argument, compileFilter }: OperatorCall): Condition {
  if (argument instanceof RegularExpression) return not(each(matchesPattern(argument)))
  if (!isDocument(argument)) throw badValue('$not needs a regex or a document')
  if (argument.size === 0) throw badValue('$not cannot be empty')
  return not(compileOperators(argument, compileFilter))
}

function sizeOf(argument: Value): number {
  if (!isNumber(argument)) throw badValue(`Failed to parse $size. Expected a number`)
  const size = asBigInt(argument)
  if (size === undefined) throw badValue('Failed to parse $size. Expected an integer')
  if (size < 0n) throw badValue('Failed to parse $size. Expected a non-negative number')
  return Number(size)
}

function hasRemainder(argument: Value): Test {
  if (!Array.isArray(argument)) throw badValue('malformed mod, needs to be an array')
  if (argument.length < 2) throw badValue('malformed mod, not enough elements')
  if (argument.length > 2) throw badValue('malformed mod, too many elements')
  const [divisor, remainder] = argument.map(part =>
    wholePart(part, 'malformed mod, divisor and remainder must be numbers'),
  )
  if (divisor === undefined || remainder === undefined) return () => false
  if (divisor === 0n) throw badValue('divisor cannot be 0')
  return value =>
    isNumber(value) && Number.isFinite(asNumber(value)) && wholePart(value, '') % divisor === remainder
}

function wholePart(value: Value, complaint: string): bigint {
  if (!isNumber(value) || !Number.isFinite(asNumber(value))) throw badValue(complaint)
  return asBigInt(value) ?? BigInt(Math.trunc(asNumber(value)))
}

function containsAll({ argument, compileFilter }: OperatorCall): Condition {
  if (!Array.isArray(argument)) throw badValue('$all needs an array')
  if (argument.length === 0) return whole(() => false)
  return all(argument.map(wanted => oneOfAll(wanted, compileFilter)))
}

function oneOfAll(wanted: Value, compileFilter: CompileFilter): Condition {
  if (wanted instanceof RegularExpression) return each(matchesPattern(wanted))
  if (!isOperatorDocument(wanted)) return each(equals(wanted))
  const argument = wanted.get('$elemMatch')
  if (argument === undefined || wanted.size > 1) throw badValue('no $ expressions in $all')
  return whole(anyElement(elementTest(argument, compileFilter)))
}

const logical = new Set(['$and', '$or', '$nor', '$expr'])

/** What `$elemMatch` asks of an element: operators on the element itself, or a filter on the document it is. */
export function elementTest(argument: Value, compileFilter: CompileFilter): Test {
  if (!isDocument(argument)) throw badValue('$elemMatch needs an Object')
  const [first = ''] = argument.keys()
  if (isOperatorDocument(argument) && !logical.has(first))
    return onElement(compileOperators(argument, compileFilter))
  const matches = compileFilter(argument)
  return value => {
    if (value instanceof Map) return matches(value)
    return Array.isArray(value) && matches(new Map(value.map((element, index) => [String(index), element])))
  }
}

const anyElement =
  (test: Test): Test =>
  (value, position) => {
    if (!Array.isArray(value)) return false
    for (let i = 0; i < value.length; i++) {
      if (!test(value[i])) continue
      if (position) position.index = i
      return true
    }
    return false
  }
