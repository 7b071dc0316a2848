import { compileExpression } from '../aggregation/expressions/compile.ts'
import { newScope, type Scope } from '../aggregation/expressions/scope.ts'
import { isTrue } from '../aggregation/expressions/truth.ts'
import { badValue, MongoError } from '../errors.ts'
import { type Document, isDocument, RegularExpression, type Value } from '../values/value.ts'
import { each, every, type Matcher, onPath } from './condition.ts'
import { equals } from './equality.ts'
import { isOperatorDocument, isOperatorName } from './operator-document.ts'
import { compileOperators } from './operators.ts'
import { matchesPattern } from './pattern.ts'

/**
 * Checks a filter once and gives the function that tells whether a document matches it.
 * `scope` holds the variables of `$expr`; without one there are none but the system's.
 * Throws `MongoError` 2 (BadValue) for an operator that is unknown or used wrongly.
 */
export function compileMatch(filter: Document, scope: Scope = newScope()): Matcher {
  const matchers: Matcher[] = []
  for (const [name, argument] of filter) {
    matchers.push(
      isOperatorName(name) ? compileLogical(name, argument, scope) : compilePath(name, argument, scope),
    )
  }
  return every(matchers)
}

function compilePath(path: string, argument: Value, scope: Scope): Matcher {
  if (isOperatorDocument(argument))
    return onPath(
      path,
      compileOperators(argument, inner => compileMatch(inner, scope)),
    )
  return onPath(
    path,
    each(argument instanceof RegularExpression ? matchesPattern(argument) : equals(argument)),
  )
}

/** The operators that stand at the top of a filter. */
export const topOperators: readonly string[] = [
  '$and',
  '$or',
  '$nor',
  '$expr',
  '$comment',
  '$alwaysTrue',
  '$alwaysFalse',
]

function compileLogical(name: string, argument: Value, scope: Scope): Matcher {
  switch (name) {
    case '$and':
      return every(branches(name, argument, scope))
    case '$or': {
      const matchers = branches(name, argument, scope)
      return (document, position) => {
        for (const matches of matchers) if (matches(document, position)) return true
        return false
      }
    }
    case '$nor': {
      const matchers = branches(name, argument, scope)
      return document => {
        for (const matches of matchers) if (matches(document)) return false
        return true
      }
    }
    case '$expr': {
      const evaluate = compileExpression(argument, scope)
      return document => isTrue(evaluate(document))
    }
    case '$comment':
    case '$alwaysTrue':
      return () => true
    case '$alwaysFalse':
      return () => false
    case '$text':
      throw new MongoError(27, 'IndexNotFound', 'text index required for $text query')
    default:
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      )
  }
}

function branches(name: string, argument: Value, scope: Scope): Matcher[] {
  if (!Array.isArray(argument)) throw badValue(`${name} argument must be an array`)
  if (argument.length === 0) throw badValue(`${name} argument must be a non-empty array`)
  return argument.map(branch => {
    if (!isDocument(branch)) throw badValue(`${name} argument's entries must be objects`)
    return compileMatch(branch, scope)
  })
}
