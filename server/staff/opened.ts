import { answerableId, type Actor } from './actor.ts'
import { type StaffMember } from './staff-member.ts'

/**
 * Who gave somebody the way into an account, and when it was used: by a link for a password, or by taking the second
 * factor away.
 */
export interface Opened {
  /** The ids of those who could be using the account themselves. */
  readonly by: readonly string[]
  readonly at: Date
}

/** After a week an owner who was shut out of their account has noticed. */
const openedDays = 7

/** Those who may be the person behind this account: who opened it lately, and who had opened theirs. */
export function openersOf({ opened }: Pick<StaffMember, 'opened'>, now: Date): readonly string[] {
  return opened && now.getTime() - opened.at.getTime() < openedDays * 86_400_000 ? opened.by : []
}

/** Whose hands `actor` may be, to be kept with a door that they open: their own and those that opened theirs. */
export function handsOf(
  actor: Pick<Actor, 'kind' | 'id' | 'behind'>,
  account: Pick<StaffMember, 'opened'> | undefined,
  now: Date,
): readonly string[] {
  // Whoever commands the machine is nobody in the product.
  if (actor.kind === 'system') return []
  return [answerableId(actor), ...(account ? openersOf(account, now) : [])]
}

/** Whether an account and one of `others` may be one person's: one of the two lately opened the other. */
export type MayBeOneOf = (accountId: string, others: readonly string[]) => Promise<boolean>

export function createMayBeOneOf(openers: (accountId: string) => Promise<readonly string[]>): MayBeOneOf {
  return async (accountId, others) => {
    const own = await openers(accountId)
    for (const other of others)
      if (own.includes(other) || (await openers(other)).includes(accountId)) return true
    return false
  }
}
