import { compileExpression, expressionOperators } from '../aggregation/expressions/compile.ts'
import { newScope, type Scope } from '../aggregation/expressions/scope.ts'
import { atLocation, badValue } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Matcher } from './condition.ts'
import { compileMatch } from './match.ts'
import { elementTest } from './operators.ts'
import { type FieldPlan, keepOthers, keepPlanned, plant, type PlanTree } from './projection-tree.ts'

/** Gives the projected document; the one passed in is not changed, but parts of it are shared. */
type Projection = (document: Document) => Document

interface Plans {
  readonly tree: PlanTree
  readonly scope: Scope
  /** Whether the operators of `find` (`$slice`, `$elemMatch`, positional `$`) are taken. */
  readonly match: Matcher | undefined
  type: 'inclusion' | 'exclusion' | undefined
  /** `$elemMatch` fits both kinds and is an inclusion by itself. */
  picksElements: boolean
  /** What was said about `_id`, which fits both kinds. */
  keepsId: boolean | undefined
  /** Where the filter met the array, for the positional operator, for the document at hand. */
  position: { index: number | undefined }
  isPositional: boolean
}

const plansFor = (scope: Scope, match?: Matcher): Plans => ({
  tree: new Map(),
  scope,
  match,
  type: undefined,
  picksElements: false,
  keepsId: undefined,
  position: { index: undefined },
  isPositional: false,
})

/**
 * The projection of a `find`: inclusion or exclusion, `$slice`, `$elemMatch`, positional `$` and expressions.
 * `match` is the query's matcher, which the positional operator asks for the place in the array.
 * Throws `MongoError` 31253 or 31254 for a mixture of inclusion and exclusion.
 */
export function compileProjection(
  specification: Document,
  match: Matcher,
  scope: Scope = newScope(),
): Projection {
  const plans = plansFor(scope, match)
  for (const [path, value] of specification) planFindField(plans, path, value)
  const project = finish(plans)
  if (!plans.isPositional) return project
  return document => {
    plans.position.index = undefined
    match(document, plans.position)
    return project(document)
  }
}

/** The projection of a `$project` stage: inclusion with expressions, or exclusion. */
export function compileProjectStage(specification: Document, scope: Scope): Projection {
  if (specification.size === 0)
    throw atLocation(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    )
  const plans = plansFor(scope)
  for (const [path, value] of specification) planField(plans, path, value)
  return finish(plans)
}

function finish(plans: Plans): Projection {
  const { tree } = plans
  const type = plans.type ?? (plans.keepsId || plans.picksElements ? 'inclusion' : 'exclusion')
  if (type === 'inclusion') {
    if (plans.keepsId !== false && !tree.has('_id')) tree.set('_id', { kind: 'include' })
    return document => keepPlanned(document, tree, document)
  }
  if (plans.keepsId === false) tree.set('_id', { kind: 'exclude' })
  if (tree.size === 0) return document => document
  return document => keepOthers(document, tree, document)
}

function settle(plans: Plans, type: 'inclusion' | 'exclusion', path: string): void {
  if (plans.type && plans.type !== type) {
    const [code, words] =
      type === 'exclusion' ? ([31254, 'exclusion'] as const) : ([31253, 'inclusion'] as const)
    throw atLocation(code, `Cannot do ${words} on field ${path} in ${plans.type} projection`)
  }
  plans.type = type
}

function planFindField(plans: Plans, path: string, value: Value): void {
  if (path === '$' || path.endsWith('.$')) {
    planPositional(plans, path.slice(0, -2))
    return
  }
  if (path.startsWith('$'))
    throw atLocation(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField. Found: ${path}`,
    )
  const [operator] = isDocument(value) && value.size === 1 ? value : []
  switch (operator?.[0]) {
    case '$slice':
      planSlice(plans, path, operator[1], value)
      break
    case '$elemMatch': {
      plans.picksElements = true
      const test = elementTest(operator[1], filter => compileMatch(filter, plans.scope))
      const first = (array: Value) =>
        Array.isArray(array) ? array.find(element => test(element)) : undefined
      if (path.includes('.')) throw atLocation(31275, 'Cannot use $elemMatch projection on a nested field')
      plant(plans.tree, path, { kind: 'change', change: array => wrapped(first(array)) })
      break
    }
    case '$meta':
      throw badValue('$meta projections are not supported')
    default:
      planField(plans, path, value)
  }
}

const wrapped = (element: Value | undefined) => (element === undefined ? undefined : [element])

function planPositional(plans: Plans, path: string): void {
  if (plans.isPositional)
    throw atLocation(31276, 'Cannot specify more than one positional projection per query.')
  settle(plans, 'inclusion', path)
  plans.isPositional = true
  const change = (array: Value) => {
    if (!Array.isArray(array)) return array
    const { index } = plans.position
    const element = index === undefined ? undefined : array[index]
    if (element === undefined) {
      throw atLocation(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      )
    }
    return [element]
  }
  plant(plans.tree, path, { kind: 'change', change })
}

/** `$slice` with numbers works on the stored array; with anything else it is the expression of that name. */
function planSlice(plans: Plans, path: string, argument: Value, whole: Value): void {
  const numbers = Array.isArray(argument) ? argument : [argument]
  if (!numbers.every(isNumber)) {
    planField(plans, path, whole)
    return
  }
  const [first = 0, count] = numbers.map(asNumber)
  if (numbers.length > 2 || (count !== undefined && count <= 0))
    throw atLocation(
      28724,
      'First argument to $slice must be an array, or its second number must be positive',
    )
  plant(plans.tree, path, {
    kind: 'change',
    change: array => (Array.isArray(array) ? sliced(array, first, count) : array),
  })
}

function sliced(array: readonly Value[], first: number, count: number | undefined): Value[] {
  if (count === undefined) return first < 0 ? array.slice(first) : array.slice(0, first)
  const start = first < 0 ? Math.max(0, array.length + first) : first
  return array.slice(start, start + count)
}

function planField(plans: Plans, path: string, value: Value): void {
  if (typeof value === 'boolean' || isNumber(value)) {
    planFlag(plans, path, typeof value === 'boolean' ? value : asNumber(value) !== 0)
  } else if (isDocument(value) && !firstName(value).startsWith('$')) {
    if (value.size === 0)
      throw atLocation(51270, 'An empty sub-projection is not a valid value. Found empty object at path')
    for (const [name, inner] of value) planField(plans, `${path}.${name}`, inner)
  } else {
    settle(plans, 'inclusion', path)
    refuseUnknown(value)
    const plan: FieldPlan = { kind: 'compute', compute: compileExpression(value, plans.scope) }
    plant(plans.tree, path, plan)
  }
}

/** A projection says it in other words than the rest of the pipeline. */
function refuseUnknown(value: Value): void {
  const name = isDocument(value) ? firstName(value) : ''
  if (name.startsWith('$') && !expressionOperators.includes(name))
    throw atLocation(31325, `Unknown expression ${name}`)
}

const firstName = (document: Document) => [...document.keys()][0] ?? ''

function planFlag(plans: Plans, path: string, keep: boolean): void {
  if (path === '_id') {
    plans.keepsId = keep
    return
  }
  settle(plans, keep ? 'inclusion' : 'exclusion', path)
  plant(plans.tree, path, { kind: keep ? 'include' : 'exclude' })
}
