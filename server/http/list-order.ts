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
    throw new DomainError('invalid', 'bad-cursor', 'This page cannot be continued; begin at the first one.')
  }
}
