import test from 'ava'
import { openingsOf, type Openings } from '../../../server/rollouts/giving-way.ts'
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
const assignment = { state: 'active', rolloutId: 'r', stable: 1 } as const
const openings = openingsOf(running, assignment, running)
const say = sayIn('en')
const namesOf = (rollout: Rollout, open: Openings) =>
  askViews(rollout, { openings: open, sent: { typed: {} } }, say).map(({ name }) => name)

test('a refused deed stands open with what was typed and the error at its own field, and no other does', t => {
  const sent = {
    ask: 'close',
    typed: { reason: 'Gone' },
    errors: [{ path: 'reason', message: 'Too short' }],
  } as const
  const views = askViews(running, { openings, sent }, say)
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
  const { errors } = sentView(sent, say)
  t.deepEqual(errors, [{ message: 'Too short', href: '#close-reason' }])
  t.is(views[1]?.form.fields.reason.id, 'close-reason')
})

test('going back says which version everybody gets, or that it is taken off', t => {
  const textOf = (rollout: Rollout) =>
    askViews(rollout, { openings, sent: { typed: {} } }, say).find(({ name }) => name === 'roll-back')?.text
  t.regex(textOf(running) ?? '', /no version before.*the assignment ends/)
  t.regex(textOf({ ...running, to: 3, from: 2 }) ?? '', /gets version 2 again/)
  t.regex(textOf({ ...running, to: 3, from: 3, backTo: 1 }) ?? '', /gets version 1 again/)
})

test('what is over is neither stopped nor closed', t => {
  const names = (rollout: Rollout) => namesOf(rollout, openingsOf(rollout, assignment, rollout))
  t.deepEqual(names({ ...running, state: 'completed' }), ['roll-back', 'remove'])
  t.deepEqual(names({ ...running, state: 'rolled-back' }), [])
  t.deepEqual(names({ ...running, waves: 2 }), ['stop', 'roll-back'])
  t.deepEqual(
    names({ ...running, state: 'completed', from: 1 }),
    ['remove'],
    'there is nothing to go back to',
  )
})

test('neither the way back nor the removal is offered once the content is being taken away, or is gone', t => {
  const done: Rollout = { ...running, state: 'completed' }
  const removal: Rollout = { ...running, id: 'x', kind: 'remove' }
  const { to, ...leaving } = removal
  t.is(to, 1)
  const during = openingsOf(done, { ...assignment, rolloutId: 'x' }, leaving)
  t.deepEqual(namesOf(done, during), [])
  const ended = openingsOf(
    done,
    { ...assignment, rolloutId: 'x', state: 'ended' },
    { ...leaving, state: 'completed' },
  )
  t.deepEqual(namesOf(done, ended), [])
  // A stopped removal may be begun anew, but the version is that of another roll-out by now.
  const stopped = openingsOf(done, { ...assignment, rolloutId: 'x' }, { ...leaving, state: 'stopped' })
  t.deepEqual(namesOf(done, stopped), ['remove'])
})
