import { MongoError } from '../errors.ts'
import { decodeDocument } from '../values/decode.ts'
import { toDocument } from '../values/plain.ts'
import { type Document } from '../values/value.ts'
import { type Call, namespaceOf } from './call.ts'

/** `validate`: compares the collection's indexes with its documents. */
export function validate(call: Call): Document {
  const namespace = namespaceOf(call)
  const { engine } = call.server
  const collection = engine.find(namespace)
  if (!collection)
    throw new MongoError(26, 'NamespaceNotFound', `Collection '${namespace}' does not exist to validate.`)
  const expected = new Map(collection.indexes.map(index => [index, 0]))
  let after: number | undefined
  let records = 0
  for (;;) {
    const chunk = engine.store.records({ collectionId: collection.id, after, reverse: false, limit: 256 })
    for (const [, bytes] of chunk) {
      records++
      const document = decodeDocument(bytes)
      for (const index of collection.indexes)
        expected.set(index, (expected.get(index) ?? 0) + index.keysOf(document).keys.length)
    }
    if (chunk.length < 256) break
    after = chunk.at(-1)?.[0]
  }
  const errors = [...expected]
    .filter(([index, count]) => engine.store.countEntries(index.id) !== count)
    .map(([index]) => `index ${index.name} does not list the documents as they are`)
  return toDocument({
    ns: namespace,
    nInvalidDocuments: 0,
    nrecords: records,
    nIndexes: collection.indexes.length,
    keysPerIndex: Object.fromEntries([...expected].map(([index, count]) => [index.name, count])),
    valid: errors.length === 0,
    repaired: false,
    warnings: [],
    errors,
    extraIndexEntries: [],
    missingIndexEntries: [],
    corruptRecords: [],
  })
}
