import { compareBytes } from './bytes.ts'
import { compareNumbers } from './compare-numbers.ts'
import { asDecimal, kindOf, isNumber } from './numbers.ts'
import { rank } from './rank.ts'
import {
  type Binary,
  type BsonSymbol,
  type Code,
  type DbPointer,
  type Document,
  FarDate,
  type NumberValue,
  type ObjectId,
  type RegularExpression,
  type Timestamp,
  type Value,
} from './value.ts'

/** The place of the value's type in BSON's order; a missing value stands with null. */
export function typeRank(value: Value | undefined): number {
  switch (typeof value) {
    case 'string':
      return rank.string
    case 'number':
    case 'bigint':
      return rank.number
    case 'boolean':
      return rank.boolean
    case 'undefined':
      return rank.null
    default:
      return objectRank(value)
  }
}

function objectRank(value: Exclude<Value, string | number | bigint | boolean>): number {
  if (value === null) return rank.null
  if (value instanceof Map) return rank.object
  if (Array.isArray(value)) return rank.array
  return value instanceof Date ? rank.date : value.rank
}

/** Negative, 0 or positive: the order of two values in BSON, exact across number kinds; missing equals null. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  const type = typeRank(a)
  const other = typeRank(b)
  return type === other ? compareSameType(a, b, type) : type - other
}

function compareSameType(a: Value | undefined, b: Value | undefined, type: number): number {
  switch (type) {
    case rank.number:
      return compareNumbers(a as NumberValue, b as NumberValue)
    case rank.string:
      return compareText(textOf(a as string | BsonSymbol), textOf(b as string | BsonSymbol))
    case rank.object:
      return compareDocuments(a as Document, b as Document)
    case rank.array:
      return compareArrays(a as Value[], b as Value[])
    case rank.objectId:
      return (a as ObjectId).compare(b as ObjectId)
    case rank.boolean:
      return Number(a) - Number(b)
    case rank.date:
      return compareInstants(msOf(a as Date | FarDate), msOf(b as Date | FarDate))
    default:
      return compareRareType(a, b, type)
  }
}

function compareRareType(a: Value | undefined, b: Value | undefined, type: number): number {
  switch (type) {
    case rank.binary:
      return compareBinaries(a as Binary, b as Binary)
    case rank.timestamp:
      return compareInstants((a as Timestamp).bits, (b as Timestamp).bits)
    case rank.regex: {
      const [x, y] = [a as RegularExpression, b as RegularExpression]
      return compareText(x.pattern, y.pattern) || compareText(x.options, y.options)
    }
    case rank.dbPointer: {
      const [x, y] = [a as DbPointer, b as DbPointer]
      return compareText(x.namespace, y.namespace) || x.id.compare(y.id)
    }
    case rank.code:
    case rank.codeWithScope: {
      const [x, y] = [a as Code, b as Code]
      return compareText(x.code, y.code) || compareDocuments(x.scope ?? noFields, y.scope ?? noFields)
    }
    default:
      return 0
  }
}

const noFields: Document = new Map()

/** The text of a string or symbol. */
export const textOf = (value: string | BsonSymbol) => (typeof value === 'string' ? value : value.text)

/** Milliseconds since 1970. */
export const msOf = (value: Date | FarDate): number | bigint =>
  value instanceof FarDate ? value.ms : value.getTime()

const compareInstants = (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0)

/** The order of UTF-8 bytes, which is the order of code points, not of UTF-16 units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return codePointWeight(x) - codePointWeight(y)
  }
  return a.length - b.length
}

// A surrogate stands for a code point above all that fit in one unit; lone ones are encoded as U+FFFD.
const codePointWeight = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

function compareDocuments(a: Document, b: Document): number {
  const others = b.entries()
  for (const [name, value] of a) {
    const other = others.next()
    if (other.done) return 1
    const [otherName, otherValue] = other.value
    const difference =
      typeRank(value) - typeRank(otherValue) ||
      compareText(name, otherName) ||
      compareValues(value, otherValue)
    if (difference) return difference
  }
  return a.size - b.size
}

function compareArrays(a: Value[], b: Value[]): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = compareValues(a[i], b[i])
    if (difference) return difference
  }
  return a.length - b.length
}

const compareBinaries = (a: Binary, b: Binary) =>
  a.bytes.length - b.bytes.length || a.subtype - b.subtype || compareBytes(a.bytes, b.bytes)

/** Whether two values are equal in BSON's order: 5, 5.0 and NumberLong(5) are, documents only in the same field order. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || compareValues(a, b) === 0
}

/** Whether two values are the same bytes, number kinds included: what an update must compare to know that it changed something. */
export function identicalValues(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return typeof a !== 'number' || Object.is(a, b)
  if (a === undefined || b === undefined) return false
  if (isNumber(a) && isNumber(b)) return identicalNumbers(a, b)
  if (a instanceof Map && b instanceof Map) return identicalDocuments(a, b)
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => identicalValues(value, b[index]))
  }
  return typeof a === typeof b && compareValues(a, b) === 0
}

function identicalNumbers(a: NumberValue, b: NumberValue) {
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return false
  if (kind === 'decimal') return asDecimal(a).bits === asDecimal(b).bits
  return Object.is(a, b) || (typeof a === 'object' && compareNumbers(a, b) === 0)
}

function identicalDocuments(a: Document, b: Document) {
  if (a.size !== b.size) return false
  const others = b.entries()
  for (const [name, value] of a) {
    const other = others.next()
    if (other.done || other.value[0] !== name || !identicalValues(value, other.value[1])) return false
  }
  return true
}
