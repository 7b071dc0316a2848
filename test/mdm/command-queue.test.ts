import test from 'ava'
import {
  afterNewEnrolment,
  afterReport,
  commandStates,
  isOpen,
  mayOffer,
  mustWakeAgain,
  nextCommand,
  nextWakeAt,
  type WaitingCommand,
} from '../../mdm/command-queue.ts'

const waiting = (sequence: number, state: WaitingCommand['state'] = 'queued'): WaitingCommand => ({
  id: `c${sequence}`,
  state,
  sequence,
})

for (const state of commandStates)
  for (const status of ['Acknowledged', 'Error', 'CommandFormatError', 'NotNow'] as const)
    test(`${status} on a command that is ${state}`, t => {
      const after = afterReport(state, status)
      if (!isOpen(state)) t.is(after, undefined)
      else if (status === 'Acknowledged') t.is(after, 'acknowledged')
      else if (status === 'NotNow') t.is(after, state === 'not-now' ? undefined : 'not-now')
      else t.is(after, 'failed')
    })

test('an iPad that has just woken gets the oldest command, also one it put off', t => {
  const open = [waiting(3), waiting(1, 'not-now'), waiting(2, 'sent')]
  t.is(nextCommand(open, { kind: 'idle' })?.id, 'c1')
})

test('what was put off on this connection is not offered on it again', t => {
  const open = [waiting(1, 'not-now'), waiting(2), waiting(3, 'not-now')]
  t.is(nextCommand(open, { kind: 'report', status: 'NotNow', sequence: 1 })?.id, 'c2')
  t.is(nextCommand(open.slice(0, 1), { kind: 'report', status: 'Acknowledged', sequence: 2 }), undefined)
})

test('what was put off on an earlier connection still gets its turn on this one', t => {
  const open = [waiting(1, 'not-now'), waiting(3, 'not-now')]
  t.is(nextCommand(open, { kind: 'report', status: 'Acknowledged', sequence: 2 })?.id, 'c3')
})

test('after a report on something unknown, what was put off waits', t => {
  const turn = { kind: 'report', status: 'Acknowledged', sequence: undefined } as const
  t.false(mayOffer(waiting(5, 'not-now'), turn))
  t.true(mayOffer(waiting(5, 'sent'), turn))
})

test('an iPad is woken again only when something waits and its last word was not NotNow', t => {
  const open = [waiting(1, 'not-now')]
  t.true(mustWakeAgain(open, { kind: 'report', status: 'Acknowledged', sequence: 2 }))
  t.true(mustWakeAgain(open, { kind: 'report', status: 'Error', sequence: 2 }))
  t.false(mustWakeAgain(open, { kind: 'report', status: 'NotNow', sequence: 2 }))
  t.false(mustWakeAgain([], { kind: 'report', status: 'Acknowledged', sequence: 2 }))
})

test('a new enrolment proves an erase that was handed out, and ends everything else', t => {
  t.is(afterNewEnrolment('EraseDevice', 'sent'), 'acknowledged')
  t.is(afterNewEnrolment('EraseDevice', 'queued'), 'cancelled')
  t.is(afterNewEnrolment('EraseDevice', 'not-now'), 'cancelled')
  t.is(afterNewEnrolment('SecurityInfo', 'sent'), 'cancelled')
})

test('pushes grow rarer, to one a day', t => {
  const now = new Date('2026-11-22T08:00:00Z')
  const minutes = [1, 2, 3, 4, 5, 6, 7, 50].map(
    attempts => (nextWakeAt(now, attempts).getTime() - now.getTime()) / 60_000,
  )
  t.deepEqual(minutes, [1, 5, 15, 60, 240, 720, 1440, 1440])
})
