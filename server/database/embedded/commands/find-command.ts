import { type Hit, type Query, runQuery } from '../engine/query.ts'
import { badValue, notImplemented } from '../errors.ts'
import { type Index } from '../indexes/index-definition.ts'
import { compileMatch } from '../query/match.ts'
import { compileProjection } from '../query/projection.ts'
import { compileSort } from '../query/sort.ts'
import { encodeDocument } from '../values/encode.ts'
import { emptyArray } from '../values/key.ts'
import { bsonUndefined, type Document, type Value } from '../values/value.ts'
import { type CursorBatch } from '../wire/answer.ts'
import { type Call, namespaceOf, ownerOf } from './call.ts'
import { checkFields, countField, documentField, isSet } from './fields.ts'
import { queryOf } from './read-commands.ts'

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

/** No collection is capped here, so this is what the server says of each. */
const notCapped = badValue(
  'error processing query: planner returned error :: caused by :: tailable cursor requested on non capped collection',
)

/** `find` */
export function find(call: Call): CursorBatch {
  const namespace = namespaceOf(call)
  checkFields(call, findFields)
  if (isSet(call.command.get('tailable'))) throw notCapped
  const limit = countField(call, 'limit') ?? 0
  const query: Query = {
    ...queryOf(call, 'filter'),
    sort: documentField(call, 'sort'),
    skip: countField(call, 'skip'),
    limit,
    min: documentField(call, 'min'),
    max: documentField(call, 'max'),
  }
  const documents = found(call, namespace, query)
  return call.server.cursors.open({
    namespace,
    documents: documents ?? [],
    batchSize: countField(call, 'batchSize') ?? firstBatch,
    ...(limit > 0 && { most: limit }),
    ...(!documents && { most: 0 }),
    owner: ownerOf(call),
    singleBatch: isSet(call.command.get('singleBatch')),
    noTimeout: isSet(call.command.get('noCursorTimeout')),
  })
}

/**
 * The documents as they go out; undefined without a collection. A wrong filter, sort or projection is refused here,
 * found or not.
 */
function found(call: Call, namespace: string, query: Query): Iterable<Uint8Array> | undefined {
  const match = compileMatch(query.filter, query.scope)
  const specification = documentField(call, 'projection')
  const project =
    specification && specification.size > 0 ? compileProjection(specification, match, query.scope) : undefined
  if (query.sort && !query.sort.has('$natural')) compileSort(query.sort)
  const collection = call.server.engine.find(namespace, call.transaction)
  if (!collection) return undefined
  const { hits, plan } = runQuery(call.server.engine, collection, { ...query, match })
  const index = plan.kind === 'index' ? plan.index : undefined
  const withRecordId = isSet(call.command.get('showRecordId'))
  if (isSet(call.command.get('returnKey'))) return mapped(hits, hit => encodeDocument(keyOf(hit, index)))
  if (!project && !withRecordId) return mapped(hits, hit => hit.bytes)
  return mapped(hits, hit =>
    encodeDocument(numbered(project ? project(hit.document) : hit.document, hit, withRecordId)),
  )
}

function* mapped<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item)
}

/** `showRecordId` */
const numbered = (document: Document, { recordId }: Hit, asked: boolean): Document =>
  asked ? new Map<string, Value>([...document, ['$recordId', BigInt(recordId)]]) : document

/** `returnKey`: what the index that was read holds of the document; nothing where none was read. */
function keyOf({ document }: Hit, index: Index | undefined): Document {
  if (!index) return new Map()
  const { keys, arrays } = index.keysOf(document)
  if (arrays.length > 0)
    throw notImplemented("The find option 'returnKey' is not supported on an index of arrays")
  return new Map(
    index.fields.map(({ path }, at) => {
      const part = keys[0]?.tuple[at] ?? null
      return [path, part === emptyArray ? bsonUndefined : part]
    }),
  )
}
