import { type OrderKind } from '../http/list-order.ts'

/** Costs are in order of one of these, and of their ids where they are equal. */
export const costLineSorts = ['fromOn', 'amountOre'] as const
export type CostLineSort = (typeof costLineSorts)[number]
export const kindOfCostLineSort = (sort: CostLineSort): OrderKind => (sort === 'fromOn' ? 'text' : 'number')
