import test from 'ava'
import {
  afterWrongPassword,
  elsewhereOf,
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

test('what waits in other organisations is told to a session of one’s own, never to one of a provider', t => {
  const roles = ['handout'] as const
  const here = { organisationId: 'ekeby', roles }
  const elsewhere = (memberships: StaffMember['memberships'], boundTo?: string) =>
    elsewhereOf({ ...aMember, memberships }, boundTo === undefined ? {} : { boundTo })
  t.deepEqual(elsewhere([here]), { works: false, isInvited: false })
  const both = [here, { organisationId: 'grannby', roles }]
  t.deepEqual(elsewhere(both), { works: true, isInvited: false })
  const asked = [here, { organisationId: 'grannby', roles, invitedAt: now }]
  t.deepEqual(elsewhere(asked), { works: false, isInvited: true })
  t.deepEqual(elsewhere([...both, ...asked], 'ekeby'), { works: false, isInvited: false })
  t.deepEqual(elsewhere([here, { organisationId: 'grannby', roles, endedAt: now }]), {
    works: false,
    isInvited: false,
  })
})
