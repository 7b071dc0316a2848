import { invalidBson, overflow } from '../errors.ts'
import { asBuffer } from './bytes.ts'
import { Decimal128 } from './decimal128.ts'
import { fieldName } from './field-names.ts'
import { toDouble } from './numbers.ts'
import { code, maxDepth } from './type-codes.ts'
import {
  Binary,
  BsonSymbol,
  bsonUndefined,
  Code,
  DbPointer,
  type Document,
  maxKey,
  minKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  toDate,
  type Value,
} from './value.ts'

/**
 * Reads one BSON document that fills the bytes exactly. Binary values share memory with `bytes`.
 * Throws `MongoError` 22 (InvalidBSON) for damaged bytes and 15 (Overflow) beyond 200 levels.
 */
export function decodeDocument(bytes: Uint8Array): Document {
  const buffer = asBuffer(bytes)
  if (buffer.length < 5 || buffer.readInt32LE(0) !== buffer.length) {
    throw invalidBson('The length of the document is not the length of its bytes')
  }
  return new Reader(buffer, 0).document(1)
}

/** A position in BSON bytes that moves on with each value read. */
export class Reader {
  readonly bytes: Buffer
  at: number

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** The document that begins here; `depth` counts from 1. */
  document(depth: number): Document {
    const end = this.enter(depth)
    const document: Document = new Map()
    while (this.at < end) {
      const type = this.byte()
      const name = this.name()
      document.set(name, this.value(type, depth))
    }
    this.leave(end)
    return document
  }

  private array(depth: number): Value[] {
    const end = this.enter(depth)
    const values: Value[] = []
    while (this.at < end) {
      const type = this.byte()
      this.skipName()
      values.push(this.value(type, depth))
    }
    this.leave(end)
    return values
  }

  /** Steps over a length and gives the place of the closing zero. */
  enter(depth: number): number {
    if (depth > maxDepth) throw overflow(`Document exceeds maximum nested object depth: ${maxDepth}`)
    const start = this.at
    const length = this.int32()
    const end = start + length - 1
    if (length < 5 || end >= this.bytes.length)
      throw invalidBson('A document is longer than the bytes that hold it')
    return end
  }

  private leave(end: number): void {
    if (this.at !== end || this.bytes[end] !== 0) throw invalidBson('A document does not end where it says')
    this.at = end + 1
  }

  byte(): number {
    const byte = this.bytes[this.at]
    if (byte === undefined) throw invalidBson('The bytes end inside a value')
    this.at += 1
    return byte
  }

  name(): string {
    const start = this.at
    this.skipName()
    return fieldName(this.bytes, start, this.at - 1)
  }

  skipName(): void {
    let at = this.at
    while (this.bytes[at]) at += 1
    if (at >= this.bytes.length) throw invalidBson('A name has no end')
    this.at = at + 1
  }

  /** The value of the given BSON type that begins here. */
  value(type: number, depth: number): Value {
    switch (type) {
      case code.double:
        return toDouble(this.bytes.readDoubleLE(this.take(8)))
      case code.string:
        return this.text()
      case code.object:
        return this.document(depth + 1)
      case code.array:
        return this.array(depth + 1)
      case code.objectId:
        return this.objectId()
      case code.boolean:
        return this.boolean()
      case code.date:
        return toDate(this.bytes.readBigInt64LE(this.take(8)))
      case code.null:
        return null
      case code.int:
        return this.int32()
      case code.long:
        return this.bytes.readBigInt64LE(this.take(8))
      default:
        return this.rareValue(type, depth)
    }
  }

  private rareValue(type: number, depth: number): Value {
    switch (type) {
      case code.binary:
        return this.binary()
      case code.decimal: {
        const at = this.take(16)
        return new Decimal128((this.bytes.readBigUInt64LE(at + 8) << 64n) | this.bytes.readBigUInt64LE(at))
      }
      case code.timestamp:
        return new Timestamp(this.bytes.readBigUInt64LE(this.take(8)))
      case code.regex: {
        const pattern = this.name()
        return new RegularExpression(pattern, this.name())
      }
      case code.javascript:
        return new Code(this.text())
      case code.javascriptWithScope:
        return this.codeWithScope(depth)
      case code.symbol:
        return new BsonSymbol(this.text())
      case code.dbPointer: {
        const namespace = this.text()
        return new DbPointer(namespace, this.objectId())
      }
      case code.undefined:
        return bsonUndefined
      case code.minKey:
        return minKey
      case code.maxKey:
        return maxKey
      default:
        throw invalidBson(`Unrecognized BSON type: ${type}`)
    }
  }

  private int32(): number {
    return this.bytes.readInt32LE(this.take(4))
  }

  private take(length: number): number {
    const start = this.at
    if (start + length > this.bytes.length) throw invalidBson('The bytes end inside a value')
    this.at = start + length
    return start
  }

  private text(): string {
    const length = this.int32()
    if (length < 1) throw invalidBson('A string has no length')
    const start = this.take(length)
    if (this.bytes[start + length - 1] !== 0) throw invalidBson('A string does not end with a zero')
    return this.bytes.toString('utf8', start, start + length - 1)
  }

  private boolean(): boolean {
    const byte = this.byte()
    if (byte > 1) throw invalidBson('A boolean is neither 0 nor 1')
    return byte === 1
  }

  private objectId(): ObjectId {
    const start = this.take(12)
    return new ObjectId(this.bytes, start)
  }

  private binary(): Binary {
    const length = this.int32()
    const subtype = this.byte()
    if (length < 0) throw invalidBson('A binary value has a negative length')
    const start = this.take(length)
    return new Binary(this.bytes.subarray(start, start + length), subtype)
  }

  private codeWithScope(depth: number): Code {
    const end = this.at + this.int32()
    const text = this.text()
    const scope = this.document(depth + 1)
    if (this.at !== end) throw invalidBson('Code with scope does not end where it says')
    return new Code(text, scope)
  }
}
