import test from 'ava'
import { maja, omar, openTheftDesk, tove } from './theft-desk.ts'

const station = { latitude: 59.2753, longitude: 15.2134 }
const why = { reason: 'Committee papers are on it', papersChecked: true }

test('an iPad that is back leaves lost mode and goes back to its life', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const { incident } = await desk.stolen(device)
  await desk.answers('EnableLostMode')
  await desk.incidents.recover(tove, incident.id, { note: 'Found in a taxi' })
  t.deepEqual(desk.channel.types(), ['EnableLostMode', 'DeviceLocation', 'DisableLostMode'])
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'recovered')
  await desk.answers('DisableLostMode')
  t.is((await desk.incidents.get(tove, incident.id)).lockedAt, undefined)
  await t.throwsAsync(desk.incidents.recover(tove, incident.id, {}), { message: /cannot become/ })
})

test('an iPad that is back before the lock was fetched is neither locked nor unlocked', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.incidents.recover(tove, incident.id, {})
  t.is(desk.channel.newest('EnableLostMode').state, 'cancelled')
  t.deepEqual(desk.channel.types(), ['EnableLostMode'])
  t.true((await desk.steps(incident.id)).includes('lock-cancelled'))
})

test('an iPad that may just be locking is unlocked after it', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  desk.channel.fetch('EnableLostMode')
  await desk.incidents.recover(tove, incident.id, {})
  t.deepEqual(desk.channel.types(), ['EnableLostMode', 'DisableLostMode'])
  await desk.answers('EnableLostMode')
  await desk.answers('DisableLostMode')
  t.like(await desk.incidents.get(tove, incident.id), { state: 'recovered', lockedAt: undefined })
  t.false(desk.channel.types().includes('DeviceLocation'), 'an iPad that is back is not looked for')
})

test('an iPad that is back is not erased when the erase can still be stopped', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.answers('EnableLostMode')
  await desk.incidents.requestWipe(maja, incident.id, why)
  const { items } = await desk.approvals.list(maja, { state: 'waiting', limit: 1 })
  await desk.approvals.approve(omar, items[0]?.id ?? '')
  await desk.incidents.recover(tove, incident.id, {})
  t.is(desk.channel.newest('EraseDevice').state, 'cancelled')
  t.true((await desk.steps(incident.id)).includes('erase-cancelled'))
})

test('a wish to erase falls when the iPad is back', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.incidents.requestWipe(maja, incident.id, why)
  const { items } = await desk.approvals.list(maja, { state: 'waiting', limit: 1 })
  await desk.incidents.recover(tove, incident.id, {})
  await t.throwsAsync(desk.approvals.approve(omar, items[0]?.id ?? ''), { message: /withdrawn already/ })
  t.false(desk.channel.types().includes('EraseDevice'))
})

test('a new theft of an iPad that had come back is a new case with a new lock', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const first = await desk.stolen(device)
  await desk.answers('EnableLostMode')
  await desk.incidents.recover(tove, first.incident.id, {})
  const second = await desk.stolen(device)
  t.not(second.incident.id, first.incident.id)
  t.is(second.incident.number, '2026-0002')
  t.is(desk.channel.types().at(-1), 'EnableLostMode')
})

test('the loan stays open until the case is closed, and goes on when the iPad is back', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const { incident } = await desk.stolen(device)
  const loan = () => desk.lending.stateOf(incident.loanId ?? '')
  await desk.incidents.recover(tove, incident.id, {})
  await desk.incidents.decide(maja, incident.id, { outcome: 'no-charge', reason: 'It is back' })
  t.is(loan(), 'disputed')
  await desk.incidents.close(maja, incident.id)
  t.is(loan(), 'active')
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'on-loan')
})

test('an iPad that is back can end its case in the same act, and its loan goes on', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const { incident } = await desk.stolen(device)
  await desk.answers('EnableLostMode')
  await t.throwsAsync(desk.incidents.recover(tove, incident.id, { close: true }), {
    message: /Your role does not allow/,
  })
  t.is(desk.lending.stateOf(incident.loanId ?? ''), 'disputed', 'first line ends no case')
  const ended = await desk.incidents.recover(maja, incident.id, { close: true })
  t.is(ended.state, 'closed')
  t.is(desk.lending.stateOf(incident.loanId ?? ''), 'active')
  t.is((await desk.devices.get(maja, device.id)).lifecycle, 'on-loan')
  t.is(desk.channel.types().at(-1), 'DisableLostMode', 'the lock still ends')
  t.deepEqual(await desk.reading.positions(maja, incident.id), [])
})

test('the loan of an iPad that stays away ends with the case', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.incidents.decide(maja, incident.id, {
    outcome: 'charge',
    amountOre: 150_000,
    reason: 'Left in a café',
  })
  t.like(desk.log.find(({ action }) => action === 'incidents.decide')?.after, {
    outcome: 'charge',
    amountOre: 150_000,
  })
  t.is(desk.lending.stateOf(incident.loanId ?? ''), 'disputed')
  await desk.incidents.close(maja, incident.id)
  t.deepEqual(desk.lending.told, [
    `dispute ${incident.loanId ?? ''}`,
    `settle ${incident.loanId ?? ''} closed`,
  ])
})

test('closing removes every position, and none is stored after it', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await desk.answers('EnableLostMode')
  await desk.answers('DeviceLocation', { fix: station })
  await desk.incidents.locate(tove, incident.id)
  desk.channel.fetch('DeviceLocation')
  await desk.incidents.decide(maja, incident.id, { outcome: 'no-charge', reason: 'Robbery' })
  t.is((await desk.reading.positions(maja, incident.id)).length, 1)
  await desk.incidents.close(maja, incident.id)
  await desk.answers('DeviceLocation', { fix: station })
  t.deepEqual(await desk.reading.positions(maja, incident.id), [])
  t.is(desk.channel.fixes(), 0)
  t.true((await desk.steps(incident.id)).includes('positions-removed'))
})

test('a case of which nothing has come cannot be closed', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  await t.throwsAsync(desk.incidents.close(maja, incident.id), { message: /The case is not finished/ })
  t.is((await desk.incidents.get(maja, incident.id)).state, 'reported')
  t.deepEqual(desk.lending.told.length, 1)
})

test('a replaced iPad closes the case too', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const spare = await desk.ipad({ holder: null })
  const { incident } = await desk.stolen(device)
  await t.throwsAsync(desk.incidents.replace(maja, incident.id, device.id), { message: /different iPad/ })
  await desk.incidents.replace(maja, incident.id, spare.id)
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'replaced')
  t.is((await desk.incidents.close(maja, incident.id)).state, 'closed')
})

test('an iPad found after the case was closed is recovered, and keeps its case', async t => {
  const desk = await openTheftDesk(t)
  const device = await desk.ipad()
  const { incident } = await desk.stolen(device)
  await desk.answers('EnableLostMode')
  await desk.incidents.decide(maja, incident.id, { outcome: 'no-charge', reason: 'Robbery' })
  await desk.incidents.close(maja, incident.id)
  const found = await desk.incidents.recover(tove, incident.id, { note: 'The police found it by its mark' })
  t.is(found.state, 'recovered')
  t.is(desk.channel.types().at(-1), 'DisableLostMode')
  t.is((await desk.devices.get(tove, device.id)).lifecycle, 'recovered')
})

test('second line confirms once, and a lock that comes later still counts', async t => {
  const desk = await openTheftDesk(t)
  const { incident } = await desk.stolen(await desk.ipad())
  t.is((await desk.incidents.confirm(maja, incident.id)).state, 'confirmed')
  await desk.incidents.confirm(maja, incident.id)
  await desk.answers('EnableLostMode')
  t.is((await desk.incidents.get(maja, incident.id)).state, 'lost-mode')
  t.is((await desk.steps(incident.id)).filter(step => step === 'confirmed').length, 1)
})
