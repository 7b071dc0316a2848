import { MongoError } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { asBigInt, asNumber, isNumber } from '../values/numbers.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { toDocument } from '../values/plain.ts'
import { type Call } from './call.ts'
import { applicationName } from './hello.ts'

const kinds = ['failCommand', 'onPrimaryTransactionalWrite', 'maxTimeAlwaysTimeOut'] as const

/** Makes commands fail on purpose, as tests of drivers ask for. */
export interface FailPoint {
  readonly kind: (typeof kinds)[number]
  readonly data: Document
  /** Commands still to pass by unharmed. */
  skip: number
  times: number
}

/** The client's connection is to be closed without an answer. */
export class CloseConnection extends Error {
  override readonly name = 'CloseConnection'
}

/** The command is to be carried out later, and then meets what else the fail point says. */
export class Blocked extends Error {
  override readonly name = 'Blocked'
  readonly ms: number
  readonly data: Document

  constructor(ms: number, data: Document) {
    super(`A fail point holds the command up for ${ms} ms`)
    this.ms = ms
    this.data = data
  }
}

/** `configureFailPoint` for commands as a whole, for retryable writes at their commit, or for limits of time. */
export function configureFailPoint({ server, command }: Call): Document {
  const asked = command.get('configureFailPoint')
  const name = kinds.find(kind => kind === asked)
  if (!name)
    throw new MongoError(201, 'FailPointSetFailed', `fail point ${shellText(asked)} is not known here`)
  const mode = command.get('mode')
  const data = command.get('data')
  const counts = isDocument(mode) ? mode : new Map<string, Value>()
  server.failPoint =
    mode === 'off'
      ? undefined
      : {
          kind: name,
          data: isDocument(data) ? data : new Map<string, Value>(),
          skip: numberOr(counts.get('skip'), 0),
          times: mode === 'alwaysOn' || counts.has('skip') ? Infinity : numberOr(counts.get('times'), 1),
        }
  return toDocument({ count: 0 })
}

const numberOr = (value: Value | undefined, otherwise: number) =>
  isNumber(value) ? asNumber(value) : otherwise

/**
 * Lets the command fail when the fail point says so.
 * @returns what a command that is carried out adds to its answer
 * @throws MongoError, CloseConnection or Blocked
 */
export function passFailPoint(call: Call): Document | undefined {
  const { failPoint } = call.server
  if (failPoint?.kind === 'maxTimeAlwaysTimeOut' && hasTimeLimit(call)) {
    if (isDue(call, failPoint, 1))
      throw new MongoError(50, 'MaxTimeMSExpired', 'operation exceeded time limit')
  }
  if (failPoint?.kind !== 'failCommand' || !concerns(failPoint.data, call)) return undefined
  if (!isDue(call, failPoint, 1)) return undefined
  const { data } = failPoint
  if (data.get('blockConnection') === true) throw new Blocked(numberOr(data.get('blockTimeMS'), 0), data)
  return meetFailPoint(call, data)
}

/**
 * What a fail point does to a command once its time has come.
 * @returns what a command that is carried out adds to its answer
 * @throws MongoError or CloseConnection
 */
export function meetFailPoint(call: Call, data: Document): Document | undefined {
  if (data.get('closeConnection') === true) throw new CloseConnection('A fail point closes the connection')
  const labels = data.get('errorLabels')
  const concern = data.get('writeConcernError')
  if (isDocument(concern)) return concernError(call, concern, labels)
  const code = data.get('errorCode')
  if (code === undefined) return undefined
  throw failure(call, numberOr(code, 1), labels)
}

/** A limit of its own, or what a cursor has left of the one it was opened with. */
function hasTimeLimit({ server, command }: Call): boolean {
  if (numberOr(command.get('maxTimeMS'), 0) > 0) return true
  const id = command.get('getMore')
  return isNumber(id) && server.cursors.hasTimeLimit(asBigInt(id) ?? 0n)
}

function isDue({ server }: Call, failPoint: FailPoint, statements: number): boolean {
  if (failPoint.skip >= statements) {
    failPoint.skip -= statements
    return false
  }
  failPoint.skip = 0
  if (--failPoint.times <= 0) server.failPoint = undefined
  return true
}

/**
 * What the fail point says about a retryable write: to fail before anything is kept, or to be kept without an answer.
 * @returns what to throw behind the write
 * @throws MongoError or CloseConnection in front of it
 */
export function passWriteFailPoint(call: Call): CloseConnection | undefined {
  const { failPoint } = call.server
  if (failPoint?.kind !== 'onPrimaryTransactionalWrite') return undefined
  const statements = [...call.sequences.values()].reduce((count, list) => count + list.length, 0)
  if (!isDue(call, failPoint, Math.max(statements, 1))) return undefined
  const close =
    failPoint.data.get('closeConnection') === false
      ? undefined
      : new CloseConnection('A fail point closes the connection')
  const code = failPoint.data.get('failBeforeCommitExceptionCode')
  if (code === undefined) return close
  throw close ?? failure(call, numberOr(code, 1), undefined)
}

function concerns(data: Document, call: Call): boolean {
  const commands = data.get('failCommands')
  const application = data.get('appName')
  // The first `hello` of a connection brings the name along.
  const own = call.client.applicationName ?? applicationName(call.command)
  if (call.name === 'configureFailPoint' || !Array.isArray(commands)) return false
  const aliases: Readonly<Record<string, string>> = {
    isMaster: 'hello',
    ismaster: 'hello',
    hello: 'isMaster',
    findandmodify: 'findAndModify',
  }
  const named = commands.includes(call.name) || commands.includes(aliases[call.name] ?? call.name)
  return named && (application === undefined || application === own)
}

const retryable: ReadonlySet<number> = new Set([
  6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
])
const transient: ReadonlySet<number> = new Set([
  24, 112, 246, 251, 267, 11600, 11602, 10107, 13435, 13436, 189, 91,
])
const alwaysTransient: ReadonlySet<number> = new Set([24, 112, 246, 251, 267])

const endsTransaction = (name: string) => name === 'commitTransaction' || name === 'abortTransaction'

/** The labels a server gives to an error, for drivers that decide by them. */
function usualLabels(call: Call, code: number): readonly string[] {
  const inTransaction = call.command.get('autocommit') === false
  if (inTransaction && !endsTransaction(call.name))
    return transient.has(code) ? ['TransientTransactionError'] : []
  if (inTransaction && alwaysTransient.has(code)) return ['TransientTransactionError']
  return call.command.has('txnNumber') && retryable.has(code) && code !== 134 ? ['RetryableWriteError'] : []
}

function failure(call: Call, code: number, labels: Value | undefined): MongoError {
  const given = Array.isArray(labels) ? labels.map(String) : usualLabels(call, code)
  const message = "Failing command via 'failCommand' failpoint"
  return new MongoError(
    code,
    codeNames[code] ?? `Location${code}`,
    message,
    given.length > 0 || labels ? { errorLabels: given } : {},
  )
}

function concernError(call: Call, concern: Document, labels: Value | undefined): Document {
  const code = numberOr(concern.get('code'), 0)
  const withinTransaction = call.command.get('autocommit') === false && !endsTransaction(call.name)
  const usual = withinTransaction ? [] : usualLabels(call, code)
  const given = Array.isArray(labels) ? labels : usual
  return toDocument({
    writeConcernError: concern,
    ...(given.length > 0 || labels ? { errorLabels: given } : {}),
  })
}

const codeNames: Readonly<Record<number, string>> = {
  6: 'HostUnreachable',
  7: 'HostNotFound',
  24: 'LockTimeout',
  50: 'MaxTimeMSExpired',
  89: 'NetworkTimeout',
  91: 'ShutdownInProgress',
  112: 'WriteConflict',
  134: 'ReadConcernMajorityNotAvailableYet',
  189: 'PrimarySteppedDown',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  262: 'ExceededTimeLimit',
  267: 'PreparedTransactionInProgress',
  9001: 'SocketException',
  10107: 'NotWritablePrimary',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
  13435: 'NotPrimaryNoSecondaryOk',
  13436: 'NotPrimaryOrSecondary',
}
