import { answerableId, type Actor } from './actor.ts'
import { type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

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

/**
 * Those who may be acting besides the person answerable for `actor`: who lately opened the account, and of a key who had
 * opened its maker's when it was made. The account may have come back to its owner since; the key has not.
 */
export async function openersBehind(
  actor: Pick<Actor, 'kind' | 'id' | 'behind'>,
  staff: Pick<StaffStore, 'find' | 'findToken'>,
  now: Date,
): Promise<readonly string[]> {
  const account = await staff.find(answerableId(actor))
  const key = actor.kind === 'token' ? await staff.findToken(actor.id) : undefined
  return [...new Set([...(account ? openersOf(account, now) : []), ...(key?.openers ?? [])])]
}

/** Whose hands `actor` may be, to be kept with a door that they open: their own and those of `openersBehind`. */
export async function handsOf(
  actor: Pick<Actor, 'kind' | 'id' | 'behind'>,
  staff: Pick<StaffStore, 'find' | 'findToken'>,
  now: Date,
): Promise<readonly string[]> {
  // Whoever commands the machine is nobody in the product.
  if (actor.kind === 'system') return []
  return [answerableId(actor), ...(await openersBehind(actor, staff, now))]
}

/** Whether the person behind `actor` and one of `others` may be one: one of the two lately opened the other's account. */
export type MayBeOneOf = (
  actor: Pick<Actor, 'kind' | 'id' | 'behind'>,
  others: readonly string[],
) => Promise<boolean>

export function createMayBeOneOf(
  openers: (actor: Pick<Actor, 'kind' | 'id' | 'behind'>) => Promise<readonly string[]>,
): MayBeOneOf {
  return async (actor, others) => {
    const own = await openers(actor)
    for (const other of others)
      if (own.includes(other) || (await openers({ kind: 'staff', id: other })).includes(answerableId(actor)))
        return true
    return false
  }
}
