import { MongoError, badValue } from '../errors.ts'
import { type Index } from '../indexes/index-definition.ts'
import { hintedRange } from '../indexes/hinted-range.ts'
import { type Plan, planQuery } from '../indexes/plan.ts'
import { type Scope } from '../aggregation/expressions/scope.ts'
import { type Matcher } from '../query/condition.ts'
import { compileMatch } from '../query/match.ts'
import { type MatchPosition } from '../query/path.ts'
import { type Sort, compileSort } from '../query/sort.ts'
import { snapshotUnavailable, type Transaction } from '../transactions/transaction.ts'
import { decodeDocument } from '../values/decode.ts'
import { type KeyPart } from '../values/key.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Candidate, candidatesOf, type ReadTally } from './candidates.ts'
import { type Collection } from './collection.ts'
import { type Engine } from './engine.ts'

export interface Query {
  readonly filter: Document
  readonly sort?: Document | undefined
  readonly skip?: number | undefined
  /** 0: all. */
  readonly limit?: number | undefined
  readonly hint?: Value | undefined
  /** The part of the hinted index to read: from `min` on, up to and without `max`. */
  readonly min?: Document | undefined
  readonly max?: Document | undefined
  readonly scope?: Scope | undefined
  /** The compiled filter, where the caller has it. */
  readonly match?: Matcher | undefined
  readonly transaction?: Transaction | undefined
}

/** A match. Its document is decoded when somebody asks for it. */
export interface Hit extends Candidate {
  readonly document: Document
  /** Where the filter met an array: the positional `$`. */
  readonly position: MatchPosition
}

interface RunningQuery {
  readonly plan: Plan
  readonly tally: ReadTally
  readonly hits: Generator<Hit>
}

/** Memory that an in-memory sort may hold, as the server's own limit without a disk. */
const maxSortBytes = 100 * 1024 * 1024

/**
 * Plans a query and gives its matches one by one, as they are asked for.
 * @throws MongoError for a filter, sort or hint that is wrong, before anything is read
 */
export function runQuery(engine: Engine, collection: Collection, query: Query): RunningQuery {
  const { transaction, filter } = query
  checkSnapshot(collection, transaction)
  const { sort, natural } = wantedOrder(query)
  const hint = natural === undefined ? hintedIndex(collection, query.hint) : 'none'
  const range = hintedRange(hint, query)
  const plan = planQuery({ indexes: collection.indexes, filter, sort: sort?.fields ?? [], hint, range })
  const tally = { keysExamined: 0, documentsExamined: 0 }
  const { deadline, store } = engine
  const source = { collection, view: transaction?.snapshot ?? store, transaction, tally, deadline }
  const hasOwn = (transaction?.overlay.get(collection)?.size ?? 0) > 0
  const candidates = candidatesOf(source, plan, natural === -1)
  const matches = matching(candidates, query, plan.kind === 'index' && plan.exact && !hasOwn)
  // A transaction's own documents come behind the stored ones, whatever the index says.
  const sorts = sort !== undefined && (!plan.sorted || hasOwn)
  return { plan, tally, hits: sorts ? inOrder(matches, sort, query) : paged(matches, query) }
}

/** @throws MongoError 246 when the collection's catalog entry is newer than the transaction's snapshot */
function checkSnapshot(collection: Collection, transaction: Transaction | undefined): void {
  if (!transaction || collection.pending || collection.changedAt <= transaction.sequence) return
  throw snapshotUnavailable(collection.namespace)
}

/** The order to sort by, or the natural one that the sort or the hint names. */
function wantedOrder({ sort, hint }: Query): { readonly sort?: Sort; readonly natural?: 1 | -1 } {
  const natural = naturalOrder(sort) ?? (isDocument(hint) ? naturalOrder(hint) : undefined)
  const compiled = sort && sort.size > 0 && naturalOrder(sort) === undefined ? compileSort(sort) : undefined
  return { ...(compiled && { sort: compiled }), ...(natural !== undefined && { natural }) }
}

function* matching(
  candidates: Iterable<Candidate>,
  { filter, scope, match }: Query,
  decided: boolean,
): Generator<Hit> {
  const matches = filter.size === 0 || decided ? undefined : (match ?? compileMatch(filter, scope))
  for (const candidate of candidates) {
    const hit = new LazyHit(candidate)
    if (!matches || matches(hit.document, hit.position)) yield hit
  }
}

class LazyHit implements Hit {
  readonly recordId: number
  readonly bytes: Uint8Array
  readonly position: MatchPosition = { index: undefined }
  #document: Document | undefined

  constructor({ recordId, bytes }: Candidate) {
    this.recordId = recordId
    this.bytes = bytes
  }

  get document(): Document {
    return (this.#document ??= decodeDocument(this.bytes))
  }
}

function* paged(hits: Iterable<Hit>, { skip = 0, limit = 0 }: Query): Generator<Hit> {
  let at = 0
  for (const hit of hits) {
    if (at++ < skip) continue
    yield hit
    if (limit > 0 && at >= skip + limit) return
  }
}

interface SortedHit {
  readonly key: readonly KeyPart[]
  readonly candidate: Candidate
  readonly position: MatchPosition
  readonly arrival: number
}

/** Sorts in memory. With a limit only the first are kept. */
function* inOrder(hits: Iterable<Hit>, sort: Sort, { skip = 0, limit = 0 }: Query): Generator<Hit> {
  const wanted = limit > 0 ? skip + limit : Infinity
  const compare = (a: SortedHit, b: SortedHit) => sort.compareKeys(a.key, b.key) || a.arrival - b.arrival
  let kept: SortedHit[] = []
  let bytes = 0
  let arrival = 0
  for (const hit of hits) {
    kept.push({ key: sort.keyOf(hit.document), candidate: hit, position: hit.position, arrival: arrival++ })
    bytes += hit.bytes.length
    if (kept.length >= wanted * 2 + 1000) {
      kept = kept.sort(compare).slice(0, wanted)
      bytes = kept.reduce((sum, { candidate }) => sum + candidate.bytes.length, 0)
    }
    if (bytes > maxSortBytes) throw sortTooLarge()
  }
  for (const { candidate, position } of kept.sort(compare).slice(skip, wanted)) {
    yield new SortedLazyHit(candidate, position)
  }
}

class SortedLazyHit extends LazyHit {
  override readonly position: MatchPosition

  constructor(candidate: Candidate, position: MatchPosition) {
    super(candidate)
    this.position = position
  }
}

const sortTooLarge = () =>
  new MongoError(
    292,
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    'Sort exceeded memory limit of 104857600 bytes; an index on the sort fields answers it without sorting.',
  )

/** `{ $natural: 1 }` or -1, in a sort or a hint. */
function naturalOrder(order: Document | undefined): 1 | -1 | undefined {
  const natural = order?.get('$natural')
  if (natural === undefined) return undefined
  return isNumber(natural) && asNumber(natural) < 0 ? -1 : 1
}

/** @throws MongoError 2 when the hint names no index */
function hintedIndex(collection: Collection, hint: Value | undefined): Index | undefined {
  if (hint === undefined || hint === null || (isDocument(hint) && hint.size === 0)) return undefined
  const index =
    typeof hint === 'string'
      ? collection.index(hint)
      : isDocument(hint)
        ? collection.indexes.find(each => each.hasKey(hint))
        : undefined
  if (index && index.specification.get('hidden') !== true) return index
  throw badValue(
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  )
}
