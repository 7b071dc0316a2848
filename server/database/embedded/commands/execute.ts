import { MustYield, timeLimit } from '../engine/deadline.ts'
import { badValue, MongoError } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { StoreFault } from '../storage/store-fault.ts'
import { enterTransaction, type Session, transactionNumber } from '../transactions/sessions.ts'
import { type Transaction, MustWait, writeConflict } from '../transactions/transaction.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, Double, isDocument, type Value } from '../values/value.ts'
import { type Answer, CursorBatch } from '../wire/answer.ts'
import { checkApiVersion } from './api-version.ts'
import { type Call, type Client, type Command, type Server } from './call.ts'
import { passFailPoint, passWriteFailPoint } from './fail-point.ts'
import { commands } from './registry.ts'

/** A command as it came in. `progress` is kept while it waits for a transaction. */
export interface Task {
  readonly command: Document
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>
  readonly client: Client
  progress: Document | undefined
  /** What is left of its time when it goes on after a pause. */
  msLeft?: number
  /** A fail point has held it up already. */
  heldUp?: boolean
}

/** The name of the command: its first field. */
export const commandName = (command: Document): string => command.keys().next().value ?? ''

/** Whether the command changes the store. */
export function isWrite(command: Document): boolean {
  const writes = commands.get(commandName(command))?.writes
  return typeof writes === 'function' ? writes(command) : writes === true
}

/**
 * Carries a command out.
 * @throws MongoError when it is refused, MustWait or MustYield when it has to be carried out again later
 */
export function execute(server: Server, task: Task): Answer {
  const { command } = task
  const name = commandName(command)
  const definition = commandNamed(server, name)
  const database = command.get('$db')
  if (typeof database !== 'string')
    throw new MongoError(40571, 'Location40571', 'OP_MSG requests require a $db argument')
  checkApiVersion(name, command)
  checkConcerns(name, command)
  server.operations++
  const { deadline } = server.engine
  deadline.start(task.msLeft ?? timeLimit(command.get('maxTimeMS')))
  const session = server.sessions.of(command)
  // A write that paused goes on before anything else of its session: a retry of it must not run beside it.
  if (session?.paused && session.paused !== task) throw new MustYield()
  if (session) session.paused = undefined
  const base = { server, name, database, command, sequences: task.sequences, client: task.client, session }
  const early: Call = { ...base, transaction: undefined, progress: undefined }
  const concern = task.heldUp ? undefined : passFailPoint(early)
  const answered = session && retriedAnswer(server, session, task, name)
  if (answered) return completed(answered, concern ?? unmetConcern(command))
  const transaction = transactionOf(server, session, command)
  if (transaction && definition.transactional !== true) throw notInTransaction(name, server, session)
  const call: Call = { ...base, transaction, progress: task.progress }
  const retryable = session?.state === 'retryable' && transactionNumber(command) !== undefined
  const hangUp = retryable ? passWriteFailPoint(call) : undefined
  const answer = run(call, definition, task)
  if (retryable && !(answer instanceof CursorBatch))
    server.sessions.remember(session, { command: name, reply: answer, progress: undefined })
  if (hangUp) throw hangUp
  return completed(answer, concern ?? unmetConcern(command))
}

function commandNamed(server: Server, name: string): Command {
  const definition = commands.get(name)
  if (definition && (definition.forTests !== true || server.identity.testCommands)) return definition
  throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`)
}

/** Runs the command; a failure in a transaction ends the transaction, as on the server. */
function run(call: Call, definition: Command, task: Task): Answer {
  const { server, session, transaction } = call
  try {
    const answer = definition.run(call)
    if (transaction && !(answer instanceof CursorBatch)) endAfterWriteError(call, answer)
    return answer
  } catch (error) {
    if (error instanceof MustWait || error instanceof MustYield) {
      task.progress = call.progress
      if (error instanceof MustYield) {
        task.msLeft = server.engine.deadline.left
        if (session) session.paused = task
      }
      if (session?.state === 'retryable')
        server.sessions.remember(session, { command: call.name, reply: undefined, progress: call.progress })
    } else if (transaction && session) endAfterFailure(call, error)
    throw error
  }
}

/** A write that fails ends its transaction; it is answered as a write error, except a conflict: that is one of the whole. */
function endAfterWriteError(call: Call, answer: Document): void {
  const errors = answer.get('writeErrors')
  const [first] = Array.isArray(errors) ? errors : []
  if (!isDocument(first)) return
  if (first.get('code') === 112) throw writeConflict()
  if (call.session) call.server.sessions.abort(call.session)
}

function endAfterFailure({ server, session, transaction }: Call, error: unknown): void {
  const harmless = error instanceof MongoError && error.code === 50
  if (session && session.transaction === transaction && !harmless) server.sessions.abort(session)
}

/** The answer a write was given before, when this is the same write again. */
function retriedAnswer(server: Server, session: Session, task: Task, name: string): Document | undefined {
  const number = transactionNumber(task.command)
  if (number === undefined || task.command.get('autocommit') === false || number !== session.number)
    return undefined
  const remembered = server.sessions.recall(session, number)
  if (remembered?.command !== name) return undefined
  if (remembered.reply)
    return new Map([...remembered.reply, ...toDocument({ retriedStmtIds: [0] }), ...okay(1)])
  task.progress ??= remembered.progress
  return undefined
}

function transactionOf(
  server: Server,
  session: Session | undefined,
  command: Document,
): Transaction | undefined {
  const name = commandName(command)
  if (
    name === 'commitTransaction' &&
    session?.state === 'committed' &&
    transactionNumber(command) === session.number
  )
    return undefined
  if (name === 'killCursors' || name === 'endSessions') return session?.transaction
  return enterTransaction(server.engine, server.sessions, session, command)
}

function notInTransaction(name: string, server: Server, session: Session | undefined): MongoError {
  if (session) server.sessions.abort(session)
  return new MongoError(
    263,
    'OperationNotSupportedInTransaction',
    `Cannot run '${name}' in a multi-document transaction.`,
  )
}

const readLevels: readonly Value[] = ['local', 'majority', 'available', 'linearizable', 'snapshot']

/** @throws MongoError 72 or 2 for concerns where they may not stand or that do not exist here */
function checkConcerns(name: string, command: Document): void {
  const inTransaction = command.get('autocommit') === false
  if (
    inTransaction &&
    command.has('writeConcern') &&
    name !== 'commitTransaction' &&
    name !== 'abortTransaction'
  ) {
    throw new MongoError(
      72,
      'InvalidOptions',
      'writeConcern is not allowed within a multi-statement transaction',
    )
  }
  const read = command.get('readConcern')
  const level = isDocument(read) ? read.get('level') : undefined
  if (level !== undefined && !readLevels.includes(level)) {
    throw badValue(
      `Enumeration value ${shellText(level)} for field 'readConcern.level' is not a valid value.`,
    )
  }
  if (inTransaction && level !== undefined && command.get('startTransaction') !== true) {
    throw new MongoError(
      72,
      'InvalidOptions',
      'Only the first command in a transaction may specify a readConcern',
    )
  }
  if (level === 'snapshot' && !inTransaction) {
    throw new MongoError(
      238,
      'NotImplemented',
      "The read concern 'snapshot' is not supported outside of transactions",
    )
  }
}

/** What a write concern asks for that one member cannot give; the write itself has been done. */
function unmetConcern(command: Document): Document | undefined {
  const concern = command.get('writeConcern')
  const members: Value | undefined = isDocument(concern) ? concern.get('w') : undefined
  if (isNumber(members) && asNumber(members) > 1) {
    return toDocument({
      writeConcernError: {
        code: 100,
        codeName: 'UnsatisfiableWriteConcern',
        errmsg: 'Not enough data-bearing nodes',
      },
    })
  }
  if (typeof members === 'string' && members !== 'majority') {
    return toDocument({
      writeConcernError: {
        code: 79,
        codeName: 'UnknownReplWriteConcern',
        errmsg: `No write concern mode named '${members}' found in replica set configuration`,
      },
    })
  }
  return undefined
}

const okay = (value: 0 | 1): Document => new Map([['ok', new Double(value)]])

function completed(answer: Answer, more: Document | undefined): Answer {
  if (!(answer instanceof CursorBatch)) return new Map([...answer, ...okay(1), ...(more ?? [])])
  return more ? new CursorBatch(answer, more) : answer
}

/** The answer to a command that failed. */
export function failureAnswer(error: unknown): Document {
  const known = asMongoError(error)
  const { errorLabels, ...extra } = known.extra
  return new Map([
    ...okay(0),
    ...toDocument({
      errmsg: known.message,
      code: known.code,
      codeName: known.codeName,
      ...extra,
      errorLabels,
    }),
  ])
}

const faultCodes: Readonly<Partial<Record<StoreFault['kind'], readonly [number, string]>>> = {
  full: [14031, 'OutOfDiskSpace'],
  damaged: [379, 'DataCorruptionDetected'],
}

function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error
  if (error instanceof StoreFault) {
    const [code, name] = faultCodes[error.kind] ?? [1, 'InternalError']
    return new MongoError(code, name, error.message)
  }
  const message = error instanceof Error ? error.message : String(error)
  return new MongoError(1, 'InternalError', `internal error: ${message}`)
}
