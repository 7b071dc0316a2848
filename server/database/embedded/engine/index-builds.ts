import { MongoError } from '../errors.ts'
import { Index } from '../indexes/index-definition.ts'
import { isThere, readSpecification } from '../indexes/index-specification.ts'
import { type Transaction } from '../transactions/transaction.ts'
import { decodeDocument } from '../values/decode.ts'
import { type Document } from '../values/value.ts'
import { candidatesOf } from './candidates.ts'
import { type Collection } from './collection.ts'
import { duplicateKey } from './duplicate-key.ts'
import { type Engine } from './engine.ts'

const maxIndexes = 64

/**
 * Builds the indexes that are missing, over all documents, or none of them.
 * @throws MongoError 11000 when documents share a key that is to be unique, 85 or 86 when another index is in the way
 */
export function createIndexes(
  engine: Engine,
  collection: Collection,
  asked: readonly Document[],
  transaction?: Transaction,
): void {
  const specifications = asked.map(readSpecification)
  const missing: Document[] = []
  for (const specification of specifications) {
    const key = specification.get('key') as Document
    const existing = collection.indexes.some(index =>
      isThere(index.specification, specification, index.hasKey(key)),
    )
    const twice = missing.some(other =>
      isThere(other, specification, new Index({ id: 0, specification: other }).hasKey(key)),
    )
    if (!existing && !twice) missing.push(specification)
  }
  if (missing.length === 0) return
  if (collection.indexes.length + missing.length > maxIndexes) {
    throw new MongoError(
      67,
      'CannotCreateIndex',
      `add index fails, too many indexes for ${collection.namespace}`,
    )
  }
  if (transaction && !collection.pending) {
    throw new MongoError(
      263,
      'OperationNotSupportedInTransaction',
      `Cannot create new indexes on existing collection ${collection.namespace} in a multi-document transaction.`,
    )
  }
  if (!transaction) engine.locks.checkUnused(collection)
  const indexes = missing.map(specification => new Index({ id: engine.catalog.newId(), specification }))
  if (!collection.pending) build(engine, collection, indexes)
  collection.indexes.push(...indexes)
  collection.changedAt = engine.locks.nextSequence()
  engine.catalog.save(collection)
}

function build(engine: Engine, collection: Collection, indexes: readonly Index[]): void {
  const made: Index[] = []
  try {
    for (const index of indexes) {
      engine.store.createIndex(index.id)
      made.push(index)
      fill(engine, collection, index)
    }
  } catch (error) {
    for (const index of made) engine.store.dropIndex(index.id)
    throw error
  }
}

function fill(engine: Engine, collection: Collection, index: Index): void {
  const source = {
    collection,
    view: engine.store,
    transaction: undefined,
    tally: { keysExamined: 0, documentsExamined: 0 },
    deadline: engine.deadline,
  }
  for (const { recordId, bytes } of candidatesOf(source, { kind: 'scan', sorted: true }, false)) {
    const { keys, arrays } = index.keysOf(decodeDocument(bytes))
    index.noteArrays(arrays)
    for (const key of keys) {
      if (index.unique && engine.store.holder(index.id, key.bytes) !== undefined)
        throw duplicateKey(collection.namespace, index, key)
      engine.store.putEntry(index.id, key.bytes, recordId)
    }
  }
}

/** @throws MongoError 72 for the index of `_id` */
export function dropIndex(engine: Engine, collection: Collection, index: Index): void {
  if (index.name === '_id_') throw new MongoError(72, 'InvalidOptions', 'cannot drop _id index')
  engine.store.dropIndex(index.id)
  collection.indexes.splice(collection.indexes.indexOf(index), 1)
  collection.changedAt = engine.locks.nextSequence()
  engine.catalog.save(collection)
}
