import test from 'ava'
import { DomainError } from '../../../server/domain-error.ts'
import { escalate, handBack, letGo, lineOf, take } from '../../../server/incidents/case-queue.ts'
import {
  checkMove,
  incidentStates,
  type Incident,
  type IncidentState,
} from '../../../server/incidents/incident.ts'
import { enableLostMode, lostModeWords } from '../../../server/incidents/lost-mode-words.ts'
import { readPoliceNumber } from '../../../server/incidents/police-number.ts'
import { stepsOf } from '../../../server/incidents/timeline.ts'
import { warrantyCover } from '../../../server/incidents/warranty.ts'

const now = new Date('2026-03-02T12:00:00Z')

const written = test.macro((t, typed: string, expected: string) => {
  t.deepEqual(readPoliceNumber(typed, now), { number: expected, raw: typed })
})
test('a police number as the police writes it', written, '5000-K1234567-26', '5000-K1234567-26')
test('an older one with the code of the authority', written, '2200-K1276-14', '2200-K1276-14')
test('small letters and blanks', written, ' 5000 - k 1276 - 14 ', '5000-K1276-14')
test('no hyphens: the last two digits are the year', written, '5000k127614', '5000-K1276-14')
test('a dash that a phone made longer', written, '5000–K1276–14', '5000-K1276-14')
test('one digit is enough', written, '5000-K1-26', '5000-K1-26')
test('a Finnish number', written, '5500/R/12345/24', '5500/R/12345/24')

const refused = test.macro((t, typed: string, code?: string) => {
  const error = t.throws(() => readPoliceNumber(typed, now), { instanceOf: DomainError })
  t.is(error.code, code ?? 'police-number')
  t.is(error.fields[0]?.path, 'policeNumber')
})
test('no letter K', refused, '5000-1234567-26')
test('too many digits', refused, '5000-K12345678-26')
test(
  'a year that has not come is told apart from a wrong form',
  refused,
  '5000-K1276-27',
  'police-number-year',
)
test('the new year begins when it does in Sweden', t => {
  const newYear = new Date('2026-12-31T23:00:00Z')
  t.is(readPoliceNumber('5000-K1-27', newYear).number, '5000-K1-27')
  t.throws(() => readPoliceNumber('5000-K1-27', new Date(newYear.getTime() - 1)), { instanceOf: DomainError })
})
test('a whole year', refused, '5000-K1276-2026')
test('something else', refused, 'vet ej')
test('more than a number', refused, '5000-K1276-14 eller 5000-K1277-14')

const allowed: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  reported: ['confirmed', 'lost-mode', 'wipe-requested', 'recovered', 'decided', 'closed'],
  confirmed: ['lost-mode', 'wipe-requested', 'recovered', 'decided', 'closed'],
  'lost-mode': ['wipe-requested', 'recovered', 'decided', 'closed'],
  'wipe-requested': ['wipe-approved', 'reported', 'confirmed', 'lost-mode', 'wiped', 'recovered'],
  'wipe-approved': ['wiped', 'reported', 'confirmed', 'lost-mode', 'recovered', 'decided', 'closed'],
  wiped: ['wipe-requested', 'recovered', 'decided', 'closed'],
  recovered: ['decided', 'closed'],
  decided: ['recovered', 'closed'],
  closed: ['recovered'],
}

test('an incident moves only along the table; all else is refused with its code', t => {
  for (const from of incidentStates) {
    for (const to of incidentStates) {
      if (allowed[from].includes(to)) t.notThrows(() => checkMove(from, to), `${from} to ${to}`)
      else {
        const error = t.throws(() => checkMove(from, to), { instanceOf: DomainError }, `${from} to ${to}`)
        t.is(error.code, 'incident-transition')
      }
    }
  }
})

test('nothing is wiped that nobody approved, and recovered may come from anywhere else', t => {
  const before = incidentStates.filter(from => allowed[from].includes('wipe-approved'))
  t.deepEqual(before, ['wipe-requested'])
  t.deepEqual(
    incidentStates.filter(from => !allowed[from].includes('recovered')),
    ['recovered'],
  )
})

const at = (iso: string) => ({ reportedAt: new Date(iso) })

test('a warranty covers a fault until its last day in Sweden, and never a theft', t => {
  const warrantyEndsOn = '2026-03-02'
  t.is(warrantyCover({ kind: 'fault', ...at('2026-03-02T22:59:00Z') }, { warrantyEndsOn }), 'by-date')
  t.is(warrantyCover({ kind: 'fault', ...at('2026-03-02T23:01:00Z') }, { warrantyEndsOn }), 'over')
  t.is(warrantyCover({ kind: 'fault', ...at('2026-03-02T12:00:00Z') }, {}), 'unknown')
  t.is(warrantyCover({ kind: 'theft', ...at('2026-03-02T12:00:00Z') }, { warrantyEndsOn }), 'never')
})

test('what counts for the warranty is when it happened, not when it was told', t => {
  const incident = {
    kind: 'fault',
    happenedAt: new Date('2026-03-01T12:00:00Z'),
    ...at('2026-04-01T12:00:00Z'),
  } as const
  t.is(warrantyCover(incident, { warrantyEndsOn: '2026-03-02' }), 'by-date')
})

const none = { lostModeMessage: ' ', lostModePhone: '' }

test('a locked iPad says what the reporter wrote, else what the organisation decided', t => {
  const own = { lostModeMessage: 'Ring kommunen', lostModePhone: '019-21 00 00' }
  t.deepEqual(lostModeWords({}, own), { message: 'Ring kommunen', phone: '019-21 00 00' })
  t.deepEqual(lostModeWords({ message: ' Hittelön! ' }, own), { message: 'Hittelön!', phone: '019-21 00 00' })
  t.deepEqual(lostModeWords({}, { ...none, lostModePhone: '112' }), { phone: '112' })
})

test('Apple wants a message or a number, so there is always one', t => {
  const words = enableLostMode({ message: 'Ring\u000b019', phone: '019\ud83d' })
  t.deepEqual(words, { Message: 'Ring 019', PhoneNumber: '019 ' }, 'what cannot be sent holds no lock up')
  const parameters = enableLostMode(lostModeWords({ message: '', phone: '' }, none))
  t.true((parameters['Message'] ?? '').length > 0)
  t.false('PhoneNumber' in parameters)
})

test('a command tells what happened to it, and nothing that did not', t => {
  const by = { kind: 'staff', id: 'maja', name: 'Maja' } as const
  const task = { kind: 'lock', askedBy: by } as const
  const sec = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  const names = (...[command]: [Parameters<typeof stepsOf>[1]]) =>
    stepsOf(task, command).map(({ what }) => what)
  t.deepEqual(names({ id: 'c', state: 'queued', times: { queuedAt: now } }), ['lock-queued'])
  t.deepEqual(
    names({
      id: 'c',
      state: 'not-now',
      times: { queuedAt: now, pushedAt: sec(1), sentAt: sec(2), notNowAt: sec(3) },
    }),
    ['lock-queued', 'lock-pushed', 'lock-fetched', 'lock-not-now'],
  )
  const failed = stepsOf(task, {
    id: 'c',
    state: 'failed',
    errorWords: 'Not supervised',
    times: { queuedAt: now, sentAt: sec(2), finishedAt: sec(3) },
  })
  t.like(failed.at(-1), {
    what: 'lock-failed',
    at: sec(3),
    commandId: 'c',
    detail: { error: 'Not supervised' },
  })
})

test('a case that goes from one queue to the other is held by nobody, and a closed one goes nowhere', t => {
  const [tove, maja] = (['tove', 'maja'] as const).map(id => ({ kind: 'staff' as const, id, name: id }))
  if (!tove || !maja) return t.fail()
  const open = { state: 'reported', timeline: [] as readonly unknown[] } as Incident
  const held = take(open, tove, now)
  t.is(take(held, tove, now), held, 'taking what one holds changes nothing')
  t.throws(() => take(held, maja, now), { code: 'case-taken' })
  t.is(letGo(held, maja, now).timeline.at(-1)?.detail?.['name'], 'tove', 'the timeline says whose it was')
  t.is(letGo(open, maja, now), open)
  const up = escalate(held, { by: tove, reason: 'Radering' }, now)
  t.deepEqual([lineOf(open), lineOf(up), up.taken], ['first', 'second', undefined])
  t.throws(() => escalate(up, { by: tove, reason: 'igen' }, now), { code: 'escalated-already' })
  const down = handBack(take(up, maja, now), { by: maja, reason: 'Hittad' }, now)
  t.deepEqual([lineOf(down), down.taken, 'escalated' in down], ['first', undefined, false])
  t.throws(() => handBack(down, { by: maja, reason: 'igen' }, now), { code: 'not-escalated' })
  const closed = { ...open, state: 'closed' } as Incident
  t.throws(() => take(closed, tove, now), { code: 'case-closed' })
  t.throws(() => escalate(closed, { by: tove, reason: 'x' }, now), { code: 'case-closed' })
  const both = { ...closed, taken: held.taken, escalated: up.escalated } as Incident
  t.throws(() => letGo(both, tove, now), { code: 'case-closed' })
  t.throws(() => handBack(both, { by: tove, reason: 'x' }, now), { code: 'case-closed' })
})
