import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { type Person } from './person.ts'
import { type WrittenPerson } from './person-input.ts'

/**
 * The fields that may be taken over from the row that goes. The e-mail address decides which row stays, so it is not
 * among them.
 */
export const takeable = ['givenName', 'familyName', 'phone', 'language'] as const
export type Takeable = (typeof takeable)[number]

/** That an organisation's two rows of one human being became one. Nothing of it is ever taken back. */
export interface Merge {
  readonly id: string
  readonly organisationId: string
  /** Whose address redirects to `keptId`. */
  readonly goneId: string
  readonly keptId: string
  /** In lower case; files that still hold it mean the one who stays. Missing once somebody else has it. */
  readonly formerEmail?: string
  readonly mergedAt: Date
  readonly mergedBy: Pick<Actor, 'kind' | 'id' | 'name'>
}

/** What belongs to people in a slice, so that it can follow them. */
export interface PointsAtPeople {
  readonly kind: 'mandates' | 'loans' | 'forms' | 'incidents'
  /** How much of it points at the person. */
  readonly count: (organisationId: string, personId: string) => Promise<number>
  /** Lets it point at `to` instead, inside the transaction around it; the ids of what was moved. */
  readonly move: (actor: Actor, from: string, to: string) => Promise<readonly string[]>
}

/** How much, of each kind. */
export type Pointing = Readonly<Record<PointsAtPeople['kind'], number>>

/** What is hidden of somebody with a protected identity: nobody can have compared it. */
const unseen: readonly Takeable[] = ['givenName', 'familyName', 'phone']

/**
 * @throws {DomainError} invalid `merge-same`; when either has a protected identity, invalid `merge-reason` without a
 * reason and `merge-unseen` when something is taken that nobody has seen
 */
export function checkMerge(
  kept: Person,
  gone: Person,
  { reason, take = [] }: { readonly reason?: string | undefined; readonly take?: readonly Takeable[] } = {},
): void {
  if (kept.id === gone.id) throw new DomainError('invalid', 'merge-same', 'Give two different people.')
  if (!kept.protectedIdentity && !gone.protectedIdentity) return
  if (!reason)
    throw new DomainError('invalid', 'merge-reason', 'Give a reason: one of them has a protected identity.', [
      { path: 'reason', message: 'Say why.' },
    ])
  if (take.some(field => unseen.includes(field))) {
    const message = 'Name and phone are not carried over when one of them has a protected identity.'
    throw new DomainError('invalid', 'merge-unseen', message, [{ path: 'take', message }])
  }
}

/**
 * What the person who stays gets from the other; a field that the other lacks is emptied. If either is protected, the
 * result is.
 */
export function takenOver(
  kept: Person,
  gone: Person,
  take: readonly Takeable[],
): { readonly set: WrittenPerson; readonly emptied: readonly 'phone'[] } {
  const differing = take.filter(field => gone[field] !== kept[field])
  const there = differing.filter(field => gone[field] !== undefined)
  const taken: WrittenPerson = Object.fromEntries(there.map(field => [field, gone[field]] as const))
  const isNewlyProtected = gone.protectedIdentity && !kept.protectedIdentity
  return {
    set: { ...taken, ...(isNewlyProtected && { protectedIdentity: true }) },
    emptied: differing.includes('phone') && gone.phone === undefined ? ['phone'] : [],
  }
}
