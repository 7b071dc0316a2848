import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { afterWrongPassword, isLocked, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

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
    if (isLocked(member, now)) {
      const message = 'Too many wrong passwords. Wait a while and try again.'
      throw new DomainError('forbidden', 'account-locked', message)
    }
    if (await staff.countTry(member, afterWrongPassword(member, now))) return member
  }
}

/** Takes back a try that was right but does not open the account by itself; those before it still count. */
export async function uncountTry(member: StaffMember, staff: StaffStore): Promise<void> {
  await staff.countTry({ ...member, failedAttempts: member.failedAttempts + 1 }, member)
}
