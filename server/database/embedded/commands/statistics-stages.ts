import { createHash } from 'node:crypto'
import { MongoError, notImplemented } from '../errors.ts'
import { toDocument } from '../values/plain.ts'
import { Binary, type Document, isDocument, type Value } from '../values/value.ts'
import { type Call } from './call.ts'
import { collectionStatistics } from './database-commands.ts'

/** Stages of MongoDB that do not read a collection's documents and that this engine refuses. */
const refused: ReadonlySet<string> = new Set([
  '$changeStream',
  '$currentOp',
  '$planCacheStats',
  '$listSampledQueries',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$geoNear',
])

const outsideTransactions: ReadonlySet<string> = new Set([
  '$collStats',
  '$indexStats',
  '$listLocalSessions',
  '$listSessions',
])

/** The documents of a first stage that brings its own; undefined for any other. */
export function givenDocuments(
  call: Call,
  namespace: string,
  first: Document | undefined,
): readonly Document[] | undefined {
  const [stage] = first ?? []
  if (!stage) return undefined
  const [name, argument] = stage
  if (refused.has(name)) throw notImplemented(`The stage '${name}' is not supported`)
  if (call.transaction && outsideTransactions.has(name))
    throw new MongoError(
      263,
      'OperationNotSupportedInTransaction',
      `Stage not supported inside of a multi-document transaction: ${name}`,
    )
  if (name === '$collStats') return [statistics(call, namespace, argument)]
  if (name === '$indexStats') return indexLines(call, namespace)
  if (name === '$listLocalSessions' || name === '$listSessions') return sessionLines(call)
  if (name === '$documents') return literals(argument)
  return undefined
}

function statistics(call: Call, namespace: string, argument: Value): Document {
  const asked: Document = isDocument(argument) ? argument : new Map<string, Value>()
  for (const section of asked.keys())
    if (section !== 'count' && section !== 'storageStats')
      throw notImplemented(`The section '${section}' of $collStats is not supported`)
  const storage = asked.get('storageStats')
  const scale = isDocument(storage) ? storage.get('scale') : undefined
  const all = collectionStatistics(call, namespace, scale)
  return toDocument({
    ns: namespace,
    host: call.server.identity.address,
    localTime: new Date(call.server.engine.surroundings.now()),
    ...(asked.has('count') && { count: all.get('count') }),
    ...(asked.has('storageStats') && { storageStats: all }),
  })
}

const indexLines = ({ server }: Call, namespace: string): readonly Document[] =>
  (server.engine.find(namespace)?.indexes ?? []).map(({ name, keyPattern, specification }) =>
    toDocument({ name, key: keyPattern, host: server.identity.address, spec: specification }),
  )

const sessionLines = ({ server }: Call): readonly Document[] =>
  server.sessions.all().map(({ id, lastUsed }) =>
    toDocument({
      _id: { id: new Binary(id, uuidSubtype), uid: nobody },
      lastUse: new Date(lastUsed),
    }),
  )

const uuidSubtype = 4

/** The digest of the empty name: there are no users here. */
const nobody = new Binary(createHash('sha256').digest(), 0)

function literals(argument: Value): readonly Document[] {
  if (Array.isArray(argument) && argument.every(isDocument)) return argument
  throw new MongoError(5858203, 'Location5858203', 'an array is expected as an argument of $documents')
}
