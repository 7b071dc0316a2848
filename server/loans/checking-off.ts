import { dayOf } from '../calendar-day.ts'
import { type Actor } from '../staff/actor.ts'
import { countTicks, ticksOf, type ChecklistCount } from './checklist.ts'
import { type HandOutDeps } from './hand-out.ts'
import { type Loan } from './loan.ts'

interface CheckingOffDeps extends Pick<HandOutDeps, 'loans' | 'audit' | 'transaction' | 'clock'> {
  readonly organisations: {
    readonly get: (actor: Actor) => Promise<{ readonly settings: { readonly checklist: readonly string[] } }>
  }
}

/** The hand-outs of today, also those that have come back, and what was gone through at them. */
interface HandOutSession {
  /** `YYYY-MM-DD`, in Sweden. */
  readonly on: string
  /** The latest first, at most 200. */
  readonly loans: readonly Loan[]
  readonly counts: readonly ChecklistCount[]
}

const mostOfADay = 200

/** What staff go through with each borrower: help by a technician, guide, demonstration, mail. */
export function createCheckingOff(deps: CheckingOffDeps, get: (actor: Actor, id: string) => Promise<Loan>) {
  const { loans, audit, transaction, clock, organisations } = deps
  const linesOf = async (actor: Actor) => (await organisations.get(actor)).settings.checklist

  return {
    /**
     * The loan with these lines ticked; who saw `seen` ticked takes off no more than those of it that they left out.
     * Ticking what is ticked changes nothing.
     * @throws {DomainError} not-found `loan-unknown`; as the rule `ticksOf`
     */
    async checkOff(
      actor: Actor,
      id: string,
      { done, seen }: { readonly done: readonly string[]; readonly seen?: readonly string[] | undefined },
    ): Promise<Loan> {
      const lines = await linesOf(actor)
      const now = clock.now()
      return transaction(async () => {
        const before = await get(actor, id)
        const by = { id: actor.id, name: actor.name }
        const checklist = ticksOf(before, done, { lines, by, now, seen })
        const had = (before.checklist ?? []).map(({ line }) => line)
        if (had.length === checklist.length && checklist.every(({ line }) => had.includes(line)))
          return before
        const after: Loan = { ...before, checklist, version: before.version + 1 }
        await loans.save(after)
        await audit.record(actor, {
          action: 'loans.check-off',
          on: { kind: 'loan', id },
          before: { checklist: had },
          after: { checklist: checklist.map(({ line }) => line) },
        })
        return after
      })
    },

    /** Today at the desk: what was handed out, and how far the checklist has come. */
    async session(actor: Actor): Promise<HandOutSession> {
      const on = dayOf(clock.now())
      const query = { sort: '-handedOutAt', limit: mostOfADay } as const
      const found = await loans.page(actor.organisationId, query)
      const isOfToday = ({ handedOutAt, undoneAt }: Loan) =>
        handedOutAt !== undefined && dayOf(handedOutAt) === on && undoneAt === undefined
      const shown = found.filter(isOfToday).slice(0, mostOfADay)
      return { on, loans: shown, counts: countTicks(shown, await linesOf(actor)) }
    },
  }
}
