import { atLocation, MongoError } from '../../errors.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { arithmetic } from './arithmetic.ts'
import { arrays } from './arrays.ts'
import { comparison } from './comparison.ts'
import { conditional } from './conditional.ts'
import { conversion } from './conversion.ts'
import { dates } from './dates.ts'
import { compileFieldPath, compileVariable } from './field-path.ts'
import { iteration } from './iteration.ts'
import { objects } from './objects.ts'
import { patterns } from './patterns.ts'
import { type Compiler, type Evaluate, type OperatorTable, type Scope } from './scope.ts'
import { sets } from './sets.ts'
import { statistics } from './statistics.ts'
import { text } from './text.ts'

const literal: OperatorTable = { $literal: argument => () => argument, $const: argument => () => argument }

const operators: OperatorTable = {
  ...arithmetic,
  ...arrays,
  ...comparison,
  ...conditional,
  ...conversion,
  ...dates,
  ...iteration,
  ...literal,
  ...objects,
  ...patterns,
  ...sets,
  ...statistics,
  ...text,
}

/** The names of the expression operators that the engine takes. */
export const expressionOperators: readonly string[] = Object.keys(operators)

/**
 * Checks an expression once and gives the function that computes it for a document.
 * Throws `MongoError` 168 (InvalidPipelineOperator) for an operator that is not known.
 */
export function compileExpression(expression: Value, scope: Scope): Evaluate {
  if (typeof expression === 'string') return compileText(expression, scope)
  if (Array.isArray(expression)) return compileArray(expression, scope)
  return isDocument(expression) ? compileDocument(expression, scope) : () => expression
}

function compileText(expression: string, scope: Scope): Evaluate {
  if (expression.startsWith('$$')) return compileVariable(expression, scope)
  return expression.startsWith('$') ? compileFieldPath(expression) : () => expression
}

function compileArray(expression: readonly Value[], scope: Scope): Evaluate {
  const elements = expression.map(element => compileExpression(element, scope))
  return root => elements.map(evaluate => evaluate(root) ?? null)
}

function compileDocument(expression: Document, scope: Scope): Evaluate {
  const [first] = expression
  if (first?.[0].startsWith('$')) return compileCall(expression, first, scope)
  const fields: [string, Evaluate][] = []
  for (const [name, value] of expression) {
    if (name.startsWith('$')) throw severalFields(expression)
    if (name.includes('.'))
      throw atLocation(
        16412,
        `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
      )
    fields.push([name, compileExpression(value, scope)])
  }
  return root => {
    const document: Document = new Map()
    for (const [name, evaluate] of fields) {
      const value = evaluate(root)
      if (value !== undefined) document.set(name, value)
    }
    return document
  }
}

function compileCall(
  expression: Document,
  [name, argument]: readonly [string, Value],
  scope: Scope,
): Evaluate {
  if (expression.size !== 1) throw severalFields(expression)
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!operator) throw new MongoError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`)
  const compiler: Compiler = {
    scope,
    expression: (inner, innerScope = scope) => compileExpression(inner, innerScope),
  }
  return operator(argument, compiler)
}

const severalFields = (expression: Document) =>
  atLocation(
    15983,
    `An object representing an expression must have exactly one field: { ${[...expression.keys()].join(', ')} }`,
  )
