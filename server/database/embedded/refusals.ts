import { allowed } from './allow-list.ts'
import { atLocation, badValue, failedToParse, MongoError } from './errors.ts'
import { isOperatorName } from './query/operator-document.ts'

/** Fields of a plain object or a Map; undefined for everything else, which is a value and no operator. */
function fieldsOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (value instanceof Map) return [...value].map(([name, inner]) => [String(name), inner as unknown])
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/**
 * Refuses a filter with an operator that the engine does not take, by name and with MongoDB's code (2).
 * Works on plain objects, so a product can ask before it sends a query to any server.
 */
export function assertAllowedFilter(filter: unknown): void {
  for (const [name, argument] of fieldsOf(filter) ?? []) {
    if (!isOperatorName(name)) assertAllowedCondition(argument)
    else if (!allowed.filters.has(name)) throw badValue(`unknown top level operator: ${name}`)
    else if (name === '$expr') assertAllowedExpression(argument)
    else if (name !== '$comment') listOf(argument).forEach(assertAllowedFilter)
  }
}

/** Refuses what stands behind a path; a document without operators is a value. */
function assertAllowedCondition(condition: unknown): void {
  const fields = fieldsOf(condition) ?? []
  if (!fields[0] || !isOperatorName(fields[0][0])) return
  for (const [name, argument] of fields) {
    if (!allowed.paths.has(name)) throw badValue(`unknown operator: ${name}`)
    if (name === '$not') assertAllowedCondition(argument)
    else if (name === '$elemMatch') assertAllowedElement(argument)
    else if (name === '$all') listOf(argument).forEach(assertAllowedCondition)
  }
}

function assertAllowedElement(argument: unknown): void {
  const [first] = fieldsOf(argument) ?? []
  if (first && allowed.paths.has(first[0])) assertAllowedCondition(argument)
  else assertAllowedFilter(argument)
}

/** Refuses an update with an operator (9) or, for a pipeline, a stage (72) that the engine does not take. */
export function assertAllowedUpdate(update: unknown): void {
  if (Array.isArray(update)) {
    for (const stage of update) {
      const { name, argument } = onlyField(stage)
      if (!allowed.updateStages.has(name))
        throw new MongoError(72, 'InvalidOptions', `${name} is not allowed to be used within an update`)
      assertAllowedFields(argument)
    }
    return
  }
  for (const [name, fields] of fieldsOf(update) ?? []) {
    if (!name.startsWith('$')) continue
    if (!allowed.updates.has(name))
      throw failedToParse(
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
    if (name === '$pull') for (const [, condition] of fieldsOf(fields) ?? []) assertAllowedElement(condition)
  }
}

/** Refuses a pipeline with a stage (40324), accumulator (15952) or expression (168) that the engine does not take. */
export function assertAllowedPipeline(pipeline: unknown): void {
  for (const stage of listOf(pipeline)) {
    const { name, argument } = onlyField(stage)
    if (!allowed.stages.has(name)) throw atLocation(40324, `Unrecognized pipeline stage name: '${name}'`)
    assertAllowedStage(name, argument)
  }
}

function onlyField(stage: unknown): { readonly name: string; readonly argument: unknown } {
  const [field, second] = fieldsOf(stage) ?? []
  if (!field || second)
    throw atLocation(40323, 'A pipeline stage specification object must contain exactly one field.')
  return { name: field[0], argument: field[1] }
}

const read = (value: unknown, key: string): unknown => fieldsOf(value)?.find(([name]) => name === key)?.[1]

function assertAllowedStage(name: string, argument: unknown): void {
  switch (name) {
    case '$match':
      assertAllowedFilter(argument)
      break
    case '$lookup':
    case '$unionWith':
      assertAllowedExpression(read(argument, 'let'))
      assertAllowedPipeline(read(argument, 'pipeline') ?? [])
      break
    case '$facet':
      for (const [, pipeline] of fieldsOf(argument) ?? []) assertAllowedPipeline(pipeline)
      break
    case '$graphLookup':
      assertAllowedFilter(read(argument, 'restrictSearchWithMatch'))
      assertAllowedExpression(read(argument, 'startWith'))
      break
    case '$group':
      assertAllowedGroup(argument)
      break
    case '$bucket':
    case '$bucketAuto':
      assertAllowedExpression(read(argument, 'groupBy'))
      assertAllowedGroup(read(argument, 'output'))
      break
    default:
      assertAllowedFields(argument)
  }
}

function assertAllowedGroup(fields: unknown): void {
  for (const [name, specification] of fieldsOf(fields) ?? []) {
    if (name === '_id') assertAllowedExpression(specification)
    else {
      const [[operator, argument] = ['', undefined]] = fieldsOf(specification) ?? []
      if (!allowed.accumulators.has(operator)) throw atLocation(15952, `unknown group operator '${operator}'`)
      assertAllowedFields(argument)
    }
  }
}

/** Stages that compute fields: their arguments are expressions, or fields that hold some. */
function assertAllowedFields(argument: unknown): void {
  if (Array.isArray(argument)) argument.forEach(assertAllowedFields)
  else if (operatorOf(argument)) assertAllowedExpression(argument)
  else for (const [, inner] of fieldsOf(argument) ?? []) assertAllowedExpression(inner)
}

const operatorOf = (value: unknown): string | undefined => {
  const [first] = fieldsOf(value) ?? []
  return first && isOperatorName(first[0]) ? first[0] : undefined
}

function assertAllowedExpression(expression: unknown): void {
  if (Array.isArray(expression)) {
    expression.forEach(assertAllowedExpression)
    return
  }
  const operator = operatorOf(expression)
  if (operator === '$literal') return
  if (operator && !allowed.expressions.has(operator)) {
    throw new MongoError(168, 'InvalidPipelineOperator', `Unrecognized expression '${operator}'`)
  }
  for (const [, argument] of fieldsOf(expression) ?? []) assertAllowedExpression(argument)
}

/** Refuses a projection with an operator that is neither one of `find` nor an expression. */
export function assertAllowedProjection(projection: unknown): void {
  for (const [, value] of fieldsOf(projection) ?? []) {
    if (read(value, '$elemMatch') !== undefined) assertAllowedElement(read(value, '$elemMatch'))
    else assertAllowedExpression(value)
  }
}

/** Refuses an index of a kind (67) or with an option (197) that the engine does not take. */
export function assertAllowedIndex(key: unknown, options: unknown = {}): void {
  for (const [field, direction] of fieldsOf(key) ?? []) {
    if (!allowed.indexDirections.has(direction)) {
      throw new MongoError(
        67,
        'CannotCreateIndex',
        `Unknown index plugin or direction for '${field}': ${JSON.stringify(direction)}`,
      )
    }
    if (field.includes('$**'))
      throw new MongoError(67, 'CannotCreateIndex', `Wildcard indexes are not supported: ${field}`)
  }
  for (const [option, value] of fieldsOf(options) ?? []) {
    if (!allowed.indexOptions.has(option)) {
      throw new MongoError(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification`,
      )
    }
    if (option === 'partialFilterExpression') assertAllowedFilter(value)
  }
}
