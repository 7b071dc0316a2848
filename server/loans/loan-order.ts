import { type OrderKind } from '../http/list-order.ts'
import { type Loan } from './loan.ts'

/** Loans are in order of one of these, and of when they were reserved where they are equal. */
export const loanSorts = ['reservedAt', 'dueOn', 'handedOutAt', 'returnedAt'] as const
export type LoanSort = (typeof loanSorts)[number]

/** Days are texts. */
export const kindOfLoanSort = (sort: LoanSort): OrderKind => (sort === 'dueOn' ? 'text' : 'time')

/** The place of a loan on a list; later ones are greater. */
export function placeOfLoan({ reservedAt, id }: Pick<Loan, 'reservedAt' | 'id'>): string {
  return `${reservedAt.toISOString()} ${id}`
}
