import test from 'ava'
import { maja, omar, openTheftDesk, staff, tove } from './theft-desk.ts'

const why = { reason: 'Committee papers are on it', papersChecked: true }

async function lockedTheft(
  t: Parameters<typeof openTheftDesk>[0],
  settings?: Parameters<typeof openTheftDesk>[1],
  written?: { readonly ownership: 'personal' },
) {
  const desk = await openTheftDesk(t, settings)
  const device = await desk.ipad(written)
  const { incident } = await desk.stolen(device)
  await desk.answers('EnableLostMode')
  const waiting = async () => {
    const { items } = await desk.approvals.list(maja, { state: 'waiting', limit: 50 })
    return items[0]?.id ?? 'nothing waits'
  }
  const erases = () => desk.channel.types().filter(type => type === 'EraseDevice').length
  const state = async () => (await desk.incidents.get(maja, incident.id)).state
  return { desk, device, id: incident.id, waiting, erases, state }
}

test('a wipe takes two people, and only then the erase is sent', async t => {
  const { desk, id, waiting, erases, state } = await lockedTheft(t)
  await desk.answers('DeviceLocation')
  desk.later(1)
  await desk.incidents.requestWipe(maja, id, why)
  t.is(await state(), 'wipe-requested')
  t.is(erases(), 0)
  await desk.approvals.approve(omar, await waiting())
  t.is(await state(), 'wipe-approved')
  t.is(erases(), 1)
  desk.later(1)
  await desk.answers('EraseDevice')
  t.is(await state(), 'wiped')
  const steps = await desk.steps(id)
  t.deepEqual(steps.slice(steps.indexOf('wipe-asked')), [
    'wipe-asked',
    'wipe-approved',
    'erase-queued',
    'erase-pushed',
    'erase-fetched',
    'erase-done',
  ])
})

test('approved by the one who asked: refused, nothing sent, and in the audit log', async t => {
  const { desk, id, waiting, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await t.throwsAsync(desk.approvals.approve(maja, await waiting()), { message: /yourself/ })
  t.is(await state(), 'wipe-requested')
  t.is(erases(), 0)
  t.is(desk.log.filter(({ action }) => action === 'wipe.own-decision-refused').length, 1)
})

test('first line cannot ask for a wipe', async t => {
  const { desk, id, erases, state } = await lockedTheft(t)
  await t.throwsAsync(desk.incidents.requestWipe(tove, id, why), { message: /Your role does not allow/ })
  t.is(await state(), 'lost-mode')
  t.is(erases(), 0)
})

test('where one may decide alone, the erase is sent at once and the log says so', async t => {
  const { desk, id, erases, state } = await lockedTheft(t, { fourEyes: false })
  await desk.incidents.requestWipe(maja, id, why)
  t.is(await state(), 'wipe-approved')
  t.is(erases(), 1)
  const view = await desk.reading.view(maja, id)
  t.deepEqual(view.timeline.find(({ what }) => what === 'wipe-approved')?.detail, { alone: true })
  t.deepEqual(desk.log.find(({ action }) => action === 'incidents.wipe')?.after, {
    fourEyes: false,
    papersChecked: true,
    state: 'wipe-approved',
  })
})

test('where one may decide alone, first line still may not', async t => {
  const { desk, id, erases } = await lockedTheft(t, { fourEyes: false })
  await t.throwsAsync(desk.incidents.requestWipe(tove, id, why), { message: /Your role does not allow/ })
  t.is(erases(), 0)
})

test('asking twice leaves one request', async t => {
  const { desk, id } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await t.throwsAsync(desk.incidents.requestWipe(omar, id, why), { message: /already been requested/ })
  t.is((await desk.approvals.list(maja, { limit: 50 })).items.length, 1)
})

test('a no leads back to lost mode, and it can be asked for again', async t => {
  const { desk, id, waiting, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.refuse(omar, await waiting(), 'The police are on their way')
  t.is(await state(), 'lost-mode')
  t.is(erases(), 0)
  t.is((await desk.incidents.get(maja, id)).wipe, undefined)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  t.is(erases(), 1)
})

test('a request that nobody decides runs out and leads back', async t => {
  const { desk, id, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  desk.later(72 * 3600)
  await desk.approvals.expireOverdue()
  t.is(await state(), 'lost-mode')
  t.is(erases(), 0)
  t.true((await desk.steps(id)).includes('wipe-expired'))
})

test('a server that died after the approval erases the iPad when it is back', async t => {
  const { desk, id, waiting, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  desk.channel.breakDown(true)
  await desk.approvals.approve(omar, await waiting())
  t.is(await state(), 'wipe-approved')
  t.is(erases(), 0)
  desk.channel.breakDown(false)
  await desk.effects.resume()
  await desk.effects.resume()
  t.is(erases(), 1)
})

test('an erase that fails is not called a wipe, and can be asked for again', async t => {
  const { desk, id, waiting, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  await desk.answers('EraseDevice', { error: 'The iPad refused.' })
  t.is(await state(), 'lost-mode')
  t.true((await desk.steps(id)).includes('erase-failed'))
  desk.later(1)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  t.is(erases(), 2)
})

test('an erased iPad is neither locked nor erased once more before it enrols again', async t => {
  const { desk, device, id, waiting, erases } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  await desk.answers('EraseDevice')
  const view = await desk.reading.view(maja, id)
  t.is(view.reach, 'erased')
  t.deepEqual(
    view.actions.filter(action => action === 'lock' || action === 'request-wipe'),
    [],
  )
  const before = desk.channel.types().length
  await t.throwsAsync(desk.incidents.lockAgain(tove, id), { message: /has been wiped/ })
  await t.throwsAsync(desk.incidents.requestWipe(maja, id, why), { message: /has been wiped/ })
  t.is(desk.channel.types().length, before)
  await desk.startsOver(device)
  await desk.enrols(device)
  await desk.answers('EnableLostMode')
  desk.later(60)
  t.true((await desk.reading.view(maja, id)).actions.includes('request-wipe'))
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  t.is(erases(), 2, 'one that came back to life may be erased once more')
})

test('an erased stolen iPad that enrols again is locked again', async t => {
  const { desk, device, id, waiting, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  await desk.answers('EraseDevice')
  t.is((await desk.incidents.get(maja, id)).lockedAt, undefined)
  const before = desk.channel.types().length
  await desk.startsOver(device)
  t.is(desk.channel.types().length, before, 'nothing can be sent before it is enrolled')
  await desk.enrols(device)
  t.deepEqual(desk.channel.types().slice(before), ['EnableLostMode'])
  await desk.answers('EnableLostMode')
  t.deepEqual(desk.channel.types().slice(before), ['EnableLostMode', 'DeviceLocation'])
  t.is(await state(), 'wiped')
  t.true((await desk.incidents.get(maja, id)).lockedAt !== undefined)
})

test('an iPad that fetched the erase and starts over without an answer was erased', async t => {
  const { desk, device, id, waiting, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  desk.channel.fetch('EraseDevice')
  await desk.startsOver(device)
  t.is(await state(), 'wiped')
  t.is((await desk.steps(id)).filter(step => step === 'erase-done').length, 1)
})

test('an iPad that starts over before it fetched the erase is locked and erased once it is enrolled', async t => {
  const { desk, device, id, waiting, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  await desk.startsOver(device)
  await desk.effects.resume()
  t.is(await state(), 'wipe-approved')
  t.is(erases(), 1)
  await desk.enrols(device)
  t.is(erases(), 2)
  t.deepEqual(desk.channel.types().slice(-2).sort(), ['EnableLostMode', 'EraseDevice'])
  await desk.answers('EraseDevice')
  t.is(await state(), 'wiped')
})

test('an erase that somebody took back by hand is not sent again', async t => {
  const { desk, device, id, waiting, erases, state } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  await desk.approvals.approve(omar, await waiting())
  const { id: commandId } = desk.channel.newest('EraseDevice')
  await desk.channel.commands.cancel(maja, commandId)
  await desk.tell(device.id, 'command-finished', commandId)
  await desk.effects.resume()
  t.is(erases(), 1)
  t.is(await state(), 'lost-mode')
})

test('an iPad whose management the thief removed is not called locked any more', async t => {
  const { desk, device, id } = await lockedTheft(t)
  await desk.devices.setManagement('org', device.id, 'unenrolled')
  await desk.tell(device.id, 'checked-out')
  const view = await desk.reading.view(maja, id)
  t.is(view.lockedAt, undefined)
  t.is(view.reach, 'not-enrolled')
  t.is(view.timeline.filter(({ what }) => what === 'checked-out').length, 1)
})

test('an iPad that was found again and enrols is left in peace', async t => {
  const { desk, device, id } = await lockedTheft(t)
  await desk.incidents.recover(tove, id, {})
  const before = desk.channel.types().length
  await desk.tell(device.id, 'enrolled')
  t.is(desk.channel.types().length, before)
})

test('an iPad that enrols long after the case was closed, still stolen, is locked but not located', async t => {
  const { desk, device, id } = await lockedTheft(t)
  await desk.incidents.decide(maja, id, { outcome: 'no-charge', reason: 'No fault of the borrower' })
  await desk.incidents.close(maja, id)
  const before = desk.channel.types().length
  await desk.tell(device.id, 'enrolled')
  await desk.answers('EnableLostMode')
  t.deepEqual(desk.channel.types().slice(before), ['EnableLostMode'])
})

test('a wipe of another organisation’s iPad cannot be approved', async t => {
  const { desk, id, waiting, erases } = await lockedTheft(t)
  await desk.incidents.requestWipe(maja, id, why)
  const stranger = staff('stranger', ['admin'], 'other')
  await t.throwsAsync(desk.approvals.approve(stranger, await waiting()), { message: /no such request/ })
  t.is(erases(), 0)
})

test('a borrower’s own iPad is never erased, whoever asks', async t => {
  const { desk, id, erases } = await lockedTheft(t, { fourEyes: false }, { ownership: 'personal' })
  t.false((await desk.reading.view(maja, id)).actions.includes('request-wipe'))
  await t.throwsAsync(desk.incidents.requestWipe(maja, id, why), { code: 'personal-ipad' })
  t.is(erases(), 0)
  t.is((await desk.incidents.get(maja, id)).wipe, undefined)
})
