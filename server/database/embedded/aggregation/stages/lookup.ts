import { atLocation, failedToParse } from '../../errors.ts'
import { compileMatch } from '../../query/match.ts'
import { valuesAt } from '../../query/path.ts'
import { type Document, isDocument, RegularExpression, type Value } from '../../values/value.ts'
import { compileExpression } from '../expressions/compile.ts'
import { pathNames } from '../expressions/field-path.ts'
import { variableName } from '../expressions/iteration.ts'
import { declare, type Evaluate, type Scope } from '../expressions/scope.ts'
import { HeldMemory } from '../memory-limit.ts'
import { type InnerPipeline, type Stage, type StageContext } from '../pipeline-context.ts'
import { withField } from './unwind.ts'

const options = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline']

interface Join {
  readonly localField: string
  readonly foreignField: string
}

/** `$lookup`, joining by fields, by a pipeline, or by both. The join is asked of the collection, so its index can answer. */
export function compileLookup(argument: Value, context: StageContext): Stage {
  const given = parseLookup(argument)
  const from = text(given, 'from')
  const as = pathNames(text(given, 'as'))
  const join = joinOf(given)
  const { scope, settings } = declareVariables(given.get('let'), context.scope)
  const inner = context.compileInner(given.get('pipeline') ?? [], scope, '$lookup')
  if (!join && !given.has('pipeline'))
    throw failedToParse(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    )
  return function* lookup(input) {
    for (const document of input) {
      for (const { slot, evaluate } of settings) scope.slots[slot] = evaluate(document)
      yield withField(document, as, joined({ document, from, join, inner }, context))
    }
  }
}

interface Joining {
  readonly document: Document
  readonly from: string
  readonly join: Join | undefined
  readonly inner: InnerPipeline
}

function joined({ document, from, join, inner }: Joining, { port }: StageContext): Document[] {
  const memory = new HeldMemory('$lookup', port.limits)
  const filter = inner.filter()
  const wanted = join ? foreignFilter(document, join) : undefined
  const found = port.readCollection(from, wanted ? bothOf(wanted, filter) : filter)
  const result: Document[] = []
  for (const each of inner.run(wanted ? matching(found, wanted) : found)) result.push(memory.hold(each))
  return result
}

const bothOf = (a: Document, b: Document): Document =>
  b.size === 0 ? a : new Map<string, Value>([['$and', [a, b]]])

function* matching(documents: Iterable<Document>, filter: Document): Generator<Document> {
  const matches = compileMatch(filter)
  for (const document of documents) if (matches(document)) yield document
}

/** An array in the local field stands for its elements; a missing one for null. */
function foreignFilter(document: Document, { localField, foreignField }: Join): Document {
  const found = valuesAt(document, localField)
  const isList = found.length > 1 || Array.isArray(found[0])
  if (!isList) return new Map([[foreignField, equal(found[0] ?? null)]])
  const values = found.flatMap(value => (Array.isArray(value) ? value : [value]))
  // A regular expression in $in would be a pattern; here it is a value.
  if (values.some(value => value instanceof RegularExpression)) {
    return new Map([['$or', values.map((value): Document => new Map([[foreignField, equal(value)]]))]])
  }
  return new Map([[foreignField, new Map([['$in', values]])]])
}

const equal = (value: Value): Document => new Map([['$eq', value]])

function parseLookup(argument: Value): Document {
  if (!isDocument(argument)) throw failedToParse('the $lookup specification must be an Object')
  for (const key of argument.keys())
    if (!options.includes(key)) throw failedToParse(`unknown argument to $lookup: ${key}`)
  return argument
}

function text(given: Document, key: string): string {
  const value = given.get(key)
  if (typeof value !== 'string' || value === '')
    throw failedToParse(`$lookup argument '${key}' must be a non-empty string`)
  return value
}

function joinOf(given: Document): Join | undefined {
  if (!given.has('localField') && !given.has('foreignField')) return undefined
  if (!given.has('localField') || !given.has('foreignField'))
    throw failedToParse('$lookup requires both or neither of localField and foreignField to be specified')
  const join = { localField: text(given, 'localField'), foreignField: text(given, 'foreignField') }
  for (const field of Object.values(join)) pathNames(field)
  return join
}

function declareVariables(
  variables: Value | undefined,
  outer: Scope,
): { scope: Scope; settings: { slot: number; evaluate: Evaluate }[] } {
  if (variables === undefined) return { scope: outer, settings: [] }
  if (!isDocument(variables)) throw atLocation(9, '$lookup argument let must be an object')
  let scope = outer
  const settings: { slot: number; evaluate: Evaluate }[] = []
  for (const [name, expression] of variables) {
    const evaluate = compileExpression(expression, outer)
    const declared = declare(scope, variableName(name))
    scope = declared.scope
    settings.push({ slot: declared.slot, evaluate })
  }
  return { scope, settings }
}
