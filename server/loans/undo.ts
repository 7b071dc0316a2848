import { DomainError } from '../domain-error.ts'
import { type FormSummary, type Papers } from '../liability/papers.ts'
import { type Actor } from '../staff/actor.ts'
import { type HandOutDeps } from './hand-out.ts'
import { checkLoan, type Loan } from './loan.ts'

/** How long a hand-out can be undone: long enough to see the mistake, too short for the borrower to have left. */
const undoSeconds = 60

/** Until when a hand-out or a return of `at` can be undone; that moment counts. */
export function undoableUntil(at: Date): Date {
  return new Date(at.getTime() + undoSeconds * 1000)
}

/** A hand-out that its own desk may still take back, and until when. */
interface Undoable {
  readonly loan: Loan
  readonly until: Date
}

interface UndoDeps extends HandOutDeps {
  readonly papers: Pick<Papers, 'get' | 'markVoid'>
}

const lookedAt = 20

/**
 * Whether `actor` may take the hand-out back now.
 * @throws {DomainError} conflict `undo-overtaken` when something else has happened to the loan, `undo-late` after
 * `undoSeconds`; forbidden `undo-other` for anybody but the one who handed out
 */
function checkUndo(
  { state, incidentId, handedOutAt }: Pick<Loan, 'state' | 'incidentId' | 'handedOutAt'>,
  { staff, voided }: Pick<FormSummary, 'staff' | 'voided'>,
  { actorId, now }: { actorId: string; now: Date },
): void {
  if (state !== 'active' || incidentId !== undefined || !handedOutAt || voided)
    throw new DomainError('conflict', 'undo-overtaken', 'Something else has happened to this loan since.')
  if (staff.id !== actorId)
    throw new DomainError('forbidden', 'undo-other', 'Only the person who handed the iPad out can undo it.')
  if (now > undoableUntil(handedOutAt)) {
    const message = 'More than a minute has passed. Take the iPad back as a return.'
    throw new DomainError('conflict', 'undo-late', message)
  }
}

/** Taking back what was just signed by mistake: another person, another iPad. */
export function createUndo(deps: UndoDeps, get: (actor: Actor, id: string) => Promise<Loan>) {
  const { loans, papers, devices, audit, transaction, clock } = deps

  /**
   * The loans of one signature, closed again within a minute; the iPads are free. The form and its receipt stay byte for
   * byte, and are marked void.
   * @throws {DomainError} as `checkUndo`; not-found `loan-unknown`
   */
  async function undo(actor: Actor, id: string, reason: string): Promise<Loan[]> {
    const now = clock.now()
    return transaction(async () => {
      const { formId } = await get(actor, id)
      if (formId === undefined)
        throw new DomainError('conflict', 'undo-overtaken', 'Nothing has been signed for this loan.')
      const form = await papers.get(actor, formId)
      const undone: Loan[] = []
      for (const loanId of form.loanIds) {
        const before = await get(actor, loanId)
        checkUndo(before, form, { actorId: actor.id, now })
        undone.push(await close(actor, before, { reason, now }))
      }
      await papers.markVoid(actor, formId, { at: now, by: { id: actor.id, name: actor.name }, reason })
      return undone
    })
  }

  async function close(
    actor: Actor,
    before: Loan,
    { reason, now }: { reason: string; now: Date },
  ): Promise<Loan> {
    checkLoan(before.state, 'closed')
    const { lifecycle } = await devices.get(actor, before.deviceId)
    if (lifecycle !== 'on-loan')
      throw new DomainError('conflict', 'undo-overtaken', 'Something else has happened to the iPad since.')
    const after: Loan = {
      ...before,
      state: 'closed',
      closedAt: now,
      closeReason: reason,
      undoneAt: now,
      version: before.version + 1,
    }
    await loans.save(after)
    for (const to of ['returned', 'in-stock', 'prepared'] as const)
      await devices.moveLifecycle(actor, before.deviceId, to, { reason })
    await audit.record(actor, {
      action: 'loans.undo',
      on: { kind: 'loan', id: before.id },
      reason,
      before: { state: before.state, formId: before.formId },
      after: { state: 'closed' },
    })
    return after
  }

  /** What this desk has handed out within the last minute, newest first. */
  async function undoable(actor: Actor): Promise<Undoable[]> {
    const now = clock.now()
    const recent = (await loans.page(actor.organisationId, { state: 'active', limit: lookedAt })).filter(
      ({ handedOutAt }) => handedOutAt !== undefined && undoableUntil(handedOutAt) > now,
    )
    const own: Undoable[] = []
    for (const loan of recent) {
      if (loan.formId === undefined || loan.handedOutAt === undefined || loan.incidentId !== undefined)
        continue
      const { staff } = await papers.get(actor, loan.formId)
      if (staff.id === actor.id) own.push({ loan, until: undoableUntil(loan.handedOutAt) })
    }
    return own
  }

  return { undo, undoable }
}
