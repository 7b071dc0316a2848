import { DomainError, type FieldError } from '../domain-error.ts'
import { answerableId, type Actor } from '../staff/actor.ts'

export const answers = ['yes', 'no', 'partly', 'not-applicable'] as const

/** One line of the authority's checklist, answered for this version of the policy (R13). */
export interface ChecklistAnswer {
  readonly question: string
  readonly answer: (typeof answers)[number]
  readonly comment?: string
  /** Who answers for it. */
  readonly signedBy: string
  /** 'YYYY-MM-DD' */
  readonly signedOn: string
}

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
  readonly checklist: readonly ChecklistAnswer[]
  readonly writtenAt: Date
  readonly writtenBy: { readonly id: string; readonly name: string }
  /** Missing: a draft, which no profile can cite. */
  readonly approval?: Decision
}

export type NewPolicy = Pick<SecurityPolicy, 'title' | 'text' | 'checklist'>

const day = /^\d{4}-\d\d-\d\d$/

/** What is wrong with a policy as it was written; empty when nothing is. */
export function policyErrors({ title, text, checklist }: NewPolicy): FieldError[] {
  const wrong: FieldError[] = []
  if (title.trim() === '') wrong.push({ path: 'title', code: 'missing', message: 'Give the policy a title.' })
  if (text.trim() === '') wrong.push({ path: 'text', code: 'missing', message: 'Write the policy.' })
  for (const [index, { question, signedBy, signedOn }] of checklist.entries()) {
    const at = `checklist.${index}`
    if (question.trim() === '')
      wrong.push({ path: `${at}.question`, code: 'missing', message: 'Give the question.' })
    if (signedBy.trim() === '')
      wrong.push({ path: `${at}.signedBy`, code: 'missing', message: 'Say who is responsible for it.' })
    if (!isDay(signedOn))
      wrong.push({ path: `${at}.signedOn`, code: 'day', message: 'Give the day as YYYY-MM-DD.' })
  }
  return wrong
}

const isDay = (text: string): boolean => day.test(text) && !Number.isNaN(Date.parse(text))

/**
 * The policy approved by `actor`, who is not the one who wrote it (nor a token of theirs).
 * @throws {DomainError} conflict `policy-approved`; forbidden `own-policy`
 */
export function approvePolicy(policy: SecurityPolicy, actor: Actor, now: Date): SecurityPolicy {
  if (policy.approval !== undefined)
    throw new DomainError('conflict', 'policy-approved', 'This policy has already been approved.')
  if (answerableId(actor) === policy.writtenBy.id)
    throw new DomainError('forbidden', 'own-policy', 'Another person must approve what you have written.')
  return { ...policy, approval: { at: now, by: { id: answerableId(actor), name: actor.name } } }
}
