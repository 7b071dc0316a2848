import { badValue, overflow } from '../errors.ts'
import { Decimal128 } from './decimal128.ts'
import { isInt32 } from './numbers.ts'
import { code, maxDepth } from './type-codes.ts'
import {
  Binary,
  BsonSymbol,
  BsonUndefined,
  Code,
  DbPointer,
  type Document,
  Double,
  FarDate,
  MaxKey,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from './value.ts'

/**
 * The document as BSON, in bytes of its own. Kinds of numbers stay as they are.
 * Throws `MongoError` 2 for a field name with a zero character and 15 (Overflow) beyond 200 levels.
 */
export function encodeDocument(document: Document): Buffer {
  writer.at = 0
  writer.document(document, 1)
  return writer.copy()
}

class Writer {
  at = 0
  private bytes = Buffer.allocUnsafeSlow(1 << 16)

  copy(): Buffer {
    const copy = Buffer.allocUnsafeSlow(this.at)
    this.bytes.copy(copy, 0, 0, this.at)
    // One huge document must not keep its room for ever.
    if (this.bytes.length > 1 << 22) this.bytes = Buffer.allocUnsafeSlow(1 << 16)
    return copy
  }

  document(document: Document, depth: number): void {
    const start = this.open(depth)
    for (const [name, value] of document) this.field(name, value, depth)
    this.close(start)
  }

  private array(values: readonly Value[], depth: number): void {
    const start = this.open(depth)
    for (let i = 0; i < values.length; i++) this.field(String(i), values[i] ?? null, depth)
    this.close(start)
  }

  private open(depth: number): number {
    if (depth > maxDepth) throw overflow(`Document exceeds maximum nested object depth: ${maxDepth}`)
    return this.reserve(4)
  }

  private close(start: number): void {
    this.byte(0)
    this.bytes.writeInt32LE(this.at - start, start)
  }

  private field(name: string, value: Value, depth: number): void {
    const type = this.reserve(1)
    this.cstring(name)
    // Writing the value may move everything to a larger buffer, so this has to be done first.
    const kind = this.value(value, depth)
    this.bytes[type] = kind
  }

  /** Writes the value and gives the byte of its type. */
  private value(value: Value, depth: number): number {
    switch (typeof value) {
      case 'string':
        this.text(value)
        return code.string
      case 'number':
        return this.number(value)
      case 'boolean':
        this.byte(value ? 1 : 0)
        return code.boolean
      case 'bigint': {
        const at = this.reserve(8)
        this.bytes.writeBigInt64LE(value, at)
        return code.long
      }
      default:
        return this.object(value, depth)
    }
  }

  private number(value: number): number {
    if (isInt32(value)) {
      this.int32(value)
      return code.int
    }
    const at = this.reserve(8)
    this.bytes.writeDoubleLE(value, at)
    return code.double
  }

  private object(value: Exclude<Value, string | number | bigint | boolean>, depth: number): number {
    if (value === null) return code.null
    if (value instanceof Map) {
      this.document(value, depth + 1)
      return code.object
    }
    if (Array.isArray(value)) {
      this.array(value, depth + 1)
      return code.array
    }
    if (value instanceof ObjectId) {
      this.objectId(value)
      return code.objectId
    }
    if (value instanceof Date || value instanceof FarDate) return this.date(value)
    if (value instanceof Double) {
      const at = this.reserve(8)
      this.bytes.writeDoubleLE(value.value, at)
      return code.double
    }
    return this.rareObject(value, depth)
  }

  private date(value: Date | FarDate): number {
    const ms = value instanceof FarDate ? value.ms : value.getTime()
    if (Number.isNaN(ms)) throw badValue('An invalid Date cannot be stored')
    const at = this.reserve(8)
    this.bytes.writeBigInt64LE(BigInt(ms), at)
    return code.date
  }

  private rareObject(
    value: Exclude<Value, string | number | bigint | boolean | null | Document | Value[] | Date>,
    depth: number,
  ): number {
    if (value instanceof Binary) {
      this.int32(value.bytes.length)
      this.byte(value.subtype)
      this.append(value.bytes)
      return code.binary
    }
    if (value instanceof Decimal128) {
      const at = this.reserve(16)
      this.bytes.writeBigUInt64LE(BigInt.asUintN(64, value.bits), at)
      this.bytes.writeBigUInt64LE(value.bits >> 64n, at + 8)
      return code.decimal
    }
    if (value instanceof Timestamp) {
      const at = this.reserve(8)
      this.bytes.writeBigUInt64LE(value.bits, at)
      return code.timestamp
    }
    if (value instanceof RegularExpression) {
      this.cstring(value.pattern)
      this.cstring(value.options)
      return code.regex
    }
    return this.deprecatedObject(value, depth)
  }

  private deprecatedObject(value: Value, depth: number): number {
    if (value instanceof Code) return this.code(value, depth)
    if (value instanceof BsonSymbol) {
      this.text(value.text)
      return code.symbol
    }
    if (value instanceof DbPointer) {
      this.text(value.namespace)
      this.objectId(value.id)
      return code.dbPointer
    }
    if (value instanceof MinKey) return code.minKey
    if (value instanceof MaxKey) return code.maxKey
    if (value instanceof BsonUndefined) return code.undefined
    throw badValue('A value is of no BSON type')
  }

  private code(value: Code, depth: number): number {
    if (!value.scope) {
      this.text(value.code)
      return code.javascript
    }
    const start = this.reserve(4)
    this.text(value.code)
    this.document(value.scope, depth + 1)
    this.bytes.writeInt32LE(this.at - start, start)
    return code.javascriptWithScope
  }

  private byte(value: number): void {
    const at = this.reserve(1)
    this.bytes[at] = value
  }

  private int32(value: number): void {
    const at = this.reserve(4)
    this.bytes.writeInt32LE(value, at)
  }

  private objectId(id: ObjectId): void {
    const at = this.reserve(12)
    id.writeTo(this.bytes, at)
  }

  private append(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length)
    this.bytes.set(bytes, at)
  }

  private text(value: string): void {
    const start = this.reserve(4)
    this.utf8(value)
    this.byte(0)
    this.bytes.writeInt32LE(this.at - start - 4, start)
  }

  private cstring(value: string): void {
    if (value.includes('\0')) throw badValue('A field name or pattern cannot hold a zero character')
    this.utf8(value)
    this.byte(0)
  }

  private utf8(value: string): void {
    // UTF-8 needs at most three bytes for one UTF-16 unit.
    const at = this.reserve(value.length * 3)
    this.at = at + this.bytes.write(value, at, 'utf8')
  }

  private reserve(length: number): number {
    const start = this.at
    const end = start + length
    if (end > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(end, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, start)
      this.bytes = larger
    }
    this.at = end
    return start
  }
}

const writer = new Writer()
