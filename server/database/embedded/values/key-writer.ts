import { exactOf, infinityOf, subtractExact } from './compare-numbers.ts'
import { Decimal128 } from './decimal128.ts'
import { asNumber } from './numbers.ts'
import { msOf, textOf, typeRank } from './order.ts'
import { rank } from './rank.ts'
import {
  type Binary,
  type BsonSymbol,
  type Code,
  type DbPointer,
  type Document,
  type FarDate,
  type NumberValue,
  type ObjectId,
  type RegularExpression,
  type Timestamp,
  type Value,
} from './value.ts'

const zero = 0x80
const below = 0x7f
const above = 0x81
const beyondDouble = 0x82

/** Writes values as bytes in BSON's order: the rank of the type, then an encoding that ends itself. */
export class KeyWriter {
  at = 0
  private bytes = Buffer.allocUnsafeSlow(1 << 12)

  copy(): Buffer {
    const copy = Buffer.allocUnsafe(this.at)
    this.bytes.copy(copy, 0, 0, this.at)
    return copy
  }

  invertFrom(start: number): void {
    for (let i = start; i < this.at; i++) this.bytes[i] = ~(this.bytes[i] ?? 0)
  }

  emptyArray(): void {
    this.byte(rank.undefined)
  }

  value(value: Value | undefined): void {
    const type = typeRank(value)
    this.byte(type)
    switch (type) {
      case rank.number:
        this.number(value as NumberValue)
        break
      case rank.string:
        this.text(textOf(value as string | BsonSymbol))
        break
      case rank.objectId:
        this.objectId(value as ObjectId)
        break
      case rank.boolean:
        this.byte(value ? 2 : 1)
        break
      case rank.date:
        this.signed64(BigInt(msOf(value as Date | FarDate)))
        break
      case rank.object:
        this.document(value as Document)
        break
      case rank.array:
        for (const element of value as Value[]) this.value(element)
        this.byte(0)
        break
      default:
        this.rareValue(value, type)
    }
  }

  private rareValue(value: Value | undefined, type: number): void {
    switch (type) {
      case rank.binary:
        this.binary(value as Binary)
        break
      case rank.timestamp:
        this.unsigned64((value as Timestamp).bits)
        break
      case rank.regex:
        this.text((value as RegularExpression).pattern)
        this.text((value as RegularExpression).options)
        break
      case rank.dbPointer:
        this.text((value as DbPointer).namespace)
        this.objectId((value as DbPointer).id)
        break
      case rank.code:
      case rank.codeWithScope:
        this.text((value as Code).code)
        this.document((value as Code).scope ?? new Map<string, Value>())
        break
      default: // null, MinKey, MaxKey and undefined are their rank
    }
  }

  private document(document: Document): void {
    for (const [name, value] of document) {
      // The type is compared before the name, so it is written twice.
      this.byte(typeRank(value))
      this.text(name)
      this.value(value)
    }
    this.byte(0)
  }

  private objectId(id: ObjectId): void {
    const at = this.reserve(12)
    id.writeTo(this.bytes, at)
  }

  private binary({ bytes, subtype }: Binary): void {
    const at = this.reserve(4)
    this.bytes.writeUInt32BE(bytes.length, at)
    this.byte(subtype)
    this.append(bytes)
  }

  /** The nearest double, then how far the exact value lies below or above it. */
  private number(value: NumberValue): void {
    const nearest = asNumber(value)
    if (Number.isFinite(nearest) || Number.isNaN(nearest) || infinityOf(value)) {
      this.double(nearest)
      if (typeof value === 'number' || (typeof value === 'object' && !(value instanceof Decimal128)))
        this.byte(zero)
      else if (Number.isFinite(nearest)) this.remainder(subtractExact(exactOf(value), exactOf(nearest)))
      else this.byte(zero)
      return
    }
    const negative = nearest < 0
    this.double(negative ? -Number.MAX_VALUE : Number.MAX_VALUE)
    this.distance(exactOf(value), negative ? 0xff - beyondDouble : beyondDouble)
  }

  private double(value: number): void {
    const at = this.reserve(8)
    if (Number.isNaN(value)) {
      this.bytes.fill(0, at, at + 8)
      return
    }
    this.bytes.writeDoubleBE(value === 0 ? 0 : value, at)
    if ((this.bytes[at] ?? 0) & 0x80) this.invertFrom(at)
    else this.bytes[at] = (this.bytes[at] ?? 0) ^ 0x80
  }

  private remainder({ amount, power }: { amount: bigint; power: number }): void {
    if (amount === 0n) this.byte(zero)
    else this.distance({ amount, power }, amount < 0n ? below : above)
  }

  /** A mark, then the digits in scientific notation; inverted as a whole for an amount below zero. */
  private distance({ amount, power }: { amount: bigint; power: number }, mark: number): void {
    this.byte(mark)
    const start = this.at
    const digits = (amount < 0n ? -amount : amount).toString()
    const at = this.reserve(2)
    this.bytes.writeUInt16BE(power + digits.length + 0x8000, at)
    // Digits are above the zero that ends them; zeros at the end would tell equal amounts apart.
    this.append(Buffer.from(digits.replace(/0+$/, ''), 'latin1'))
    this.byte(0)
    if (amount < 0n) this.invertFrom(start)
  }

  private signed64(value: bigint): void {
    this.unsigned64(BigInt.asUintN(64, value + (1n << 63n)))
  }

  private unsigned64(value: bigint): void {
    const at = this.reserve(8)
    this.bytes.writeBigUInt64BE(value, at)
  }

  /** UTF-8 ended by two zeros; a zero inside is followed by 0xFF, so that it stays above the end. */
  private text(text: string): void {
    const start = this.at
    if (!text.includes('\0')) {
      this.reserve(text.length * 3 + 2)
      this.at = start + this.bytes.write(text, start, 'utf8')
    } else {
      for (const byte of Buffer.from(text, 'utf8')) {
        this.byte(byte)
        if (byte === 0) this.byte(0xff)
      }
    }
    this.byte(0)
    this.byte(0)
  }

  private byte(value: number): void {
    const at = this.reserve(1)
    this.bytes[at] = value
  }

  private append(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length)
    this.bytes.set(bytes, at)
  }

  private reserve(length: number): number {
    const start = this.at
    if (start + length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(start + length, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, start)
      this.bytes = larger
    }
    this.at = start + length
    return start
  }
}
