import { MongoError, badValue } from '../errors.ts'
import { encodeDocument } from '../values/encode.ts'
import { withFieldFirst } from '../values/raw-field.ts'
import {
  type Document,
  isDocument,
  type ObjectId,
  RegularExpression,
  BsonUndefined,
  type Value,
} from '../values/value.ts'

/** What one document may measure as BSON. */
export const maxDocumentBytes = 16 * 1024 * 1024

/** A document in the form it is stored in: `_id` in front, its bytes beside it. */
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
  document: Document,
  newObjectId: () => ObjectId,
  bytes?: Uint8Array,
): StoredDocument {
  const first = document.keys().next().value
  const given = document.get('_id')
  const id = given ?? (document.has('_id') ? null : newObjectId())
  checkId(id)
  const ordered = first === '_id' ? document : withIdFirst(document, id)
  return checkedSize({ document: ordered, bytes: bytesOf(ordered, first === '_id', bytes) })
}

/** Drivers write an `_id` that they made behind the other fields: moving it is cheaper than writing all anew. */
function bytesOf(ordered: Document, inPlace: boolean, bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) return encodeDocument(ordered)
  return inPlace ? bytes : (withFieldFirst(bytes, '_id') ?? encodeDocument(ordered))
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
