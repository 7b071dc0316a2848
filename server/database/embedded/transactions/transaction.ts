import { MongoError } from '../errors.ts'
import { type Collection } from '../engine/collection.ts'
import { type Snapshot } from '../storage/record-store.ts'
import { type Document } from '../values/value.ts'

/** A document as the transaction left it; undefined when it was removed. */
export interface OverlayRecord {
  readonly document: Document | undefined
  readonly bytes: Uint8Array | undefined
  /** The committed document it replaces; undefined for a new one. */
  readonly base: Document | undefined
}

/** What a transaction has read from and wants to write. Nobody else sees it before the commit. */
export class Transaction {
  readonly snapshot: Snapshot
  /** The last write its snapshot holds. */
  readonly sequence: number
  readonly startedAt: number
  readonly overlay = new Map<Collection, Map<number, OverlayRecord>>()
  /** Records that hold a unique key since this transaction wrote them, by key. */
  readonly keys = new Map<string, number>()
  readonly records = new Set<string>()
  /** Collections it creates, by namespace. */
  readonly created = new Map<string, Collection>()
  readonly touched = new Set<Collection>()
  readonly #waiting = new Set<() => void>()
  ended = false

  constructor(start: { readonly snapshot: Snapshot; readonly sequence: number; readonly startedAt: number }) {
    this.snapshot = start.snapshot
    this.sequence = start.sequence
    this.startedAt = start.startedAt
  }

  writes(collection: Collection): Map<number, OverlayRecord> {
    const known = this.overlay.get(collection)
    if (known) return known
    const writes = new Map<number, OverlayRecord>()
    this.overlay.set(collection, writes)
    return writes
  }

  /** Calls back once when the transaction has ended; the answer takes the wish back. */
  onEnd(callback: () => void): () => void {
    this.#waiting.add(callback)
    return () => this.#waiting.delete(callback)
  }

  end(): void {
    if (this.ended) return
    this.ended = true
    this.snapshot.close()
    for (const callback of this.#waiting) callback()
    this.#waiting.clear()
  }
}

/** A statement outside of transactions that has to wait until one has ended. */
export class MustWait extends Error {
  override readonly name = 'MustWait'
  readonly transaction: Transaction

  constructor(transaction: Transaction) {
    super('The document is being written by a transaction')
    this.transaction = transaction
  }
}

const transient = { errorLabels: ['TransientTransactionError'] }

/** Another writer was first; the whole transaction may be tried again. */
export const writeConflict = () =>
  new MongoError(
    112,
    'WriteConflict',
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
    transient,
  )

/** The collection has changed since the transaction's snapshot was taken. */
export const snapshotUnavailable = (namespace: string) =>
  new MongoError(
    246,
    'SnapshotUnavailable',
    `Unable to read from a snapshot due to pending collection catalog changes to collection '${namespace}'; please retry the operation.`,
    transient,
  )

/** The transaction is unknown, has timed out or was aborted. */
export const noSuchTransaction = (number: bigint) =>
  new MongoError(
    251,
    'NoSuchTransaction',
    `Given transaction number ${String(number)} does not match any in-progress transactions.`,
    transient,
  )
