import { atLocation, badValue, MongoError } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { emptyArray, type KeyPart } from '../values/key.ts'
import { compareValues, typeRank } from '../values/order.ts'
import { rank } from '../values/rank.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type KeyField, keyTuples } from './key-tuples.ts'

export interface SortField {
  readonly path: string
  readonly direction: 1 | -1
}

export interface Sort {
  readonly fields: readonly SortField[]
  /**
   * What the document is sorted by: the first of the keys that an index on these fields would hold of it, so an array
   * counts with its least element going up and its greatest going down.
   * @throws MongoError 2 when two of the fields are arrays side by side
   */
  keyOf(document: Value): readonly KeyPart[]
  /** The order of two keys. */
  compareKeys(a: readonly KeyPart[], b: readonly KeyPart[]): number
  /** A new array in order; equal documents stay in the order they came in. */
  sorted<Item extends Value>(documents: readonly Item[]): Item[]
}

/** Checks a sort specification once. Throws `MongoError` 15975 for a direction other than 1 and -1, 2 for `$meta`. */
export function compileSort(specification: Document): Sort {
  const fields = [...specification].map(([path, direction]): KeyField => ({
    path,
    parts: path.split('.'),
    direction: directionOf(direction),
  }))
  const directions = fields.map(field => field.direction)
  const compareKeys = (a: readonly KeyPart[], b: readonly KeyPart[]) => {
    for (let i = 0; i < directions.length; i++) {
      const order = compareParts(a[i], b[i])
      if (order) return order * (directions[i] ?? 1)
    }
    return 0
  }
  const keyOf = (document: Value) => {
    const [first = [], ...others] = isDocument(document) ? tuplesOf(fields, document) : []
    return others.reduce((least, each) => (compareKeys(each, least) < 0 ? each : least), first)
  }
  return {
    fields,
    keyOf,
    compareKeys,
    sorted: documents =>
      documents
        .map(document => ({ document, key: keyOf(document) }))
        .sort((a, b) => compareKeys(a.key, b.key))
        .map(({ document }) => document),
  }
}

function directionOf(direction: Value): 1 | -1 {
  if (isDocument(direction)) throw badValue('$meta sort is not supported')
  if (!isNumber(direction))
    throw atLocation(15974, 'Illegal key in $sort specification: the direction is not a number')
  const number = asNumber(direction)
  if (number !== 1 && number !== -1) {
    throw atLocation(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
  }
  return number
}

function tuplesOf(fields: readonly KeyField[], document: Document): readonly (readonly KeyPart[])[] {
  try {
    return keyTuples(fields, document).tuples
  } catch (error) {
    if (error instanceof MongoError && error.code === 171)
      throw badValue('cannot sort with keys that are parallel arrays')
    throw error
  }
}

function compareParts(a: KeyPart, b: KeyPart): number {
  if (a === emptyArray || b === emptyArray) return rankOf(a) - rankOf(b)
  return compareValues(a, b)
}

const rankOf = (part: KeyPart) => (part === emptyArray ? rank.undefined : typeRank(part))
