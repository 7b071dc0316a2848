import { dayOf } from '../../server/calendar-day.ts'
import { type Loan } from '../../server/loans/loan.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day } from '../dates.ts'
import { isText, sayIn } from '../language.ts'
import { type Column } from '../tables/columns.ts'
import { loanBadge } from './loan-state.ts'

/** A loan on the list, with what it is about; the borrower masked as lists show people. */
export interface ListedLoan {
  readonly loan: Loan
  readonly isOverdue: boolean
  readonly tag: string
  readonly borrower: string
  readonly bodies: string
}

/** The columns of the list of loans. */
export function loanColumns({
  language,
  withBorrowers,
}: {
  readonly language: Language
  readonly withBorrowers: boolean
}): Column<ListedLoan>[] {
  const say = sayIn(language)
  const shownDay = (on: string | undefined) =>
    on === undefined ? undefined : { text: day(on, language), isUnbroken: true }
  const dayOfInstant = (at: Date | undefined) => at && dayOf(at)
  const borrower: Column<ListedLoan> = {
    key: 'borrower',
    text: 'loan.column.borrower',
    show: row => ({ text: row.borrower, href: `/people/${row.loan.personId}` }),
    file: row => row.borrower,
  }
  const accessories = ({ loan }: ListedLoan) =>
    loan.accessories
      .map(name => {
        const key = `accessory.${name}`
        return isText(key) ? say(key) : name
      })
      .join(', ')
  return [
    {
      key: 'tag',
      text: 'device.tag',
      show: ({ tag, loan }) => ({ text: tag, href: `/devices/${loan.deviceId}`, isUnbroken: true }),
      file: ({ tag }) => tag,
    },
    ...(withBorrowers ? [borrower] : []),
    { key: 'bodies', text: 'loan.column.bodies', show: ({ bodies }) => bodies, file: ({ bodies }) => bodies },
    {
      key: 'state',
      text: 'device.state',
      show: ({ loan, isOverdue }) => ({ badges: [loanBadge(loan, isOverdue, say)] }),
      file: ({ loan, isOverdue }) => loanBadge(loan, isOverdue, say).text,
    },
    {
      key: 'handedOut',
      text: 'loan.column.handed-out',
      sort: 'handedOutAt',
      show: ({ loan }) => shownDay(dayOfInstant(loan.handedOutAt)),
      file: ({ loan }) => dayOfInstant(loan.handedOutAt),
    },
    {
      key: 'due',
      text: 'loan.column.due',
      sort: 'dueOn',
      show: ({ loan }) => shownDay(loan.dueOn) ?? { text: say('device.loan.open-ended'), isSoft: true },
      file: ({ loan }) => loan.dueOn,
    },
    {
      key: 'returned',
      text: 'loan.column.returned',
      sort: 'returnedAt',
      isSpare: true,
      show: ({ loan }) => shownDay(dayOfInstant(loan.returnedAt)),
      file: ({ loan }) => dayOfInstant(loan.returnedAt),
    },
    {
      key: 'condition',
      text: 'loan.column.condition',
      isSpare: true,
      show: ({ loan }) => loan.condition && say(`returns.condition.${loan.condition}`),
      file: ({ loan }) => loan.condition && say(`returns.condition.${loan.condition}`),
    },
    {
      key: 'accessories',
      text: 'loan.column.accessories',
      isSpare: true,
      show: accessories,
      file: accessories,
    },
  ]
}
