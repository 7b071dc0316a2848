import { DomainError } from '../domain-error.ts'
import { checkMove, isClosed, without, type Doer, type Incident, type Liability } from './incident.ts'
import { unwanted, withTask } from './incident-task.ts'
import { readPoliceNumber } from './police-number.ts'
import { withStep } from './timeline.ts'
import { mayClaimWarranty, type WarrantyFacts } from './warranty.ts'

/** Second line has looked at the report and believes it. Saying it twice changes nothing. */
export function confirm(incident: Incident, by: Doer, now: Date): Incident {
  if (incident.confirmedAt) return incident
  if (isClosed(incident)) checkMove(incident.state, 'confirmed')
  const state = incident.state === 'reported' ? 'confirmed' : incident.state
  return withStep({ ...incident, state, confirmedAt: now }, { at: now, what: 'confirmed', by })
}

/**
 * The incident with the number of the police report, also when it comes weeks later.
 * @throws {DomainError} invalid `police-number`
 */
export function withPoliceNumber(incident: Incident, typed: string, by: Doer, now: Date): Incident {
  const { number, raw } = readPoliceNumber(typed, now)
  if (incident.policeNumber === number) return incident
  const before = incident.policeNumber
  return withStep(
    { ...incident, policeNumber: number, policeNumberRaw: raw },
    { at: now, what: 'police-number', by, detail: { number, ...(before && { before }) } },
  )
}

/**
 * The iPad is back. What was to be done with it is dropped, and lost mode ends when it was or may have been reached.
 * @throws {DomainError} conflict `incident-transition` when it is back already
 */
export function recover(
  incident: Incident,
  { by, note, unlockId }: { by: Doer; note?: string; unlockId: string },
  now: Date,
): Incident {
  checkMove(incident.recoveredAt ? 'recovered' : incident.state, 'recovered')
  // A lock that was handed to the channel may have reached the iPad, also when it has not answered yet.
  const mayBeLocked =
    incident.lockedAt !== undefined ||
    incident.tasks.some(({ kind, state }) => kind === 'lock' && state === 'queued')
  const recovered = withStep(
    { ...unwanted(without(incident, 'claim', 'closedAt')), state: 'recovered', recoveredAt: now },
    { at: now, what: 'recovered', by, ...(note && { detail: { note } }) },
  )
  if (!mayBeLocked) return recovered
  const cause = `recovered:${String(now.getTime())}`
  return withTask(recovered, { id: unlockId, kind: 'unlock', cause, by }, now)
}

/**
 * The incident with the decision on the borrower's liability: a named person's judgement (requirement R77).
 * @throws {DomainError} conflict `wipe-asked`, `warranty-over`, `incident-transition`; invalid `charge-amount`
 */
export function decide(incident: Incident, decision: Liability, facts: WarrantyFacts): Incident {
  if (incident.state === 'wipe-requested') {
    throw new DomainError('conflict', 'wipe-asked', 'A wipe is waiting for a decision. Decide that first.')
  }
  checkMove(incident.state, 'decided')
  if ((decision.outcome === 'charge') !== (decision.amountOre !== undefined)) {
    const message = 'Enter an amount when the borrower pays, and only then.'
    throw new DomainError('invalid', 'charge-amount', message, [{ path: 'amountOre', message }])
  }
  if (decision.outcome === 'warranty') mayClaimWarranty(incident, facts)
  const { outcome, amountOre, by, at } = decision
  return withStep(
    { ...without(incident, 'claim'), state: 'decided', decision },
    { at, what: 'decided', by, detail: { outcome, ...(amountOre !== undefined && { amountOre }) } },
  )
}

/** The incident with the iPad that takes the place of this one. @throws {DomainError} conflict `replaced-already` */
export function replace(incident: Incident, deviceId: string, by: Doer, now: Date): Incident {
  if (incident.replacement?.deviceId === deviceId) return incident
  if (incident.replacement) {
    throw new DomainError('conflict', 'replaced-already', 'The iPad has already been replaced.')
  }
  if (deviceId === incident.deviceId) {
    const message = 'Choose a different iPad from the one the case is about.'
    throw new DomainError('invalid', 'replaced-by-itself', message, [{ path: 'deviceId', message }])
  }
  return withStep(
    { ...incident, replacement: { deviceId, at: now, by } },
    { at: now, what: 'replaced', by, detail: { deviceId } },
  )
}

/**
 * The incident at its end: recovered, decided or replaced, and without positions.
 * @throws {DomainError} conflict `still-open`, `wipe-asked`, `incident-transition`
 */
export function close(incident: Incident, by: Doer, now: Date): Incident {
  if (incident.state === 'wipe-requested') {
    throw new DomainError('conflict', 'wipe-asked', 'A wipe is waiting for a decision. Decide that first.')
  }
  if (!incident.recoveredAt && !incident.decision && !incident.replacement) {
    throw new DomainError(
      'conflict',
      'still-open',
      'The case is not finished: the iPad must be back or replaced, or somebody must decide who pays.',
    )
  }
  checkMove(incident.state, 'closed')
  // Looking for the iPad ends with the case; a lock or an erase that waits for it does not.
  const left = unwanted(without(incident, 'claim'), ['locate', 'sound'])
  const removed = withStep(left, { at: now, what: 'positions-removed', by })
  return withStep({ ...removed, state: 'closed', closedAt: now }, { at: now, what: 'closed', by })
}
