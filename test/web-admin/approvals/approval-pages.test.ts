import test from 'ava'
import { type Role } from '../../../server/staff/rights.ts'
import { type TestServer } from '../../support/server.ts'
import { oneServer } from '../one-server.ts'
import { atAccountOpenedBy, signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)
let serial = 0

/** A theft whose wipe somebody of the second line has asked for. */
async function aWaitingWipe(server: TestServer, roles: readonly Role[] = ['second-line']) {
  const api = await server.as('admin', server.organisationId)
  serial += 1
  const device = await api.post<{ id: string }>('/api/v1/devices', {
    serialNumber: `F9FDA${10_000 + serial}`,
    assetTag: `AP-${serial}`,
  })
  const asker = await signedIn(server, roles, { name: 'Karin Dahl' })
  const report = { device: device.body.id, kind: 'theft', description: 'Gone', reportedVia: 'phone' }
  const casePath = (await asker.send('/theft/report', report)).location ?? ''
  const wipe = { reason: 'Secret papers', papersChecked: 'on' }
  if ((await asker.send(`${casePath}/request-wipe`, wipe)).status !== 303) throw new Error('Not asked')
  const { html } = await asker.see('/approvals')
  const id = /action="\/approvals\/([^/]+)\/withdraw"/.exec(html)?.[1] ?? ''
  return { asker, casePath, path: `/approvals/${id}` }
}

test('with nothing to decide the page says so', async t => {
  const server = await newOrganisation()
  const { html } = await (await signedIn(server, ['second-line'])).see('/approvals')
  t.notRegex(html, /action="\/approvals\//)
  t.regex(html, /class="empty"/)
})

test('a refusal needs words, stays where it was without them, and reaches the case with them', async t => {
  const server = await newOrganisation()
  const { asker, casePath, path } = await aWaitingWipe(server)
  const other = await signedIn(server, ['admin'], { name: 'Lars Ek' })
  const empty = await other.send(`${path}/refuse`, { note: '' })
  t.is(empty.status, 422)
  t.regex(empty.html, /<details class="ask" open>/)
  t.is((await other.see(`${path}/refuse`)).location, '/approvals')
  t.regex((await other.see('/approvals')).html, new RegExp(`action="${path}/approve"`))
  t.is((await other.send(`${path}/refuse`, { note: 'Wait for the police' })).status, 303)
  t.regex((await asker.see(casePath)).html, /Wait for the police/)
  t.is((await other.send(`${path}/approve`, {})).status, 409)
})

test('who asked sees why the decision is not theirs, and can take the request back', async t => {
  const server = await newOrganisation()
  const { asker, path } = await aWaitingWipe(server)
  const { html } = await asker.see('/approvals')
  t.regex(html, /You asked for this yourself/)
  t.notRegex(html, /\/approve"/)
  const other = await signedIn(server, ['second-line'], { name: 'Lars Ek' })
  t.notRegex((await other.see('/approvals')).html, /\/withdraw"/)
  t.is((await other.send(`${path}/withdraw`, {})).status, 403)
  t.is((await asker.send(`${path}/withdraw`, {})).status, 303)
  t.is((await other.send(`${path}/approve`, {})).status, 409)
})

test('at an account that the asker opened the page says what to do instead of deciding', async t => {
  const server = await newOrganisation()
  const { asker, path } = await aWaitingWipe(server, ['admin', 'second-line'])
  const opened = await atAccountOpenedBy(asker, server)
  const { html } = await opened.see('/approvals')
  t.regex(html, /ask another administrator for a new password link/)
  t.notRegex(html, new RegExp(`${path}/(approve|refuse|withdraw)"`))
  const refused = await opened.send(`${path}/approve`, {})
  t.is(refused.status, 403)
  t.regex(refused.html, /a third person has to decide/)
  const third = await signedIn(server, ['second-line'], { name: 'Eva Ström' })
  t.is((await third.send(`${path}/approve`, {})).status, 303)
})

test('other roles, other organisations and forms from elsewhere decide nothing', async t => {
  const server = await newOrganisation()
  const { path, casePath, asker } = await aWaitingWipe(server)
  t.is((await (await signedIn(server, ['helpdesk', 'auditor'])).send(`${path}/approve`, {})).status, 403)
  const stranger = await signedIn(await newOrganisation(), ['admin'])
  t.is((await stranger.send(`${path}/approve`, {})).status, 404)
  t.is((await stranger.see(casePath)).status, 404)
  const other = await signedIn(server, ['second-line'], { name: 'Lars Ek' })
  t.is((await other.send(`${path}/approve`, { crumb: 'made-up' })).status, 403)
  t.notRegex((await asker.see(casePath)).html, /Wipe approved/)
})
