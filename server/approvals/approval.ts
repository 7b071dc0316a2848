import { DomainError } from '../domain-error.ts'
import { answerableId, type Actor } from '../staff/actor.ts'

/** One dangerous thing that a person wants done and that another person has to agree to. Never deleted. */
export interface Approval {
  readonly id: string
  readonly organisationId: string
  /** What is asked for, e.g. `wipe`; says who may decide and what follows. */
  readonly kind: string
  readonly subject: ApprovalSubject
  /** What else people read before they decide, such as how many iPads; each kind has words with these places. */
  readonly facts?: ApprovalFacts
  readonly requestedBy: Decider
  /** Those who had lately opened the asker's account when it was asked: it may have been them. */
  readonly openers?: readonly string[]
  readonly requestedAt: Date
  readonly reason: string
  readonly state: ApprovalState
  readonly decidedBy?: Decider
  readonly decidedAt?: Date
  /** What the one who decided wrote; asked for when they refuse. */
  readonly note?: string
  /** From this moment on nobody can decide it any more. */
  readonly expiresAt: Date
  readonly version: number
}

/** What it is about; `label` is what people read, such as a case number and an asset tag. */
export interface ApprovalSubject {
  readonly kind: string
  readonly id: string
  readonly label: string
}

/** `variant` chooses between the words of a kind, where it has several. Nothing personal. */
export type ApprovalFacts = Readonly<Record<string, string | number>>

/** The person as they were called on that day; for a token also who made it. */
type Decider = Pick<Actor, 'kind' | 'id' | 'name' | 'behind'>

export const approvalStates = ['waiting', 'approved', 'refused', 'expired', 'withdrawn'] as const
export type ApprovalState = (typeof approvalStates)[number]

export interface Decision {
  readonly outcome: 'approved' | 'refused'
  readonly by: Decider
  /** Those who lately opened the account of `by`: it may be them. */
  readonly openers: readonly string[]
  readonly note?: string
  /** Of the request as it was read; missing: as it is. */
  readonly version?: number | undefined
}

export function deciderOf({ kind, id, name, behind }: Actor): Decider {
  return { kind, id, name, ...(behind && { behind }) }
}

/** Whether the asker and `by` are the same person, also when one of them is a token that the person made. */
export function isOwn(approval: Pick<Approval, 'requestedBy'>, by: Pick<Decider, 'id' | 'behind'>): boolean {
  return answerableId(approval.requestedBy) === answerableId(by)
}

/** Whether the asker and `by` may be one person at two accounts: one of the two lately opened the other's. */
export function isOwnAccount(
  approval: Pick<Approval, 'requestedBy' | 'openers'>,
  by: Pick<Decider, 'id' | 'behind'>,
  openers: readonly string[],
): boolean {
  return (
    openers.includes(answerableId(approval.requestedBy)) ||
    approval.openers?.includes(answerableId(by)) === true
  )
}

/** Whether the time to decide is over, even if the state does not say so yet. */
export function isOver(approval: Pick<Approval, 'state' | 'expiresAt'>, now: Date): boolean {
  return approval.state === 'waiting' && now >= approval.expiresAt
}

/**
 * The approval after a decision. The same decision again by the same person gives the approval back as it is.
 * @throws {DomainError} conflict `approval-decided`, `approval-expired`, or `approval-changed` when it asks for
 * something else than what was read; forbidden `approval-own` when the one who asked decides, `approval-own-account`
 * when it may be them at another account, `approval-person` when no person does; invalid `approval-note` when a refusal
 * has no words
 */
export function decide(approval: Approval, decision: Decision, now: Date): Approval {
  const { outcome, by, openers, note, version } = decision
  if (approval.state === outcome && approval.decidedBy?.id === by.id) return approval
  mustBeOpenTo(approval, by, openers, now)
  if (version !== undefined && version !== approval.version)
    throw new DomainError(
      'conflict',
      'approval-changed',
      'What is asked for has changed since you read it. Look at it again.',
    )
  if (outcome === 'refused' && !note) {
    const message = 'Write why, so that the person who asked knows what applies.'
    throw new DomainError('invalid', 'approval-note', message, [{ path: 'note', message }])
  }
  return {
    ...approval,
    state: outcome,
    decidedBy: by,
    decidedAt: now,
    ...(note && { note }),
    version: approval.version + 1,
  }
}

function mustBeOpenTo(approval: Approval, by: Decider, openers: readonly string[], now: Date): void {
  if (approval.state !== 'waiting') {
    throw new DomainError('conflict', 'approval-decided', `This request is ${approval.state} already.`)
  }
  if (isOver(approval, now)) {
    throw new DomainError(
      'conflict',
      'approval-expired',
      'The time to decide has passed. Ask again if it is still needed.',
    )
  }
  if (isOwn(approval, by)) {
    throw new DomainError(
      'forbidden',
      'approval-own',
      'You asked for this yourself, so somebody else has to decide.',
    )
  }
  if (isOwnAccount(approval, by, openers)) throw ownAccount()
  // A judgement needs somebody who answers for it (requirement R77).
  if (by.kind !== 'staff' && by.kind !== 'token') {
    throw new DomainError('forbidden', 'approval-person', 'Only a person can decide this.')
  }
}

/** The refusal of a second person who may be the first at another account: forbidden `approval-own-account`. */
export function ownAccount(): DomainError {
  const message =
    'One of you opened the other’s account less than a week ago, so a third person has to decide.'
  return new DomainError('forbidden', 'approval-own-account', message)
}

/** The approval when what it asks for has changed meanwhile. Only for one that is still waiting. */
export function restated(
  approval: Approval,
  { facts, behind }: { readonly facts: ApprovalFacts; readonly behind: Decider['behind'] },
  openers: readonly string[],
): Approval {
  const { kind, id, name } = approval.requestedBy
  return {
    ...approval,
    facts: { ...approval.facts, ...facts },
    requestedBy: { kind, id, name, ...(behind && { behind }) },
    ...(openers.length > 0 && { openers: [...new Set([...(approval.openers ?? []), ...openers])] }),
    version: approval.version + 1,
  }
}

/** The approval when its time is over. Only for one that is still waiting. */
export function expire(approval: Approval): Approval {
  return { ...approval, state: 'expired', decidedAt: approval.expiresAt, version: approval.version + 1 }
}

/**
 * The approval when it is no longer wanted.
 * @throws {DomainError} conflict `approval-decided`
 */
export function withdraw(approval: Approval, by: Decider, now: Date): Approval {
  if (approval.state === 'withdrawn') return approval
  if (approval.state !== 'waiting') {
    throw new DomainError('conflict', 'approval-decided', `This request is ${approval.state} already.`)
  }
  return { ...approval, state: 'withdrawn', decidedBy: by, decidedAt: now, version: approval.version + 1 }
}
