import { DomainError } from '../domain-error.ts'
import { type Language, type Prices } from '../organisations/organisation.ts'
import { type Tick } from './checklist.ts'

/** One iPad in the hands of one person, from the reservation until it is settled. Never deleted. */
export interface Loan {
  readonly id: string
  readonly organisationId: string
  readonly deviceId: string
  readonly personId: string
  /** The bodies it is for; they pay its costs. */
  readonly bodyIds: readonly string[]
  /** What goes with the iPad, such as `charger` and `case`. */
  readonly accessories: readonly string[]
  /** Last day `YYYY-MM-DD`; open-ended when missing. */
  readonly dueOn?: string
  readonly state: LoanState
  readonly reservedAt: Date
  readonly termsShownAt?: Date
  /** The wording that was shown last, and in which language. */
  readonly termsId?: string
  readonly language?: Language
  /** What the equipment cost when the terms were shown; printed on what is signed. */
  readonly prices?: Prices
  /** The signed liability form. */
  readonly formId?: string
  readonly signedAt?: Date
  readonly handedOutAt?: Date
  /** The incident that keeps the loan disputed. */
  readonly incidentId?: string
  readonly returnedAt?: Date
  readonly condition?: Condition
  readonly returnedAccessories?: readonly string[]
  readonly returnNote?: string
  readonly returnReceiptId?: string
  /** Who took it in. */
  readonly returnedBy?: { readonly id: string; readonly name: string }
  /** Returns by mistake that were taken back within a minute; their receipts are void. */
  readonly undoneReturns?: readonly UndoneReturn[]
  readonly closedAt?: Date
  readonly closeReason?: string
  /** What was gone through with the borrower, each with who and when. */
  readonly checklist?: readonly Tick[]
  /** It was handed out by mistake and taken back within a minute. */
  readonly undoneAt?: Date
  readonly version: number
}

interface UndoneReturn {
  readonly at: Date
  readonly by: { readonly id: string; readonly name: string }
  readonly reason: string
  readonly receiptId: string
}

export const loanStates = [
  'reserved',
  'terms-shown',
  'signed',
  'active',
  'disputed',
  'returned',
  'closed',
] as const
export type LoanState = (typeof loanStates)[number]

/** A: as new · B: used · C: damaged but working · D: not working. */
export const conditions = ['A', 'B', 'C', 'D'] as const
export type Condition = (typeof conditions)[number]

/** Where a loan may go, and `closed` for a reservation that nobody signed. */
const loanMoves = {
  reserved: ['terms-shown', 'closed'],
  'terms-shown': ['signed', 'closed'],
  signed: ['active'],
  // Closed at once only when the hand-out is undone; see undo.ts.
  active: ['disputed', 'returned', 'closed'],
  disputed: ['active', 'closed'],
  // Active again only when the return is undone; see undo-return.ts.
  returned: ['closed', 'active'],
  closed: [],
} as const satisfies Record<LoanState, readonly LoanState[]>

/** States in which the loan holds its iPad, so that nobody else can borrow it. */
const openStates = ['reserved', 'terms-shown', 'signed', 'active', 'disputed'] as const

export function isOpen(state: LoanState): boolean {
  return (openStates as readonly LoanState[]).includes(state)
}

/** The loan when its borrower is who the iPad is made for: a reservation that nobody has signed puts nothing on it. */
export function inForce(loan: Loan | undefined): Loan | undefined {
  return loan?.state === 'active' || loan?.state === 'disputed' || loan?.state === 'signed' ? loan : undefined
}

/** @throws {DomainError} conflict `loan-transition` */
export function checkLoan(from: LoanState, to: LoanState): void {
  if ((loanMoves[from] as readonly LoanState[]).includes(to)) return
  throw new DomainError('conflict', 'loan-transition', `A loan that is ${from} cannot become ${to}.`)
}

/** Whether the iPad should have been back before `today` (`YYYY-MM-DD`). A disputed loan waits and is not overdue. */
export function isOverdue(loan: Pick<Loan, 'state' | 'dueOn'>, today: string): boolean {
  return loan.state === 'active' && loan.dueOn !== undefined && loan.dueOn < today
}
