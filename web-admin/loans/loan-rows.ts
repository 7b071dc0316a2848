import { dayOf } from '../../server/calendar-day.ts'
import { type Device } from '../../server/devices/device.ts'
import { isOpen, type Loan } from '../../server/loans/loan.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { fullName, type Person } from '../../server/people/person.ts'
import { span } from '../dates.ts'
import { sayIn } from '../language.ts'
import { loanBadge } from './loan-state.ts'

/** The loans of an iPad that are over: who had it, when, and the papers that were made. */
export function earlierRows(
  loans: readonly Loan[],
  { people, language }: { people: readonly Person[]; language: Language },
) {
  const say = sayIn(language)
  const names = new Map(people.map(person => [person.id, fullName(person)]))
  return loans
    .filter(({ state }) => !isOpen(state))
    .map(loan => ({
      href: `/people/${loan.personId}`,
      holder: names.get(loan.personId) ?? '',
      period: periodOf(loan, language) ?? say('loan.never-signed'),
      condition: loan.condition && say(`returns.condition.${loan.condition}`),
      note: loan.returnNote ?? (loan.handedOutAt ? loan.closeReason : undefined),
      ...papersOf(loan),
    }))
}

interface LoanRowsNeeds {
  readonly devices: readonly Device[]
  readonly isOverdue: (loan: Loan) => boolean
  readonly language: Language
}

/** Somebody's loans as a list: which iPad, how it stands, when, and the papers that were made. */
export function loanRows(loans: readonly Loan[], { devices, isOverdue, language }: LoanRowsNeeds) {
  const say = sayIn(language)
  const tags = new Map(devices.map(({ id, assetTag }) => [id, assetTag]))
  return loans.map(loan => ({
    href: `/devices/${loan.deviceId}`,
    tag: tags.get(loan.deviceId) ?? '',
    state: loanBadge(loan, isOverdue(loan), say),
    period: periodOf(loan, language),
    ...papersOf(loan),
  }))
}

function periodOf(
  { handedOutAt, returnedAt, closedAt }: Pick<Loan, 'handedOutAt' | 'returnedAt' | 'closedAt'>,
  language: Language,
): string | undefined {
  const end = returnedAt ?? closedAt
  return handedOutAt && span(dayOf(handedOutAt), end && dayOf(end), language)
}

function papersOf(loan: Loan) {
  return {
    isVoid: loan.undoneAt !== undefined,
    receiptHref: loan.formId && `/api/v1/liability-forms/${loan.formId}/receipt.pdf`,
    returnHref: loan.returnReceiptId && `/api/v1/loans/${loan.id}/return-receipt.pdf`,
  }
}
