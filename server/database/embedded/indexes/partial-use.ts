import { compileMatch } from '../query/match.ts'
import { isOperatorDocument } from '../query/operator-document.ts'
import { compareValues, equalValues, typeRank } from '../values/order.ts'
import { type Document, isDocument, ObjectId, type Value } from '../values/value.ts'
import { type Predicate } from './predicates.ts'

type Fields = ReadonlyMap<string, readonly Predicate[]>

/**
 * Whether every document that fulfils the conditions is in an index with this partial filter. Sure when true: each
 * condition of the filter is restated, or follows from a value or bound that the query gives.
 */
export function implies(fields: Fields, partial: Document): boolean {
  return [...partial].every(([path, condition]) => {
    if (path === '$and' && Array.isArray(condition)) {
      return condition.every(filter => isDocument(filter) && implies(fields, filter))
    }
    const predicates = fields.get(path)
    if (path.startsWith('$') || !predicates) return false
    const conditions: readonly (readonly [string, Value])[] = isOperatorDocument(condition)
      ? [...condition]
      : [['$eq', condition]]
    return conditions.every(([operator, argument]) => follows(predicates, operator, argument))
  })
}

function follows(predicates: readonly Predicate[], operator: string, argument: Value): boolean {
  return predicates.some(
    predicate =>
      restates(predicate, operator, argument) ||
      valuesFulfil(predicate, operator, argument) ||
      existsBy(predicate, operator, argument) ||
      isWithin(predicate, operator, argument),
  )
}

const restates = (predicate: Predicate, operator: string, argument: Value) =>
  predicate.operator === operator &&
  predicate.options === undefined &&
  equalValues(predicate.argument, argument)

/** The query names the values, and each of them fulfils the condition. */
function valuesFulfil({ operator, argument }: Predicate, condition: string, wanted: Value): boolean {
  const values =
    operator === '$eq' ? [argument] : operator === '$in' && Array.isArray(argument) ? argument : []
  // Null is also met by a missing field, and an array by its elements: neither says what the document holds.
  if (values.length === 0 || !values.every(isPlainScalar)) return false
  const matches = compileMatch(new Map([['value', new Map([[condition, wanted]])]]))
  return values.every(value => matches(new Map([['value', value]])))
}

const isPlainScalar = (value: Value) =>
  typeof value !== 'object' || value instanceof Date || value instanceof ObjectId

const impliesPresence: ReadonlySet<string> = new Set(['$gt', '$gte', '$lt', '$lte', '$type'])

/** A comparison with anything but null is met only by a field that is there. */
const existsBy = ({ operator, argument }: Predicate, condition: string, wanted: Value) =>
  condition === '$exists' && wanted === true && impliesPresence.has(operator) && argument !== null

/** The query's bound lies inside the condition's. */
function isWithin({ operator, argument }: Predicate, condition: string, wanted: Value): boolean {
  if (typeRank(argument) !== typeRank(wanted) || argument === null) return false
  const strict = condition === '$gt' || condition === '$lt'
  const order = compareValues(argument, wanted)
  const inside = (direction: 1 | -1) =>
    order * direction > 0 || (order === 0 && (!strict || operator === condition))
  if (condition.startsWith('$gt')) return operator.startsWith('$gt') && inside(1)
  if (condition.startsWith('$lt')) return operator.startsWith('$lt') && inside(-1)
  return false
}
