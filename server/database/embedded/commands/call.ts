import { compileExpression } from '../aggregation/expressions/compile.ts'
import { newScope, type Scope } from '../aggregation/expressions/scope.ts'
import { type CursorOwner, type Cursors } from '../engine/cursors.ts'
import { type Engine } from '../engine/engine.ts'
import { MongoError } from '../errors.ts'
import { type Session, type Sessions } from '../transactions/sessions.ts'
import { type Transaction } from '../transactions/transaction.ts'
import { type Document, isDocument, type ObjectId, type Value } from '../values/value.ts'
import { type Answer } from '../wire/answer.ts'
import { type FailPoint } from './fail-point.ts'

/** What all commands share. */
export interface Server {
  readonly engine: Engine
  readonly sessions: Sessions
  readonly cursors: Cursors
  readonly settings: Settings
  readonly identity: Identity
  failPoint: FailPoint | undefined
  operations: number
}

export interface Settings {
  transactionLifetimeLimitSeconds: number
  ttlMonitorSleepSecs: number
}

/** How the server presents itself. */
interface Identity {
  /** The address that clients find it under: `host:port` or the path of a socket. */
  address: string
  readonly processId: ObjectId
  readonly startedAt: number
  /** Fail points and other means of tests may be used. */
  readonly testCommands: boolean
  readonly connections: () => number
}

/** One client's connection. */
export interface Client {
  readonly id: number
  applicationName: string | undefined
}

/** One command that a client sent. */
export interface Call {
  readonly server: Server
  readonly name: string
  readonly database: string
  readonly command: Document
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>
  readonly client: Client
  readonly session: Session | undefined
  readonly transaction: Transaction | undefined
  /** What a write that had to wait had done before. */
  progress: Document | undefined
}

export interface Command {
  readonly run: (call: Call) => Answer
  /** Changes the store, so that it runs in the batch's store transaction. */
  readonly writes?: boolean | ((command: Document) => boolean)
  /** May be used in a multi-document transaction. */
  readonly transactional?: boolean
  /** Only for the database `admin`. */
  readonly adminOnly?: boolean
  /** Only with the test flag. */
  readonly forTests?: boolean
}

/** The namespace of the collection that the command names. */
export function namespaceOf(call: Call): string {
  const name = call.command.get(call.name)
  if (typeof name !== 'string')
    throw new MongoError(73, 'InvalidNamespace', `collection name has invalid type ${typeof name}`)
  if (name === '')
    throw new MongoError(73, 'InvalidNamespace', `Invalid namespace specified '${call.database}.'`)
  return `${call.database}.${name}`
}

/** Who may go on with a cursor that this call opens. */
export const ownerOf = ({ session, transaction }: Call): CursorOwner => ({
  session: session && Buffer.from(session.id).toString('latin1'),
  transaction,
})

/** The variables of the command's `let`. */
export function variablesOf({ server, command }: Call): ReadonlyMap<string, Value> {
  const given = command.get('let')
  if (!isDocument(given) || given.size === 0) return new Map()
  const { now, random } = server.engine.surroundings
  const scope = newScope(new Date(now()), new Map(), random)
  return new Map(
    [...given].map(([name, expression]) => [name, compileExpression(expression, scope)(new Map()) ?? null]),
  )
}

/** What expressions of the command see: its variables, and the time that `$$NOW` says. */
export function scopeOf(call: Call): Scope {
  const { now, random } = call.server.engine.surroundings
  return newScope(new Date(now()), variablesOf(call), random)
}
