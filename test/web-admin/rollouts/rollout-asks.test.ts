import test from 'ava'
import { type Rollout } from '../../../server/rollouts/rollout.ts'
import { sayIn } from '../../../web-admin/language.ts'
import { askViews, sentView } from '../../../web-admin/rollouts/rollout-asks.ts'

const running: Rollout = {
  id: 'r',
  organisationId: 'a',
  assignmentId: 'as',
  content: { kind: 'profile', id: 'c' },
  name: 'Wi-Fi',
  kind: 'install',
  to: 1,
  plan: { waves: [] },
  waves: 1,
  wave: 0,
  waveOpenedAt: new Date('2026-11-22T12:00:00Z'),
  state: 'running',
  bornFailures: 0,
  startedAt: new Date('2026-11-22T12:00:00Z'),
  startedBy: { id: 'siv', name: 'Siv' },
  version: 1,
}
const say = sayIn('en')

test('a refused deed stands open with what was typed and the error at its own field, and no other does', t => {
  const sent = { ask: 'close', typed: { reason: 'Gone' }, errors: [{ path: 'reason', message: 'Too short' }] }
  const views = askViews(running, sent as Parameters<typeof askViews>[1], say)
  t.deepEqual(
    views.map(({ name, isOpen, form: { fields } }) => [
      name,
      isOpen,
      fields.reason.value,
      fields.reason.error,
    ]),
    [
      ['stop', false, '', undefined],
      ['close', true, 'Gone', 'Too short'],
      ['roll-back', false, '', undefined],
      ['remove', false, '', undefined],
    ],
  )
  const { errors } = sentView(sent as Parameters<typeof sentView>[0], say)
  t.deepEqual(errors, [{ message: 'Too short', href: '#close-reason' }])
  t.is(views[1]?.form.fields.reason.id, 'close-reason')
})

test('what is over is neither stopped nor closed', t => {
  const names = (rollout: Rollout) => askViews(rollout, { typed: {} }, say).map(({ name }) => name)
  t.deepEqual(names({ ...running, state: 'completed' }), ['roll-back', 'remove'])
  t.deepEqual(names({ ...running, state: 'rolled-back' }), [])
  t.deepEqual(names({ ...running, waves: 2 }), ['stop', 'roll-back'])
})
