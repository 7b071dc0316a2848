import { randomInt } from 'node:crypto'
import { MongoError } from '../errors.ts'
import { type Transaction } from '../transactions/transaction.ts'
import { CursorBatch } from '../wire/answer.ts'
import { type Deadline } from './deadline.ts'

interface OpenCursor {
  readonly namespace: string
  readonly documents: Iterator<Uint8Array>
  readonly owner: CursorOwner
  readonly keepsWaiting: boolean
  /** What is left of the command's time. */
  msLeft: number
  /** What did not fit into the last batch. */
  ahead: Uint8Array | undefined
  /** How many documents there can be at most from here on. */
  left: number
  lastUsed: number
}

/** The session and transaction a cursor was opened in; only they may go on with it. */
export interface CursorOwner {
  readonly session: string | undefined
  readonly transaction: Transaction | undefined
}

interface NewCursor {
  readonly namespace: string
  readonly documents: Iterable<Uint8Array>
  readonly batchSize: number
  /** There are no more documents than these: with the last of them the cursor is at its end. */
  readonly most?: number
  readonly owner: CursorOwner
  /** The first batch is all there will be. */
  readonly singleBatch?: boolean
  readonly noTimeout?: boolean
}

/** What a batch may measure. */
const maxBatchBytes = 16 * 1024 * 1024
const idleMs = 10 * 60_000

/** Results that clients fetch in batches. */
export class Cursors {
  readonly #now: () => number
  readonly #deadline: Deadline
  #open = new Map<bigint, OpenCursor>()

  constructor(now: () => number, deadline: Deadline) {
    this.#now = now
    this.#deadline = deadline
  }

  get size(): number {
    return this.#open.size
  }

  /** The first batch; the rest waits under the id it names. */
  open({ namespace, documents, batchSize, most, owner, singleBatch, noTimeout }: NewCursor): CursorBatch {
    const cursor: OpenCursor = {
      namespace,
      documents: documents[Symbol.iterator](),
      owner,
      keepsWaiting: noTimeout === true,
      msLeft: Infinity,
      ahead: undefined,
      left: most ?? Infinity,
      lastUsed: this.#now(),
    }
    const batch = take(cursor, batchSize)
    const ended = batch.ended || (batchSize > 0 && singleBatch === true)
    const id = ended ? 0n : newId()
    if (!ended) this.#open.set(id, cursor)
    cursor.msLeft = this.#deadline.left
    return new CursorBatch({ field: 'firstBatch', documents: batch.documents, id, namespace })
  }

  /**
   * The next batch; 0 for as many documents as fit.
   * @throws MongoError 43 for a cursor that is unknown or at its end, 13 for one of another collection or session, 50740
   * or 50741 for one of another transaction
   */
  next(id: bigint, namespace: string, batchSize: number, owner: CursorOwner): CursorBatch {
    const cursor = this.#open.get(id)
    if (!cursor) throw new MongoError(43, 'CursorNotFound', `cursor id ${String(id)} not found`)
    if (cursor.namespace !== namespace)
      throw new MongoError(
        13,
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      )
    checkOwner(id, cursor.owner, owner)
    cursor.lastUsed = this.#now()
    let batch: Batch
    this.#deadline.start(cursor.msLeft)
    try {
      batch = take(cursor, batchSize === 0 ? Infinity : batchSize)
    } catch (error) {
      this.#open.delete(id)
      throw error
    }
    cursor.msLeft = this.#deadline.left
    if (batch.ended) this.#open.delete(id)
    return new CursorBatch({
      field: 'nextBatch',
      documents: batch.documents,
      id: batch.ended ? 0n : id,
      namespace: cursor.namespace,
    })
  }

  /** Whether the command that opened the cursor had a limit of time. */
  hasTimeLimit(id: bigint): boolean {
    return (this.#open.get(id)?.msLeft ?? Infinity) < Infinity
  }

  /** Forgets the cursor; false when there is none. */
  kill(id: bigint): boolean {
    return this.#open.delete(id)
  }

  /** Ends the cursors of a session or transaction that has ended. */
  endOf(ended: (owner: CursorOwner) => boolean): void {
    for (const [id, { owner }] of this.#open) if (ended(owner)) this.#open.delete(id)
  }

  /** Forgets cursors that nobody used for ten minutes, and those of transactions that have ended. */
  sweep(): void {
    const before = this.#now() - idleMs
    for (const [id, cursor] of this.#open) {
      if ((cursor.lastUsed < before && !cursor.keepsWaiting) || cursor.owner.transaction?.ended)
        this.#open.delete(id)
    }
  }

  clear(): void {
    this.#open = new Map()
  }
}

interface Batch {
  readonly documents: readonly Uint8Array[]
  readonly ended: boolean
}

/** As on the server, a cursor whose end is not known beforehand is at it when it is asked for more and has none. */
function take(cursor: OpenCursor, count: number): Batch {
  const documents: Uint8Array[] = []
  let bytes = 0
  while (documents.length < count) {
    if (cursor.left === 0) return { documents, ended: true }
    const next = cursor.ahead ?? pull(cursor)
    cursor.ahead = undefined
    if (!next) return { documents, ended: true }
    if (documents.length > 0 && bytes + next.length > maxBatchBytes) {
      cursor.ahead = next
      return { documents, ended: false }
    }
    documents.push(next)
    cursor.left--
    bytes += next.length
  }
  return { documents, ended: cursor.left === 0 }
}

function pull(cursor: OpenCursor): Uint8Array | undefined {
  const { done, value } = cursor.documents.next() as IteratorResult<Uint8Array, undefined>
  return done ? undefined : value
}

function checkOwner(id: bigint, opened: CursorOwner, asking: CursorOwner): void {
  if (opened.session !== asking.session && opened.session !== undefined) {
    throw new MongoError(
      13,
      'Unauthorized',
      `Cannot run getMore on cursor ${String(id)}, which was created in another session`,
    )
  }
  if (opened.transaction !== asking.transaction) {
    const [code, where] = opened.transaction ? [50740, 'in'] : [50741, 'outside of']
    throw new MongoError(
      code,
      `Location${code}`,
      `Cannot run getMore on cursor ${String(id)}, which was created ${where} a transaction, from another one`,
    )
  }
}

/** Positive and hard to guess. */
const newId = () => (BigInt(randomInt(1, 2 ** 31)) << 32n) | BigInt(randomInt(0, 2 ** 32))
