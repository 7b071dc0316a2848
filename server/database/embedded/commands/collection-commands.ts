import { type Collection } from '../engine/collection.ts'
import { MongoError, notImplemented } from '../errors.ts'
import { type Index } from '../indexes/index-definition.ts'
import { shellText } from '../indexes/shell-text.ts'
import { compileMatch } from '../query/match.ts'
import { encodeDocument } from '../values/encode.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { identicalValues } from '../values/order.ts'
import { toDocument } from '../values/plain.ts'
import { Binary, type Document, isDocument, type Value } from '../values/value.ts'
import { type CursorBatch } from '../wire/answer.ts'
import { type Call, namespaceOf, ownerOf } from './call.ts'
import { batchSizeOf, checkFields, documentField, isSet, refuseCollation } from './fields.ts'

/** Kinds of collection that MongoDB has and this engine refuses. */
const refusedOptions = [
  'viewOn',
  'pipeline',
  'capped',
  'timeseries',
  'clusteredIndex',
  'encryptedFields',
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
]

/** `create` */
export function createCollection(call: Call): Document {
  const namespace = namespaceOf(call)
  const { command } = call
  for (const option of refusedOptions) {
    const value = command.get(option)
    if (value !== undefined && value !== false)
      throw notImplemented(`The collection option '${option}' is not supported`)
  }
  const validator = command.get('validator')
  if (isDocument(validator) && validator.size > 0)
    throw notImplemented("The collection option 'validator' is not supported")
  refuseCollation(command.get('collation'))
  checkFields(call, [
    ...refusedOptions,
    'validator',
    'validationLevel',
    'validationAction',
    'size',
    'max',
    'autoIndexId',
    'idIndex',
    'storageEngine',
    'indexOptionDefaults',
  ])
  const existing = call.server.engine.find(namespace, call.transaction)
  if (existing) {
    if (call.transaction || !identicalValues(existing.options, new Map())) {
      throw new MongoError(48, 'NamespaceExists', `Collection ${namespace} already exists.`)
    }
    // Since 7.0 the same collection may be asked for again.
    return new Map()
  }
  call.server.engine.create(namespace, new Map<string, Value>(), call.transaction)
  return new Map()
}

/** `drop` */
export function dropCollection(call: Call): Document {
  const namespace = namespaceOf(call)
  const { catalog, locks } = call.server.engine
  const collection = catalog.find(namespace)
  if (!collection) return new Map()
  locks.checkUnused(collection)
  catalog.drop(collection)
  return toDocument({ nIndexesWas: collection.indexes.length, ns: namespace })
}

/** `renameCollection` */
export function renameCollection(call: Call): Document {
  checkFields(call, ['to', 'dropTarget', 'stayTemp'])
  const { catalog, locks } = call.server.engine
  const from = call.command.get('renameCollection')
  const to = call.command.get('to')
  if (typeof from !== 'string' || typeof to !== 'string')
    throw new MongoError(14, 'TypeMismatch', "BSON field 'renameCollection.to' must be a string")
  const collection = catalog.find(from)
  if (!collection) throw new MongoError(26, 'NamespaceNotFound', `Source collection ${from} does not exist`)
  const target = catalog.find(to)
  if (target === collection)
    throw new MongoError(20, 'IllegalOperation', "Can't rename a collection to itself")
  if (target && !isSet(call.command.get('dropTarget')))
    throw new MongoError(48, 'NamespaceExists', 'target namespace exists')
  for (const each of [collection, target]) if (each) locks.checkUnused(each)
  if (target) catalog.drop(target)
  catalog.rename(collection, to)
  collection.changedAt = locks.nextSequence()
  return new Map()
}

const indexFields = ['name', 'keyPattern', 'expireAfterSeconds', 'hidden']

/** `collMod`: when documents expire and whether an index is hidden. */
export function modifyCollection(call: Call): Document {
  const namespace = namespaceOf(call)
  const collection = call.server.engine.find(namespace)
  if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`)
  for (const option of [
    'validator',
    'viewOn',
    'pipeline',
    'cappedSize',
    'cappedMax',
    'timeseries',
    'changeStreamPreAndPostImages',
    'expireAfterSeconds',
  ]) {
    if (call.command.has(option)) throw notImplemented(`The collection option '${option}' is not supported`)
  }
  checkFields(call, ['index', 'validationLevel', 'validationAction'])
  const asked = documentField(call, 'index')
  if (!asked) return new Map()
  for (const option of asked.keys()) {
    if (!indexFields.includes(option))
      throw notImplemented(`The option '${option}' of an index cannot be changed`)
  }
  const index = namedIndex(collection, asked)
  const answer: Document = new Map()
  const specification: Document = new Map(index.specification)
  const seconds = asked.get('expireAfterSeconds')
  if (isNumber(seconds)) change(specification, answer, 'expireAfterSeconds', asNumber(seconds))
  if (asked.has('hidden')) change(specification, answer, 'hidden', isSet(asked.get('hidden')))
  if (index.name === '_id_' && specification.get('hidden') === true)
    throw new MongoError(2, 'BadValue', "can't hide _id index")
  index.specification = specification
  call.server.engine.catalog.save(collection)
  return answer
}

function namedIndex(collection: Collection, asked: Document): Index {
  const name = asked.get('name')
  const key = asked.get('keyPattern')
  const index =
    typeof name === 'string'
      ? collection.index(name)
      : isDocument(key)
        ? collection.indexes.find(each => each.hasKey(key))
        : undefined
  if (index) return index
  throw new MongoError(
    27,
    'IndexNotFound',
    `cannot find index ${shellText(name ?? null)} for ns ${collection.namespace}`,
  )
}

/** Notes the option as it was and as it is now, as the server does. */
function change(specification: Document, answer: Document, option: string, value: number | boolean): void {
  const was = specification.get(option)
  if (was === value) return
  if (was !== undefined || option === 'hidden') answer.set(`${option}_old`, was ?? false)
  answer.set(`${option}_new`, value)
  if (value === false) specification.delete(option)
  else specification.set(option, value)
}

/** `listCollections` */
export function listCollections(call: Call): CursorBatch {
  checkFields(call, ['filter', 'nameOnly', 'cursor', 'authorizedCollections'])
  const filter = documentField(call, 'filter')
  const matches = filter ? compileMatch(filter) : () => true
  const nameOnly = isSet(call.command.get('nameOnly'))
  const lines = call.server.engine.catalog
    .inDatabase(call.database)
    .map(collection => ({ name: collection.name, line: lineOf(collection) }))
    .filter(({ line }) => matches(line))
    .map(({ name, line }) => encodeDocument(nameOnly ? toDocument({ name, type: 'collection' }) : line))
  return call.server.cursors.open({
    namespace: `${call.database}.$cmd.listCollections`,
    documents: lines,
    most: lines.length,
    batchSize: batchSizeOf(documentField(call, 'cursor'), Infinity),
    owner: ownerOf(call),
  })
}

const lineOf = (collection: Collection): Document =>
  toDocument({
    name: collection.name,
    type: 'collection',
    options: collection.options,
    info: { readOnly: false, uuid: new Binary(collection.uuid, 4) },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  })
