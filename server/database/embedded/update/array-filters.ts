import { failedToParse } from '../errors.ts'
import { compileMatch } from '../query/match.ts'
import { type Test } from '../query/path.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

/**
 * The tests behind the `$[identifier]` of an update, by identifier.
 * Throws `MongoError` 9 when a filter has no single identifier or two filters share one.
 */
export function compileArrayFilters(filters: readonly Document[]): ReadonlyMap<string, Test> {
  const tests = new Map<string, Test>()
  for (const filter of filters) {
    const identifier = identifierOf(filter)
    if (tests.has(identifier)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${identifier}`)
    }
    const matches = compileMatch(filter)
    tests.set(identifier, value => matches(new Map(value === undefined ? [] : [[identifier, value]])))
  }
  return tests
}

function identifierOf(filter: Document): string {
  const [identifier, second] = new Set(identifiersIn(filter))
  if (identifier === undefined)
    throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters')
  if (second !== undefined) {
    throw failedToParse(
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${identifier}' and '${second}'`,
    )
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
    throw failedToParse(
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
    )
  }
  return identifier
}

function identifiersIn(filter: Document): string[] {
  return [...filter].flatMap(([name, argument]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? '']
    return Array.isArray(argument)
      ? argument.flatMap((branch: Value) => (isDocument(branch) ? identifiersIn(branch) : []))
      : []
  })
}
