import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { because } from '../reason.ts'
import { systemActor } from './actor.ts'
import { type SignInMethod } from './session.ts'
import {
  activeMemberships,
  afterWrongPassword,
  isLocked,
  minutesLocked,
  type StaffMember,
  type WrongTries,
} from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

/** The refusal while an account is locked: how many minutes are left. */
export function accountLocked(tried: WrongTries, now: Date): DomainError {
  const values = { count: minutesLocked(tried, now) }
  const sentence = 'Too many wrong passwords or codes. Wait {count} min and try again.'
  const reason = because('account-locked', sentence, values)
  return new DomainError('forbidden', 'account-locked', reason.message, [{ path: '', ...reason }])
}

/**
 * The account that `find` finds, after one more try was counted on it. It counts before it is judged, so that many at
 * one moment are not one.
 * @throws {DomainError} forbidden `account-locked`
 */
export async function countTry(
  find: () => Promise<StaffMember | undefined>,
  { staff, clock }: { staff: StaffStore; clock: Clock },
): Promise<StaffMember | undefined> {
  for (;;) {
    const member = await find()
    if (!member) return undefined
    const now = clock.now()
    if (isLocked(member, now)) throw accountLocked(member, now)
    if (await staff.countTry(member, afterWrongPassword(member, now))) return member
  }
}

/** Takes back a try that was right but does not open the account by itself; those before it still count. */
export async function uncountTry(member: StaffMember, staff: StaffStore): Promise<void> {
  await staff.countTry({ ...member, failedAttempts: member.failedAttempts + 1 }, member)
}

/**
 * Writes a wrong password or code down: how many there were in a row, and until when the account is closed for them.
 * `member` is the account before the try was counted.
 */
export async function noteRefusedTry(
  member: StaffMember,
  method: SignInMethod,
  { audit, clock }: { audit: Audit; clock: Clock },
): Promise<void> {
  const { failedAttempts: tries, lockedUntil } = afterWrongPassword(member, clock.now())
  const isNewlyLocked = lockedUntil !== undefined && lockedUntil > clock.now()
  await noteRefusal(member, { method, tries, ...(isNewlyLocked && { lockedUntil }) }, audit)
}

/**
 * Writes a refused proof to the log of every organisation that the account opens, with the address it came from, for
 * anyone who looks for an attack. Who tried is not known, so nobody is named.
 */
export async function noteRefusal(
  member: StaffMember,
  after: Readonly<Record<string, unknown>>,
  audit: Audit,
): Promise<void> {
  const on = { kind: 'staff', id: member.id }
  for (const { organisationId } of activeMemberships(member))
    await audit.record(systemActor(organisationId), { action: 'staff.sign-in-refused', on, after })
}
