import { invalidBson } from '../errors.ts'
import { asBuffer } from './bytes.ts'
import { Reader } from './decode.ts'
import { isSpelled } from './field-names.ts'
import { code } from './type-codes.ts'
import { type Value } from './value.ts'

/**
 * Reads one top-level field of a document without decoding the rest; undefined when it is missing.
 * The name must be ASCII. Throws `MongoError` 22 for damaged bytes on the way.
 */
export function readField(bytes: Uint8Array, name: string): Value | undefined {
  const reader = new Reader(asBuffer(bytes), 0)
  const end = reader.enter(1)
  while (reader.at < end) {
    const type = reader.byte()
    const start = reader.at
    reader.skipName()
    if (reader.at - 1 - start === name.length && isSpelled(name, reader.bytes, start))
      return reader.value(type, 1)
    skipValue(reader, type)
  }
  return undefined
}

/** The same document with one top-level field in front of the others; undefined when it has no such field. */
export function withFieldFirst(bytes: Uint8Array, name: string): Buffer | undefined {
  const reader = new Reader(asBuffer(bytes), 0)
  const end = reader.enter(1)
  while (reader.at < end) {
    const from = reader.at
    const type = reader.byte()
    const start = reader.at
    reader.skipName()
    const found = reader.at - 1 - start === name.length && isSpelled(name, reader.bytes, start)
    skipValue(reader, type)
    if (!found) continue
    const moved = Buffer.allocUnsafe(bytes.length)
    const length = reader.at - from
    reader.bytes.copy(moved, 0, 0, 4)
    reader.bytes.copy(moved, 4, from, reader.at)
    reader.bytes.copy(moved, 4 + length, 4, from)
    reader.bytes.copy(moved, reader.at, reader.at, bytes.length)
    return moved
  }
  return undefined
}

function skipValue(reader: Reader, type: number): void {
  const { bytes, at } = reader
  const length = fixedLength(type)
  if (length !== undefined) reader.at = at + length
  else if (type === code.regex) {
    reader.skipName()
    reader.skipName()
  } else {
    if (at + 4 > bytes.length) throw invalidBson('The bytes end inside a value')
    reader.at = at + bytes.readInt32LE(at) + lengthBeyondItself(type)
  }
  if (reader.at <= at && length !== 0) throw invalidBson('A value has a negative length')
}

function fixedLength(type: number): number | undefined {
  switch (type) {
    case code.null:
    case code.undefined:
    case code.minKey:
    case code.maxKey:
      return 0
    case code.boolean:
      return 1
    case code.int:
      return 4
    case code.double:
    case code.date:
    case code.long:
    case code.timestamp:
      return 8
    case code.objectId:
      return 12
    case code.decimal:
      return 16
    default:
      return undefined
  }
}

/** What follows a length that does not count itself or what stands behind it. */
function lengthBeyondItself(type: number): number {
  switch (type) {
    case code.object:
    case code.array:
    case code.javascriptWithScope:
      return 0
    case code.string:
    case code.javascript:
    case code.symbol:
      return 4
    case code.binary:
      return 5
    case code.dbPointer:
      return 16
    default:
      throw invalidBson(`Unrecognized BSON type: ${type}`)
  }
}
