import { type Device } from '../../server/devices/device.ts'
import { type Loan } from '../../server/loans/loan.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day, dayOf } from '../dates.ts'
import { sayIn } from '../language.ts'
import { loanBadge } from './loan-state.ts'

interface LoanRowsNeeds {
  readonly devices: readonly Device[]
  readonly isOverdue: (loan: Loan) => boolean
  readonly language: Language
}

/** Somebody's loans as a list: which iPad, how it stands, when, and the papers that were made. */
export function loanRows(loans: readonly Loan[], { devices, isOverdue, language }: LoanRowsNeeds) {
  const say = sayIn(language)
  const tags = new Map(devices.map(({ id, assetTag }) => [id, assetTag]))
  const dayText = (at: Date | undefined) => (at ? day(dayOf(at), language) : '')
  return loans.map(loan => ({
    href: `/devices/${loan.deviceId}`,
    tag: tags.get(loan.deviceId) ?? '',
    state: loanBadge(loan, isOverdue(loan), say),
    period: loan.handedOutAt && `${dayText(loan.handedOutAt)} – ${dayText(loan.returnedAt)}`.trim(),
    receiptHref: loan.formId && `/api/v1/liability-forms/${loan.formId}/receipt.pdf`,
    returnHref: loan.returnReceiptId && `/api/v1/loans/${loan.id}/return-receipt.pdf`,
  }))
}
