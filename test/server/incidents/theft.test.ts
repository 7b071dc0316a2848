import test from 'ava'
import { maja, omar, openTheftDesk, staff, tove } from './theft-desk.ts'

const station = { latitude: 59.2753, longitude: 15.2134, accuracyMetres: 12 }

test('a reported theft locks the iPad at once, with the words and the number of the organisation', async t => {
  const desk = await openTheftDesk(t, { lostModePhone: '019-21 00 00' })
  const device = await desk.ipad()
  const { incident, existing } = await desk.stolen(device)
  t.false(existing)
  t.is(incident.number, '2026-0001')
  t.is(incident.state, 'reported')
  t.deepEqual(desk.channel.queued, [
    {
      deviceId: device.id,
      requestType: 'EnableLostMode',
      parameters: {
        Message: 'Den här iPaden är stulen eller borttappad. Ring numret nedan.',
        PhoneNumber: '019-21 00 00',
      },
    },
  ])
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'stolen')
  t.is(desk.lending.stateOf(incident.loanId ?? ''), 'disputed')
  t.deepEqual(await desk.steps(incident.id), ['reported', 'lock-queued', 'lock-pushed'])
})

test('once it is locked the position is fetched and lies with the open case', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  desk.later(2)
  await desk.answers('EnableLostMode')
  t.is((await desk.incidents.get(tove, incident.id)).state, 'lost-mode')
  t.deepEqual(desk.channel.types(), ['EnableLostMode', 'DeviceLocation'])
  desk.later(3)
  await desk.answers('DeviceLocation', { fix: station })
  const [position] = await desk.reading.positions(maja, incident.id)
  t.like(position, { ...station, at: new Date('2026-03-02T12:00:05Z') })
  t.is(desk.channel.fixes(), 0, 'the command keeps no copy')
  t.deepEqual(await desk.steps(incident.id), [
    'reported',
    'lock-queued',
    'lock-pushed',
    'lock-fetched',
    'lock-done',
    'locate-queued',
    'locate-pushed',
    'locate-fetched',
    'locate-done',
  ])
  const view = await desk.reading.view(tove, incident.id)
  t.false(JSON.stringify(view).includes('59.27'), 'the case itself tells no position')
})

test('each look at a position is in the audit log', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.reading.view(maja, incident.id)
  t.is(desk.log.filter(({ action }) => action === 'incidents.look-at-positions').length, 0)
  await desk.reading.positions(maja, incident.id)
  await desk.reading.positions(tove, incident.id)
  const looks = desk.log.filter(({ action }) => action === 'incidents.look-at-positions')
  t.deepEqual(
    looks.map(({ by, on }) => [by, on.id]),
    [
      ['maja', incident.id],
      ['tove', incident.id],
    ],
  )
})

test('a second report finds the first case and does nothing to the iPad', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const first = await desk.stolen(device)
  const second = await desk.stolen(device, { kind: 'loss' })
  t.true(second.existing)
  t.is(second.incident.id, first.incident.id)
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
  t.true((await desk.steps(first.incident.id)).includes('reported-again'))
})

test('of two desks that report at once one opens the case and the other finds it', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const results = await Promise.all([desk.stolen(device), desk.stolen(device), desk.stolen(device)])
  t.is(new Set(results.map(({ incident }) => incident.id)).size, 1)
  t.is(results.filter(({ existing }) => !existing).length, 1)
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
  t.deepEqual(desk.lending.told.length, 1)
})

test('a broken iPad that is then stolen is locked all the same', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const broken = await desk.stolen(device, { kind: 'damage' })
  t.deepEqual(desk.channel.types(), [])
  const stolen = await desk.stolen(device)
  t.not(stolen.incident.id, broken.incident.id)
  t.false(stolen.existing)
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
})

test('a fault locks nothing', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const { incident } = await desk.stolen(device, { kind: 'fault', description: 'The screen flickers' })
  t.deepEqual(desk.channel.types(), [])
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'on-loan')
  await t.throwsAsync(desk.incidents.locate(maja, incident.id), { message: /lost or stolen/ })
  await t.throwsAsync(desk.incidents.requestWipe(maja, incident.id, { reason: 'x', papersChecked: true }), {
    message: /lost or stolen/,
  })
})

test('a server that died before the lock was queued locks the iPad when it is back', async t => {
  const desk = await openTheftDesk(t)
  desk.channel.breakDown(true)
  const { incident } = await desk.stolen(await desk.ipad())
  t.deepEqual(desk.channel.types(), [])
  t.is(desk.faults.length, 1, 'and it is not kept quiet')
  await desk.effects.resume()
  t.deepEqual(desk.channel.types(), [])
  desk.channel.breakDown(false)
  await desk.effects.resume()
  await desk.effects.resume()
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
  t.deepEqual(await desk.steps(incident.id), ['reported', 'lock-queued', 'lock-pushed'])
})

test('a server that died after the lock was queued does not queue it twice', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  // What the store says when the process ended between queueing and writing that down.
  await desk.effects.change(incident, ({ tasks, ...rest }) => ({
    ...rest,
    tasks: tasks.map(task => ({ ...task, state: 'waiting' as const })),
  }))
  await desk.effects.resume()
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
  t.is((await desk.incidents.get(tove, incident.id)).tasks[0]?.state, 'queued')
})

test('an answer that nobody was told of is found by the next round', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  desk.channel.answer('EnableLostMode', {})
  await desk.effects.resume()
  t.is((await desk.incidents.get(tove, incident.id)).state, 'lost-mode')
  t.deepEqual(desk.channel.types(), ['EnableLostMode', 'DeviceLocation'])
})

test('hearing the same answer again changes nothing', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.answers('EnableLostMode')
  const after = await desk.incidents.get(tove, incident.id)
  await desk.answers('EnableLostMode')
  t.deepEqual(await desk.incidents.get(tove, incident.id), after)
})

test('an iPad that is not enrolled gets an honest line, and the lock when it enrols', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad({ management: 'none' })
  const { incident } = await desk.stolen(device)
  await desk.effects.resume()
  t.deepEqual(await desk.steps(incident.id), ['reported', 'lock-not-enrolled'])
  t.is((await desk.reading.view(tove, incident.id)).reach, 'not-enrolled')
  t.deepEqual(desk.channel.types(), [])
  await desk.devices.setManagement('org', device.id, 'enrolled')
  await desk.tell(device.id, 'enrolled')
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
})

test('an iPad that does not answer is shown as waiting, not as locked', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  const view = await desk.reading.view(tove, incident.id)
  t.is(view.reach, 'waiting')
  t.is(view.lockedAt, undefined)
  t.false(view.actions.includes('locate'))
})

test('an iPad that refuses lost mode says so, and second line tries again', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.answers('EnableLostMode', { error: 'The iPad is not supervised.' })
  const view = await desk.reading.view(tove, incident.id)
  t.is(view.state, 'reported')
  t.deepEqual(view.timeline.at(-1)?.detail, { error: 'The iPad is not supervised.' })
  t.true(view.actions.includes('lock'))
  t.deepEqual(desk.channel.types(), ['EnableLostMode'], 'no position is asked for')
  await desk.incidents.lockAgain(maja, incident.id)
  t.deepEqual(desk.channel.types(), ['EnableLostMode', 'EnableLostMode'])
})

test('sound and position are for iPads in lost mode, and one at a time', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await t.throwsAsync(desk.incidents.playSound(tove, incident.id), { message: /not in lost mode yet/ })
  await desk.answers('EnableLostMode')
  await desk.incidents.locate(tove, incident.id)
  t.is(desk.channel.types().filter(type => type === 'DeviceLocation').length, 1, 'one is on its way already')
  await desk.answers('DeviceLocation', { fix: station })
  await desk.incidents.locate(tove, incident.id)
  await desk.incidents.playSound(tove, incident.id)
  await desk.answers('DeviceLocation', { fix: { ...station, latitude: 59.3 } })
  t.deepEqual(desk.channel.types().slice(1), ['DeviceLocation', 'DeviceLocation', 'PlayLostModeSound'])
  t.is((await desk.reading.positions(maja, incident.id)).length, 2)
})

test('a report with a wrong police number is refused with its field, and nothing happens', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const error = await t.throwsAsync(desk.stolen(device, { policeNumber: '12-34' }))
  t.like(error, { code: 'police-number', fields: [{ path: 'policeNumber' }] })
  t.deepEqual(desk.channel.types(), [])
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'on-loan')
  t.deepEqual((await desk.reading.list(tove, { limit: 50 })).items, [])
})

test('the police number may come later, and is missed until then', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  t.deepEqual((await desk.reading.view(tove, incident.id)).missing, ['police-number'])
  await desk.incidents.addPoliceNumber(tove, incident.id, ' 5000 k123456-26')
  await desk.incidents.addPoliceNumber(tove, incident.id, '5000-K123456-26')
  const view = await desk.reading.view(tove, incident.id)
  t.like(view, { policeNumber: '5000-K123456-26', policeNumberRaw: ' 5000 k123456-26', missing: [] })
  t.is(view.timeline.filter(({ what }) => what === 'police-number').length, 1)
})

test('an iPad that left the organisation is not reported', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad({ holder: null })
  await desk.devices.moveLifecycle(tove, device.id, 'retired')
  await t.throwsAsync(desk.stolen(device), { message: /no longer belongs to the organisation/ })
  t.deepEqual(desk.channel.types(), [])
})

test('another organisation can neither report nor see it', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const { incident } = await desk.stolen(device)
  const stranger = staff('stranger', ['admin'], 'other')
  await t.throwsAsync(desk.reading.view(stranger, incident.id), { message: /no such case/ })
  await t.throwsAsync(desk.reading.positions(stranger, incident.id), { message: /no such case/ })
  await t.throwsAsync(desk.incidents.recover(stranger, incident.id, {}), { message: /no such case/ })
  await t.throwsAsync(
    desk.reporting.report(stranger, {
      kind: 'theft',
      deviceId: device.id,
      description: 'mine',
      reportedVia: 'phone',
    }),
    { message: /no such iPad/i },
  )
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
})

test('a theft of an iPad from the stock has no loan and is locked too', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad({ holder: null }))
  t.is(incident.loanId, undefined)
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
  t.deepEqual(desk.lending.told, [])
})

test('the list goes on where it ended, and knows what is open', async t => {
  const desk = await openTheftDesk(t)
  for (let i = 0; i < 3; i++) {
    await desk.stolen(await desk.ipad())
    desk.later(1)
  }
  const first = await desk.reading.list(omar, { limit: 2, open: true })
  t.deepEqual(
    first.items.map(({ number }) => number),
    ['2026-0003', '2026-0002'],
  )
  t.false('timeline' in (first.items[0] ?? {}))
  const second = await desk.reading.list(omar, { limit: 2, open: true, after: first.next ?? '' })
  t.deepEqual(
    second.items.map(({ number }) => number),
    ['2026-0001'],
  )
  t.deepEqual((await desk.reading.list(omar, { limit: 2, open: false })).items, [])
})
