import { type Collection } from '../engine/collection.ts'
import { type Index } from '../indexes/index-definition.ts'
import { MustWait, type Transaction, writeConflict } from './transaction.ts'

const pruneFrom = 10_000

/** Who writes what: records and unique keys held by open transactions, and when each record was last written. */
export class Locks {
  readonly #records = new Map<string, Transaction>()
  readonly #keys = new Map<string, Transaction>()
  /** By collection and record. */
  readonly #lastWrites = new Map<number, Map<number, number>>()
  #kept = 0
  readonly #open = new Set<Transaction>()
  #pruneAt = pruneFrom
  #sequence = 0
  #durable = 0

  get open(): ReadonlySet<Transaction> {
    return this.#open
  }

  /** The last write that the store has committed: what a snapshot taken now holds. */
  get durableSequence(): number {
    return this.#durable
  }

  add(transaction: Transaction): void {
    this.#open.add(transaction)
  }

  /** Ends the transaction: its locks are free, who waits for it goes on. */
  release(transaction: Transaction): void {
    this.#open.delete(transaction)
    for (const record of transaction.records) this.#records.delete(record)
    for (const key of transaction.keys.keys()) if (this.#keys.get(key) === transaction) this.#keys.delete(key)
    transaction.end()
  }

  /** The store has committed everything written so far. */
  committed(): void {
    this.#durable = this.#sequence
    if (this.#open.size === 0) {
      this.#lastWrites.clear()
      this.#kept = 0
    } else if (this.#kept > this.#pruneAt) this.#prune()
  }

  /** Forgets writes that every open snapshot holds: where transactions follow closely there is always one open. */
  #prune(): void {
    const oldest = Math.min(...[...this.#open].map(({ sequence }) => sequence))
    this.#kept = 0
    for (const writes of this.#lastWrites.values()) {
      for (const [record, sequence] of writes) if (sequence <= oldest) writes.delete(record)
      this.#kept += writes.size
    }
    this.#pruneAt = Math.max(pruneFrom, this.#kept * 2)
  }

  /** Counts a write, so that transactions with an older snapshot see it as a conflict. */
  wrote(collection: Collection, recordId: number): void {
    const writes = this.#lastWrites.get(collection.id) ?? new Map<number, number>()
    if (writes.size === 0) this.#lastWrites.set(collection.id, writes)
    writes.set(recordId, ++this.#sequence)
    this.#kept++
  }

  /** Counts a change of the catalog and returns its number. */
  nextSequence(): number {
    return ++this.#sequence
  }

  /** The record was written after the transaction's snapshot. */
  isNewer(collection: Collection, recordId: number, transaction: Transaction): boolean {
    return (this.#lastWrites.get(collection.id)?.get(recordId) ?? 0) > transaction.sequence
  }

  recordOwner(collection: Collection, recordId: number): Transaction | undefined {
    return this.#records.size === 0 ? undefined : this.#records.get(recordName(collection, recordId))
  }

  keyOwner(index: Index, key: Buffer): Transaction | undefined {
    return this.#keys.size === 0 ? undefined : this.#keys.get(keyName(index, key))
  }

  lockRecord(collection: Collection, recordId: number, transaction: Transaction): void {
    const name = recordName(collection, recordId)
    transaction.records.add(name)
    this.#records.set(name, transaction)
  }

  lockKey(name: string, recordId: number, transaction: Transaction): void {
    transaction.keys.set(name, recordId)
    this.#keys.set(name, transaction)
  }

  /**
   * Whether the record may be written: the first writer wins.
   * @throws MustWait for a plain write to a record that a transaction holds
   * @throws MongoError 112 for a transaction that comes too late
   */
  check(collection: Collection, recordId: number, transaction: Transaction | undefined): void {
    const owner = this.recordOwner(collection, recordId)
    if (owner && owner !== transaction) throw transaction ? writeConflict() : new MustWait(owner)
    if (transaction && this.isNewer(collection, recordId, transaction)) throw writeConflict()
  }

  /** @throws MustWait when an open transaction uses the collection, which is about to change as a whole */
  checkUnused(collection: Collection): void {
    for (const transaction of this.#open)
      if (transaction.touched.has(collection)) throw new MustWait(transaction)
  }
}

const recordName = (collection: Collection, recordId: number) => `${collection.id}:${recordId}`

/** A unique key by index. */
export const keyName = (index: Index, key: Buffer) => `${index.id}:${key.toString('latin1')}`
