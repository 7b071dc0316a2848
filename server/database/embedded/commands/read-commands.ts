import { type Query, runQuery } from '../engine/query.ts'
import { badValue, notImplemented } from '../errors.ts'
import { compileMatch } from '../query/match.ts'
import { compileProjection } from '../query/projection.ts'
import { distinctValues } from '../query/path.ts'
import { compileSort } from '../query/sort.ts'
import { encodeDocument } from '../values/encode.ts'
import { encodeKeyValue } from '../values/key.ts'
import { MongoError } from '../errors.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, type Value } from '../values/value.ts'
import { type CursorBatch } from '../wire/answer.ts'
import { type Call, namespaceOf, ownerOf, scopeOf } from './call.ts'
import { checkFields, countField, documentField, isSet, numberField, refuseCollation } from './fields.ts'

const firstBatch = 101

const findFields = [
  'filter',
  'sort',
  'projection',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'max',
  'min',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'oplogReplay',
  'noCursorTimeout',
  'allowPartialResults',
  'ntoreturn',
]
const refusedFindOptions = ['returnKey', 'showRecordId', 'min', 'max']

/** No collection is capped here, so this is what the server says of each. */
const notCapped = badValue(
  'error processing query: planner returned error :: caused by :: tailable cursor requested on non capped collection',
)

/** `find` */
export function find(call: Call): CursorBatch {
  const namespace = namespaceOf(call)
  checkFields(call, findFields)
  for (const option of refusedFindOptions) {
    const value = call.command.get(option)
    if (isSet(value) || (value instanceof Map && value.size > 0))
      throw notImplemented(`The find option '${option}' is not supported`)
  }
  if (isSet(call.command.get('tailable'))) throw notCapped
  const limit = countField(call, 'limit') ?? 0
  const query: Query = {
    ...queryOf(call, 'filter'),
    sort: documentField(call, 'sort'),
    skip: countField(call, 'skip'),
    limit,
  }
  return call.server.cursors.open({
    namespace,
    documents: found(call, namespace, query),
    batchSize: countField(call, 'batchSize') ?? firstBatch,
    owner: ownerOf(call),
    singleBatch: isSet(call.command.get('singleBatch')),
    noTimeout: isSet(call.command.get('noCursorTimeout')),
  })
}

/** The filter and what goes with it in every reading command. */
export function queryOf(call: Call, filterField: string): Query {
  refuseCollation(call.command.get('collation'))
  return {
    filter: documentField(call, filterField) ?? new Map<string, Value>(),
    hint: call.command.get('hint'),
    scope: scopeOf(call),
    transaction: call.transaction,
  }
}

/** The documents as they go out. A wrong filter, sort or projection is refused here, found or not. */
export function found(call: Call, namespace: string, query: Query): Iterable<Uint8Array> {
  const match = compileMatch(query.filter, query.scope)
  const specification = documentField(call, 'projection')
  const project =
    specification && specification.size > 0 ? compileProjection(specification, match, query.scope) : undefined
  if (query.sort && !query.sort.has('$natural')) compileSort(query.sort)
  const collection = call.server.engine.find(namespace, call.transaction)
  if (!collection) return []
  const { hits } = runQuery(call.server.engine, collection, { ...query, match })
  return project ? mapped(hits, hit => encodeDocument(project(hit.document))) : mapped(hits, hit => hit.bytes)
}

function* mapped<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item)
}

/** `count` */
export function count(call: Call): Document {
  const namespace = namespaceOf(call)
  checkFields(call, ['query', 'limit', 'skip', 'fields'])
  const query = queryOf(call, 'query')
  const skip = countField(call, 'skip') ?? 0
  const limit = Math.abs(numberField(call, 'limit') ?? 0)
  compileMatch(query.filter, query.scope)
  return toDocument({ n: countMatches(call, namespace, { ...query, skip, limit }) })
}

/** How many documents match, counted without reading them where that is possible. */
export function countMatches(call: Call, namespace: string, query: Query): number {
  const { engine } = call.server
  const collection = engine.find(namespace, call.transaction)
  if (!collection) return 0
  const { skip = 0, limit = 0 } = query
  if (query.filter.size === 0 && !call.transaction && query.hint === undefined) {
    const rest = Math.max(0, engine.count(collection) - skip)
    return limit > 0 ? Math.min(limit, rest) : rest
  }
  let matches = 0
  for (const hit of runQuery(engine, collection, query).hits) matches += Number(hit.recordId > 0)
  return matches
}

/** `distinct` */
export function distinct(call: Call): Document {
  const namespace = namespaceOf(call)
  checkFields(call, ['key', 'query'])
  const key = call.command.get('key')
  if (typeof key !== 'string')
    throw new MongoError(
      14,
      'TypeMismatch',
      "BSON field 'distinct.key' is the wrong type, expected type 'string'",
    )
  const query = queryOf(call, 'query')
  compileMatch(query.filter, query.scope)
  const { engine } = call.server
  const collection = engine.find(namespace, call.transaction)
  const values = new Map<string, Value>()
  if (collection) {
    for (const { document } of runQuery(engine, collection, query).hits) {
      for (const value of distinctValues(document, key)) {
        const name = encodeKeyValue(value).toString('latin1')
        if (!values.has(name)) values.set(name, value)
      }
    }
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
  return toDocument({ values: sorted })
}
