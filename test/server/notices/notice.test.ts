import test from 'ava'
import {
  caseVariant,
  certificateVariant,
  concerns,
  kindsFor,
  strayedVariant,
  weekOf,
} from '../../../server/notices/notice.ts'
import { noticeLetter } from '../../../server/notices/notice-letter.ts'
import { noticeWords } from '../../../server/notices/notice-words.ts'
import { rightsOf, roles } from '../../../server/staff/rights.ts'

const now = new Date('2026-11-22T09:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)

test('a certificate is told of thirty days before its end, and after it in other words', t => {
  t.is(certificateVariant(inDays(30), now), undefined)
  t.is(certificateVariant(inDays(29.99), now), 'soon')
  t.is(certificateVariant(inDays(0), now), 'over')
})

test('a profile that strayed waits for a person when it was sent again in vain, or came back', t => {
  const variant = (want: 'installed' | 'removed', state: 'proven' | 'pending' | 'failed' | 'drifted') =>
    strayedVariant({ want, state })
  t.deepEqual([variant('installed', 'pending'), variant('installed', 'proven')], ['mended', 'mended'])
  t.deepEqual([variant('installed', 'failed'), variant('installed', 'drifted')], ['drifted', 'drifted'])
  t.is(variant('removed', 'drifted'), 'came-back')
})

test('a case waits for a person where a person has the next word', t => {
  t.is(caseVariant({ state: 'reported' }), 'confirm')
  t.is(caseVariant({ state: 'lost-mode' }), undefined)
  t.is(caseVariant({ state: 'wipe-requested' }), undefined, 'the approval says so itself')
  t.is(caseVariant({ state: 'wiped' }), 'decide')
  const decision = { outcome: 'no-charge', reason: 'Not their fault.' } as never
  t.is(caseVariant({ state: 'recovered', decision }), 'close')
  t.is(caseVariant({ state: 'decided', decision }), 'close')
})

test('each role is told of what it can do something about', t => {
  const told = Object.fromEntries(roles.map(role => [role, kindsFor(rightsOf([role]))]))
  t.deepEqual(told, {
    admin: [
      'approval',
      'answer',
      'case',
      'rollout',
      'certificate',
      'command',
      'overdue',
      'apps',
      'silent',
      'webhook',
    ],
    'second-line': ['approval', 'answer', 'case', 'command', 'apps', 'silent'],
    helpdesk: ['case', 'command'],
    handout: ['answer', 'command', 'overdue', 'silent'],
    secretary: [],
    finance: [],
    auditor: [],
  })
  const helpdesk = rightsOf(['helpdesk'])
  t.true(concerns({ kind: 'case', variant: 'confirm' }, helpdesk))
  t.false(concerns({ kind: 'case', variant: 'decide' }, helpdesk), 'deciding is for others')
})

test('what lasts is told anew each week and not each day', t => {
  const monday = new Date('2026-11-19T00:00:00Z')
  t.is(weekOf(monday), weekOf(new Date(monday.getTime() + 7 * 86_400_000 - 1)))
  t.is(weekOf(new Date(monday.getTime() + 7 * 86_400_000)), weekOf(monday) + 1)
})

test('the words have a number of one, a day and a command as people call them', t => {
  const naming = {
    approval: () => 'iPaden',
    day: (on: string) => `den ${on}`,
    command: (type: string) => `«${type}»`,
  }
  const notice = { id: '1', label: 'EK-1', variant: '', href: '/', at: now } as const
  const words = (fields: object) => noticeWords({ ...notice, ...fields } as never, 'sv', naming)
  t.is(words({ kind: 'silent', variant: 'some', count: 1 }), 'En iPad har inte hört av sig på två veckor')
  t.is(
    words({ kind: 'apps', variant: 'differ', count: 1 }),
    'En iPad har andra appar än dess uppsättningar säger',
  )
  t.is(
    words({ kind: 'apps', variant: 'differ', count: 2 }),
    '2 iPads har andra appar än deras uppsättningar säger',
  )
  t.is(words({ kind: 'silent', variant: 'some', count: 2 }), '2 iPads har inte hört av sig på två veckor')
  t.is(
    words({ kind: 'overdue', variant: 'loan', on: '2026-11-01' }),
    'EK-1 skulle ha lämnats tillbaka den 2026-11-01',
  )
  t.is(words({ kind: 'command', variant: 'RestartDevice' }), 'EK-1: «RestartDevice» misslyckades')
  t.is(
    words({ kind: 'rollout', variant: 'stopped', label: 'Wi-Fi' }),
    'Utrullningen av Wi-Fi stoppades automatiskt: för många iPads misslyckades',
  )
  t.is(words({ kind: 'approval', variant: 'a-kind-of-tomorrow' }), 'Väntar på ditt beslut: EK-1')
})

test('the letter says which organisation it is about, and everything in words that people use', t => {
  const one = { id: '1', variant: '', label: 'EK-1', at: now, href: '/approvals' } as const
  const asked = (kind: string, label: string) => ({
    ...one,
    kind: 'approval',
    label,
    approval: { kind, subject: { kind: 'job', id: '1', label } },
  })
  const fresh = [
    ...[asked('bulk-action', '40'), asked('disposal', '2'), asked('wipe', '2026-0007')],
    { ...one, kind: 'overdue', variant: 'loan', on: '2026-11-02', href: '/devices/1' },
    { ...one, kind: 'command', variant: 'SecurityInfo', href: '/devices/1' },
  ] as never
  const reader = { organisation: 'Ekeby $& kommun', publicUrl: 'https://ipad.example' }
  const sv = noticeLetter(fresh, { ...reader, language: 'sv' })
  t.is(sv.subject, 'Örnkoll: 5 saker väntar på dig')
  t.true(sv.text.startsWith('Hej! Det här väntar på dig i Örnkoll för Ekeby $& kommun.\n\n'))
  t.regex(sv.text, /beslut: en massåtgärd på flera iPads \(40\)\nhttps:\/\/ipad\.example\/approvals\n/)
  t.regex(sv.text, /beslut: utrangera eller överlåta iPads \(2\)\n/)
  t.regex(sv.text, /EK-1 skulle ha lämnats tillbaka 2 nov\. 2026\n/)
  t.regex(sv.text, /EK-1: ett kommando misslyckades\n/)
  const en = noticeLetter(fresh, { ...reader, language: 'en' })
  t.regex(en.text, /decision: wipe the iPad in case 2026-0007\n/)
  t.regex(en.text, /EK-1 was due back on 2 Nov 2026\n/)
  t.notRegex(sv.text + en.text, /SecurityInfo|undefined/)
  t.true(en.text.endsWith('\nhttps://ipad.example/notifications/mail\n'))
})
