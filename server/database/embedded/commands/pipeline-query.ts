import { type Query } from '../engine/query.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'

export interface LeadingQuery {
  readonly query: Query
  /** What the pipeline does with the query's results. */
  readonly rest: readonly Document[]
}

/**
 * The stages at the head of a pipeline that a query with an index can answer: `$match`, then `$sort`, `$skip` and
 * `$limit`, each once and in this order.
 */
export function leadingQuery(pipeline: readonly Document[]): LeadingQuery {
  const matches: Document[] = []
  let at = 0
  for (
    let filter = stage(pipeline[at], '$match');
    isDocument(filter);
    filter = stage(pipeline[at], '$match')
  ) {
    matches.push(filter)
    at++
  }
  const sort = stage(pipeline[at], '$sort')
  if (isDocument(sort)) at++
  const skip = wholeNumber(stage(pipeline[at], '$skip'), 0)
  if (skip !== undefined) at++
  const limit = wholeNumber(stage(pipeline[at], '$limit'), 1)
  if (limit !== undefined) at++
  const query: Query = {
    filter: conjunction(matches),
    skip: skip ?? 0,
    limit: limit ?? 0,
    ...(isDocument(sort) && { sort }),
  }
  return { query, rest: pipeline.slice(at) }
}

const stage = (document: Document | undefined, name: string): Value | undefined =>
  document?.size === 1 ? document.get(name) : undefined

function conjunction(filters: readonly Document[]): Document {
  const [first, second] = filters
  if (!first) return new Map()
  return second ? new Map<string, Value>([['$and', [...filters]]]) : first
}

function wholeNumber(value: Value | undefined, least: number): number | undefined {
  if (!isNumber(value)) return undefined
  const number = asNumber(value)
  return Number.isInteger(number) && number >= least ? number : undefined
}
