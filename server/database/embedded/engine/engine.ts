import { Locks } from '../transactions/locks.ts'
import { Transaction } from '../transactions/transaction.ts'
import { type RecordStore } from '../storage/record-store.ts'
import { type Document, type ObjectId, type Timestamp, type Value } from '../values/value.ts'
import { Catalog } from './catalog.ts'
import { type Collection } from './collection.ts'
import { Deadline } from './deadline.ts'

/** What the engine takes from outside. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newObjectId: () => ObjectId
  /** Later than every one before. */
  readonly newTimestamp: () => Timestamp
  /** 16 bytes. */
  readonly newUuid: () => Uint8Array
  /** From 0 up to and without 1. */
  readonly random: () => number
}

/** The collections, their locks and the transactions over one store. Everything runs on one thread, one statement at a time. */
export class Engine {
  readonly store: RecordStore
  readonly surroundings: Surroundings
  readonly catalog: Catalog
  readonly locks = new Locks()
  readonly deadline: Deadline

  constructor(store: RecordStore, surroundings: Surroundings) {
    this.store = store
    this.surroundings = surroundings
    this.deadline = new Deadline(surroundings.now)
    this.catalog = new Catalog(store, surroundings.newUuid)
  }

  /** The collection as this transaction, or everybody outside of one, sees it. */
  find(namespace: string, transaction?: Transaction): Collection | undefined {
    const collection = this.catalog.find(namespace) ?? transaction?.created.get(namespace)
    if (collection) transaction?.touched.add(collection)
    return collection
  }

  /** The collection, made now when it is missing; in a transaction it appears with the commit. */
  need(namespace: string, transaction?: Transaction): Collection {
    return this.find(namespace, transaction) ?? this.create(namespace, new Map<string, Value>(), transaction)
  }

  create(namespace: string, options: Document, transaction?: Transaction): Collection {
    const collection = this.catalog.prepare(namespace, options)
    if (transaction) {
      transaction.created.set(namespace, collection)
      transaction.touched.add(collection)
      return collection
    }
    this.catalog.add(collection)
    collection.changedAt = this.locks.nextSequence()
    return collection
  }

  newRecordId(collection: Collection): number {
    const id = collection.nextRecordId ?? this.store.highestRecordId(collection.id) + 1
    collection.nextRecordId = id + 1
    return id
  }

  /** How many records are committed or written by the running batch. */
  count(collection: Collection): number {
    collection.count ??= this.store.countRecords(collection.id)
    return collection.count
  }

  startTransaction(): Transaction {
    const transaction = new Transaction({
      snapshot: this.store.snapshot(),
      sequence: this.locks.durableSequence,
      startedAt: this.surroundings.now(),
    })
    this.locks.add(transaction)
    return transaction
  }

  /** Forgets what the transaction wanted. */
  abort(transaction: Transaction): void {
    this.locks.release(transaction)
  }

  /** The store took everything back that the batch wrote: what is in memory is read again, open transactions end. */
  reload(): void {
    for (const transaction of [...this.locks.open]) this.abort(transaction)
    this.catalog.reload()
  }
}
