import { badValue, failedToParse, typeMismatch } from '../errors.ts'
import { compileMatch } from '../query/match.ts'
import { isOperatorDocument } from '../query/operator-document.ts'
import { elementTest } from '../query/operators.ts'
import { type Test } from '../query/path.ts'
import { matchesPattern } from '../query/pattern.ts'
import { typeName } from '../query/type-alias.ts'
import { cloneValue } from '../values/clone.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { equalValues } from '../values/order.ts'
import { isDocument, RegularExpression, type Value } from '../values/value.ts'
import { type Change, type UpdateOperator } from './operator.ts'
import { pushOperator } from './push.ts'

/** The values that `$each` lists, or the one value given. */
function eachOf(argument: Value): readonly Value[] {
  if (!isDocument(argument) || !argument.has('$each')) return [argument]
  const each = argument.get('$each') ?? null
  if (!Array.isArray(each)) {
    throw typeMismatch(
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
    )
  }
  if (argument.size > 1) throw badValue(`Found unexpected fields after $each in $addToSet`)
  return each
}

function addToSet(argument: Value, path: string): Change {
  const additions = eachOf(argument)
  return place => {
    const value = place.read() ?? []
    if (!Array.isArray(value)) {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(value)}`,
      )
    }
    const result = [...value]
    for (const addition of additions) {
      if (!result.some(element => equalValues(element, addition))) result.push(cloneValue(addition))
    }
    place.write(result)
  }
}

/** Changes an array that is there; a missing field stays missing. */
const onArray =
  (refusal: (value: Value) => Error, change: (array: Value[]) => Value[]): Change =>
  place => {
    const value = place.read()
    if (value === undefined) return
    if (!Array.isArray(value)) throw refusal(value)
    place.write(change(value))
  }

function pop(argument: Value, path: string): Change {
  const end = isNumber(argument) ? asNumber(argument) : undefined
  if (end === undefined) throw failedToParse(`Expected a number in: ${path}`)
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${end}`)
  return onArray(
    value => typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(value)}'`),
    array => (end === 1 ? array.slice(0, -1) : array.slice(1)),
  )
}

const notAnArray = () => badValue('Cannot apply $pull to a non-array value')

function pullAll(argument: Value): Change {
  if (!Array.isArray(argument))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`)
  return onArray(notAnArray, array =>
    array.filter(element => !argument.some(unwanted => equalValues(element, unwanted))),
  )
}

function pull(argument: Value): Change {
  const test = pullTest(argument)
  return onArray(notAnArray, array => array.filter(element => !test(element)))
}

/** A document without operators is a filter for the documents in the array, so their other fields do not matter. */
function pullTest(argument: Value): Test {
  if (argument instanceof RegularExpression) return matchesPattern(argument)
  if (!isDocument(argument)) return value => equalValues(value, argument)
  if (isOperatorDocument(argument)) return elementTest(argument, compileMatch)
  const matches = compileMatch(argument)
  return value => isDocument(value) && matches(value)
}

export const arrayOperators = {
  $push: pushOperator,
  $addToSet: { creates: true, prepare: addToSet },
  $pop: { creates: false, prepare: pop },
  $pull: { creates: false, prepare: pull },
  $pullAll: { creates: false, prepare: pullAll },
} as const satisfies Readonly<Record<string, UpdateOperator>>
