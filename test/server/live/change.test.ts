import test from 'ava'
import { heard, subjectOf, wishOf } from '../../../server/live/change.ts'
import { rightsOf, type Role } from '../../../server/staff/rights.ts'

const subjects = ['device:1', 'device:2', 'incident:1', 'approval:9'] as const
const by = (role: Role, ...wishes: string[]) => heard(subjects, { wishes, held: rightsOf([role]) })

test('somebody hears of what they wished for, one thing or all of a kind', t => {
  t.deepEqual(by('admin', 'device:2'), ['device:2'])
  t.deepEqual(by('admin', 'device', 'incident:1'), ['device:1', 'device:2', 'incident:1'])
  t.deepEqual(by('admin'), [])
  t.deepEqual(by('admin', 'device:'), [])
})

test('nobody hears of a kind that they may not read', t => {
  t.deepEqual(by('finance', 'incident', 'incident:1', 'approval', 'device:1'), ['device:1'])
  t.deepEqual(by('helpdesk', 'incident', 'approval'), ['incident:1', 'approval:9'])
})

test('kinds that nobody follows are neither told nor wished for', t => {
  t.is(subjectOf({ kind: 'liability-terms', id: '1' }), undefined)
  t.is(subjectOf({ kind: 'constructor', id: '1' }), undefined)
  t.is(subjectOf({ kind: 'device', id: '1' }), 'device:1')
  t.is(wishOf('constructor'), undefined)
  t.is(wishOf(`device:${'x'.repeat(200)}`), undefined)
  t.is(wishOf('device:1'), 'device:1')
})
