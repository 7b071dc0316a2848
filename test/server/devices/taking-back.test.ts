import test from 'ava'
import { type Lifecycle } from '../../../server/devices/device.ts'
import { createTakingBack, moveToTakeBack } from '../../../server/devices/taking-back.ts'
import { aDevice, anActor, openLending } from '../../support/lending.ts'

const at = new Date('2026-03-02T10:00:00Z')
const moved = (from: Lifecycle, to: Lifecycle, more: object = {}) => ({
  action: 'devices.move',
  actor: { kind: 'staff', id: 'karin', name: 'Karin' } as const,
  at,
  before: { lifecycle: from },
  after: { lifecycle: to, byHand: true },
  ...more,
})
const minutes = (count: number) => new Date(at.getTime() + count * 60_000)

test('a move by hand is taken back for ten minutes, by whoever made it, while nothing has happened since', t => {
  const asked = (now: Date, actorId = 'karin') => ({ actorId, now })
  const event = moved('in-stock', 'broken')
  const expected = { from: 'broken', to: 'in-stock', until: minutes(10) } as const
  t.deepEqual(moveToTakeBack({ lifecycle: 'broken' }, event, asked(minutes(10))), expected)
  const not = (given: Parameters<typeof moveToTakeBack>, why: string) =>
    t.is(moveToTakeBack(...given), undefined, why)
  const now = asked(minutes(1))
  not([{ lifecycle: 'broken' }, event, asked(new Date(minutes(10).getTime() + 1))], 'late')
  not([{ lifecycle: 'broken' }, event, asked(minutes(1), 'olle')], 'another')
  not([{ lifecycle: 'in-repair' }, event, now], 'it has gone on')
  not(
    [{ lifecycle: 'broken' }, { ...event, after: { lifecycle: 'broken' } }, now],
    'a case or a job moved it',
  )
  not([{ lifecycle: 'broken' }, { ...event, action: 'devices.edit' }, now], 'something else came after')
  not([{ lifecycle: 'broken' }, undefined, now], 'nothing is known')
})

test('what is taken back stands in the log, and is taken back once', async t => {
  const { devices, deviceStore, audit, clock, time } = await openLending(t)
  const karin = anActor('malmby', ['handout'])
  const device = aDevice({ organisationId: 'malmby', lifecycle: 'in-stock' })
  await deviceStore.insert(device)
  const takingBack = createTakingBack({ devices, audit, clock })
  await devices.moveLifecycle(karin, device.id, 'retired', { reason: 'Fel iPad', byHand: true })
  await t.throwsAsync(takingBack.takeBack({ ...karin, id: 'olle' }, device.id, 'Oj'), { code: 'move-stands' })
  await t.throwsAsync(takingBack.takeBack(anActor('other'), device.id, 'Oj'), { code: 'device-unknown' })
  time.now = new Date(time.now.getTime() + 60_000)
  t.is((await takingBack.takeBack(karin, device.id, 'Oj')).lifecycle, 'in-stock')
  const [newest] = await audit.list('malmby', { kind: 'device', id: device.id, limit: 1 })
  t.like(newest, { action: 'devices.move-back', reason: 'Oj', before: { lifecycle: 'retired' } })
  await t.throwsAsync(takingBack.takeBack(karin, device.id, 'Oj'), { code: 'move-stands' })
  await devices.moveLifecycle(karin, device.id, 'broken')
  await t.throwsAsync(takingBack.takeBack(karin, device.id, 'Oj'), { code: 'move-stands' })
  t.is((await devices.get(karin, device.id)).lifecycle, 'broken')
})
