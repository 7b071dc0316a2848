import test from 'ava'
import { type AuditEvent } from '../../../server/audit/audit.ts'
import { givingOf, type RightsReport } from '../../../server/staff/rights-report.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { created } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'
import { signedIn } from '../../web-admin/visitor.ts'

function event(day: number, action: string, roles: Role[], before?: object): AuditEvent {
  const at = new Date(Date.UTC(2026, 0, day))
  const actor = { kind: 'staff', id: `giver-${String(day)}`, name: 'Disa' } as const
  const bare = { id: String(day), organisationId: 'a', at, actor, action, on: { kind: 'staff', id: 's' } }
  return { ...bare, after: { roles, active: true }, ...(before && { before: { active: true, ...before } }) }
}

test('roles are held from the last event that changed them, whatever else was changed since', t => {
  const added = event(1, 'staff.add', ['helpdesk'])
  const changed = event(2, 'staff.edit', ['admin', 'finance'], { roles: ['helpdesk'] })
  const renamed = event(3, 'staff.edit', ['finance', 'admin'], { roles: ['admin', 'finance'] })
  t.is(givingOf([added], ['helpdesk']), added)
  t.is(givingOf([renamed, added, changed], ['admin', 'finance']), changed)
  const back = event(4, 'staff.resume', ['admin', 'finance'], { roles: ['admin', 'finance'], active: false })
  t.is(givingOf([added, changed, renamed, back], ['admin', 'finance']), back, 'between, they had nothing')
  t.is(givingOf([added, changed], ['auditor']), undefined, 'what the log does not tell is not guessed')
  t.is(givingOf([], ['admin']), undefined)
})

test('the report tells who may what and how they came to it, to those who may ask, and the log that it was taken', async t => {
  const server = await startTestServer(t)
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const admin = await signedIn(server, ['admin'], { name: 'Anna Admin' })
  const desk = await server.as('admin')
  const { id } = await created<{ id: string }>(desk, '/api/v1/staff', {
    ...{ name: 'Nils Ny', email: 'nils@ekeby.example', roles: ['helpdesk'] },
  })
  const raised = await desk.patch(`/api/v1/staff/${id}`, { version: 1, roles: ['auditor'] })
  t.is(raised.status, 200)
  const stranger = {
    name: 'Sten Strand',
    email: 'sten@granne.example',
    language: 'sv',
    roles: ['admin'],
  } as const
  await server.ornkoll.staff.add(systemActor(otherId), stranger)
  await server.ornkoll.staff.add(systemActor(otherId), { ...stranger, email: 'nils@ekeby.example' })
  t.is(
    (await admin.send('/settings/tokens', { name: 'Datalager', roles: 'auditor', days: '30' })).status,
    200,
  )

  const auditor = await server.as('auditor')
  const { body: report } = await auditor.get<RightsReport>('/api/v1/rights-report')
  t.deepEqual(
    report.people.map(({ name, roles }) => `${name}: ${roles.join()}`),
    ['Anna Admin: admin', 'Nils Ny: auditor'],
    'who works elsewhere, and what they are there, is not told',
  )
  const [anna, nils] = report.people
  t.true(anna?.rights.includes('staff.write'))
  t.truthy(anna?.lastSignInAt)
  t.like(anna?.tokens[0], { name: 'Datalager', roles: ['auditor'] })
  t.is(nils?.lastSignInAt, undefined)
  t.is(nils?.givenBy?.name, 'test admin', 'the one who changed the roles, not the one who added the account')
  t.false(nils?.rights.includes('staff.write'))
  t.true(report.looseTokens.some(({ name }) => name === 'test admin'))
  t.notRegex(JSON.stringify(report), /"id":"[0-9a-f]{64}"|hash|orn_/i, 'no key and nothing to find one by')
  const helpdesk = await server.as('helpdesk')
  t.is((await helpdesk.get('/api/v1/rights-report')).status, 403)

  const page = await admin.see('/audit/rights')
  t.regex(page.html, /Nils Ny/)
  t.notRegex(page.html, /Sten|Grannby/)
  const file = await admin.see('/audit/rights/list.csv')
  t.is(file.status, 200)
  t.regex(file.html, /Nils Ny;nils@ekeby\.example;Auditor;/)
  const log = await auditor.get<{ items: { action: string; on: { id: string } }[] }>('/api/v1/audit')
  t.true(log.body.items.some(({ action }) => action === 'staff.report'))
  t.true(log.body.items.some(({ action, on }) => action === 'lists.export' && on.id === 'rights'))
})
