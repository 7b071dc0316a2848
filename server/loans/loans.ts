import { dayOf } from '../calendar-day.ts'
import { DomainError } from '../domain-error.ts'
import { orderFrom, placeOfOrder, placeText, placeWithin, readPlaceText } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type PaperReader } from '../liability/papers.ts'
// As a whole, so that nothing of it is loaded for its types alone.
import { type ReturnRecord } from '../liability/press.ts'
import { type PointsAtPeople } from '../people/merge.ts'
import { fullName } from '../people/person.ts'
import { type Actor } from '../staff/actor.ts'
import { createCheckingOff } from './checking-off.ts'
import { createHandOut } from './hand-out.ts'
import { checkLoan, isOverdue, type Condition, type Loan, type LoanState } from './loan.ts'
import { kindOfLoanSort, placeOfLoan } from './loan-order.ts'
import { type LoanQuery } from './loan-store.ts'
import { createUndo } from './undo.ts'
import { createUndoReturn } from './undo-return.ts'
import { createSigning, signedDevice, type SigningDeps } from './signing.ts'

type LoansDeps = SigningDeps

export interface GiveBack {
  readonly condition: Condition
  /** Which of the accessories came back. */
  readonly accessories: readonly string[]
  readonly note?: string | undefined
}

/** What people ask for: the query of the store, with `overdue` instead of a day. */
export interface LoanListQuery extends Omit<LoanQuery, 'overdueOn' | 'after'> {
  readonly overdue?: boolean | undefined
  /** The `next` of the page before. */
  readonly after?: string | undefined
}

export function createLoans(deps: LoansDeps) {
  const { loans, devices, people, papers, audit, transaction, clock, newId } = deps
  const handOut = createHandOut(deps)
  const { get } = handOut

  /** One page, the newest first or in the order of `sort`. @throws {DomainError} invalid `bad-cursor` */
  async function list(actor: Actor, { overdue, after, ...query }: LoanListQuery): Promise<Page<Loan>> {
    const overdueOn = overdue === true ? dayOf(clock.now()) : undefined
    const order = query.sort ?? '-reservedAt'
    const { sort } = orderFrom(order)
    const place =
      after === undefined ? undefined : readPlaceText(placeWithin(order, after), kindOfLoanSort(sort))
    const found = await loans.page(actor.organisationId, { ...query, overdueOn, after: place })
    return pageOf(found, query.limit, loan => placeOfOrder(order, placeText(loan[sort], placeOfLoan(loan))))
  }

  /** The loan that holds the iPad now, if any. */
  async function openLoanOf(organisationId: string, deviceId: string): Promise<Loan | undefined> {
    return loans.openOfDevice(organisationId, deviceId)
  }

  /** The open loans of some iPads at once; those without one are absent. */
  async function openLoansOf(actor: Actor, deviceIds: readonly string[]): Promise<ReadonlyMap<string, Loan>> {
    const open = await loans.openOfDevices(actor.organisationId, [...new Set(deviceIds)])
    return new Map(open.map(loan => [loan.deviceId, loan]))
  }

  /** What a person holds now, or has been promised. */
  async function openOfPerson(actor: Actor, personId: string): Promise<Loan[]> {
    return loans.openOfPerson(actor.organisationId, personId)
  }

  const pointer: PointsAtPeople = {
    kind: 'loans',
    count: (organisationId, personId) => loans.countOfPerson(organisationId, personId),
    move: ({ organisationId }, from, to) => loans.movePerson(organisationId, from, to),
  }

  async function counts(actor: Actor): Promise<{ state: LoanState; count: number }[]> {
    return loans.counts(actor.organisationId)
  }

  /** Whether the iPad should have been back by now. */
  function overdue(loan: Loan): boolean {
    return isOverdue(loan, dayOf(clock.now()))
  }

  /**
   * The iPad is back on the desk: its condition and what is missing are kept with the loan, and a receipt is made. What
   * happens to it next is decided when it has been checked.
   * @throws {DomainError} not-found `loan-unknown`; conflict `loan-transition`; invalid `accessories-unknown` for what
   * was never lent
   */
  async function giveBack(actor: Actor, id: string, input: GiveBack): Promise<Loan> {
    const { condition, note } = input
    const now = clock.now()
    const before = await get(actor, id)
    checkLoan(before.state, 'returned')
    const accessories = before.accessories.filter(accessory => input.accessories.includes(accessory))
    if (input.accessories.some(accessory => !before.accessories.includes(accessory)))
      throw new DomainError(
        'invalid',
        'accessories-unknown',
        'Something came back that was not part of this loan.',
      )
    const device = await devices.get(actor, before.deviceId)
    const organisation = await deps.organisations.get(actor)
    const record: ReturnRecord = {
      receiptNumber: await papers.nextReceiptNumber(actor.organisationId, now),
      organisation: { name: organisation.name, number: organisation.number },
      language: before.language ?? organisation.language,
      borrower: { name: fullName(await people.forPaper(actor, before.personId)) },
      device: signedDevice(device),
      ...(before.handedOutAt && { handedOutAt: before.handedOutAt }),
      returnedAt: now,
      condition,
      accessories,
      missing: before.accessories.filter(accessory => !accessories.includes(accessory)),
      ...(note && { note }),
      staffName: actor.name,
    }
    const bytes = await deps.receipts.returned(record, organisation)
    const returnReceiptId = newId()
    const returned: Loan = {
      ...before,
      state: 'returned',
      returnedAt: now,
      condition,
      returnedAccessories: accessories,
      ...(note && { returnNote: note }),
      returnReceiptId,
      returnedBy: { id: actor.id, name: actor.name },
      version: before.version + 1,
    }
    return transaction(async () => {
      await loans.save(returned)
      // One that broke meanwhile stays broken; its own case decides about it.
      if (device.lifecycle === 'on-loan' || device.lifecycle === 'recovered')
        await devices.moveLifecycle(actor, device.id, 'returned')
      const { organisationId } = actor
      const { sha256 } = await papers.keep({ id: returnReceiptId, organisationId, bytes, createdAt: now })
      await audit.record(actor, {
        action: 'loans.return',
        on: on(id),
        after: { condition, accessories, sha256 },
      })
      return returned
    })
  }

  /**
   * The receipt of a return, exactly as it was made.
   * @throws {DomainError} not-found `paper-unknown` before the return; forbidden `person-protected`; what `prove` throws
   */
  async function returnReceiptOf(actor: Actor, id: string, reader: PaperReader): Promise<Buffer> {
    const { returnReceiptId, personId } = await get(actor, id)
    return papers.paper(actor, returnReceiptId ?? 'none', personId, reader)
  }

  /**
   * A returned loan that nothing more is asked of.
   * @throws {DomainError} conflict `loan-transition`
   */
  async function close(actor: Actor, id: string, reason?: string): Promise<Loan> {
    return move(actor, id, 'closed', {
      action: 'loans.close',
      change: { closedAt: clock.now(), ...(reason !== undefined && { closeReason: reason }) },
      from: 'returned',
    })
  }

  /**
   * Something happened to the iPad: the loan and its liability stay open while the incident is.
   * @throws {DomainError} conflict `loan-transition`
   */
  async function dispute(actor: Actor, id: string, incidentId: string): Promise<Loan> {
    return move(actor, id, 'disputed', { action: 'loans.dispute', change: { incidentId }, from: 'active' })
  }

  /**
   * The incident is over for the loan: it goes on, or it has ended with the decision.
   * @throws {DomainError} conflict `loan-transition`
   */
  async function settle(
    actor: Actor,
    id: string,
    { to, reason }: { readonly to: 'active' | 'closed'; readonly reason: string },
  ): Promise<Loan> {
    const change = to === 'closed' ? { closedAt: clock.now(), closeReason: reason } : {}
    return move(actor, id, to, { action: 'loans.settle', change, from: 'disputed', reason })
  }

  async function move(
    actor: Actor,
    id: string,
    to: LoanState,
    {
      action,
      change,
      from,
      reason,
    }: { action: string; change: Partial<Loan>; from: LoanState; reason?: string },
  ): Promise<Loan> {
    return transaction(async () => {
      const before = await get(actor, id)
      if (before.state !== from) {
        throw new DomainError(
          'conflict',
          'loan-transition',
          `A loan that is ${before.state} cannot become ${to}.`,
        )
      }
      checkLoan(before.state, to)
      const after: Loan = { ...before, ...change, state: to, version: before.version + 1 }
      await loans.save(after)
      await audit.record(actor, {
        action,
        on: on(id),
        ...(reason !== undefined && { reason }),
        before: { state: before.state },
        after: { state: to },
      })
      return after
    })
  }

  return {
    ...handOut,
    ...createSigning(deps, get),
    ...createCheckingOff(deps, get),
    ...createUndo(deps, get),
    ...createUndoReturn(deps, get),
    list,
    openLoanOf,
    openLoansOf,
    openOfPerson,
    counts,
    overdue,
    giveBack,
    returnReceiptOf,
    close,
    dispute,
    settle,
    pointer,
  }
}

export type Loans = ReturnType<typeof createLoans>

function on(id: string) {
  return { kind: 'loan', id } as const
}
