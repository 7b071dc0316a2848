import { atLocation } from '../../errors.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { any, isNothing, type MaybeValue, named, one } from './arguments.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

/** The documents merged from left to right; those that are null or missing are passed over. */
export function mergeObjects(values: readonly MaybeValue[]): Document {
  const merged: Document = new Map()
  for (const value of values) {
    if (isNothing(value)) continue
    if (!isDocument(value)) throw atLocation(40400, '$mergeObjects requires object inputs')
    for (const [name, field] of value) merged.set(name, field)
  }
  return merged
}

function objectToArray(value: MaybeValue): MaybeValue {
  if (isNothing(value)) return null
  if (!isDocument(value)) throw atLocation(40390, '$objectToArray requires a document input')
  return [...value].map(
    ([name, field]): Value =>
      new Map<string, Value>([
        ['k', name],
        ['v', field],
      ]),
  )
}

const getField: CompileOperator = (argument, compiler) => {
  const given: Document =
    isDocument(argument) && argument.has('field') ? argument : new Map([['field', argument]])
  const field = compiler.expression(given.get('field') ?? null)
  const input = compiler.expression(given.get('input') ?? '$$CURRENT')
  return root => {
    const name = field(root)
    if (typeof name !== 'string')
      throw atLocation(5654602, "$getField requires 'field' to evaluate to type String")
    const document = input(root)
    return isDocument(document) ? document.get(name) : isNothing(document) ? null : undefined
  }
}

function setField(input: MaybeValue, name: MaybeValue, value: MaybeValue): MaybeValue {
  if (isNothing(input)) return null
  if (!isDocument(input)) throw atLocation(4161105, "$setField requires 'input' to evaluate to type Object")
  if (typeof name !== 'string')
    throw atLocation(4161107, "$setField requires 'field' to evaluate to type String")
  const copy: Document = new Map(input)
  if (value === undefined) copy.delete(name)
  else copy.set(name, value)
  return copy
}

export const objects: OperatorTable = {
  $mergeObjects: any('$mergeObjects', values => {
    const [only] = values
    return mergeObjects(values.length === 1 && Array.isArray(only) ? only : values)
  }),
  $objectToArray: one('$objectToArray', objectToArray),
  $getField: getField,
  $setField: named('$setField', { required: ['field', 'input', 'value'] }, given =>
    setField(given('input'), given('field'), given('value')),
  ),
  $unsetField: named('$unsetField', { required: ['field', 'input'] }, given =>
    setField(given('input'), given('field'), undefined),
  ),
}
