import test from 'ava'
import {
  afterWrongPassword,
  isLocked,
  minutesLocked,
  type StaffMember,
} from '../../../server/staff/staff-member.ts'

const now = new Date('2026-11-22T08:00:00Z')
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

const aMember: StaffMember = {
  id: 's1',
  email: 'asta.lind@example.se',
  name: 'Asta Lind',
  language: 'sv',
  passwordHash: '',
  memberships: [],
  failedAttempts: 0,
  version: 1,
}

function wrongTimes(times: number): StaffMember {
  return Array.from({ length: times }).reduce<StaffMember>(member => afterWrongPassword(member, now), aMember)
}

test('four wrong passwords lock nobody out', t => {
  t.false(isLocked(wrongTimes(4), now))
})

test('from the fifth on each wrong password doubles the wait, up to an hour', t => {
  for (const [times, minutes] of [
    [5, 1],
    [6, 2],
    [8, 8],
    [11, 60],
    [40, 60],
  ] as const) {
    const member = wrongTimes(times)
    t.true(isLocked(member, new Date(minutesLater(minutes).getTime() - 1)), `${times} times`)
    t.false(isLocked(member, minutesLater(minutes)), `${times} times`)
    t.is(minutesLocked(member, now), minutes)
    t.is(minutesLocked(member, minutesLater(minutes)), 0)
  }
})
