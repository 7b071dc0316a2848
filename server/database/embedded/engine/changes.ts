import { type Index, type IndexKey } from '../indexes/index-definition.ts'
import { keyName } from '../transactions/locks.ts'
import { type IndexEntry, type StoredRecord } from '../storage/record-store.ts'
import { MustWait, type Transaction } from '../transactions/transaction.ts'
import { stageInTransaction } from '../transactions/transaction-writes.ts'
import { type Document } from '../values/value.ts'
import { type Collection } from './collection.ts'
import { duplicateKey } from './duplicate-key.ts'
import { type Engine } from './engine.ts'
import { type StoredDocument } from './stored-document.ts'

/** What a statement does to one record: `before` is missing for a new one, `after` for one that goes. */
export interface Change {
  readonly recordId: number
  readonly before: Document | undefined
  readonly after: StoredDocument | undefined
}

/**
 * Writes all changes of one statement, or none: everything that can refuse is asked before the first write.
 * @throws MongoError 11000 for a key that another document holds, 112 in a transaction that comes too late
 * @throws MustWait when an open transaction holds a record or key
 */
export function applyChanges(
  engine: Engine,
  collection: Collection,
  changes: readonly Change[],
  transaction?: Transaction,
): void {
  if (transaction) {
    stageInTransaction(engine, collection, changes, transaction)
    return
  }
  for (const { recordId } of changes) engine.locks.check(collection, recordId, undefined)
  const plans = new Claims(engine, collection).plansFor(changes)
  if (changes.length > 1 && changes.every(({ before }) => before === undefined)) {
    insertAll(engine, collection, changes, plans)
    return
  }
  changes.forEach((change, at) => {
    write(engine, collection, change, plans[at] ?? [])
  })
}

/** Writes new records table by table. */
function insertAll(
  { store, locks }: Engine,
  collection: Collection,
  changes: readonly Change[],
  plans: readonly (readonly EntryPlan[])[],
): void {
  collection.indexes.forEach((index, at) => {
    store.putEntries(
      index.id,
      plans.flatMap((plan, change) => {
        const recordId = changes[change]?.recordId ?? 0
        return plan[at]?.added.map((key): IndexEntry => [key.bytes, recordId]) ?? []
      }),
    )
  })
  store.putRecords(
    collection.id,
    changes.flatMap(({ recordId, after }): StoredRecord[] => (after ? [[recordId, after.bytes]] : [])),
  )
  for (const { recordId, after } of changes) {
    countChange(collection, undefined, after)
    locks.wrote(collection, recordId)
  }
}

/** What changes in one index for one record. */
interface EntryPlan {
  readonly index: Index
  readonly removed: readonly IndexKey[]
  readonly added: readonly IndexKey[]
}

/** The unique keys that the statement's changes take and free, in their order. */
class Claims {
  readonly #engine: Engine
  readonly #collection: Collection
  /** The record that holds a key after the changes so far; undefined when it was freed. */
  readonly #holders = new Map<string, number | undefined>()

  constructor(engine: Engine, collection: Collection) {
    this.#engine = engine
    this.#collection = collection
  }

  plansFor(changes: readonly Change[]): readonly (readonly EntryPlan[])[] {
    return changes.map(change =>
      this.#collection.indexes.map(index => this.#plan(index, change, changes.length > 1)),
    )
  }

  #plan(index: Index, { recordId, before, after }: Change, several: boolean): EntryPlan {
    const old = before ? index.keysOf(before).keys : []
    const next = after ? index.keysOf(after.document) : { keys: [], arrays: [] }
    const added = old.length === 0 ? next.keys : next.keys.filter(key => !includes(old, key))
    const removed = next.keys.length === 0 ? old : old.filter(key => !includes(next.keys, key))
    if (index.unique) for (const key of added) this.#claim(index, key, recordId)
    if (index.unique && several) {
      for (const key of removed) this.#holders.set(keyName(index, key.bytes), undefined)
      for (const key of added) this.#holders.set(keyName(index, key.bytes), recordId)
    }
    noteArrays(this.#engine, this.#collection, index, next.arrays)
    return { index, removed, added }
  }

  #claim(index: Index, key: IndexKey, recordId: number): void {
    const { locks, store } = this.#engine
    const owner = locks.keyOwner(index, key.bytes)
    if (owner) throw new MustWait(owner)
    const name = this.#holders.size > 0 ? keyName(index, key.bytes) : ''
    const holder =
      this.#holders.get(name) ?? (this.#holders.has(name) ? undefined : store.holder(index.id, key.bytes))
    if (holder === undefined || holder === recordId) return
    const holding = locks.recordOwner(this.#collection, holder)
    if (holding) throw new MustWait(holding)
    throw duplicateKey(this.#collection.namespace, index, key)
  }
}

const includes = (keys: readonly IndexKey[], key: IndexKey) =>
  keys.some(({ bytes }) => bytes.equals(key.bytes))

/** From now on the planner trusts the index less on these paths; it never goes back. */
export function noteArrays(
  engine: Engine,
  collection: Collection,
  index: Index,
  paths: readonly string[],
): void {
  if (paths.length > 0 && index.noteArrays(paths)) engine.catalog.save(collection)
}

function write(engine: Engine, collection: Collection, change: Change, plans: readonly EntryPlan[]): void {
  const { store, locks } = engine
  const { recordId, before, after } = change
  for (const { index, removed, added } of plans) {
    for (const key of removed) store.deleteEntry(index.id, key.bytes, recordId)
    for (const key of added) store.putEntry(index.id, key.bytes, recordId)
  }
  if (after) store.putRecord(collection.id, recordId, after.bytes)
  else store.deleteRecord(collection.id, recordId)
  countChange(collection, before, after)
  locks.wrote(collection, recordId)
}

/** Keeps the collection's count, once it is known. */
export function countChange(collection: Collection, before: unknown, after: unknown): void {
  if (collection.count === undefined) return
  if (!before && after) collection.count++
  if (before && !after) collection.count--
}
