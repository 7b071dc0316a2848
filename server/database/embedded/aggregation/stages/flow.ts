import { atLocation, failedToParse, MongoError } from '../../errors.ts'
import { compileMatch } from '../../query/match.ts'
import { compileSort } from '../../query/sort.ts'
import { asBigInt, isNumber } from '../../values/numbers.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { HeldMemory } from '../memory-limit.ts'
import { type Stage, type StageContext } from '../pipeline-context.ts'

/** `$match`. */
export function compileMatchStage(argument: Value, { scope }: StageContext): Stage {
  if (!isDocument(argument)) throw atLocation(15959, 'the match filter must be an expression in an object')
  const matches = compileMatch(argument, scope)
  return function* match(input) {
    for (const document of input) if (matches(document)) yield document
  }
}

/** `$sort`. */
export function compileSortStage(argument: Value, { port }: StageContext): Stage {
  if (!isDocument(argument)) throw atLocation(15973, 'the $sort key specification must be an object')
  if (argument.size === 0) throw atLocation(15976, '$sort stage must have at least one sort key')
  const sort = compileSort(argument)
  return function* sorted(input) {
    yield* sort.sorted(heldAll('Sort', input, port.limits))
  }
}

/** All documents of the input, counted against the limits. */
export function heldAll(
  stage: string,
  input: Iterable<Document>,
  limits: StageContext['port']['limits'],
): Document[] {
  const memory = new HeldMemory(stage, limits)
  const documents: Document[] = []
  for (const document of input) documents.push(memory.hold(document))
  return documents
}

/** The count of `$limit` or `$skip`. Throws `MongoError` 15957 to 15958 and 5107200 to 5107201 as the server does. */
export function stageCount(name: '$limit' | '$skip', argument: Value): number {
  const count = isNumber(argument) ? asBigInt(argument) : undefined
  const code = name === '$limit' ? 5107201 : 5107200
  if (count === undefined || count < 0n) {
    throw atLocation(code, `invalid argument to ${name} stage: Expected a non-negative number in: ${name}`)
  }
  if (count === 0n && name === '$limit') throw atLocation(15958, 'the limit must be positive')
  return Number(count)
}

/** `$limit`. */
export function compileLimit(argument: Value): Stage {
  const count = stageCount('$limit', argument)
  return function* limit(input) {
    let left = count
    for (const document of input) {
      yield document
      left -= 1
      if (left === 0) return
    }
  }
}

/** `$skip`. */
export function compileSkip(argument: Value): Stage {
  const count = stageCount('$skip', argument)
  return function* skip(input) {
    let left = count
    for (const document of input) {
      if (left > 0) left -= 1
      else yield document
    }
  }
}

/** `$count`: nothing when there is nothing to count. */
export function compileCount(argument: Value): Stage {
  if (typeof argument !== 'string' || argument === '')
    throw atLocation(40156, 'the count field must be a non-empty string')
  if (argument.startsWith('$')) throw atLocation(40158, 'the count field cannot be a $-prefixed path')
  if (argument.includes('.')) throw atLocation(40160, "the count field cannot contain '.'")
  return function* count(input) {
    let number = 0
    const documents = input[Symbol.iterator]()
    while (!documents.next().done) number += 1
    if (number > 0) yield new Map([[argument, number]])
  }
}

/** `$sample`: a reservoir, so that only the sample is held. */
export function compileSample(argument: Value, { port }: StageContext): Stage {
  const given = isDocument(argument) ? argument.get('size') : undefined
  const size = given !== undefined && isNumber(given) ? asBigInt(given) : undefined
  if (size === undefined || size < 0n)
    throw atLocation(28747, 'size argument to $sample must be a positive integer')
  return function* sample(input) {
    const memory = new HeldMemory('$sample', port.limits)
    const chosen: Document[] = []
    let seen = 0
    for (const document of input) {
      seen += 1
      if (chosen.length < size) chosen.push(memory.hold(document))
      else {
        const place = Math.floor(port.random() * seen)
        if (place < size) chosen[place] = document
      }
    }
    yield* chosen
  }
}

/** `$unionWith`: the other collection's documents after these. */
export function compileUnionWith(argument: Value, context: StageContext): Stage {
  const given: Document =
    typeof argument === 'string'
      ? new Map<string, Value>([['coll', argument]])
      : isDocument(argument)
        ? argument
        : new Map<string, Value>()
  const name = given.get('coll')
  if (typeof name !== 'string') throw failedToParse('$unionWith needs the name of a collection')
  for (const key of given.keys()) {
    if (key !== 'coll' && key !== 'pipeline')
      throw new MongoError(40415, 'Location40415', `BSON field '$unionWith.${key}' is an unknown field.`)
  }
  const inner = context.compileInner(given.get('pipeline') ?? [], context.scope, '$unionWith')
  return function* union(input) {
    yield* input
    yield* inner.run(context.port.readCollection(name, inner.filter()))
  }
}

/** `$facet`: the same input through several pipelines, each result an array. */
export function compileFacet(argument: Value, context: StageContext): Stage {
  if (!isDocument(argument) || argument.size === 0)
    throw atLocation(40169, 'the $facet specification must be a non-empty object')
  const facets = [...argument].map(([name, pipeline]) => {
    if (name.startsWith('$') || name.includes('.'))
      throw failedToParse(`FieldPath field names may not start with '$' or contain '.': ${name}`)
    return { name, run: context.compileInner(pipeline, context.scope, '$facet').run }
  })
  return function* facet(input) {
    const documents = heldAll('$facet', input, context.port.limits)
    yield new Map(
      facets.map(({ name, run }) => [name, heldAll('$facet', run(documents), context.port.limits)]),
    )
  }
}
