import { MongoError } from '../errors.ts'
import { commitTransaction } from '../transactions/transaction-writes.ts'
import { sessionMinutes, transactionNumber } from '../transactions/sessions.ts'
import { toDocument } from '../values/plain.ts'
import { Binary, type Document, type Value } from '../values/value.ts'
import { type Call } from './call.ts'

/** `startSession` */
export const startSession = ({ server }: Call): Document =>
  toDocument({
    id: { id: new Binary(server.engine.surroundings.newUuid(), 4) },
    timeoutMinutes: sessionMinutes,
  })

/** `refreshSessions`: naming a session in any command keeps it as well. */
export function refreshSessions({ server, command }: Call): Document {
  for (const lsid of listOf(command.get('refreshSessions'))) server.sessions.of(new Map([['lsid', lsid]]))
  return new Map()
}

/** `endSessions` and `killSessions`: what they have open ends with them. */
export function endSessions(call: Call): Document {
  for (const lsid of listOf(call.command.get(call.name))) {
    const id = call.server.sessions.end(lsid)
    const name = id && Buffer.from(id).toString('latin1')
    if (name !== undefined) call.server.cursors.endOf(({ session }) => session === name)
  }
  return new Map()
}

const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : [])

/** `killAllSessions`: aborts every transaction. */
export function killAllSessions({ server }: Call): Document {
  for (const session of server.sessions.all()) server.sessions.abort(session)
  return new Map()
}

/**
 * `commitTransaction`. A commit that was done already is confirmed again, also after a restart.
 * @throws MongoError 251 when the transaction is not there any more
 */
export function commit(call: Call): Document {
  const { server, session, transaction } = call
  if (!session || transactionNumber(call.command) === undefined)
    throw outsideOfTransaction('commitTransaction')
  if (!transaction) return new Map()
  session.transaction = undefined
  session.state = 'aborted'
  commitTransaction(server.engine, transaction)
  session.state = 'committed'
  server.cursors.endOf(owner => owner.transaction === transaction)
  server.sessions.remember(session, { command: 'commitTransaction', reply: undefined, progress: undefined })
  return new Map()
}

/** `abortTransaction` */
export function abort(call: Call): Document {
  const { server, session, transaction } = call
  if (!session || !transaction) throw outsideOfTransaction('abortTransaction')
  server.sessions.abort(session)
  server.cursors.endOf(owner => owner.transaction === transaction)
  return new Map()
}

const outsideOfTransaction = (command: string) =>
  new MongoError(125, 'CommandFailed', `${command} must be run within a transaction`)
