import { MongoError } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

/** An index that cannot be (67). */
export const cannotCreate = (message: string) => new MongoError(67, 'CannotCreateIndex', message)

const partialOperators: ReadonlySet<string> = new Set([
  '$eq',
  '$exists',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$type',
  '$in',
])

/**
 * Checks the `partialFilterExpression` of a specification.
 * @throws MongoError 14 or 67 for one that no server takes
 */
export function checkPartial(specification: Document): void {
  const partial = specification.get('partialFilterExpression')
  if (partial === undefined) return
  if (!isDocument(partial))
    throw new MongoError(14, 'TypeMismatch', "The field 'partialFilterExpression' must be an object")
  if (specification.has('sparse') && specification.get('sparse') !== false) {
    throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options')
  }
  checkPartialFilter(partial)
}

function checkPartialFilter(filter: Document): void {
  for (const [name, value] of filter) {
    if (name === '$and' || name === '$or') {
      if (Array.isArray(value)) for (const part of value) if (isDocument(part)) checkPartialFilter(part)
    } else if (name.startsWith('$')) throw unsupportedInPartial(name)
    else if (isDocument(value))
      for (const [operator, argument] of value) checkPartialOperator(operator, argument)
  }
}

function checkPartialOperator(operator: string, argument: Value): void {
  if (!operator.startsWith('$')) return
  const negated =
    operator === '$exists' && (argument === false || (isNumber(argument) && asNumber(argument) === 0))
  if (!partialOperators.has(operator) || negated)
    throw unsupportedInPartial(negated ? '$exists: false' : operator)
}

const unsupportedInPartial = (operator: string) =>
  cannotCreate(`Expression not supported in partial index: ${operator}`)
