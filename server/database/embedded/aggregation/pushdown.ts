import { isOperatorName } from '../query/operator-document.ts'
import { type Document, isDocument, RegularExpression, type Value } from '../values/value.ts'
import { isNothing } from './expressions/arguments.ts'
import { compileExpression } from './expressions/compile.ts'
import { type Evaluate, type Scope } from './expressions/scope.ts'

const noFields: Document = new Map()

/** Whether anything inside refers to a variable, so that it means nothing outside its pipeline. */
export function usesVariables(value: Value): boolean {
  if (typeof value === 'string') return value.startsWith('$$')
  if (Array.isArray(value)) return value.some(usesVariables)
  return isDocument(value) && [...value.values()].some(usesVariables)
}

/**
 * A plain filter that every match of the given filter meets: what can be asked of an index before the stage looks closer.
 * `$expr: { $eq: ['$field', '$$variable'] }` becomes an equality with the variable's value at that moment.
 */
export function plainFilter(filter: Document, scope: Scope): () => Document {
  const [plain, equalities] = [new Map<string, Value>(), [] as Equality[]]
  for (const [name, argument] of filter) {
    if (name === '$expr') equalities.push(...equalitiesIn(argument, scope))
    else if (name === '$and' && Array.isArray(argument)) {
      for (const branch of argument)
        if (isDocument(branch)) equalities.push(...equalitiesIn(branch.get('$expr') ?? null, scope))
      if (!usesVariables(argument)) plain.set(name, argument)
    } else if (!usesVariables(argument) || !isOperatorName(name)) plain.set(name, argument)
  }
  if (equalities.length === 0) return () => plain
  return () => {
    const conditions = equalities.flatMap(({ path, evaluate }) => conditionFor(path, evaluate(noFields)))
    return conditions.length === 0
      ? plain
      : new Map<string, Value>([['$and', plain.size > 0 ? [plain, ...conditions] : conditions]])
  }
}

interface Equality {
  readonly path: string
  readonly evaluate: Evaluate
}

/** An expression's equality is closer than a filter's, which opens arrays; only where the value is plain do they agree enough. */
function conditionFor(path: string, value: Value | undefined): Document[] {
  if (isNothing(value) || Array.isArray(value) || value instanceof RegularExpression) return []
  return [new Map([[path, new Map([['$eq', value]])]])]
}

function equalitiesIn(expression: Value, scope: Scope): Equality[] {
  if (!isDocument(expression)) return []
  const conditions = expression.get('$and')
  if (Array.isArray(conditions)) return conditions.flatMap(condition => equalitiesIn(condition, scope))
  const sides = expression.get('$eq')
  if (!Array.isArray(sides) || sides.length !== 2) return []
  const path = sides.find(isFieldPath)
  const other = sides.find(side => side !== path)
  if (path === undefined || typeof other !== 'string' || !/^\$\$[a-z]/.test(other)) return []
  return [{ path: path.slice(1), evaluate: compileExpression(other, scope) }]
}

// A number in an expression's path is a field name, in a filter's also an index: still a wider question.
const isFieldPath = (side: Value): side is string =>
  typeof side === 'string' && side.startsWith('$') && !side.startsWith('$$')
