import { sessionMinutes } from '../transactions/sessions.ts'
import { maxDocumentBytes } from '../engine/stored-document.ts'
import { maxMessageBytes } from '../wire/message-splitter.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, ObjectId, Timestamp } from '../values/value.ts'
import { type Call } from './call.ts'

export const version = '7.0.0'

/** Also what a standalone of one member that is always primary would say. */
const electionId = new ObjectId(Buffer.from('7fffffff0000000000000001', 'hex'))

/** `hello` and its older name `isMaster`: a replica set of one member, which is primary. */
export function hello(call: Call): Document {
  const { identity, engine } = call.server
  const now = new Date(engine.surroundings.now())
  call.client.applicationName ??= applicationName(call.command)
  const { address } = identity
  return toDocument({
    helloOk: true,
    ...(call.name === 'hello' ? {} : { ismaster: true }),
    isWritablePrimary: true,
    topologyVersion: { processId: identity.processId, counter: 0n },
    hosts: [address],
    setName: 'embedded',
    setVersion: 1,
    secondary: false,
    primary: address,
    me: address,
    electionId,
    lastWrite: {
      opTime: { ts: Timestamp.of(1, 1), t: 1n },
      lastWriteDate: now,
      majorityOpTime: { ts: Timestamp.of(1, 1), t: 1n },
      majorityWriteDate: now,
    },
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: now,
    logicalSessionTimeoutMinutes: sessionMinutes,
    connectionId: call.client.id,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
  })
}

/** The application's name as the driver tells it with the first `hello` of a connection. */
export function applicationName(command: Document): string | undefined {
  const client = command.get('client')
  const application = isDocument(client) ? client.get('application') : undefined
  const name = isDocument(application) ? application.get('name') : undefined
  return typeof name === 'string' ? name : undefined
}
