import test from 'ava'
import { type Device } from '../../server/devices/device.ts'
import { until } from '../support/device-world.ts'
import { type TestServer } from '../support/server.ts'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf, type Visitor } from './visitor.ts'

const newOrganisation = oneServer(test)
let serial = 0

async function ipads(server: TestServer, count: number): Promise<string[]> {
  const api = await server.as('admin', server.organisationId)
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    serial += 1
    const body = { serialNumber: `F9FDB${String(10_000 + serial)}`, assetTag: `BP-${String(serial)}` }
    ids.push((await api.post<Device>('/api/v1/devices', body)).body.id)
  }
  return ids
}

const attemptIn = (html: string) => /name="attempt" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function endOf(desk: Visitor, path: string): Promise<string> {
  let html = ''
  await until(async () => {
    html = (await desk.see(path)).html
    return /Done<|Stopped<|Not approved</.test(html.slice(0, html.indexOf('<dl')))
  })
  return html
}

test('the page says first what would happen, then does it, and shows what came of each', async t => {
  const server = await newOrganisation()
  const device = await ipads(server, 2)
  const desk = await signedIn(server, ['admin'])
  const seen = await desk.send('/devices/bulk', { device, deed: 'move-broken' })
  t.is(seen.status, 200)
  t.regex(seen.html, /Mark as broken: 2 iPads/)
  const api = await server.as('admin', server.organisationId)
  const states = async () =>
    (await api.get<{ items: Device[] }>('/api/v1/devices')).body.items.map(({ lifecycle }) => lifecycle)
  t.deepEqual(await states(), ['in-stock', 'in-stock'], 'looking changes nothing')
  const attempt = attemptIn(seen.html)
  const deed = { device, deed: 'move-broken', attempt }
  t.is((await desk.send('/devices/bulk/start', { ...deed, reason: '' })).status, 422)
  t.deepEqual(await states(), ['in-stock', 'in-stock'], 'no reason, no deed')
  const begun = await desk.send('/devices/bulk/start', { ...deed, reason: 'Water' })
  t.is(begun.location, `/jobs/${attempt}`)
  // A second tap finds the same job.
  t.is((await desk.send('/devices/bulk/start', { ...deed, reason: 'Water' })).location, begun.location)
  const html = await endOf(desk, `/jobs/${attempt}`)
  t.is(textsOf(html, 'tr').filter(row => row.includes('BP-')).length, 2)
  t.deepEqual(await states(), ['broken', 'broken'])
  t.regex((await desk.see('/jobs')).html, /Mark as broken/)
  const settings = { bulkLimit: 2 }
  const { version } = (await api.get<{ version: number }>('/api/v1/organisations/current')).body
  t.is((await api.patch('/api/v1/organisations/current', { version, settings })).status, 200)
  const more = await desk.send('/devices/bulk', {
    device: await ipads(server, 1),
    deed: 'move-broken',
  })
  t.regex(more.html, /already done such things with 2 other iPads/)
  const undo = await desk.send(`/jobs/${attempt}/undo`, {})
  await endOf(desk, undo.location ?? '')
  t.deepEqual(await states(), ['in-stock', 'in-stock', 'in-stock'])
})

test('nothing chosen leads back to the list with a word', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  for (const fields of [{}, { deed: 'restart' }, { deed: 'wipe', all: 'on' }]) {
    const answer = await desk.send('/devices/bulk', fields)
    t.is(answer.location, '/devices', JSON.stringify(fields))
  }
  t.regex((await desk.see('/devices')).html, /Select at least one iPad/)
})

test('retiring one iPad from its page waits for a colleague, who reads what a yes means', async t => {
  const server = await newOrganisation()
  const [id = ''] = await ipads(server, 1)
  const desk = await signedIn(server, ['admin'])
  const asked = await desk.send(`/devices/${id}/lifecycle`, { to: 'retired', reason: 'Five years old' })
  t.regex(asked.location ?? '', /^\/jobs\//)
  const colleague = await signedIn(server, ['second-line'], { name: 'Lars Ek' })
  const inbox = (await colleague.see('/approvals')).html
  t.regex(inbox, /Retire: one iPad/)
  t.regex(inbox, /leaves the register for good/)
  const approval = /action="(\/approvals\/[^/]+)\/approve"/.exec(inbox)?.[1] ?? ''
  t.notRegex((await desk.see('/approvals')).html, /\/approve"/)
  t.is((await colleague.send(`${approval}/approve`, {})).status, 303)
  await endOf(desk, asked.location ?? '')
  t.regex((await desk.see(`/devices/${id}`)).html, /Retired/)
})

test('who may not do it is not offered it, and other organisations find no job', async t => {
  const server = await newOrganisation()
  const device = await ipads(server, 1)
  const desk = await signedIn(server, ['admin'])
  const { html } = await desk.send('/devices/bulk', { device, deed: 'edit' })
  const deed = { device, deed: 'edit', attempt: attemptIn(html), reason: 'Extended' }
  t.is((await desk.send('/devices/bulk/start', { ...deed })).status, 422, 'nothing to change was written')
  const begun = await desk.send('/devices/bulk/start', { ...deed, warrantyEndsOn: '2028-12-31' })
  const path = begun.location ?? ''
  await endOf(desk, path)
  const helpdesk = await signedIn(server, ['helpdesk'], { name: 'Tove Ek' })
  t.is((await helpdesk.send('/devices/bulk', { device, deed: 'restart' })).status, 403)
  t.is((await helpdesk.see(path)).status, 200)
  t.notRegex((await helpdesk.see(path)).html, /\/undo"/)
  t.is((await helpdesk.send(`${path}/undo`, {})).status, 403)
  const stranger = await signedIn(await newOrganisation(), ['admin'])
  t.is((await stranger.see(path)).status, 404)
  t.is((await stranger.send(`${path}/undo`, {})).status, 404)
})
