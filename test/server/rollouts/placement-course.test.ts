import test from 'ava'
import { type Placement } from '../../../server/rollouts/placement.ts'
import { mayBeOn, movingOn, stillHas } from '../../../server/rollouts/on-ipad.ts'
import { commandEnded, enrolledAnew, shown } from '../../../server/rollouts/placement-course.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))
const newId = () => 'fresh'

const sent: Placement = {
  id: 'x',
  organisationId: 'o',
  deviceId: 'd1',
  tag: 'EK-1',
  content: { kind: 'profile', id: 'p' },
  identifier: 'se.example',
  want: 'installed',
  state: 'pending',
  number: 1,
  mark: 'M1',
  assignmentId: 'a',
  commandId: 'c',
  tries: 1,
  pendingAt: at(0),
  changedAt: at(0),
  version: 1,
}
const acknowledged = { commandId: 'c', outcome: 'acknowledged', at: at(1) } as const

test('acknowledged is delivered, and only what the iPad shows afterwards proves it', t => {
  const delivered = commandEnded(sent, acknowledged, newId)
  t.is(delivered.state, 'delivered')
  t.true(delivered.toProve)
  t.is(shown(delivered, 'M1', at(0)), delivered, 'a list from before says nothing')
  const proven = shown(delivered, 'M1', at(2))
  t.deepEqual([proven.state, proven.toProve, proven.version], ['proven', undefined, 3])
  t.is(shown(proven, 'M1', at(3)), proven)
})

test('acknowledged and not there has failed; proven and gone has drifted', t => {
  const delivered = commandEnded(sent, acknowledged, newId)
  t.deepEqual(shown(delivered, undefined, at(2)).fault, { code: 'not-there' })
  t.deepEqual(shown(delivered, 'M0', at(2)).fault, { code: 'other-version' })
  const proven = shown(delivered, 'M1', at(2))
  const drifted = shown(proven, undefined, at(3))
  t.deepEqual([drifted.state, drifted.fault?.code], ['drifted', 'gone'])
  t.is(shown(drifted, 'M1', at(4)).state, 'proven', 'it may come back by itself')
})

test('the end of another command, and the same end again, change nothing', t => {
  t.is(commandEnded(sent, { ...acknowledged, commandId: 'older' }, newId), sent)
  const delivered = commandEnded(sent, acknowledged, newId)
  t.is(commandEnded(delivered, { ...acknowledged, outcome: 'failed' }, newId), delivered)
})

test('a removal that the iPad refuses is asked about, and absence proves it', t => {
  const removing: Placement = { ...sent, want: 'removed' }
  const failed = commandEnded(removing, { ...acknowledged, outcome: 'failed', words: 'No.' }, newId)
  t.deepEqual([failed.state, failed.toProve, failed.fault?.words], ['failed', true, 'No.'])
  t.is(shown(failed, undefined, at(2)).state, 'proven')
  const delivered = commandEnded(removing, acknowledged, newId)
  t.deepEqual(shown(delivered, 'M1', at(2)).fault, { code: 'still-there' })
})

test('a new enrolment sends again what was there before, once, and forgets what was to go', t => {
  const delivered = commandEnded(sent, acknowledged, newId)
  const again = enrolledAnew(delivered, at(5), { newId, now: at(6) })
  t.deepEqual([again?.state, again?.commandId, again?.toQueue], ['pending', 'fresh', true])
  t.is(again && enrolledAnew(again, at(5), { newId, now: at(7) }), again, 'heard again it does nothing')
  t.is(enrolledAnew({ ...delivered, want: 'removed' }, at(5), { newId, now: at(6) }), undefined)
})

const delivered = commandEnded(sent, acknowledged, newId)
const proven = shown(delivered, 'M1', at(2))
/** Version 2 on its way to an iPad that has shown version 1. */
const second: Placement = {
  ...movingOn(proven),
  state: 'pending',
  number: 2,
  mark: 'M2',
  commandId: 'c2',
  pendingAt: at(3),
  changedAt: at(3),
}
const numbersOn = (placement: Placement) => mayBeOn(placement).map(({ number }) => number)

test('what an iPad has shown it has until it shows otherwise, whatever failed meanwhile', t => {
  t.deepEqual(proven.has, { number: 1, mark: 'M1', since: at(2) })
  t.deepEqual(numbersOn(second), [1, 2])
  const refused = commandEnded(second, { commandId: 'c2', outcome: 'failed', at: at(4) }, newId)
  t.deepEqual([stillHas(refused), numbersOn(refused)], [1, [1]])
  t.is(shown(refused, 'M1', at(5)), refused)
  t.is(stillHas(shown(refused, undefined, at(5))), undefined)
  t.is(stillHas(shown(refused, undefined, at(1))), 1, 'a list from before says nothing')
  const blocked: Placement = { ...second, state: 'blocked', hindrance: { code: 'value-missing' } }
  t.deepEqual([numbersOn(blocked), numbersOn(shown(blocked, undefined, at(5)))], [[1], []])
  const other = shown(
    commandEnded(second, { ...acknowledged, commandId: 'c2', at: at(4) }, newId),
    'M1',
    at(5),
  )
  t.deepEqual([other.fault?.code, stillHas(other)], ['other-version', 1])
  const replaced = shown(second, 'M2', at(5))
  t.deepEqual([replaced.has?.number, stillHas(replaced)], [2, undefined])
})

test('a version that something else overtook on its way is known again when the iPad shows it', t => {
  const acknowledgedNow = commandEnded(second, { ...acknowledged, commandId: 'c2', at: at(4) }, newId)
  const third: Placement = {
    ...movingOn(acknowledgedNow),
    state: 'failed',
    number: 3,
    mark: 'M3',
    fault: { code: 'refused' },
    changedAt: at(6),
  }
  t.deepEqual(numbersOn(third), [1, 2])
  const seen = shown(third, 'M2', at(7))
  t.deepEqual([stillHas(seen), numbersOn(seen)], [2, [2]])
  const strange = shown(third, 'of nobody', at(7))
  t.deepEqual([strange.has, strange.maybe], [undefined, undefined])
})

test('what is to go counts as there until the iPad shows that it is gone, and again when it comes back', t => {
  const removing: Placement = {
    ...proven,
    want: 'removed',
    state: 'pending',
    pendingAt: at(3),
    changedAt: at(3),
  }
  const acknowledgedNow = commandEnded(removing, { ...acknowledged, at: at(4) }, newId)
  t.is(stillHas(acknowledgedNow), 1)
  const gone = shown(acknowledgedNow, undefined, at(5))
  t.deepEqual([gone.state, stillHas(gone), numbersOn(gone)], ['proven', undefined, []])
  t.is(shown(gone, 'M1', at(4)), gone, 'a list from before')
  const back = shown(gone, 'M1', at(6))
  t.deepEqual([back.state, back.fault?.code, stillHas(back)], ['drifted', 'still-there', 1])
  t.is(enrolledAnew(second, at(9), { newId, now: at(10) })?.has, undefined)
  const early: Placement = { ...second, pendingAt: at(10) }
  t.is(enrolledAnew(early, at(9), { newId, now: at(11) })?.has, undefined, 'nor what was sent right after it')
})
