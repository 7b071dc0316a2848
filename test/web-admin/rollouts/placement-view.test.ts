import test from 'ava'
import { type Placement } from '../../../server/rollouts/placement.ts'
import { placementRow } from '../../../web-admin/rollouts/placement-view.ts'

const proven: Placement = {
  id: 'p',
  organisationId: 'a',
  deviceId: 'd',
  tag: 'EK-1',
  content: { kind: 'profile', id: 'c' },
  identifier: 'se.example.ekeby',
  want: 'installed',
  state: 'proven',
  number: 1,
  mark: 'm',
  assignmentId: 'as',
  tries: 1,
  version: 1,
  changedAt: new Date('2026-11-22T12:00:00Z'),
}
const next = { rolloutId: 'second', wave: 1 }

test('an iPad whose wave has not come waits, whatever it has of the version before', t => {
  const { badge, version } = placementRow({ ...proven, next }, 'en', 'second')
  t.is(badge.text, 'Waiting for its wave')
  t.is(version, 'Version 1 until then')
  const planned = placementRow({ ...proven, next, state: 'planned', number: 2 }, 'en', 'second')
  t.is(planned.version, 'Version 2')
})

test('in the list of the roll-out that brought the version, and on the iPad, it is confirmed', t => {
  for (const rolloutId of ['first', undefined])
    t.is(placementRow({ ...proven, next }, 'en', rolloutId).badge.text, 'Confirmed')
})
