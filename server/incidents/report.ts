import { DomainError } from '../domain-error.ts'
import {
  claimOf,
  isMissingKind,
  type Doer,
  type Incident,
  type IncidentKind,
  type LostModeWords,
  type ReportedVia,
} from './incident.ts'
import { withTask } from './incident-task.ts'
import { readPoliceNumber } from './police-number.ts'
import { withStep } from './timeline.ts'

/** What one form says. */
export interface Report {
  readonly kind: IncidentKind
  readonly description: string
  readonly reportedVia: ReportedVia
  readonly happenedAt?: Date
  readonly placeText?: string
  readonly policeNumber?: string
}

interface ReportFacts {
  readonly id: string
  readonly organisationId: string
  readonly number: string
  readonly deviceId: string
  readonly loan?: { readonly id: string; readonly personId: string }
  readonly words: LostModeWords
  readonly by: Doer
  /** The id of the command that will lock the iPad. */
  readonly lockId: string
}

/**
 * A new incident. For a theft or a loss the lock is already to be done in it, so saving it is enough to lock the iPad.
 * @throws {DomainError} invalid `happened-later`, `police-number`
 */
export function openIncident(report: Report, facts: ReportFacts, now: Date): Incident {
  checkReport(report, now)
  const { kind, description, reportedVia, happenedAt, placeText, policeNumber } = report
  const { id, organisationId, number, deviceId, loan, words, by, lockId } = facts
  const police = policeNumber?.trim() ? readPoliceNumber(policeNumber, now) : undefined
  const incident: Incident = {
    id,
    organisationId,
    number,
    kind,
    deviceId,
    ...(loan && { loanId: loan.id, personId: loan.personId }),
    state: 'reported',
    claim: claimOf(kind, deviceId),
    reportedAt: now,
    reportedBy: by,
    reportedVia,
    description,
    ...(happenedAt && { happenedAt }),
    ...(placeText && { placeText }),
    ...(police && { policeNumber: police.number, policeNumberRaw: police.raw }),
    tasks: [],
    timeline: [{ at: now, what: 'reported', by, detail: { kind, via: reportedVia } }],
    version: 1,
  }
  if (!isMissingKind(kind)) return incident
  return withTask(
    { ...incident, lostModeWords: words },
    { id: lockId, kind: 'lock', cause: 'report', by },
    now,
  )
}

/** What is wrong with a form, before anything is done. @throws {DomainError} as `openIncident` */
export function checkReport({ happenedAt, policeNumber }: Report, now: Date): void {
  if (policeNumber?.trim()) readPoliceNumber(policeNumber, now)
  if (happenedAt && happenedAt > now) {
    const message = 'This time is in the future. Write when it happened, or leave it empty.'
    throw new DomainError('invalid', 'happened-later', message, [{ path: 'happenedAt', message }])
  }
}

/** The incident that a second report of the same finds: only the timeline grows. */
export function reportedAgain(
  incident: Incident,
  { kind, reportedVia }: Report,
  by: Doer,
  now: Date,
): Incident {
  return withStep(incident, { at: now, what: 'reported-again', by, detail: { kind, via: reportedVia } })
}
