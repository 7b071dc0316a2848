import test from 'ava'
import { type AuditEvent } from '../../../server/audit/audit.ts'
import { createRightsReport, givingOf, type RightsReport } from '../../../server/staff/rights-report.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { type StaffMember } from '../../../server/staff/staff-member.ts'
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
    name: 'Nils Ny',
    email: 'nils@ekeby.example',
    roles: ['helpdesk'],
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
  t.regex(file.html, /Nils Ny;nils@ekeby\.example;Auditor;\d{4}-\d{2}-\d{2};/)
  t.regex(file.html, /;\d{4}-\d{2}-\d{2} \d{2}:\d{2};/, 'when somebody signed in last, as other files say it')
  const log = await auditor.get<{ items: { action: string; on: { id: string } }[] }>('/api/v1/audit')
  t.true(log.body.items.some(({ action }) => action === 'staff.report'))
  t.true(log.body.items.some(({ action, on }) => action === 'lists.export' && on.id === 'rights'))

  // Whoever works for two organisations signs in to one and goes over to the other.
  const tora = { name: 'Tora Två', email: 'tora@granne.example', language: 'sv', roles: ['finance'] } as const
  const password = 'fyra korta vanliga ord'
  const { id: toraId } = await server.ornkoll.staff.add(systemActor(otherId), { ...tora, password })
  await server.ornkoll.staff.add(systemActor(server.organisationId), tora)
  const came = async () => {
    const { body } = await auditor.get<RightsReport>('/api/v1/rights-report')
    return body.people.find(person => person.id === toraId)?.lastSignInAt
  }
  const secret = await server.ornkoll.signIn.signIn({ email: tora.email, password })
  t.is(await came(), undefined)
  await server.ornkoll.signIn.workIn(secret, server.organisationId)
  t.truthy(await came())
})

test('the log is read as often for many as for one', async t => {
  let reads = 0
  const counted = <T>(found: T) => {
    reads += 1
    return Promise.resolve(found)
  }
  const membership = { organisationId: 'a', roles: ['finance'] as Role[] }
  const members = Array.from({ length: 30 }, (_, number) => ({
    id: `s${String(number)}`,
    name: 'Asta',
    email: 'asta@example.se',
    memberships: [membership],
  }))
  const given = members.map(({ id }) => ({
    ...event(1, 'staff.add', ['finance']),
    on: { kind: 'staff', id },
  }))
  const at = new Date('2026-11-22T09:00:00Z')
  const report = createRightsReport({
    staff: {
      listOf: () => Promise.resolve(members as unknown as StaffMember[]),
      listTokens: () => Promise.resolve([]),
    },
    organisations: { get: () => Promise.resolve({ name: 'Ekeby' }) },
    audit: {
      record: () => Promise.resolve(),
      list: () => counted(given),
      latest: () => counted(new Map(members.map(({ id }) => [id, at]))),
    },
    clock: { now: () => at },
  })
  const { people } = await report(systemActor('a'))
  t.is(people.filter(({ givenBy, lastSignInAt }) => givenBy && lastSignInAt).length, 30)
  t.is(reads, 2)
})
