import test from 'ava'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import { enrolByLink, fewKeys, startSimulation } from '../../support/simulation.ts'
import { signedIn } from '../visitor.ts'

const wish = { action: 'remove-management', reason: 'The mandate is over' }

test('the management is taken off a borrower’s own iPad, and off no other, for a reason and by whoever may enrol', async t => {
  const { server, ipad } = await startSimulation(t)
  const admin = await server.as('admin')
  const device = await created<{ id: string; version: number }>(admin, '/api/v1/devices', {
    serialNumber: 'BYOD00000001',
    assetTag: 'EK-77',
    ownership: 'personal',
  })
  const one = ipad('BYOD00000001', { keys: fewKeys, supervised: false })
  await enrolByLink(admin, device.id, one)
  const our = await created<{ id: string; version: number }>(admin, '/api/v1/devices', {
    serialNumber: 'OURS00000001',
  })
  await enrolByLink(admin, our.id, ipad('OURS00000001', { keys: fewKeys }))
  const path = `/devices/${device.id}`
  const second = await signedIn(server, ['second-line'])
  const helpdesk = await signedIn(server, ['helpdesk'])

  t.notRegex((await second.see(`/devices/${our.id}`)).html, /Remove management/, 'ours stays managed')
  const ours = await second.send(`/devices/${our.id}/actions`, wish)
  t.is(ours.status, 422)
  t.regex(ours.html, /only be removed from an enrolled iPad that is the borrower’s own/)

  await second.send('/theft/report', {
    device: device.id,
    kind: 'theft',
    description: 'Out of a bag',
    reportedVia: 'phone',
  })
  const { items } = (await admin.get<{ items: { id: string }[] }>('/api/v1/incidents')).body
  const casePath = `/theft/${items[0]?.id ?? ''}`
  t.regex((await second.see(casePath)).html, /Remove management/)
  t.notRegex((await helpdesk.see(casePath)).html, /Remove management/)
  t.notRegex((await helpdesk.see(path)).html, /Remove management/)
  t.is((await helpdesk.send(`${path}/actions`, wish)).status, 422)
  t.is((await second.send(`${path}/actions`, { ...wish, reason: '' })).status, 422)
  t.is(one.management(), 'enrolled')

  t.is((await second.send(`${path}/actions`, wish)).location, path)
  const removed = await one.answered('RemoveProfile')
  t.is(removed.status, 'Acknowledged')
  await eventually(
    async () => (await admin.get<{ management: string }>(`/api/v1/devices/${device.id}`)).body.management,
    management => management === 'unenrolled',
  )
  t.is(one.management(), 'removed')
  const after = await second.see(path)
  t.notRegex(after.html, /Remove management/)
  t.regex(after.html, /The mandate is over/)
})
