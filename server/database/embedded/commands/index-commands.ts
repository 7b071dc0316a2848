import { createIndexes, dropIndex } from '../engine/index-builds.ts'
import { MongoError } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { type Index } from '../indexes/index-definition.ts'
import { type Collection } from '../engine/collection.ts'
import { encodeDocument } from '../values/encode.ts'
import { toDocument } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type CursorBatch } from '../wire/answer.ts'
import { type Call, namespaceOf, ownerOf } from './call.ts'
import { batchSizeOf, checkFields, documentField } from './fields.ts'

/** `createIndexes`; the collection is made when it is missing. */
export function createIndexesCommand(call: Call): Document {
  const namespace = namespaceOf(call)
  checkFields(call, ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'])
  const asked = indexesAsked(call)
  const { engine } = call.server
  const existing = engine.find(namespace, call.transaction)
  const collection = existing ?? engine.create(namespace, new Map<string, Value>(), call.transaction)
  const before = collection.indexes.length
  try {
    createIndexes(engine, collection, asked, call.transaction)
  } catch (error) {
    // A collection made for indexes that cannot be is not left behind.
    if (!existing && !call.transaction) engine.catalog.drop(collection)
    throw error
  }
  const after = collection.indexes.length
  return toDocument({
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: !existing,
    ...(before === after && { note: 'all indexes already exist' }),
  })
}

function indexesAsked({ command }: Call): readonly Document[] {
  const asked = command.get('indexes')
  if (!Array.isArray(asked))
    throw new MongoError(
      40414,
      'Location40414',
      "BSON field 'createIndexes.indexes' is missing but a required field",
    )
  if (asked.length === 0) throw new MongoError(2, 'BadValue', 'Must specify at least one index to create')
  return asked.map(each => {
    if (!isDocument(each))
      throw new MongoError(14, 'TypeMismatch', "The elements of the 'indexes' array must be objects")
    return each
  })
}

/** `listIndexes` */
export function listIndexes(call: Call): CursorBatch {
  const namespace = namespaceOf(call)
  checkFields(call, ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'])
  const collection = call.server.engine.find(namespace)
  if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`)
  return call.server.cursors.open({
    namespace,
    documents: collection.indexes.map(index => encodeDocument(index.specification)),
    most: collection.indexes.length,
    batchSize: batchSizeOf(documentField(call, 'cursor'), Infinity),
    owner: ownerOf(call),
  })
}

/** `dropIndexes`: by name, by key, several names, or `*` for all but that of `_id`. */
export function dropIndexesCommand(call: Call): Document {
  const namespace = namespaceOf(call)
  checkFields(call, ['index'])
  const { engine } = call.server
  const collection = engine.find(namespace)
  if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns not found ${namespace}`)
  engine.locks.checkUnused(collection)
  const nIndexesWas = collection.indexes.length
  const asked = call.command.get('index') ?? null
  const dropped =
    asked === '*'
      ? collection.indexes.slice(1)
      : (Array.isArray(asked) ? asked : [asked]).map(each => indexMeant(collection, each))
  for (const index of dropped) {
    if (index.name === '_id_') throw new MongoError(72, 'InvalidOptions', 'cannot drop _id index')
  }
  for (const index of dropped) dropIndex(engine, collection, index)
  return toDocument({ nIndexesWas, ...(asked === '*' && { msg: 'non-_id indexes dropped for collection' }) })
}

function indexMeant(collection: Collection, asked: Value): Index {
  if (isDocument(asked)) {
    const index = collection.indexes.find(each => each.hasKey(asked))
    if (index) return index
    throw new MongoError(27, 'IndexNotFound', "can't find index with key")
  }
  const index = typeof asked === 'string' ? collection.index(asked) : undefined
  if (index) return index
  throw new MongoError(
    27,
    'IndexNotFound',
    `index not found with name [${typeof asked === 'string' ? asked : shellText(asked)}]`,
  )
}
