import { type Clock } from '../clock.ts'
import { afterWrongPassword, isLocked, type WrongTries } from './staff-member.ts'
import { accountLocked } from './tries.ts'

/** Addresses that are remembered; the one that was tried longest ago is forgotten first. */
const remembered = 10_000

/**
 * Counts tries on addresses that nobody has an account with, and locks them as it would an account: else five tries
 * would tell which addresses there are. Each process counts for itself; nothing of it is stored.
 */
export function createUnknownTries(clock: Clock) {
  const tries = new Map<string, WrongTries>()

  /**
   * One more try on this address, which is in lower case.
   * @throws {DomainError} forbidden `account-locked`
   */
  return function count(email: string): void {
    const now = clock.now()
    const before = tries.get(email) ?? { failedAttempts: 0 }
    if (isLocked(before, now)) throw accountLocked(before, now)
    tries.delete(email)
    tries.set(email, afterWrongPassword(before, now))
    const [oldest] = tries.keys()
    if (tries.size > remembered && oldest !== undefined) tries.delete(oldest)
  }
}
