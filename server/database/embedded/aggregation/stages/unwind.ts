import { atLocation } from '../../errors.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { pathNames } from '../expressions/field-path.ts'
import { type Stage } from '../pipeline-context.ts'

interface Unwind {
  readonly names: readonly string[]
  readonly indexField: readonly string[] | undefined
  readonly keepsEmpty: boolean
}

function parseUnwind(argument: Value): Unwind {
  const given: ReadonlyMap<string, Value> = isDocument(argument) ? argument : new Map([['path', argument]])
  for (const key of given.keys()) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key))
      throw atLocation(28811, `unrecognized option to $unwind stage: ${key}`)
  }
  const path = given.get('path')
  if (typeof path !== 'string') throw atLocation(28808, 'expected a string as the path for $unwind stage')
  if (!path.startsWith('$'))
    throw atLocation(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`)
  const index = given.get('includeArrayIndex')
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw atLocation(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage')
  if (index?.startsWith('$'))
    throw atLocation(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    )
  const keep = given.get('preserveNullAndEmptyArrays') ?? false
  if (typeof keep !== 'boolean')
    throw atLocation(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage')
  return {
    names: pathNames(path.slice(1)),
    indexField: index === undefined ? undefined : pathNames(index),
    keepsEmpty: keep,
  }
}

/** `$unwind`: one document for each element; what is no array counts as its only element. */
export function compileUnwind(argument: Value): Stage {
  const unwind = parseUnwind(argument)
  return function* unwound(input) {
    for (const document of input) yield* elementsOf(document, unwind)
  }
}

function* elementsOf(document: Document, { names, indexField, keepsEmpty }: Unwind): Generator<Document> {
  const value = valueAt(document, names)
  if (Array.isArray(value) && value.length > 0) {
    for (const [index, element] of value.entries()) {
      const result = withField(document, names, element)
      yield indexField ? withField(result, indexField, BigInt(index)) : result
    }
    return
  }
  const isEmpty = value === undefined || value === null || Array.isArray(value)
  if (isEmpty && !keepsEmpty) return
  const result = Array.isArray(value) ? withField(document, names, undefined) : document
  yield indexField ? withField(result, indexField, null) : result
}

/** The value that the path leads to through documents only. */
function valueAt(document: Document, names: readonly string[]): Value | undefined {
  let current: Value | undefined = document
  for (const name of names) {
    if (!isDocument(current)) return undefined
    current = current.get(name)
  }
  return current
}

/** A copy with one field set (removed for undefined); what is beside the path is shared with the original. */
export function withField(
  document: Document,
  names: readonly string[],
  value: Value | undefined,
  depth = 0,
): Document {
  const copy: Document = new Map(document)
  const name = names[depth] ?? ''
  if (depth === names.length - 1) {
    if (value === undefined) copy.delete(name)
    else copy.set(name, value)
    return copy
  }
  const inner = copy.get(name)
  if (value === undefined && !isDocument(inner)) return copy
  copy.set(name, withField(isDocument(inner) ? inner : new Map<string, Value>(), names, value, depth + 1))
  return copy
}
