import Joi from 'joi'

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
