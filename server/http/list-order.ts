import { DomainError } from '../domain-error.ts'

/** What an order is of. */
export type OrderKind = 'text' | 'time' | 'number'

/** The last row of a page: its value in the order, and what tells it from those that are equal. */
export interface OrderPlace {
  readonly value: string | number | Date | null
  readonly tie: string
}

/** In what order, as an address says it: `dueOn`, or `-dueOn` for the other way. */
export function orderFrom<Sort extends string>(text: Sort | `-${Sort}`): { sort: Sort; descending: boolean } {
  const descending = text.startsWith('-')
  return { sort: (descending ? text.slice(1) : text) as Sort, descending }
}

/** Both ways of every order, as addresses say them. */
export function bothWays<Sort extends string>(sorts: readonly Sort[]): readonly (Sort | `-${Sort}`)[] {
  return sorts.flatMap(sort => [sort, `-${sort}`] as const)
}

/** A place as a page gives it to its reader. */
export function placeText(value: OrderPlace['value'] | undefined, tie: string): string {
  const plain = value instanceof Date ? { at: value.toISOString() } : (value ?? null)
  return Buffer.from(JSON.stringify([plain, tie])).toString('base64url')
}

/**
 * The same from what a reader gives back; `kind` is what the order is of.
 * @throws {DomainError} invalid `bad-cursor`
 */
export function readPlaceText(text: string, kind: OrderKind): OrderPlace {
  try {
    const [value, tie] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof tie !== 'string') throw new Error('no tie')
    if (value === null) return { value, tie }
    if (kind === 'text') {
      if (typeof value !== 'string') throw new Error('no text')
      return { value, tie }
    }
    if (kind === 'number') {
      if (typeof value !== 'number') throw new Error('no number')
      return { value, tie }
    }
    const at = new Date(String((value as { at: unknown }).at))
    if (Number.isNaN(at.getTime())) throw new Error('no time')
    return { value: at, tie }
  } catch {
    return badCursor()
  }
}

/** A place in a list with several orders says which it is of: in another one it is nowhere. */
export function placeOfOrder(order: string, place: string): string {
  return `${order}~${place}`
}

/** The place that a page in this order gave. @throws {DomainError} invalid `bad-cursor` */
export function placeWithin(order: string, given: string): string {
  return given.startsWith(`${order}~`) ? given.slice(order.length + 1) : badCursor()
}

/** The place in a list by time, in which every row has one. @throws {DomainError} invalid `bad-cursor` */
export function readTimePlace(text: string): { readonly at: Date; readonly id: string } {
  const { value, tie } = readPlaceText(text, 'time')
  return value instanceof Date ? { at: value, id: tie } : badCursor()
}

/** The place in a list by a text, a day or a tag, that every row has. @throws {DomainError} invalid `bad-cursor` */
export function readTextPlace(text: string): { readonly text: string; readonly id: string } {
  const { value, tie } = readPlaceText(text, 'text')
  return typeof value === 'string' ? { text: value, id: tie } : badCursor()
}

/** What is said of any place that no page gave. @throws {DomainError} invalid `bad-cursor` */
export function badCursor(): never {
  throw new DomainError('invalid', 'bad-cursor', 'The list has changed. Start again from the beginning.')
}
