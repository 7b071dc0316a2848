import { atLocation } from '../../errors.ts'
import { compareValues, typeRank } from '../../values/order.ts'
import { asNumber, isNumber } from '../../values/numbers.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { compileExpression } from '../expressions/compile.ts'
import { type Scope } from '../expressions/scope.ts'
import { HeldMemory } from '../memory-limit.ts'
import { type Stage, type StageContext } from '../pipeline-context.ts'
import { compileGroup, compileGroupFields, Group, type GroupFields } from './group.ts'
import { heldAll, compileSortStage } from './flow.ts'

const document = (entries: [string, Value][]): Document => new Map(entries)

const countEach = document([['count', document([['$sum', 1]])]])

/** `$sortByCount`: how often each value occurs, the most frequent first. */
export function compileSortByCount(argument: Value, context: StageContext): Stage {
  if (!isDocument(argument) && !(typeof argument === 'string' && argument.startsWith('$'))) {
    throw atLocation(
      40149,
      'the sortByCount field must be specified as a $-prefixed path or as an expression in an object',
    )
  }
  const group = compileGroup(document([['_id', argument], ...countEach]), context)
  const sort = compileSortStage(document([['count', -1]]), context)
  return input => sort(group(input))
}

function outputFields(output: Value | undefined, scope: Scope): GroupFields {
  if (output === undefined) return compileGroupFields(countEach, scope)
  if (!isDocument(output)) throw atLocation(40196, "The $bucket 'output' field must be an object")
  return compileGroupFields(output, scope)
}

function parseBoundaries(given: Value | undefined): Value[] {
  if (!Array.isArray(given)) throw atLocation(40200, "The $bucket 'boundaries' field must be an array")
  if (given.length < 2) throw atLocation(40192, "The $bucket 'boundaries' field must have at least 2 values")
  for (const [index, value] of given.entries()) {
    const before = given[index - 1]
    if (before === undefined) continue
    if (typeRank(before) !== typeRank(value))
      throw atLocation(40193, "All values in the the 'boundaries' option to $bucket must have the same type.")
    if (compareValues(before, value) >= 0)
      throw atLocation(
        40194,
        "The 'boundaries' option to $bucket must be sorted, and not contain duplicates.",
      )
  }
  return given
}

/** `$bucket`: groups between boundaries, the lower one included. */
export function compileBucket(argument: Value, { scope, port }: StageContext): Stage {
  if (!isDocument(argument)) throw atLocation(40201, 'Argument to $bucket stage must be an object')
  const valueOf = compileExpression(argument.get('groupBy') ?? null, scope)
  const boundaries = parseBoundaries(argument.get('boundaries'))
  const fallback = argument.get('default')
  const fields = outputFields(argument.get('output'), scope)
  return function* bucket(input) {
    const memory = new HeldMemory('$bucket', port.limits)
    const groups = new Map<number, Group>()
    for (const each of input) {
      const index = bucketOf(valueOf(each) ?? null, boundaries)
      if (index < 0 && fallback === undefined) {
        throw atLocation(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        )
      }
      const group =
        groups.get(index) ?? new Group((index < 0 ? fallback : boundaries[index]) ?? null, fields, memory)
      groups.set(index, group)
      group.add(each)
    }
    yield* [...groups.values()]
      .map(group => group.result(fields))
      .sort((a, b) => compareValues(a.get('_id'), b.get('_id')))
  }
}

function bucketOf(value: Value, boundaries: readonly Value[]): number {
  const above = boundaries.findIndex(boundary => compareValues(value, boundary) < 0)
  return above < 0 ? -1 : above - 1
}

/** `$bucketAuto`: groups of about the same size; equal values stay together. */
export function compileBucketAuto(argument: Value, { scope, port }: StageContext): Stage {
  if (!isDocument(argument)) throw atLocation(40240, 'The argument to $bucketAuto must be an object')
  if (argument.has('granularity')) throw atLocation(40257, "$bucketAuto 'granularity' is not supported")
  const valueOf = compileExpression(argument.get('groupBy') ?? null, scope)
  const given = argument.get('buckets')
  const count = given !== undefined && isNumber(given) ? asNumber(given) : NaN
  if (!Number.isInteger(count) || count < 1)
    throw atLocation(40243, "The $bucketAuto 'buckets' field must be greater than 0")
  const fields = outputFields(argument.get('output'), scope)
  return function* bucketAuto(input) {
    const memory = new HeldMemory('$bucketAuto', port.limits)
    const sorted = heldAll('$bucketAuto', input, port.limits)
      .map(each => ({ each, value: valueOf(each) ?? null }))
      .sort((a, b) => compareValues(a.value, b.value))
    const size = Math.max(1, Math.round(sorted.length / count))
    let start = 0
    for (let made = 1; start < sorted.length; made++) {
      const end = made === count ? sorted.length : endOfBucket(sorted, start + size)
      const [min, max] = [sorted[start]?.value ?? null, (sorted[end] ?? sorted[end - 1])?.value ?? null]
      const group = new Group(
        document([
          ['min', min],
          ['max', max],
        ]),
        fields,
        memory,
      )
      for (const { each } of sorted.slice(start, end)) group.add(each)
      yield group.result(fields)
      start = end
    }
  }
}

function endOfBucket(sorted: readonly { readonly value: Value }[], wanted: number): number {
  let end = Math.min(wanted, sorted.length)
  while (end < sorted.length && compareValues(sorted[end - 1]?.value, sorted[end]?.value) === 0) end += 1
  return end
}
