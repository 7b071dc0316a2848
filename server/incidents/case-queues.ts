import { type AuditEntry } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Actor } from '../staff/actor.ts'
import { DomainError } from '../domain-error.ts'
import { rightsHeld } from '../staff/rights.ts'
import { escalate, handBack, letGo, rightToHold, take, type Line } from './case-queue.ts'
import { doerOf, type Incident } from './incident.ts'

interface CaseQueuesDeps {
  /** Saves what `change` makes of the case, together with its line in the log. */
  readonly work: (
    actor: Actor,
    id: string,
    doing: { entry: Omit<AuditEntry, 'on'>; change: (current: Incident) => Incident },
  ) => Promise<Incident>
  readonly clock: Clock
}

/** The queues of the first and the second line: handing a case on, and saying who has it. */
export function createCaseQueues({ work, clock }: CaseQueuesDeps) {
  const moving =
    (action: string, move: typeof escalate, to: Line) =>
    (actor: Actor, id: string, reason: string): Promise<Incident> => {
      const now = clock.now()
      return work(actor, id, {
        entry: { action, reason, after: { line: to } },
        change: current => move(current, { by: doerOf(actor), reason }, now),
      })
    }
  const holding =
    (action: string, hold: typeof take) =>
    (actor: Actor, id: string): Promise<Incident> => {
      const now = clock.now()
      return work(actor, id, {
        entry: { action },
        change: current => {
          if (!rightsHeld(actor).includes(rightToHold(current)))
            throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
          return hold(current, doerOf(actor), now)
        },
      })
    }

  return {
    /** Hands it to the second line, who are told. @throws {DomainError} as the rule `escalate` */
    escalate: moving('incidents.escalate', escalate, 'second'),
    /** Hands it back to the first line. @throws {DomainError} as the rule `handBack` */
    handBack: moving('incidents.hand-back', handBack, 'first'),
    /** Says that the actor works with it. @throws {DomainError} forbidden `not-allowed`; as the rule `take` */
    take: holding('incidents.take', take),
    /** Says that nobody does. @throws {DomainError} forbidden `not-allowed`; as the rule `letGo` */
    letGo: holding('incidents.let-go', letGo),
  }
}
