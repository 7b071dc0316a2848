import { type Body } from '../bodies/body.ts'
import { dayAfter, dayOf } from '../calendar-day.ts'
import { type Page } from '../http/paging.ts'
import { type Loan } from '../loans/loan.ts'
import { type Mandate } from '../mandates/mandate.ts'
import { type Actor } from '../staff/actor.ts'
import { type AllocationBase, type LoanDays } from './allocation.ts'
import { overlap, yearOf } from './days.ts'

/** Where it is known what costs are split after. */
interface AllocationSourcesDeps {
  readonly bodies: { list(actor: Actor): Promise<Body[]> }
  readonly mandates: { list(actor: Actor, filter: object): Promise<Mandate[]> }
  readonly loans: { list(actor: Actor, query: { limit: number; after?: string }): Promise<Page<Loan>> }
}

export type AllocationSources = ReturnType<typeof createAllocationSources>

const pageSize = 200

export function createAllocationSources({ bodies, mandates, loans }: AllocationSourcesDeps) {
  async function allLoans(actor: Actor): Promise<Loan[]> {
    const all: Loan[] = []
    for (let after: string | undefined; ;) {
      const page: Page<Loan> = await loans.list(actor, {
        limit: pageSize,
        ...(after !== undefined && { after }),
      })
      all.push(...page.items)
      if (page.next === null) return all
      after = page.next
    }
  }

  return {
    /** Bodies by name, and everything of them that touches the year. */
    async ofYear(actor: Actor, year: number): Promise<Omit<AllocationBase, 'keys'>> {
      const whole = yearOf(year)
      const touches = (fromOn: string, toOn?: string) => overlap({ fromOn, toOn }, whole) !== undefined
      return {
        bodies: [...(await bodies.list(actor))].sort(
          (a, b) => a.name.localeCompare(b.name, 'sv') || a.id.localeCompare(b.id),
        ),
        mandates: (await mandates.list(actor, {})).filter(({ startsOn, endsOn }) =>
          touches(startsOn, endsOn),
        ),
        loans: (await allLoans(actor))
          .flatMap(daysOnLoan)
          .filter(({ startsOn, endsOn }) => touches(startsOn, endsOn)),
      }
    },
  }
}

/** From the day of the hand-out to the day before the return: that day is the next borrower's. */
function daysOnLoan({ bodyIds, handedOutAt, returnedAt, closedAt }: Loan): LoanDays[] {
  if (!handedOutAt) return []
  const startsOn = dayOf(handedOutAt)
  const end = returnedAt ?? closedAt
  if (!end) return [{ bodyIds, startsOn }]
  const endsOn = dayAfter(dayOf(end), -1)
  return endsOn < startsOn ? [] : [{ bodyIds, startsOn, endsOn }]
}
