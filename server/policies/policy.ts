import { DomainError, type FieldError } from '../domain-error.ts'
import { accountOf, answerableId, type Actor } from '../staff/actor.ts'
import { checklistErrors, isAnswered, type ChecklistLine, type NewChecklistLine } from './checklist.ts'

export interface Decision {
  readonly at: Date
  readonly by: { readonly id: string; readonly name: string }
}

/** The organisation's security policy for its iPads; each version stands as it was written (R10). */
export interface SecurityPolicy {
  readonly id: string
  readonly organisationId: string
  /** 1, 2, 3 … in the organisation. */
  readonly number: number
  readonly title: string
  readonly text: string
  readonly checklist: readonly ChecklistLine[]
  readonly writtenAt: Date
  readonly writtenBy: { readonly id: string; readonly name: string }
  /** Missing: a draft, which no profile can cite. */
  readonly approval?: Decision
}

export type NewPolicy = Pick<SecurityPolicy, 'title' | 'text'> & {
  readonly checklist: readonly NewChecklistLine[]
  /** Number of the version that the writer saw, 0 for none: without it nobody is asked what came meanwhile. */
  readonly basedOn?: number
}

interface Approving {
  readonly actor: Actor
  readonly now: Date
  readonly writers: ReadonlySet<string>
  readonly inForce?: number
}

/** What is wrong with a policy as it was written on the day `today`, 'YYYY-MM-DD'; empty when nothing is. */
export function policyErrors({ title, text, checklist }: NewPolicy, today: string): FieldError[] {
  const wrong: FieldError[] = []
  if (title.trim() === '') wrong.push({ path: 'title', code: 'missing', message: 'Give the policy a title.' })
  if (text.trim() === '') wrong.push({ path: 'text', code: 'missing', message: 'Write the policy.' })
  return [...wrong, ...checklistErrors(checklist, today)]
}

/**
 * The policy approved by `actor`, who wrote nothing in it (nor is a token of somebody who did).
 * @param writers accounts that wrote in it, see `writersOf`
 * @param inForce number of the newest approved one, when there is one
 * @throws {DomainError} conflict `policy-approved`, `policy-superseded`, `checklist-unanswered`; forbidden `own-policy`
 */
export function approvePolicy(
  policy: SecurityPolicy,
  { actor, now, writers, inForce = 0 }: Approving,
): SecurityPolicy {
  if (policy.approval !== undefined)
    throw new DomainError('conflict', 'policy-approved', 'This policy has already been approved.')
  if (writers.has(answerableId(actor)))
    throw new DomainError('forbidden', 'own-policy', 'Another person must approve what you have written.')
  if (policy.number < inForce) throw superseded()
  if (!isAnswered(policy.checklist))
    throw new DomainError(
      'conflict',
      'checklist-unanswered',
      'Its checklist has questions without an answer, or none at all. Write a new version with answers.',
    )
  return { ...policy, approval: { at: now, by: accountOf(actor) } }
}

/** The refusal of a policy that a newer approved one has replaced. */
export const superseded = (): DomainError =>
  new DomainError(
    'conflict',
    'policy-superseded',
    'A newer version of the security policy is in force. Use that one.',
  )
