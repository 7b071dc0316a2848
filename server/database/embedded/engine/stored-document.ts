import { MongoError, badValue } from '../errors.ts'
import { encodeDocument } from '../values/encode.ts'
import { withFieldFirst } from '../values/raw-field.ts'
import {
  type Document,
  isDocument,
  RegularExpression,
  Timestamp,
  BsonUndefined,
  type Value,
} from '../values/value.ts'
import { type Surroundings } from './engine.ts'

/** What one document may measure as BSON. */
export const maxDocumentBytes = 16 * 1024 * 1024

/** A document and the bytes that are stored of it, which have `_id` in front. */
export interface StoredDocument {
  readonly document: Document
  readonly bytes: Uint8Array
}

/**
 * The document as it is stored; a missing `_id` is made.
 * @throws MongoError 2 or 52 for an `_id` that cannot be one
 * @throws MongoError 10334 beyond 16 MiB
 */
export function asStored(
  given: Document,
  { newObjectId, newTimestamp }: Pick<Surroundings, 'newObjectId' | 'newTimestamp'>,
  givenBytes?: Uint8Array,
): StoredDocument {
  const document = withTimes(given, newTimestamp)
  const bytes = document === given ? givenBytes : undefined
  const first = document.keys().next().value
  const id = document.get('_id') ?? (document.has('_id') ? null : newObjectId())
  checkId(id)
  if (first === '_id') return checkedSize({ document, bytes: bytes ?? encodeDocument(document) })
  // Drivers write an `_id` that they made behind the other fields: moving its bytes is cheaper than writing all anew.
  const moved = bytes && withFieldFirst(bytes, '_id')
  if (moved) return checkedSize({ document, bytes: moved })
  const ordered = withIdFirst(document, id)
  return checkedSize({ document: ordered, bytes: encodeDocument(ordered) })
}

/** A document in which the empty timestamps among its own fields, except `_id`, say when it was written. */
export function withTimes(document: Document, newTimestamp: () => Timestamp): Document {
  let changed: Document | undefined
  for (const [name, value] of document) {
    if (value instanceof Timestamp && value.bits === 0n && name !== '_id')
      changed = (changed ?? new Map(document)).set(name, newTimestamp())
  }
  return changed ?? document
}

/** @throws MongoError 10334 beyond 16 MiB */
export function checkedSize(stored: StoredDocument): StoredDocument {
  if (stored.bytes.length <= maxDocumentBytes) return stored
  throw new MongoError(
    10334,
    'BSONObjectTooLarge',
    `BSONObj size: ${stored.bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}(16MB)`,
  )
}

function withIdFirst(document: Document, id: Value): Document {
  const ordered: Document = new Map([['_id', id]])
  for (const [name, value] of document) if (name !== '_id') ordered.set(name, value)
  return ordered
}

function checkId(id: Value): void {
  if (Array.isArray(id)) throw badId('array')
  if (id instanceof RegularExpression) throw badId('regex')
  if (id instanceof BsonUndefined) throw badId('undefined')
  if (!isDocument(id)) return
  for (const name of id.keys()) {
    if (name.startsWith('$')) {
      throw new MongoError(
        52,
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      )
    }
  }
}

const badId = (type: string) => badValue(`The '_id' value cannot be of type ${type}`)
