import { failedToParse } from '../errors.ts'
import { type Scope } from '../aggregation/expressions/scope.ts'
import { compileMatch } from '../query/match.ts'
import { type Transaction } from '../transactions/transaction.ts'
import { encodeDocument } from '../values/encode.ts'
import { identicalValues } from '../values/order.ts'
import { type Document, type Value } from '../values/value.ts'
import { applyChanges, type Change } from './changes.ts'
import { type Collection } from './collection.ts'
import { type Engine } from './engine.ts'
import { type Hit, runQuery } from './query.ts'
import { asStored, checkedSize, type StoredDocument } from './stored-document.ts'
import { compileChange, type DocumentChange } from './document-change.ts'

/** Where and as whom a statement runs. */
export interface StatementPlace {
  readonly engine: Engine
  readonly namespace: string
  readonly scope: Scope
  /** The command's `let`. */
  readonly variables: ReadonlyMap<string, Value>
  readonly transaction: Transaction | undefined
}

/** What a write looks for. */
interface Selection {
  readonly filter: Document
  readonly sort?: Document | undefined
  readonly hint?: Value | undefined
}

/** Stores one document. */
export function insertOne(
  { engine, namespace, transaction }: StatementPlace,
  document: Document,
  bytes?: Uint8Array,
): void {
  const stored = checkedSize(asStored(document, engine.surroundings, bytes))
  insertStored(engine, engine.need(namespace, transaction), stored, transaction)
}

/** Stores several documents, or none. */
export function insertTogether(
  { engine, namespace, transaction }: StatementPlace,
  documents: readonly (readonly [Document, Uint8Array | undefined])[],
): void {
  const stored = documents.map(([document, bytes]) => asStored(document, engine.surroundings, bytes))
  const collection = engine.need(namespace, transaction)
  const changes = stored.map(after => ({
    recordId: engine.newRecordId(collection),
    before: undefined,
    after,
  }))
  applyChanges(engine, collection, changes, transaction)
}

function insertStored(
  engine: Engine,
  collection: Collection,
  stored: StoredDocument,
  transaction: Transaction | undefined,
): void {
  const change = { recordId: engine.newRecordId(collection), before: undefined, after: stored }
  applyChanges(engine, collection, [change], transaction)
}

export interface UpdateStatement extends Selection {
  /** Operators, a whole document, or a pipeline. */
  readonly update: Value
  readonly multi: boolean
  readonly upsert: boolean
  readonly arrayFilters: readonly Value[] | undefined
  /** Variables of the statement's own, for a pipeline. */
  readonly constants?: Document | undefined
}

interface UpdateOutcome {
  readonly matched: number
  readonly modified: number
  /** The `_id` of a document that was inserted. */
  readonly upserted?: Value
}

/** Changes one document or all that match; inserts one when none does and that is asked for. */
export function updateDocuments(place: StatementPlace, statement: UpdateStatement): UpdateOutcome {
  const change = compileChange(statement, place)
  if (statement.multi && change.replaces)
    throw failedToParse('multi update is not supported for replacement-style update')
  const { collection, hits } = select(place, statement, statement.multi ? 0 : 1)
  if (collection && hits.length > 0) {
    const changes = hits.map(hit => changeOf(hit, change)).filter(each => each !== undefined)
    checkLocks(place, collection, hits)
    applyChanges(place.engine, collection, changes, place.transaction)
    return { matched: hits.length, modified: changes.length }
  }
  if (!statement.upsert) return { matched: 0, modified: 0 }
  const { document } = upsert(place, statement, change)
  return { matched: 1, modified: 0, upserted: document.get('_id') ?? null }
}

/** A document that stays as it is is not written, but a transaction that holds it is still in the way. */
function checkLocks(
  { engine, transaction }: StatementPlace,
  collection: Collection,
  hits: readonly Hit[],
): void {
  for (const { recordId } of hits) engine.locks.check(collection, recordId, transaction)
}

function changeOf(hit: Hit, change: DocumentChange): Change | undefined {
  const document = change.apply(hit.document, hit.position.index)
  if (identicalValues(hit.document, document)) return undefined
  const after = checkedSize({ document, bytes: encodeDocument(document) })
  return { recordId: hit.recordId, before: hit.document, after }
}

function upsert(place: StatementPlace, statement: UpdateStatement, change: DocumentChange): StoredDocument {
  const { engine, transaction } = place
  const document = change.documentToInsert(statement.filter)
  const stored = checkedSize(asStored(document, engine.surroundings))
  insertStored(engine, engine.need(place.namespace, transaction), stored, transaction)
  return stored
}

interface Selected {
  readonly collection: Collection | undefined
  readonly hits: readonly Hit[]
}

function select(
  { engine, namespace, scope, transaction }: StatementPlace,
  { filter, sort, hint }: Selection,
  limit: number,
): Selected {
  const collection = engine.find(namespace, transaction)
  const match = compileMatch(filter, scope)
  if (!collection) return { collection, hits: [] }
  const query = { filter, sort, hint, scope, transaction, match, limit }
  return { collection, hits: [...runQuery(engine, collection, query).hits] }
}

/** Removes one document or all that match; the number removed. */
export function deleteDocuments(place: StatementPlace, selection: Selection, limit: 0 | 1): number {
  const { collection, hits } = select(place, selection, limit)
  if (!collection) return 0
  const changes = hits.map(({ recordId, document }) => ({ recordId, before: document, after: undefined }))
  applyChanges(place.engine, collection, changes, place.transaction)
  return hits.length
}

export interface ModifyOutcome {
  readonly before: Document | undefined
  readonly after: Document | undefined
  /** The `_id` of a document that was inserted. */
  readonly upserted?: Value
}

/** Removes the first match and gives it back. */
export function findAndRemove(place: StatementPlace, selection: Selection): ModifyOutcome {
  const { collection, hits } = select(place, selection, 1)
  const [hit] = hits
  if (!collection || !hit) return { before: undefined, after: undefined }
  applyChanges(
    place.engine,
    collection,
    [{ recordId: hit.recordId, before: hit.document, after: undefined }],
    place.transaction,
  )
  return { before: hit.document, after: undefined }
}

/** Changes the first match, or inserts where that is asked for; gives both states back. */
export function findAndUpdate(place: StatementPlace, statement: UpdateStatement): ModifyOutcome {
  const change = compileChange(statement, place)
  const { collection, hits } = select(place, statement, 1)
  const [hit] = hits
  if (collection && hit) {
    const found = changeOf(hit, change)
    checkLocks(place, collection, [hit])
    if (found) applyChanges(place.engine, collection, [found], place.transaction)
    return { before: hit.document, after: found?.after?.document ?? hit.document }
  }
  if (!statement.upsert) return { before: undefined, after: undefined }
  const { document } = upsert(place, statement, change)
  return { before: undefined, after: document, upserted: document.get('_id') ?? null }
}

/** @throws MongoError 9 for a `limit` that a delete cannot have */
export function deleteLimit(limit: number): 0 | 1 {
  if (limit === 0 || limit === 1) return limit
  throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`)
}
