import { MongoError } from '../errors.ts'
import { isOperatorDocument } from '../query/operator-document.ts'
import { type Test } from '../query/path.ts'
import { cloneValue } from '../values/clone.ts'
import { type Document, isDocument, RegularExpression, type Value } from '../values/value.ts'
import { parseUpdatePath } from './update-path.ts'
import { visit } from './visit.ts'

/**
 * The document that an upsert starts from: the fields that the filter says are equal to something.
 * Throws `MongoError` 54 (NotSingleValueField) when it says so of one path twice.
 */
export function upsertBase(filter: Document): Document {
  const document: Document = new Map()
  const seen: string[] = []
  for (const [path, value] of equalities(filter)) {
    if (seen.some(other => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))) {
      throw new MongoError(
        54,
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      )
    }
    seen.push(path)
    const resolution = { matchedIndex: undefined, arrayFilters: new Map<string, Test>(), creates: true }
    visit(document, parseUpdatePath(path), resolution, place => place.write(cloneValue(value)))
  }
  return document
}

function equalities(filter: Document): [string, Value][] {
  return [...filter].flatMap(([name, argument]): [string, Value][] => {
    if (name === '$and' || (name === '$or' && Array.isArray(argument) && argument.length === 1)) {
      return Array.isArray(argument) ? argument.filter(isDocument).flatMap(equalities) : []
    }
    if (name.startsWith('$')) return []
    const value = equalTo(argument)
    return value === undefined ? [] : [[name, value]]
  })
}

/** The one value that a condition allows; undefined when it allows several. */
function equalTo(condition: Value): Value | undefined {
  if (condition instanceof RegularExpression) return undefined
  if (!isOperatorDocument(condition)) return condition
  const equal = condition.get('$eq')
  if (equal !== undefined) return equal
  const list = condition.get('$in') ?? condition.get('$all')
  const [only, second] = Array.isArray(list) ? list : []
  const isValue =
    only !== undefined &&
    second === undefined &&
    !isOperatorDocument(only) &&
    !(only instanceof RegularExpression)
  return isValue ? only : undefined
}
