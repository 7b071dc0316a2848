import { type Audit } from '../audit/audit.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { dayOf, isDay } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type LiabilityTerms } from '../liability/liability-terms.ts'
import { type Terms } from '../liability/terms.ts'
import { type Mandates } from '../mandates/mandates.ts'
import { type Language } from '../organisations/organisation.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { because } from '../reason.ts'
import { type People } from '../people/people.ts'
import { type Actor } from '../staff/actor.ts'
import { refuseUnfit, stepsToReserved } from './fit-to-lend.ts'
import { checkLoan, type Loan } from './loan.ts'
import { type LoanStore } from './loan-store.ts'

export interface HandOutDeps {
  readonly loans: LoanStore
  readonly terms: Terms
  readonly devices: Devices
  readonly people: People
  readonly bodies: Bodies
  readonly mandates: Mandates
  readonly organisations: Pick<Organisations, 'get'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

export interface Reservation {
  readonly deviceId: string
  readonly personId: string
  /** Those of the person's current mandates when missing. */
  readonly bodyIds?: readonly string[] | undefined
  readonly accessories?: readonly string[] | undefined
  /** Day `YYYY-MM-DD`. */
  readonly dueOn?: string | undefined
  /** The desk knows that the person holds an iPad already and means to give another. */
  readonly confirmSecond?: boolean | undefined
}

/** Until it is signed: an iPad set aside, the terms shown, or called off again. */
export function createHandOut(deps: HandOutDeps) {
  const { loans, terms, devices, people, audit, transaction, clock, newId } = deps

  async function get(actor: Actor, id: string): Promise<Loan> {
    const found = await loans.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'loan-unknown', 'There is no such loan.')
    return found
  }

  /**
   * An iPad set aside for a person. Of two desks that ask at once, one gets it.
   * @throws {DomainError} not-found `person-unknown`, `device-unknown`, `body-unknown`; invalid `loan-invalid`; conflict
   * with the codes of `refuseUnfit` for the iPad, `person-has-loan` unless `confirmSecond`
   */
  async function reserve(actor: Actor, input: Reservation): Promise<Loan> {
    const { deviceId, personId, accessories = [], dueOn, confirmSecond = false } = input
    const { organisationId } = actor
    const now = clock.now()
    if (dueOn !== undefined) refusePast(dueOn, dayOf(now))
    const taken = () =>
      new DomainError('conflict', 'device-taken', 'This iPad is on its way to somebody else.')
    return transaction(async () => {
      await people.hold(actor, personId)
      const device = await devices.brief(actor, deviceId)
      refuseUnfit(device)
      const held = await loans.openOfPerson(organisationId, personId)
      if (held.length > 0 && !confirmSecond)
        throw new DomainError(
          'conflict',
          'person-has-loan',
          'This person already has an iPad. Send confirmSecond to lend one more.',
        )
      const loan: Loan = {
        id: newId(),
        organisationId,
        deviceId,
        personId,
        bodyIds: await bodyIdsOf(actor, input, dayOf(now)),
        accessories: [...new Set(accessories)],
        ...(dueOn !== undefined && { dueOn }),
        state: 'reserved',
        reservedAt: now,
        version: 1,
      }
      if (!(await loans.insert(loan))) throw taken()
      for (const to of stepsToReserved(device.lifecycle)) await devices.moveLifecycle(actor, deviceId, to)
      await audit.record(actor, { action: 'loans.reserve', on: on(loan), after: { deviceId, personId } })
      return loan
    })
  }

  /**
   * The words that the borrower is to read now, in the language asked for. Showing again is fine.
   * @throws {DomainError} not-found `loan-unknown`; conflict `loan-transition` once it is signed or closed
   */
  async function showTerms(
    actor: Actor,
    id: string,
    language: Language,
  ): Promise<{ loan: Loan; terms: LiabilityTerms; language: Language }> {
    const current = await terms.current(actor)
    const { prices } = (await deps.organisations.get(actor)).settings
    const loan = await transaction(async () => {
      const before = await get(actor, id)
      if (before.state !== 'terms-shown') checkLoan(before.state, 'terms-shown')
      const shown: Loan = {
        ...before,
        state: 'terms-shown',
        termsShownAt: clock.now(),
        termsId: current.id,
        language,
        prices,
        version: before.version + 1,
      }
      await loans.save(shown)
      const after = { terms: current.id, language }
      await audit.record(actor, { action: 'loans.show-terms', on: on(shown), after })
      return shown
    })
    return { loan, terms: current, language }
  }

  /**
   * A reservation that came to nothing; the iPad is free again. Nothing that was signed can be called off.
   * @throws {DomainError} conflict `loan-transition`
   */
  async function callOff(actor: Actor, id: string, reason: string): Promise<Loan> {
    return transaction(async () => {
      const before = await get(actor, id)
      if (before.state !== 'reserved' && before.state !== 'terms-shown')
        throw new DomainError('conflict', 'loan-transition', 'Only an unsigned reservation can be cancelled.')
      const closed: Loan = {
        ...before,
        state: 'closed',
        closedAt: clock.now(),
        closeReason: reason,
        version: before.version + 1,
      }
      await loans.save(closed)
      const device = await devices.get(actor, before.deviceId)
      if (device.lifecycle === 'reserved')
        await devices.moveLifecycle(actor, device.id, 'prepared', { reason })
      await audit.record(actor, { action: 'loans.call-off', on: on(closed), reason })
      return closed
    })
  }

  async function bodyIdsOf(
    actor: Actor,
    { bodyIds, personId }: Reservation,
    today: string,
  ): Promise<string[]> {
    if (!bodyIds) {
      const current = await deps.mandates.list(actor, { personId, on: today })
      return [...new Set(current.map(mandate => mandate.bodyId))]
    }
    const known = new Set((await deps.bodies.list(actor)).map(body => body.id))
    if (bodyIds.some(id => !known.has(id)))
      throw new DomainError('not-found', 'body-unknown', 'There is no such body.')
    return [...new Set(bodyIds)]
  }

  return { get, reserve, showTerms, callOff }
}

function refusePast(dueOn: string, today: string): void {
  if (isDay(dueOn) && dueOn >= today) return
  const reason = because('due-day', 'The last day is today or later and is written as 2030-12-31.')
  throw invalid('loan-invalid', [{ path: 'dueOn', ...reason }])
}

function on(loan: Loan) {
  return { kind: 'loan', id: loan.id } as const
}
