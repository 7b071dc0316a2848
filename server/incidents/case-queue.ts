import { DomainError } from '../domain-error.ts'
import { type Right } from '../staff/rights.ts'
import { isClosed, without, type Doer, type Incident } from './incident.ts'
import { withStep } from './timeline.ts'

/** Whose turn a case is: the first line answers and locks, the second decides and wipes (requirement R32). */
export const lines = ['first', 'second'] as const
export type Line = (typeof lines)[number]

/** Every case begins in the first line; only one that was handed up says otherwise. */
export function lineOf({ escalated }: Pick<Incident, 'escalated'>): Line {
  return escalated ? 'second' : 'first'
}

/** The right that taking a case or letting it go needs: one that was handed up is the second line's alone. */
export function rightToHold({ escalated }: Pick<Incident, 'escalated'>): Right {
  return escalated ? 'incidents.decide' : 'incidents.work'
}

/** A deed that moves a case between the queues, with whoever does it and, where it wants one, the reason. */
interface Move {
  readonly by: Doer
  readonly reason: string
}

/**
 * The case in the second line, held by nobody. @throws {DomainError} conflict `case-closed`, `escalated-already`
 */
export function escalate(incident: Incident, { by, reason }: Move, now: Date): Incident {
  mustBeOpen(incident)
  if (incident.escalated) {
    throw new DomainError('conflict', 'escalated-already', 'The case is with the second line already.')
  }
  const moved = { ...without(incident, 'taken'), escalated: { by, reason, at: now } }
  return withStep(moved, { at: now, what: 'escalated', by, detail: { reason } })
}

/** The case back in the first line, held by nobody. @throws {DomainError} conflict `case-closed`, `not-escalated` */
export function handBack(incident: Incident, { by, reason }: Move, now: Date): Incident {
  mustBeOpen(incident)
  if (!incident.escalated) {
    throw new DomainError('conflict', 'not-escalated', 'The case is with the first line already.')
  }
  const moved = without(incident, 'taken', 'escalated')
  return withStep(moved, { at: now, what: 'handed-back', by, detail: { reason } })
}

/**
 * The case held by `by`. Taking what one holds changes nothing.
 * @throws {DomainError} conflict `case-closed`; conflict `case-taken` while somebody else holds it
 */
export function take(incident: Incident, by: Doer, now: Date): Incident {
  mustBeOpen(incident)
  if (incident.taken?.by.id === by.id) return incident
  if (incident.taken) {
    const { name } = incident.taken.by
    throw new DomainError('conflict', 'case-taken', `${name} has taken the case. Let it go first.`)
  }
  return withStep({ ...incident, taken: { by, at: now } }, { at: now, what: 'taken', by })
}

/**
 * The case held by nobody, also when a colleague held it who has gone home. Saying it twice changes nothing.
 * @throws {DomainError} conflict `case-closed`
 */
export function letGo(incident: Incident, by: Doer, now: Date): Incident {
  mustBeOpen(incident)
  if (!incident.taken) return incident
  const detail = incident.taken.by.id === by.id ? undefined : { name: incident.taken.by.name }
  return withStep(without(incident, 'taken'), { at: now, what: 'let-go', by, ...(detail && { detail }) })
}

function mustBeOpen(incident: Incident): void {
  if (isClosed(incident)) throw new DomainError('conflict', 'case-closed', 'The case is closed.')
}
