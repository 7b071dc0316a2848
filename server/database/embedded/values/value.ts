import { type Decimal128 } from './decimal128.ts'
import { rank } from './rank.ts'

/**
 * A BSON value in memory. Every value has exactly one form, so kinds survive a round trip at no cost for the common ones:
 * - int32: a JS number that is a whole number of 32 bits (and not -0)
 * - double: any other JS number; a double that happens to be such a whole number is a `Double`
 * - int64: a bigint; decimal: `Decimal128`
 * - date: `Date`, or `FarDate` outside the range of `Date`
 */
export type Value =
  | string
  | boolean
  | null
  | NumberValue
  | Date
  | FarDate
  | ObjectId
  | Binary
  | Timestamp
  | RegularExpression
  | Code
  | BsonSymbol
  | DbPointer
  | MinKey
  | MaxKey
  | BsonUndefined
  | Document
  | Value[]

export type NumberValue = number | bigint | Double | Decimal128

/** Fields in their order. A Map keeps integer-like names in place and is at ease with `__proto__`. */
export type Document = Map<string, Value>

/** A double whose value is a whole number of 32 bits; make doubles with `toDouble`, which knows when this is needed. */
export class Double {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
  get rank() {
    return rank.number
  }
}

/** 12 bytes, held as three numbers: a view would keep the whole document that it was read from in memory. */
export class ObjectId {
  /** Unsigned, 32 bits each; the first is the time in seconds. */
  readonly seconds: number
  readonly middle: number
  readonly last: number

  /** Reads the 12 bytes that begin at `at`. */
  constructor(bytes: Uint8Array, at = 0) {
    this.seconds = unsigned32(bytes, at)
    this.middle = unsigned32(bytes, at + 4)
    this.last = unsigned32(bytes, at + 8)
  }
  get rank() {
    return rank.objectId
  }
  /** A new array of the 12 bytes. */
  get bytes(): Uint8Array {
    const bytes = Buffer.allocUnsafe(12)
    this.writeTo(bytes, 0)
    return bytes
  }
  writeTo(bytes: Buffer, at: number): void {
    bytes.writeUInt32BE(this.seconds, at)
    bytes.writeUInt32BE(this.middle, at + 4)
    bytes.writeUInt32BE(this.last, at + 8)
  }
  /** Negative, 0 or positive, in the order of the bytes. */
  compare(other: ObjectId): number {
    return this.seconds - other.seconds || this.middle - other.middle || this.last - other.last
  }
  /** 24 lower-case hexadecimal digits. */
  toHex() {
    return hex32(this.seconds) + hex32(this.middle) + hex32(this.last)
  }
  /** Reads 24 hexadecimal digits; undefined for anything else. */
  static fromHex(text: string): ObjectId | undefined {
    return /^[0-9a-f]{24}$/i.test(text) ? new ObjectId(Buffer.from(text, 'hex')) : undefined
  }
}

const hex32 = (value: number) => value.toString(16).padStart(8, '0')

const unsigned32 = (bytes: Uint8Array, at: number) =>
  (((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)) >>>
  0

export class Binary {
  readonly bytes: Uint8Array
  readonly subtype: number
  constructor(bytes: Uint8Array, subtype: number) {
    this.bytes = bytes
    this.subtype = subtype
  }
  get rank() {
    return rank.binary
  }
}

/** The replication kind of time: seconds in the high 32 bits, a counter in the low ones. */
export class Timestamp {
  /** Unsigned, 64 bits. */
  readonly bits: bigint
  constructor(bits: bigint) {
    this.bits = bits
  }
  get rank() {
    return rank.timestamp
  }
  static of(seconds: number, counter: number) {
    return new Timestamp((BigInt(seconds) << 32n) | BigInt(counter))
  }
}

/** An instant that `Date` cannot hold. */
export class FarDate {
  /** Milliseconds since 1970, signed, 64 bits. */
  readonly ms: bigint
  constructor(ms: bigint) {
    this.ms = ms
  }
  get rank() {
    return rank.date
  }
}

export class RegularExpression {
  readonly pattern: string
  /** Letters in alphabetical order. */
  readonly options: string
  constructor(pattern: string, options: string) {
    this.pattern = pattern
    this.options = options
  }
  get rank() {
    return rank.regex
  }
}

/** JavaScript as data; it is never run. */
export class Code {
  readonly code: string
  readonly scope: Document | undefined
  constructor(code: string, scope?: Document) {
    this.code = code
    this.scope = scope
  }
  get rank() {
    return this.scope ? rank.codeWithScope : rank.code
  }
}

/** Deprecated in BSON; compares as a string. */
export class BsonSymbol {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  get rank() {
    return rank.string
  }
}

/** Deprecated in BSON. */
export class DbPointer {
  readonly namespace: string
  readonly id: ObjectId
  constructor(namespace: string, id: ObjectId) {
    this.namespace = namespace
    this.id = id
  }
  get rank() {
    return rank.dbPointer
  }
}

export class MinKey {
  get rank() {
    return rank.minKey
  }
}

export class MaxKey {
  get rank() {
    return rank.maxKey
  }
}

/** Deprecated in BSON; in memory a missing field is JS `undefined`, never this. */
export class BsonUndefined {
  get rank() {
    return rank.undefined
  }
}

export const minKey = new MinKey()
export const maxKey = new MaxKey()
export const bsonUndefined = new BsonUndefined()

/** Whether the value is a document (and not an array or scalar). */
export const isDocument = (value: Value | undefined): value is Document => value instanceof Map

/** The instant as a `Date` where it fits, as a `FarDate` otherwise. */
export function toDate(ms: bigint): Date | FarDate {
  return ms > 8640000000000000n || ms < -8640000000000000n ? new FarDate(ms) : new Date(Number(ms))
}
