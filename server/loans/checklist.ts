import { DomainError } from '../domain-error.ts'
import { isOpen, type Loan } from './loan.ts'

/** A line of the checklist that somebody has ticked for one hand-out (requirement R24), in the words of that day. */
export interface Tick {
  readonly line: string
  readonly by: { readonly id: string; readonly name: string }
  readonly at: Date
}

/** How many of a day's hand-outs have a line ticked. */
export interface ChecklistCount {
  readonly line: string
  readonly done: number
}

interface Ticking {
  /** Of the organisation's checklist. */
  readonly lines: readonly string[]
  readonly by: Tick['by']
  readonly now: Date
  readonly seen?: readonly string[] | undefined
}

/**
 * The ticks of a hand-out when somebody who saw `seen` ticked leaves `done`: what they took off goes, what a colleague
 * ticked meanwhile stays, and what was ticked before keeps who and when. Without `seen` exactly `done` is ticked. A line
 * that the organisation has taken away since may stay ticked, and no other may be.
 * @throws {DomainError} conflict `checklist-early` before the hand-out, `checklist-late` when the loan is over; invalid
 * `checklist-line` for an unknown line
 */
export function ticksOf(
  loan: Pick<Loan, 'state' | 'handedOutAt' | 'checklist'>,
  done: readonly string[],
  { lines, by, now, seen }: Ticking,
): readonly Tick[] {
  if (loan.handedOutAt === undefined)
    throw new DomainError('conflict', 'checklist-early', 'The iPad has not been handed out yet.')
  if (!isOpen(loan.state))
    throw new DomainError('conflict', 'checklist-late', 'The loan is over, and its checklist stays as it is.')
  const kept = new Map((loan.checklist ?? []).map(tick => [tick.line, tick]))
  if (done.some(line => !lines.includes(line) && !kept.has(line)))
    throw new DomainError(
      'invalid',
      'checklist-line',
      'The checklist has no such line. Read the checklist of the organisation again.',
    )
  const gone = (line: string) => !done.includes(line) && (seen?.includes(line) ?? true)
  const added = done.filter(line => !kept.has(line)).map(line => ({ line, by, at: now }))
  return [...[...kept.values()].filter(({ line }) => !gone(line)), ...added]
}

/** How often each line is ticked in `loans`, in the order of `lines`. */
export function countTicks(
  loans: readonly Pick<Loan, 'checklist'>[],
  lines: readonly string[],
): ChecklistCount[] {
  return lines.map(line => ({
    line,
    done: loans.filter(({ checklist = [] }) => checklist.some(tick => tick.line === line)).length,
  }))
}
