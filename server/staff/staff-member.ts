import { type Language } from '../organisations/organisation.ts'
import { type Role } from './rights.ts'

/** Somebody who works with the product. One account per person, also for those who work for several organisations. */
export interface StaffMember {
  readonly id: string
  /** In lower case; what one signs in with. */
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly passwordHash: string
  readonly memberships: readonly Membership[]
  /** Wrong passwords in a row. */
  readonly failedAttempts: number
  readonly lockedUntil?: Date
}

export interface Membership {
  readonly organisationId: string
  readonly roles: readonly Role[]
}

/** Wrong passwords in a row that are free; from then on each one doubles the wait. */
const freeAttempts = 5
const longestWaitMinutes = 60

/** The member after one more wrong password: locked for 1, 2, 4 … 60 minutes once the free attempts are used. */
export function afterWrongPassword(member: StaffMember, now: Date): StaffMember {
  const failedAttempts = member.failedAttempts + 1
  if (failedAttempts < freeAttempts) return { ...member, failedAttempts }
  const minutes = Math.min(2 ** (failedAttempts - freeAttempts), longestWaitMinutes)
  return { ...member, failedAttempts, lockedUntil: new Date(now.getTime() + minutes * 60_000) }
}

export function isLocked(member: StaffMember, now: Date): boolean {
  return member.lockedUntil !== undefined && now < member.lockedUntil
}
