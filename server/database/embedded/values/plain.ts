import { badValue } from '../errors.ts'
import { Decimal128 } from './decimal128.ts'
import { toDouble } from './numbers.ts'
import {
  Binary,
  BsonSymbol,
  BsonUndefined,
  Code,
  DbPointer,
  type Document,
  Double,
  FarDate,
  maxKey,
  MaxKey,
  minKey,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from './value.ts'

const own = [
  Binary,
  BsonSymbol,
  BsonUndefined,
  Code,
  DbPointer,
  Decimal128,
  Double,
  FarDate,
  MaxKey,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
]

/**
 * A value from JS: plain objects and Maps become documents (fields that are undefined are left out), numbers are
 * int32 when whole and within 32 bits, classes of the `bson` package become ours. Throws `MongoError` 2 otherwise.
 */
export function toValue(js: unknown): Value {
  switch (typeof js) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return js
    case 'undefined':
      return null
    case 'object':
      return js === null ? null : fromObject(js)
    default:
      throw badValue(`A ${typeof js} cannot be stored`)
  }
}

/** A document from a plain object or a Map; see `toValue`. */
export function toDocument(js: object): Document {
  const document: Document = new Map()
  const fields: Iterable<[unknown, unknown]> = js instanceof Map ? js : Object.entries(js)
  for (const [name, value] of fields) if (value !== undefined) document.set(String(name), toValue(value))
  return document
}

function fromObject(js: object): Value {
  if (js instanceof Map) return toDocument(js)
  if (Array.isArray(js)) return js.map(toValue)
  if (js instanceof Date) return js
  if (js instanceof RegExp) return new RegularExpression(js.source, optionsOf(js.flags))
  if (js instanceof Uint8Array) return new Binary(js, 0)
  if (own.some(type => js instanceof type)) return js as Value
  return '_bsontype' in js ? fromBsonPackage(js) : toDocument(js)
}

const optionsOf = (flags: string) =>
  ['i', 'm', 's', 'u', 'x'].filter(letter => flags.includes(letter)).join('')

/** What the classes of the `bson` package have in common with what is read from them here. */
interface BsonPackageValue {
  readonly _bsontype: unknown
  readonly [member: string]: unknown
}

function fromBsonPackage(js: BsonPackageValue): Value {
  const read = readers[String(js._bsontype)]
  if (!read) throw badValue(`A ${String(js._bsontype)} cannot be stored`)
  return read(js)
}

const bytesOf = (value: unknown) => (value instanceof Uint8Array ? value : new Uint8Array())

const numberOf = (value: unknown) => Number(value)

const bigOf = (js: BsonPackageValue) =>
  (BigInt.asUintN(32, BigInt(numberOf(js['high']))) << 32n) | BigInt.asUintN(32, BigInt(numberOf(js['low'])))

const readers: Readonly<Record<string, (js: BsonPackageValue) => Value>> = {
  ObjectId: js => new ObjectId(bytesOf(js['id'])),
  Int32: js => numberOf(js['value']),
  Double: js => toDouble(numberOf(js['value'])),
  Long: js => BigInt.asIntN(64, bigOf(js)),
  Timestamp: js => new Timestamp(bigOf(js)),
  Decimal128: js => {
    const bytes = Buffer.from(bytesOf(js['bytes']))
    return new Decimal128((bytes.readBigUInt64LE(8) << 64n) | bytes.readBigUInt64LE(0))
  },
  Binary: js =>
    new Binary(bytesOf(js['buffer']).subarray(0, numberOf(js['position'])), numberOf(js['sub_type'])),
  UUID: js => new Binary(bytesOf(js['buffer']), 4),
  BSONRegExp: js => new RegularExpression(String(js['pattern']), String(js['options'])),
  BSONSymbol: js => new BsonSymbol(String(js['value'])),
  Code: js => new Code(String(js['code']), js['scope'] ? toDocument(js['scope']) : undefined),
  DBRef: js =>
    toDocument({
      $ref: js['collection'],
      $id: js['oid'],
      $db: js['db'] ?? undefined,
      ...(js['fields'] as object),
    }),
  MinKey: () => minKey,
  MaxKey: () => maxKey,
}
