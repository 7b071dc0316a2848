import { type OrderKind, type OrderPlace } from '../http/list-order.ts'
import { type Queries, type Row } from './queries.ts'
import { type Filter } from './tables.ts'

interface PageOrder {
  /** What the rows are in order of. The same as `tie` where it is unique by itself. */
  readonly field: string
  /** A text that no two rows share, for those that are equal. */
  readonly tie: string
  readonly kind: OrderKind
  readonly descending: boolean
}

interface PageWanted {
  readonly filter: Readonly<Record<string, unknown>>
  readonly order: PageOrder
  readonly limit: number
  readonly after?: OrderPlace | undefined
}

/**
 * One page of rows in order, beginning at a place in it: nothing is skipped over, so with an index on `field` and `tie`
 * the database reads only the rows of the page. Rows without a value come first, and last when descending.
 */
export async function pageInOrder<R extends Row>(
  own: Queries<R>,
  { filter, order, limit, after }: PageWanted,
): Promise<R[]> {
  const { field, tie, descending } = order
  const direction = descending ? -1 : 1
  const sort = field === tie ? { [tie]: direction } : { [field]: direction, [tie]: direction }
  const rows: R[] = []
  for (const part of after ? partsAfter(order, after) : [{}]) {
    const wanted = limit - rows.length
    if (wanted <= 0) break
    rows.push(...(await own.find(both(filter, part), { sort: sort as never, limit: wanted })))
  }
  return rows
}

/** Less than everything that has a value. */
const least = { text: '', time: new Date(-8.64e15), number: -Infinity } as const

type Condition = Readonly<Record<string, unknown>>

/** What follows a place, part by part: those that share its value, those beyond, and those without a value. */
function partsAfter(
  { field, tie, kind, descending }: PageOrder,
  { value, tie: last }: OrderPlace,
): Condition[] {
  const beyond = descending ? '$lt' : '$gt'
  if (field === tie) return [{ [tie]: { [beyond]: last } }]
  const same = { [field]: value, [tie]: { [beyond]: last } }
  if (value !== null)
    return [same, { [field]: { [beyond]: value } }, ...(descending ? [{ [field]: null }] : [])]
  return descending ? [same] : [same, { [field]: { $gt: least[kind] } }]
}

/** Both conditions; one field that both speak of holds as both say. */
function both<R>(filter: Condition, part: Condition): Filter<R> {
  const isApart = Object.keys(part).every(field => !(field in filter))
  return (isApart ? { ...filter, ...part } : { $and: [filter, part] }) as Filter<R>
}
