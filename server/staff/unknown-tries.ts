import { createHmac } from 'node:crypto'
import { type Clock } from '../clock.ts'
import { afterWrongPassword, isLocked } from './staff-member.ts'
import { accountLocked } from './tries.ts'
import { type UnknownTryStore } from './unknown-try-store.ts'

/** As many as fill some 30 MB, however many addresses somebody makes up. */
const places = 2 ** 18
/** How long a try is remembered after the last one. */
const rememberedMs = 30 * 24 * 3_600_000

interface UnknownTriesDeps {
  readonly tries: UnknownTryStore
  /** Of the installation: nobody else knows which addresses share a place. */
  readonly key: string
  readonly clock: Clock
}

export type CountUnknown = (email: string) => Promise<void>

/**
 * Counts tries on addresses without an account, and locks them like an account: otherwise five tries would show which
 * addresses have one. All instances count together. An address is kept as one of so many places, never as itself; two
 * that share one are locked together, which nobody with an account notices.
 */
export function createUnknownTries({ tries, key, clock }: UnknownTriesDeps): CountUnknown {
  const placeOf = (email: string) => createHmac('sha256', key).update(email).digest().readUInt32BE(0) % places

  /**
   * One more try on this address, which is in lower case.
   * @throws {DomainError} forbidden `account-locked`
   */
  return async function count(email) {
    for (;;) {
      const place = placeOf(email)
      const now = clock.now()
      const before = await tries.find(place)
      if (before && isLocked(before, now)) throw accountLocked(before, now)
      const { failedAttempts, lockedUntil } = afterWrongPassword(before ?? { failedAttempts: 0 }, now)
      const after = { failedAttempts, ...(lockedUntil && { lockedUntil }) }
      const until = new Date(now.getTime() + rememberedMs)
      if (await tries.replace(place, before, { ...after, until })) return
    }
  }
}
