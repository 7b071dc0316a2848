import Joi from 'joi'
import { badCursor } from './list-order.ts'

export interface Page<T> {
  readonly items: readonly T[]
  /** Give it back as `after` for the items that follow; null at the end. */
  readonly next: string | null
}

export interface PageQuery {
  readonly limit: number
  readonly after?: string
}

/** Query keys of every list. */
export const pageQuery = {
  limit: Joi.number().integer().min(1).max(200).default(50),
  after: Joi.string().max(400),
}

/** One page of `rows`, which were asked for with one more than `limit` to see whether anything follows. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}

/** The place of a row in a list: texts that are compared one after the other, the last of them unique. */
type Place = readonly string[]

const swedish = new Intl.Collator('sv')

/**
 * One page of a short list that was read as a whole, in the order of `placeOf`. A row that is removed or added between
 * two pages moves no other one.
 * @throws {DomainError} invalid `bad-cursor`
 */
export function pageOfAll<T>(
  rows: readonly T[],
  { limit, after }: PageQuery,
  placeOf: (row: T) => Place,
): Page<T> {
  const begin = after === undefined ? undefined : readPlace(after)
  const sorted = rows
    .map(row => ({ row, place: placeOf(row) }))
    .filter(({ place }) => begin === undefined || inOrder(place, begin) > 0)
    .sort((one, other) => inOrder(one.place, other.place))
  const { items, next } = pageOf(sorted, limit, ({ place }) => cursorTo(place))
  return { items: items.map(({ row }) => row), next }
}

/** The place of a number on a list that begins with the greatest. */
export function fromGreatest(number: number): string {
  return String(Number.MAX_SAFE_INTEGER - number).padStart(16, '0')
}

function inOrder(one: Place, other: Place): number {
  for (const [at, text] of one.entries()) {
    const difference = swedish.compare(text, other[at] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}

function cursorTo(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readPlace(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(place) && place.every(text => typeof text === 'string')) return place
  } catch {
    // Said below.
  }
  return badCursor()
}
