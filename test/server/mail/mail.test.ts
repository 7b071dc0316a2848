import test from 'ava'
import { attempted, type Mail } from '../../../server/mail/mail.ts'
import { choicesOf, isMorningOf, kindsNow } from '../../../server/notices/notice-choices.ts'

const now = new Date('2026-11-22T09:00:00Z')
const mail: Mail = {
  id: '1',
  organisationId: 'o',
  staffId: 's',
  subject: 'Hej',
  text: 'Hej',
  state: 'waiting',
  attempts: 0,
  createdAt: now,
  nextAt: now,
}

test('a mail that is taken is over, one that is not is tried again later and later, and given up', t => {
  t.like(attempted(mail, true, now), { state: 'sent', attempts: 1, nextAt: undefined })
  const minutes: (number | undefined)[] = []
  let one = mail
  for (let tries = 0; tries < 7; tries++) {
    one = attempted(one, false, now)
    minutes.push(one.nextAt && (one.nextAt.getTime() - now.getTime()) / 60_000)
  }
  t.deepEqual(minutes, [1, 5, 30, 120, 360, 720, undefined])
  t.is(one.state, 'failed')
})

test('the mail of the day goes once, from seven', t => {
  t.false(isMorningOf('2026-11-22', 6, undefined))
  t.true(isMorningOf('2026-11-22', 7, '2026-11-21'))
  t.false(isMorningOf('2026-11-22', 15, '2026-11-22'))
})

test('who has chosen nothing is mailed of decisions and cases, and what they chose they get', t => {
  t.deepEqual(kindsNow(choicesOf(undefined), false), ['approval', 'answer', 'case', 'rollout'])
  t.deepEqual(kindsNow(choicesOf({ approval: 'never', overdue: 'daily' }), false), [
    'answer',
    'case',
    'rollout',
  ])
  t.deepEqual(kindsNow(choicesOf({ approval: 'never', overdue: 'daily' }), true), [
    'answer',
    'case',
    'rollout',
    'certificate',
    'overdue',
    'webhook',
  ])
})
