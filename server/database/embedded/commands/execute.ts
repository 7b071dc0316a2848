import { MustYield, timeLimit } from '../engine/deadline.ts'
import { MongoError } from '../errors.ts'
import { StoreFault } from '../storage/store-fault.ts'
import { enterTransaction, type Session, transactionNumber } from '../transactions/sessions.ts'
import { type Transaction, MustWait, writeConflict } from '../transactions/transaction.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, Double, isDocument } from '../values/value.ts'
import { type Answer, CursorBatch } from '../wire/answer.ts'
import { checkApiVersion } from './api-version.ts'
import { type Call, type Client, type Command, type Server } from './call.ts'
import { meetFailPoint, passFailPoint, passWriteFailPoint } from './fail-point.ts'
import { checkConcerns, unmetConcern } from './concerns.ts'
import { commands } from './registry.ts'

/** A command as it came in. `progress` is kept while it waits for a transaction. */
export interface Task {
  readonly command: Document
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>
  readonly client: Client
  progress: Document | undefined
  /** What is left of its time when it goes on after a pause. */
  msLeft?: number
  /** A fail point has held it up; this is what the fail point says. */
  heldUp?: Document
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
  if (definition.adminOnly === true && database !== 'admin')
    throw new MongoError(13, 'Unauthorized', `${name} may only be run against the admin database.`)
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
  const concern = task.heldUp ? meetFailPoint(early, task.heldUp) : passFailPoint(early)
  const answered = session && retriedAnswer(server, session, task, name)
  if (answered) return completed(answered, concern ?? unmetConcern(command))
  const transaction = transactionOf(server, session, command)
  if (transaction && definition.transactional !== true) throw notInTransaction(name, server, session)
  if (transaction && !withoutCollection.has(name) && serversOwn.has(database))
    throw notInTransaction(name, server, session, database)
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

/** Databases of the server itself. */
const serversOwn: ReadonlySet<string> = new Set(['admin', 'config', 'local'])

/** What touches no collection of the database that it is sent to. */
const withoutCollection: ReadonlySet<string> = new Set([
  'abortTransaction',
  'commitTransaction',
  'endSessions',
  'killCursors',
])

function notInTransaction(
  name: string,
  server: Server,
  session: Session | undefined,
  database?: string,
): MongoError {
  if (session) server.sessions.abort(session)
  return new MongoError(
    263,
    'OperationNotSupportedInTransaction',
    database === undefined
      ? `Cannot run '${name}' in a multi-document transaction.`
      : `Cannot run command against the '${database}' database in a transaction.`,
  )
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
