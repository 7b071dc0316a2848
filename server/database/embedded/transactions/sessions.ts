import { MongoError } from '../errors.ts'
import { type Engine } from '../engine/engine.ts'
import { decodeDocument } from '../values/decode.ts'
import { encodeDocument } from '../values/encode.ts'
import { asBigInt, isNumber } from '../values/numbers.ts'
import { Binary, type Document, isDocument, type Value } from '../values/value.ts'
import { noSuchTransaction, type Transaction } from './transaction.ts'

/** What a client's session does and did last. */
export interface Session {
  readonly id: Uint8Array
  /** The number of its last retryable write or transaction; below 0 when there was none. */
  number: bigint
  state: 'none' | 'retryable' | 'open' | 'committed' | 'aborted'
  transaction: Transaction | undefined
  lastUsed: number
  /** A write of this session that let others pass and has not ended. */
  paused?: object | undefined
}

/** What is kept of a write so that doing it again answers the same: the command and its reply, or how far it came. */
interface Remembered {
  readonly command: string
  readonly reply: Document | undefined
  readonly progress: Document | undefined
}

/** A session that was not used for this long is forgotten, as `hello` announces. */
export const sessionMinutes = 30
const sessionMs = sessionMinutes * 60_000

/** The sessions of all clients. */
export class Sessions {
  readonly #engine: Engine
  #sessions = new Map<string, Session>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The session a command names with its `lsid`, known from now on. */
  of(command: Document): Session | undefined {
    const id = sessionId(command.get('lsid'))
    if (!id) return undefined
    const name = nameOf(id)
    const session = this.#sessions.get(name) ?? this.#remembered(id)
    session.lastUsed = this.#engine.surroundings.now()
    this.#sessions.set(name, session)
    return session
  }

  /** Ends the session and what it had open. */
  end(lsid: Value): Uint8Array | undefined {
    const id = sessionId(lsid)
    const session = id && this.#sessions.get(nameOf(id))
    if (session) {
      this.abort(session)
      this.#sessions.delete(nameOf(session.id))
    }
    return id
  }

  all(): readonly Session[] {
    return [...this.#sessions.values()]
  }

  /** Aborts the session's open transaction, if there is one. */
  abort(session: Session): void {
    if (!session.transaction) return
    this.#engine.abort(session.transaction)
    session.transaction = undefined
    session.state = 'aborted'
  }

  /** Keeps in the running batch what the session was answered: it is stored with the write or not at all. */
  remember(session: Session, { command, reply, progress }: Remembered): void {
    const kept: Document = new Map<string, Value>([['command', command]])
    if (reply) kept.set('reply', reply)
    if (progress) kept.set('progress', progress)
    const at = this.#engine.surroundings.now()
    this.#engine.store.saveReply(session.id, { number: session.number, reply: encodeDocument(kept) }, at)
  }

  /** What the session was answered for this number. */
  recall(session: Session, number: bigint): Remembered | undefined {
    const stored = this.#engine.store.reply(session.id)
    if (stored?.number !== number) return undefined
    const kept = decodeDocument(stored.reply)
    const command = kept.get('command')
    const reply = kept.get('reply')
    const progress = kept.get('progress')
    return {
      command: typeof command === 'string' ? command : '',
      reply: isDocument(reply) ? reply : undefined,
      progress: isDocument(progress) ? progress : undefined,
    }
  }

  /** Ends transactions older than `transactionMs` and forgets sessions that nobody used; drops their replies in the store. */
  sweep(transactionMs: number): void {
    const now = this.#engine.surroundings.now()
    for (const [name, session] of this.#sessions) {
      if (session.transaction && now - session.transaction.startedAt > transactionMs) this.abort(session)
      if (!session.transaction && now - session.lastUsed > sessionMs) this.#sessions.delete(name)
    }
  }

  /** Forgets all but what the store remembers. */
  clear(): void {
    this.#sessions = new Map()
  }

  #remembered(id: Uint8Array): Session {
    const stored = this.#engine.store.reply(id)
    const session: Session = {
      id,
      number: stored?.number ?? -1n,
      state: 'none',
      transaction: undefined,
      lastUsed: 0,
    }
    if (stored)
      session.state =
        this.recall(session, stored.number)?.command === 'commitTransaction' ? 'committed' : 'retryable'
    return session
  }
}

const nameOf = (id: Uint8Array) => Buffer.from(id).toString('latin1')

function sessionId(lsid: Value | undefined): Uint8Array | undefined {
  const id = isDocument(lsid) ? lsid.get('id') : undefined
  return id instanceof Binary ? Buffer.from(id.bytes) : undefined
}

/**
 * The transaction a command runs in: begun now when it says so; undefined outside of one.
 * @throws MongoError 225, 251, 256 or 263 when the session is not in the state the command expects
 */
export function enterTransaction(
  engine: Engine,
  sessions: Sessions,
  session: Session | undefined,
  command: Document,
): Transaction | undefined {
  const number = transactionNumber(command)
  if (number === undefined) return undefined
  if (!session)
    throw new MongoError(
      72,
      'InvalidOptions',
      'Transaction number requires a session ID to also be specified',
    )
  if (number < session.number) throw tooOld(number, session)
  if (command.get('autocommit') !== false) {
    enterRetryable(sessions, session, number)
    return undefined
  }
  if (command.get('startTransaction') === true) return begin(engine, sessions, session, number)
  if (number === session.number && session.transaction) return session.transaction
  if (number === session.number && session.state === 'committed') {
    throw new MongoError(256, 'TransactionCommitted', `Transaction ${String(number)} has been committed.`)
  }
  throw noSuchTransaction(number)
}

/** The `txnNumber` of a command. */
export function transactionNumber(command: Document): bigint | undefined {
  const number = command.get('txnNumber')
  return isNumber(number) ? asBigInt(number) : undefined
}

function enterRetryable(sessions: Sessions, session: Session, number: bigint): void {
  if (number === session.number) {
    if (session.state === 'retryable') return
    if (session.state !== 'none')
      throw new MongoError(
        117,
        'ConflictingOperationInProgress',
        'Cannot run a retryable write with the number of a transaction',
      )
  }
  sessions.abort(session)
  session.number = number
  session.state = 'retryable'
}

function begin(engine: Engine, sessions: Sessions, session: Session, number: bigint): Transaction {
  if (number === session.number && session.state !== 'none') {
    throw new MongoError(
      117,
      'ConflictingOperationInProgress',
      `Transaction ${String(number)} has already been started on this session`,
    )
  }
  sessions.abort(session)
  session.number = number
  session.state = 'open'
  session.transaction = engine.startTransaction()
  return session.transaction
}

const tooOld = (number: bigint, session: Session) =>
  new MongoError(
    225,
    'TransactionTooOld',
    `Cannot start transaction ${String(number)} on session because a newer transaction ${String(session.number)} has already started.`,
  )
