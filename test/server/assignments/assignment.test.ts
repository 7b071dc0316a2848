import test from 'ava'
import {
  inOrderOfWeight,
  normalTarget,
  reaches,
  targetKey,
  type Standing,
  type Target,
} from '../../../server/assignments/assignment.ts'

const standing: Standing = { deviceId: 'd1', bodyIds: ['board'], roles: ['chair'], labels: ['mötesrum'] }
const to = (target: Target, excludedDeviceIds: readonly string[] = []) => ({ target, excludedDeviceIds })

test('an assignment reaches an iPad by what is true of its holder that day', t => {
  const reached: Target[] = [
    { kind: 'organisation' },
    { kind: 'body', bodyId: 'board' },
    { kind: 'role', role: 'chair' },
    { kind: 'label', label: 'mötesrum' },
    { kind: 'devices', deviceIds: ['d2', 'd1'] },
  ]
  for (const target of reached) {
    t.true(reaches(to(target), standing), target.kind)
    t.false(reaches(to(target, ['d1']), standing), `${target.kind}, but left out`)
  }
  const missed: Target[] = [
    { kind: 'body', bodyId: 'school' },
    { kind: 'role', role: 'member' },
    { kind: 'label', label: 'kiosk' },
    { kind: 'devices', deviceIds: ['d2'] },
  ]
  for (const target of missed) t.false(reaches(to(target), standing), target.kind)
})

test('of several the narrowest decides, and of two alike the newer', t => {
  const at = (day: number) => new Date(`2026-11-${day}T09:00:00Z`)
  const all = [
    { target: { kind: 'organisation' }, createdAt: at(22) },
    { target: { kind: 'body', bodyId: 'a' }, createdAt: at(20) },
    { target: { kind: 'devices', deviceIds: ['d1'] }, createdAt: at(10) },
    { target: { kind: 'body', bodyId: 'b' }, createdAt: at(21) },
  ] as const
  t.deepEqual(
    inOrderOfWeight(all).map(({ target }) => targetKey(target)),
    ['devices/d1', 'body/b', 'body/a', 'organisation'],
  )
})

test('a target has one form: no iPad twice, labels in small letters, and never nobody', t => {
  t.deepEqual(normalTarget({ kind: 'devices', deviceIds: ['a', 'b', 'a'] }), {
    kind: 'devices',
    deviceIds: ['a', 'b'],
  })
  t.deepEqual(normalTarget({ kind: 'label', label: ' Möte  RUM ' }), { kind: 'label', label: 'möte rum' })
  t.throws(() => normalTarget({ kind: 'devices', deviceIds: [] }), { message: 'Enter at least one iPad.' })
})
