import { type Change, countChange, noteArrays } from '../engine/changes.ts'
import { type Collection } from '../engine/collection.ts'
import { duplicateKey } from '../engine/duplicate-key.ts'
import { type Engine } from '../engine/engine.ts'
import { type Index, type IndexKey } from '../indexes/index-definition.ts'
import { keyName } from './locks.ts'
import { type OverlayRecord, type Transaction, writeConflict } from './transaction.ts'

/**
 * Puts the changes into the transaction's overlay and takes their locks.
 * @throws MongoError 112 when another writer was first, 11000 for a key that is taken; the transaction is then lost
 */
export function stageInTransaction(
  engine: Engine,
  collection: Collection,
  changes: readonly Change[],
  transaction: Transaction,
): void {
  const writes = transaction.writes(collection)
  for (const { recordId, before, after } of changes) {
    engine.locks.check(collection, recordId, transaction)
    if (after) {
      for (const index of collection.indexes) {
        const { keys, arrays } = index.keysOf(after.document)
        // Others plan with this index while the transaction is open, and its own reads do too.
        noteArrays(engine, collection, index, arrays)
        if (index.unique)
          for (const key of keys) claim({ engine, collection, transaction }, index, key, recordId)
      }
    }
    const known = writes.get(recordId)
    writes.set(recordId, {
      document: after?.document,
      bytes: after?.bytes,
      base: known ? known.base : before,
    })
    engine.locks.lockRecord(collection, recordId, transaction)
  }
}

interface Claimant {
  readonly engine: Engine
  readonly collection: Collection
  readonly transaction: Transaction
}

function claim(
  { engine, collection, transaction }: Claimant,
  index: Index,
  key: IndexKey,
  recordId: number,
): void {
  const { locks } = engine
  const name = keyName(index, key.bytes)
  const owner = locks.keyOwner(index, key.bytes)
  if (owner && owner !== transaction) throw writeConflict()
  const mine = transaction.keys.get(name)
  if (
    mine !== undefined &&
    mine !== recordId &&
    stillHolds(transaction.writes(collection).get(mine), index, key)
  ) {
    throw duplicateKey(collection.namespace, index, key)
  }
  if (!collection.pending) checkStored({ engine, collection, transaction }, index, key, recordId)
  locks.lockKey(name, recordId, transaction)
}

const stillHolds = (record: OverlayRecord | undefined, index: Index, key: IndexKey) =>
  record?.document !== undefined &&
  index.keysOf(record.document).keys.some(({ bytes }) => bytes.equals(key.bytes))

/** Compares with what is committed and with what the transaction's snapshot holds. */
function checkStored(
  { engine, collection, transaction }: Claimant,
  index: Index,
  key: IndexKey,
  recordId: number,
): void {
  const { locks, store } = engine
  const writes = transaction.writes(collection)
  const holder = store.holder(index.id, key.bytes)
  if (holder !== undefined && holder !== recordId && !writes.has(holder)) {
    const foreign = locks.recordOwner(collection, holder)
    const newer = locks.isNewer(collection, holder, transaction)
    throw (foreign && foreign !== transaction) || newer
      ? writeConflict()
      : duplicateKey(collection.namespace, index, key)
  }
  const seen = holder ?? transaction.snapshot.holder(index.id, key.bytes)
  if (seen !== undefined && seen !== recordId && !writes.has(seen)) throw writeConflict()
}

/**
 * Writes the overlay to the store and ends the transaction.
 * @throws MongoError 112 when the catalog has changed under it; then nothing is written
 */
export function commitTransaction(engine: Engine, transaction: Transaction): void {
  try {
    for (const collection of transaction.created.values()) {
      if (engine.catalog.find(collection.namespace)) throw writeConflict()
    }
    for (const collection of transaction.overlay.keys()) if (collection.gone) throw writeConflict()
    for (const collection of transaction.created.values()) engine.catalog.add(collection)
    for (const [collection, writes] of transaction.overlay) {
      // All old keys go before the new ones come, so that keys may change hands.
      for (const [recordId, { base }] of writes) if (base) removeKeys(engine, collection, recordId, base)
      for (const [recordId, record] of writes) put(engine, collection, recordId, record)
    }
  } finally {
    engine.locks.release(transaction)
  }
}

function removeKeys(
  engine: Engine,
  collection: Collection,
  recordId: number,
  base: NonNullable<OverlayRecord['base']>,
): void {
  for (const index of collection.indexes) {
    for (const key of index.keysOf(base).keys) engine.store.deleteEntry(index.id, key.bytes, recordId)
  }
}

function put(
  engine: Engine,
  collection: Collection,
  recordId: number,
  { document, bytes, base }: OverlayRecord,
): void {
  if (document && bytes) {
    for (const index of collection.indexes) {
      for (const key of index.keysOf(document).keys) engine.store.putEntry(index.id, key.bytes, recordId)
    }
    engine.store.putRecord(collection.id, recordId, bytes)
  } else if (base) engine.store.deleteRecord(collection.id, recordId)
  countChange(collection, base, document)
  engine.locks.wrote(collection, recordId)
}
