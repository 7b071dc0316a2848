import { type Index } from '../indexes/index-definition.ts'
import { type Document, type Value } from '../values/value.ts'
import { applyChanges } from './changes.ts'
import { type Collection } from './collection.ts'
import { type Engine } from './engine.ts'
import { runQuery } from './query.ts'

/** What one round removes at most, so that clients do not wait for it. */
const maxRemoved = 2000

/** Removes documents whose time has come, by the indexes with `expireAfterSeconds`; the rest is left to the next round. */
export function removeExpired(engine: Engine): number {
  let left = maxRemoved
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined || left === 0) continue
      left -= removeFrom(engine, collection, index, left)
    }
  }
  return maxRemoved - left
}

function removeFrom(engine: Engine, collection: Collection, index: Index, limit: number): number {
  const query = { filter: expired(index, engine.surroundings.now()), hint: index.name, limit }
  // A document that a transaction holds is passed over; it is still expired in the next round.
  const hits = [...runQuery(engine, collection, query).hits].filter(
    ({ recordId }) => !engine.locks.recordOwner(collection, recordId),
  )
  for (const { recordId, document } of hits) {
    applyChanges(engine, collection, [{ recordId, before: document, after: undefined }])
  }
  return hits.length
}

/** A date, or the earliest in an array of dates, that lies far enough back. */
function expired(index: Index, now: number): Document {
  const path = index.fields[0]?.path ?? ''
  const due: Document = new Map([
    [path, new Map<string, Value>([['$lte', new Date(now - (index.expireAfterSeconds ?? 0) * 1000)]])],
  ])
  return index.partial ? new Map<string, Value>([['$and', [due, index.partial]]]) : due
}
