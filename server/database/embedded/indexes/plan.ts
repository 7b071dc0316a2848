import { type SortField } from '../query/sort.ts'
import { type KeyRange } from '../storage/record-store.ts'
import { compareKeys, invertKey } from '../values/key.ts'
import { type Document } from '../values/value.ts'
import { boundsOf, type FieldBounds } from './intervals.ts'
import { everything, type Interval, join, mirrored, rangeOf } from './key-range.ts'
import { type Index } from './index-definition.ts'
import { implies } from './partial-use.ts'
import { type Demands, demandsOf, type Predicate } from './predicates.ts'

/** Reads part of one index. */
export interface IndexPlan {
  readonly kind: 'index'
  readonly index: Index
  /** In the order they are read. */
  readonly ranges: readonly KeyRange[]
  readonly reverse: boolean
  /** The records come in the wanted order. */
  readonly sorted: boolean
  /** The records are exactly the matches: nothing is left to check. */
  readonly exact: boolean
}

/** How the candidates of a query are found; the matcher decides on each of them. */
export type Plan =
  | IndexPlan
  | { readonly kind: 'union'; readonly parts: readonly IndexPlan[]; readonly sorted: boolean }
  | { readonly kind: 'scan'; readonly sorted: boolean }

interface PlanRequest {
  readonly indexes: readonly Index[]
  readonly filter: Document
  readonly sort: readonly SortField[]
  /** The index to use whatever it costs, or 'none' for a scan in natural order. */
  readonly hint?: Index | 'none' | undefined
  /** The part of the hinted index to read, in the place of what the filter says. */
  readonly range?: KeyRange | undefined
}

/** Chooses how to find the candidates: the index that narrows most, a union of them for `$or`, or a scan. */
export function planQuery({ indexes, filter, sort, hint, range }: PlanRequest): Plan {
  const scan: Plan = { kind: 'scan', sorted: sort.length === 0 }
  if (hint === 'none') return scan
  if (hint && range) return partOf(hint, range, sort)
  const demands = demandsOf(filter)
  if (hint) return bestOf([hint], demands, sort) ?? wholeIndex(hint, sort)
  const visible = indexes.filter(index => !index.hidden)
  return bestOf(visible, demands, sort) ?? unionPlan(visible, demands, sort) ?? scan
}

interface Rated {
  readonly plan: IndexPlan
  readonly score: number
}

function bestOf(
  indexes: readonly Index[],
  demands: Demands,
  sort: readonly SortField[],
): IndexPlan | undefined {
  let best: Rated | undefined
  for (const index of indexes) {
    const rated = planIndex(index, demands, sort)
    if (rated && (!best || rated.score > best.score)) best = rated
  }
  return best?.plan
}

function unionPlan(
  indexes: readonly Index[],
  { unions }: Demands,
  sort: readonly SortField[],
): Plan | undefined {
  for (const alternatives of unions) {
    const parts: IndexPlan[] = []
    for (const filter of alternatives) {
      const plan = planQuery({ indexes, filter, sort: [] })
      if (plan.kind === 'scan') break
      parts.push(...(plan.kind === 'union' ? plan.parts : [plan]))
      if (filter === alternatives.at(-1)) return { kind: 'union', parts, sorted: sort.length === 0 }
    }
  }
  return undefined
}

/** A hinted index that answers nothing of the filter is read from end to end, whatever it leaves out. */
function wholeIndex(index: Index, sort: readonly SortField[]): IndexPlan {
  const order = orderOf(index, sort, noFields)
  const ranges = [{ low: new Uint8Array(), high: null }]
  return {
    kind: 'index',
    index,
    ranges,
    reverse: order === 'backward',
    sorted: order !== 'other',
    exact: false,
  }
}

/** Of a part of the index an array shows only some of its keys, so the order of its first one is not known. */
function partOf(index: Index, range: KeyRange, sort: readonly SortField[]): IndexPlan {
  const plan = wholeIndex(index, sort)
  return {
    ...plan,
    ranges: [range],
    sorted: plan.sorted && !sort.some(({ path }) => index.crossesArray(path)),
  }
}

interface Narrowing {
  /** The encoded beginnings of the keys to read. */
  readonly prefixes: readonly Uint8Array[]
  /** Fields narrowed to one value. */
  readonly fixed: ReadonlySet<string>
  /** How many leading fields are narrowed to points; the tail narrows the one behind them. */
  readonly pointFields: number
  /** What is read of the component behind the prefix; undefined for all of it. */
  readonly tail: readonly Interval[] | undefined
}

const noFields: Narrowing = {
  prefixes: [new Uint8Array()],
  fixed: new Set(),
  pointFields: 0,
  tail: undefined,
}

function planIndex(index: Index, demands: Demands, sort: readonly SortField[]): Rated | undefined {
  if (index.partial && !implies(demands.fields, index.partial)) return undefined
  const narrowing = narrow(index, demands.fields)
  const narrowed = narrowing.pointFields > 0 || narrowing.tail !== undefined
  // A sparse index leaves out documents that have none of its fields; a condition on one of them makes that right.
  if (index.sparse && !narrowed) return undefined
  const order = orderOf(index, sort, narrowing)
  const sorted = order !== 'other'
  if (!narrowed && !(sort.length > 0 && sorted)) return undefined
  const reverse = order === 'backward'
  const tails = narrowing.tail ?? [everything]
  const ranges = narrowing.prefixes.flatMap(prefix => tails.map(tail => rangeOf(prefix, tail)))
  const plan: IndexPlan = {
    kind: 'index',
    index,
    ranges: reverse ? ranges.reverse() : ranges,
    reverse,
    sorted,
    exact: narrowing.pointFields > 0 && isIdLookup(index, demands),
  }
  return { plan, score: scoreOf(index, narrowing, sorted && sort.length > 0) }
}

function scoreOf(index: Index, { pointFields, tail }: Narrowing, sorts: boolean): number {
  const pinned = index.unique && pointFields === index.fields.length ? 100 : 0
  return pinned + pointFields * 10 + (tail ? 5 : 0) + (sorts ? 4 : 0) - index.fields.length / 100
}

/** `{ _id: value }` and nothing else. */
function isIdLookup(index: Index, { fields, complete }: Demands): boolean {
  const predicates = fields.get('_id')
  const only = complete && fields.size === 1 && predicates?.length === 1 && predicates[0]?.operator === '$eq'
  return only && index.name === '_id_'
}

const maxPrefixes = 500

function narrow(index: Index, fields: ReadonlyMap<string, readonly Predicate[]>): Narrowing {
  let prefixes: readonly Uint8Array[] = noFields.prefixes
  const fixed = new Set<string>()
  let pointFields = 0
  for (const field of index.fields) {
    const predicates = fields.get(field.path)
    if (!predicates || sharesArray(index, field.path, pointFields)) break
    const traits = { sparse: index.sparse, multikey: index.crossesArray(field.path) }
    const bounds = boundsOf(predicates, traits)
    if (!bounds) break
    if (bounds.kind === 'intervals')
      return { prefixes, fixed, pointFields, tail: directed(bounds.intervals, field.direction) }
    const points = distinctPoints(bounds, field.direction)
    if (prefixes.length * points.length > maxPrefixes) break
    prefixes = prefixes.flatMap(prefix => points.map(point => join(prefix, point)))
    if (points.length === 1) fixed.add(field.path)
    pointFields++
  }
  return { prefixes, fixed, pointFields, tail: undefined }
}

/** Two fields below one array: different elements may fulfil the two conditions, so only the first can be narrowed. */
function sharesArray(index: Index, path: string, narrowed: number): boolean {
  if (!index.crossesArray(path)) return false
  const root = rootOf(path)
  return index.fields
    .slice(0, narrowed)
    .some(field => index.crossesArray(field.path) && rootOf(field.path) === root)
}

const rootOf = (path: string) => path.split('.', 1)[0] ?? path

const directed = (intervals: readonly Interval[], direction: 1 | -1): readonly Interval[] =>
  direction === 1 ? intervals : intervals.map(mirrored).reverse()

function distinctPoints(
  { points }: Extract<FieldBounds, { kind: 'points' }>,
  direction: 1 | -1,
): readonly Uint8Array[] {
  const encoded = direction === 1 ? [...points] : points.map(invertKey)
  encoded.sort(compareKeys)
  return encoded.filter((point, at) => at === 0 || compareKeys(point, encoded[at - 1] ?? point) !== 0)
}

type Order = 'forward' | 'backward' | 'other'

/**
 * Whether reading the narrowed index one way or the other gives the wanted order. A document with an array is met first
 * under the key that it is sorted by, if all its keys are read.
 */
function orderOf(index: Index, sort: readonly SortField[], narrowing: Narrowing): Order {
  const { fixed, prefixes } = narrowing
  const isOneValue = (path: string) => fixed.has(path) && !index.crossesArray(path)
  const wanted = sort.filter(({ path }) => !isOneValue(path))
  if (wanted.length === 0) return 'forward'
  // Behind several prefixes each part is in order, their sequence is not.
  if (prefixes.length > 1 || wanted.some(({ path }) => readsInPart(index, path, narrowing))) return 'other'
  const free = index.fields.filter(field => !fixed.has(field.path))
  let turn = 0
  for (const [position, { path, direction }] of wanted.entries()) {
    const field = free[position]
    if (field?.path !== path) return 'other'
    const needed = direction * field.direction
    if (turn !== 0 && turn !== needed) return 'other'
    turn = needed
  }
  return turn < 0 ? 'backward' : 'forward'
}

/** Whether only some of the keys that a document may have because of this path are read. */
function readsInPart(index: Index, path: string, { pointFields, tail }: Narrowing): boolean {
  if (!index.crossesArray(path)) return false
  const root = rootOf(path)
  return index.fields
    .slice(0, tail ? pointFields + 1 : pointFields)
    .some(field => index.crossesArray(field.path) && rootOf(field.path) === root)
}
