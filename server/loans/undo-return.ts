import { type Device } from '../devices/device.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { type HandOutDeps } from './hand-out.ts'
import { checkLoan, type Loan } from './loan.ts'
import { undoableUntil } from './undo.ts'

type Returned = Pick<Loan, 'state' | 'returnedAt' | 'returnedBy' | 'returnReceiptId'>

/**
 * Whether `actorId` may take back now that the iPad came in.
 * @throws {DomainError} conflict `undo-overtaken` when something else has happened to the loan or the iPad,
 * `return-undo-late` after `undoSeconds`; forbidden `return-undo-other` for anybody but the one who took it in
 */
function checkUndoReturn(
  { state, returnedAt, returnedBy, returnReceiptId }: Returned,
  { lifecycle, lock }: Pick<Device, 'lifecycle' | 'lock'>,
  { actorId, now }: { readonly actorId: string; readonly now: Date },
): void {
  // An iPad that is erased, or about to be, is not the one that the borrower had.
  const isAsItWas = lifecycle === 'returned' && lock === 'open'
  if (state !== 'returned' || !returnedAt || !returnedBy || !returnReceiptId || !isAsItWas)
    throw new DomainError('conflict', 'undo-overtaken', 'Something else has happened to this loan since.')
  if (returnedBy.id !== actorId)
    throw new DomainError(
      'forbidden',
      'return-undo-other',
      'Only the person who took the iPad back can undo it.',
    )
  if (now > undoableUntil(returnedAt))
    throw new DomainError('conflict', 'return-undo-late', 'More than a minute has passed. Hand it out again.')
}

/** Taking back a return by mistake: another iPad of the same look, another person in the queue. */
export function createUndoReturn(
  { loans, devices, audit, transaction, clock }: HandOutDeps,
  get: (actor: Actor, id: string) => Promise<Loan>,
) {
  /**
   * The loan goes on as it was before the return, within a minute. The receipt of the return stays byte for byte, and
   * the loan says that it is void.
   * @throws {DomainError} as `checkUndoReturn`; not-found `loan-unknown`
   */
  async function undoReturn(actor: Actor, id: string, reason: string): Promise<Loan> {
    const now = clock.now()
    return transaction(async () => {
      const before = await get(actor, id)
      checkUndoReturn(before, await devices.get(actor, before.deviceId), { actorId: actor.id, now })
      checkLoan(before.state, 'active')
      const { returnedAt, condition, returnedAccessories, returnNote, returnReceiptId, returnedBy, ...rest } =
        before
      const undone = {
        at: now,
        by: { id: actor.id, name: actor.name },
        reason,
        receiptId: returnReceiptId ?? '',
      }
      const after: Loan = {
        ...rest,
        state: 'active',
        undoneReturns: [...(before.undoneReturns ?? []), undone],
        version: before.version + 1,
      }
      await loans.save(after)
      await devices.takeBackMove(actor, before.deviceId, { from: 'returned', to: 'on-loan', reason })
      await audit.record(actor, {
        action: 'loans.undo-return',
        on: { kind: 'loan', id },
        reason,
        before: {
          state: before.state,
          returnedAt,
          condition,
          accessories: returnedAccessories,
          note: returnNote,
          returnedBy: returnedBy?.name,
          receiptId: returnReceiptId,
        },
        after: { state: 'active' },
      })
      return after
    })
  }

  /** Until when `actor` may take this return back; undefined when not at all. */
  async function undoReturnUntil(actor: Actor, loan: Loan): Promise<Date | undefined> {
    try {
      const device = await devices.get(actor, loan.deviceId)
      checkUndoReturn(loan, device, { actorId: actor.id, now: clock.now() })
      return loan.returnedAt && undoableUntil(loan.returnedAt)
    } catch (error) {
      if (error instanceof DomainError) return undefined
      throw error
    }
  }

  return { undoReturn, undoReturnUntil }
}
