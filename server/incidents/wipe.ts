import { DomainError } from '../domain-error.ts'
import { checkMove, type Doer, type Incident } from './incident.ts'
import { mustBeMissing, mustHoldSomething, withTask } from './incident-task.ts'
import { withStep, type Deed } from './timeline.ts'

interface WipeRequest {
  readonly reason: string
  readonly papersChecked: boolean
  readonly by: Doer
  readonly approvalId?: string
}

/**
 * The incident with a wish to erase its iPad; nothing is sent yet.
 * @throws {DomainError} conflict `not-missing`, `wipe-asked`, `erased-already`, `incident-transition`
 */
export function askForWipe(incident: Incident, request: WipeRequest, now: Date): Incident {
  mustBeMissing(incident)
  if (incident.state === 'wipe-requested' || incident.state === 'wipe-approved') {
    throw new DomainError('conflict', 'wipe-asked', 'A wipe of this iPad has already been requested.')
  }
  mustHoldSomething(incident)
  checkMove(incident.state, 'wipe-requested')
  const { reason, papersChecked, by, approvalId } = request
  const asked: Incident = {
    ...incident,
    state: 'wipe-requested',
    wipe: {
      requestedBy: by,
      requestedAt: now,
      reason,
      papersChecked,
      ...(approvalId && { approvalId }),
      stateBefore: incident.state,
    },
  }
  return withStep(asked, { at: now, what: 'wipe-asked', by, detail: { reason, papersChecked } })
}

/**
 * The incident once the erase is agreed to, with the erase as its task. `alone`: the organisation lets the asker
 * decide.
 * @throws {DomainError} conflict `incident-transition`
 */
export function approveWipe(
  incident: Incident,
  { by, eraseId, alone }: { by: Doer; eraseId: string; alone: boolean },
  now: Date,
): Incident {
  checkMove(incident.state, 'wipe-approved')
  if (!incident.wipe) throw new Error('An incident in wipe-requested has no wipe')
  const { requestedAt } = incident.wipe
  const approved = withStep(
    { ...incident, state: 'wipe-approved', wipe: { ...incident.wipe, approvedBy: by, approvedAt: now } },
    { at: now, what: 'wipe-approved', by, detail: { alone } },
  )
  const cause = `wipe:${String(requestedAt.getTime())}`
  return withTask(approved, { id: eraseId, kind: 'erase', cause, by }, now)
}

/** The incident where it was before somebody asked; unchanged when nothing waits. */
export function dropWipe(
  incident: Incident,
  { by, how, note }: { by: Doer; how: 'refused' | 'expired' | 'withdrawn'; note?: string },
  now: Date,
): Incident {
  if (incident.state !== 'wipe-requested' || !incident.wipe) return incident
  const { wipe, ...rest } = incident
  return withStep(
    { ...rest, state: wipe.stateBefore },
    { at: now, what: `wipe-${how}` satisfies Deed, by, ...(note && { detail: { note } }) },
  )
}
