import { type RecordView } from '../storage/record-store.ts'
import { decodeDocument } from '../values/decode.ts'
import { type Collection } from './collection.ts'
import { type Engine } from './engine.ts'

const chunk = 256

/**
 * Compares every index with the documents, as they are at this moment; writes go on meanwhile.
 * @returns what is wrong, in words; empty when every index lists every document and nothing else
 */
export async function indexFaults(engine: Engine): Promise<readonly string[]> {
  const faults: string[] = []
  const snapshot = engine.store.snapshot()
  try {
    for (const collection of engine.catalog.all())
      faults.push(...(await collectionFaults(snapshot, collection)))
  } finally {
    snapshot.close()
  }
  return faults
}

/** The same for one collection, for a view that does not move meanwhile. */
export async function collectionFaults(view: RecordView, collection: Collection): Promise<readonly string[]> {
  const faults: string[] = []
  const indexes = [...collection.indexes]
  const expected = new Map(indexes.map(index => [index, 0]))
  const { id, namespace } = collection
  let after: number | undefined
  for (;;) {
    const records = view.records({ collectionId: id, after, reverse: false, limit: chunk })
    for (const [recordId, bytes] of records) {
      const document = decodeDocument(bytes)
      for (const index of indexes) {
        const { keys, arrays } = index.keysOf(document)
        if (arrays.some(path => !index.crossesArray(path)))
          faults.push(`${namespace}: index ${index.name} does not know of an array in record ${recordId}`)
        expected.set(index, (expected.get(index) ?? 0) + keys.length)
        for (const key of keys) {
          const entries = view.entries({
            indexId: index.id,
            low: key.bytes,
            high: null,
            after: [key.bytes, recordId - 1],
            reverse: false,
            limit: 1,
          })
          const [found] = entries
          if (found?.[1] !== recordId || !key.bytes.equals(found[0]))
            faults.push(`${namespace}: index ${index.name} does not list record ${recordId}`)
        }
      }
    }
    if (records.length < chunk) break
    after = records.at(-1)?.[0]
    await new Promise(resolve => setImmediate(resolve))
  }
  for (const [index, count] of expected) {
    const listed = view.countEntries(index.id)
    if (listed !== count)
      faults.push(`${namespace}: index ${index.name} has ${listed} entries and should have ${count}`)
  }
  return faults
}
