import test from 'ava'
import { dayAfter, dayOf, daysBetween } from '../../server/calendar-day.ts'
import { day, dayAndTime, instantFrom, dayThenTime, span, timeToTheSecond } from '../../web-admin/dates.ts'

test('days and times read as people of each language write them', t => {
  t.is(day('2026-11-22', 'sv'), '22 nov. 2026')
  t.is(day('2026-03-02', 'sv'), '2 mars 2026')
  t.is(day('2026-11-22', 'en'), '22 Nov 2026')
  t.is(dayAndTime(new Date('2026-11-22T13:05:09Z'), 'sv'), '22 nov. 2026 14:05')
  t.is(timeToTheSecond(new Date('2026-11-22T13:05:09Z')), '14:05:09')
})

test('a span of days says where it ends or since when it lasts, and no day in it is broken over two lines', t => {
  t.is(span('2026-01-01', '2026-03-31', 'sv'), '1\u00A0jan.\u00A02026\u00A0– 31\u00A0mars\u00A02026')
  t.is(span('2026-01-01', undefined, 'sv'), 'från 1\u00A0jan.\u00A02026')
  t.is(span('2026-01-01', undefined, 'en'), 'from 1\u00A0Jan\u00A02026')
  t.is(dayThenTime(new Date('2026-11-22T13:05:09Z'), 'sv'), '22\u00A0nov.\u00A02026 14:05')
})

test('an instant just before midnight in UTC is the next day in Sweden', t => {
  t.is(dayOf(new Date('2026-06-30T22:30:00Z')), '2026-07-01')
  t.is(dayAndTime(new Date('2026-06-30T22:30:00Z'), 'en'), '1 Jul 2026 00:30')
})

test('what is no day is shown as it was written', t => {
  t.is(day('soon', 'sv'), 'soon')
  t.is(day('2026-13-01', 'sv'), '2026-13-01')
})

test('days are counted over the changes of the clock', t => {
  t.is(dayAfter('2026-03-28', 2), '2026-03-30')
  t.is(dayAfter('2026-01-01', -1), '2025-12-31')
  t.is(daysBetween('2026-10-24', '2026-10-26'), 2)
})

test('a typed time is read on the Swedish clock, summer and winter', t => {
  t.deepEqual(instantFrom('2026-11-22T14:05'), new Date('2026-11-22T13:05:00Z'))
  t.deepEqual(instantFrom('2026-07-01T14:05'), new Date('2026-07-01T12:05:00Z'))
  t.is(instantFrom('yesterday'), undefined)
})
