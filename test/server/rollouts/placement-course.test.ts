import test from 'ava'
import { type Placement } from '../../../server/rollouts/placement.ts'
import { commandEnded, enrolledAnew, shown } from '../../../server/rollouts/placement-course.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))
const newId = () => 'fresh'

const sent: Placement = {
  ...{ id: 'x', organisationId: 'o', deviceId: 'd1', tag: 'EK-1', content: { kind: 'profile', id: 'p' } },
  ...{ identifier: 'se.example', want: 'installed', state: 'pending', number: 1, mark: 'M1' },
  ...{ assignmentId: 'a', commandId: 'c', tries: 1, pendingAt: at(0), changedAt: at(0), version: 1 },
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
