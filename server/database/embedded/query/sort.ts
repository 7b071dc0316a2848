import { atLocation, badValue } from '../errors.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { emptyArray, type KeyPart } from '../values/key.ts'
import { compareValues, typeRank } from '../values/order.ts'
import { rank } from '../values/rank.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type PathPart, splitPath, walk } from './path.ts'

export interface SortField {
  readonly path: string
  readonly direction: 1 | -1
}

export interface Sort {
  readonly fields: readonly SortField[]
  /** What the document is sorted by: for an array its least element going up, its greatest going down. */
  keyOf(document: Value): KeyPart[]
  /** The order of two keys. */
  compareKeys(a: readonly KeyPart[], b: readonly KeyPart[]): number
  /** A new array in order; equal documents stay in the order they came in. */
  sorted<Item extends Value>(documents: readonly Item[]): Item[]
}

/** Checks a sort specification once. Throws `MongoError` 15975 for a direction other than 1 and -1, 2 for `$meta`. */
export function compileSort(specification: Document): Sort {
  const fields = [...specification].map(([path, direction]) => ({ path, direction: directionOf(direction) }))
  const parts = fields.map(field => splitPath(field.path))
  const directions = fields.map(field => field.direction)
  const keyOf = (document: Value) => parts.map((path, i) => sortKey(document, path, directions[i] ?? 1))
  const compareKeys = (a: readonly KeyPart[], b: readonly KeyPart[]) => {
    for (let i = 0; i < directions.length; i++) {
      const order = compareParts(a[i], b[i])
      if (order) return order * (directions[i] ?? 1)
    }
    return 0
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

function sortKey(document: Value, path: readonly PathPart[], direction: 1 | -1): KeyPart {
  const [first, second] = path
  if (first && !second && document instanceof Map) {
    const value = document.get(first.name)
    return Array.isArray(value) ? best(value, direction) : value
  }
  let found = false
  let chosen: KeyPart
  walk(document, path, value => {
    const candidate = Array.isArray(value) ? best(value, direction) : value
    if (!found || compareParts(candidate, chosen) * direction < 0) chosen = candidate
    found = true
    return false
  })
  return chosen
}

function best(array: readonly Value[], direction: 1 | -1): KeyPart {
  const [first, ...others] = array
  if (first === undefined) return emptyArray
  return others.reduce(
    (chosen, value) => (compareValues(value, chosen) * direction < 0 ? value : chosen),
    first,
  )
}

function compareParts(a: KeyPart, b: KeyPart): number {
  if (a === emptyArray || b === emptyArray) return rankOf(a) - rankOf(b)
  return compareValues(a, b)
}

const rankOf = (part: KeyPart) => (part === emptyArray ? rank.undefined : typeRank(part))
