import test, { type ExecutionContext } from 'ava'
import { systemActor, type Actor } from '../../../server/staff/actor.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { apiClient } from '../../support/api-client.ts'
import { oneServer } from '../../web-admin/one-server.ts'
import { type TestServer } from '../../support/server.ts'

const newOrganisation = oneServer(test)
const password = 'fyra korta vanliga ord'

let made = 0

/** An organisation with two administrators and somebody at the desk. */
async function anOrganisation() {
  const server = await newOrganisation()
  const { staff, signIn } = server.ornkoll
  const add = async (name: string, roles: readonly ('admin' | 'handout')[]) => {
    made += 1
    const email = `${name.toLowerCase()}.${made}@norrby.se`
    const actor = systemActor(server.organisationId)
    return staff.add(actor, { name, email, password, language: 'sv', roles })
  }
  const karin = await add('Karin', ['admin'])
  const nils = await add('Nils', ['handout'])
  const actor: Actor = {
    kind: 'staff',
    id: karin.id,
    name: 'Karin',
    organisationId: server.organisationId,
    roles: ['admin'],
  }
  return { server, add, karin, nils, actor, signIn }
}

async function code(t: ExecutionContext, work: Promise<unknown>): Promise<string> {
  const error = await t.throwsAsync(work)
  return (error as { code?: string } | undefined)?.code ?? ''
}

test('roles, name and language are changed and hold at once; a stale form changes nothing', async t => {
  const { server, nils, actor, signIn } = await anOrganisation()
  const { staffEditing } = server.ornkoll
  const session = await signIn.signIn({ email: nils.email, password })
  const changes = { version: 1, name: 'Nils Berg', language: 'en', roles: ['finance', 'auditor'] } as const
  const saved = await staffEditing.edit(actor, nils.id, changes)
  t.like(saved, { name: 'Nils Berg', language: 'en', version: 2 })
  t.deepEqual((await signIn.whoHas(session))?.actor.roles, ['finance', 'auditor'])
  t.is(await code(t, staffEditing.edit(actor, nils.id, { version: 1, roles: ['admin'] })), 'stale')
  t.deepEqual((await signIn.whoHas(session))?.actor.roles, ['finance', 'auditor'])
})

test('whoever has ended is signed out, cannot come back, and their keys stop working', async t => {
  const { server, nils, actor, signIn, add } = await anOrganisation()
  const { staffEditing, tokens } = server.ornkoll
  const siri = await add('Siri', ['admin'])
  const siriActor = { ...actor, id: siri.id, name: 'Siri' }
  const { token } = await tokens.issue(siriActor, { name: 'own', roles: ['admin'], days: 1 })
  const session = await signIn.signIn({ email: siri.email, password })
  const other = await signIn.signIn({ email: nils.email, password })
  const ended = await staffEditing.end(actor, siri.id, { version: 1, reason: 'New work' })
  t.false(ended.active)
  t.is(await signIn.whoHas(session), undefined)
  t.truthy(await signIn.whoHas(other), 'others stay signed in')
  t.is((await apiClient(server.url, token).get('/api/v1/me')).status, 401)
  t.is(await code(t, signIn.signIn({ email: siri.email, password })), 'no-membership')
  t.is(await code(t, staffEditing.end(actor, siri.id, { version: 2 })), 'staff-ended')
  const back = await staffEditing.resume(actor, siri.id, { version: 2 })
  t.deepEqual(back.roles, ['admin'])
  t.truthy(await signIn.signIn({ email: siri.email, password }))
})

test('whoever is no administrator any more has no key left that is one', async t => {
  const { server, actor, signIn, add } = await anOrganisation()
  const { tokens } = server.ornkoll
  const siri = await add('Siri', ['admin'])
  const known = await signIn.whoHas(await signIn.signIn({ email: siri.email, password }))
  if (!known) throw new Error('Siri is not signed in')
  const issue = async (name: string, roles: readonly Role[], by = known.actor) =>
    apiClient(server.url, (await tokens.issue(by, { name, roles, days: 1 })).token)
  const all = await issue('all', ['handout', 'admin'])
  const desk = await issue('desk', ['handout'])
  const karins = await issue('karins', ['admin'], actor)
  const path = `/api/v1/staff/${siri.id}`

  t.is((await karins.patch(path, { version: 1, name: 'Siri Ek', roles: ['admin', 'handout'] })).status, 200)
  t.is((await all.get('/api/v1/me')).status, 200, 'nothing was taken away')
  t.is((await karins.patch(path, { version: 2, roles: ['handout'] })).status, 200)
  t.is((await all.patch(path, { version: 3, roles: ['admin'] })).status, 401)
  t.is((await desk.get('/api/v1/me')).status, 200, 'it may do what its maker may')
  t.is((await karins.get('/api/v1/me')).status, 200, 'what others made is left alone')
  t.is(await code(t, issue('late', ['handout'])), 'token-roles', 'asked for before, done after')
  interface Log {
    items: { actor: { name: string }; before?: object }[]
  }
  const { body } = await karins.get<Log>('/api/v1/audit?action=tokens.revoke')
  t.is(body.items.length, 1)
  t.like(body.items[0], { actor: { name: 'karins' }, before: { name: 'all', roles: ['handout', 'admin'] } })
})

test('the last administrator stays, also when two end each other at one moment', async t => {
  const { server, karin, actor, add } = await anOrganisation()
  const { staffEditing, staff } = server.ornkoll
  t.is(await code(t, staffEditing.end(actor, karin.id, { version: 1 })), 'last-administrator')
  const lesser = { version: 1, roles: ['auditor'] } as const
  t.is(await code(t, staffEditing.edit(actor, karin.id, lesser)), 'last-administrator')
  const siri = await add('Siri', ['admin'])
  const tries = await Promise.allSettled([
    staffEditing.end(actor, siri.id, { version: 1 }),
    staffEditing.end({ ...actor, id: siri.id, name: 'Siri' }, karin.id, { version: 1 }),
  ])
  t.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const left = (await staff.list(actor)).filter(one => one.active && one.roles.includes('admin'))
  t.is(left.length, 1)
})

test('somebody of another organisation is not found, and nothing is told', async t => {
  const { nils } = await anOrganisation()
  const { server: elsewhere, actor } = await anOrganisation()
  const { staffEditing, staff, passwords, sessions } = elsewhere.ornkoll
  const deeds = [
    () => staff.get(actor, nils.id),
    () => staffEditing.edit(actor, nils.id, { version: 1, roles: ['admin'] }),
    () => staffEditing.end(actor, nils.id, { version: 1 }),
    () => passwords.newLink(actor, nils.id),
    () => sessions.list(actor, nils.id),
    () => sessions.revokeAll(actor, nils.id),
  ]
  for (const deed of deeds) t.is(await code(t, deed()), 'staff-unknown')
})

test('whoever works for two organisations is saved in one without a change in the other', async t => {
  const first = await anOrganisation()
  const second = await anOrganisation()
  const { staff, staffEditing, passwords, signIn, invitations } = first.server.ornkoll
  const wanted = { email: first.nils.email, name: 'Nisse', language: 'sv', roles: ['finance'] } as const
  const asked = await staff.add(second.actor, wanted)
  t.is(asked.id, first.nils.id)
  t.like(
    asked,
    { name: wanted.email, active: false, invited: true, secondFactor: false, hasPassword: false, version: 1 },
    'nothing is told yet',
  )
  t.is(await code(t, staff.add(second.actor, wanted)), 'email-taken')
  const mine = { staffId: asked.id }
  const own = await signIn.signIn({ email: wanted.email, password })
  const elsewhere = second.actor.organisationId
  t.is(await code(t, signIn.workIn(own, elsewhere)), 'no-membership', 'it opens nothing before they accept')
  const { secret: link } = await passwords.newLink(first.actor, asked.id)
  t.truthy(link, 'and takes nothing out of the hands of their own administrators')
  t.like(await invitations.list(mine), [{ organisationId: elsewhere, roles: ['finance'] }])
  // What they do elsewhere meanwhile moves no number here.
  const { version: before } = await staff.get(first.actor, asked.id)
  await staffEditing.edit(first.actor, asked.id, { version: before, roles: ['handout', 'auditor'] })
  await staffEditing.edit(first.actor, asked.id, { version: before + 1, roles: ['handout'] })
  t.is((await staff.get(second.actor, asked.id)).version, 1)
  const roles = ['finance', 'auditor'] as const
  t.like(await staffEditing.edit(second.actor, asked.id, { version: 1, roles }), { version: 1, roles })
  t.is(await code(t, staffEditing.edit(second.actor, asked.id, { version: 2, roles })), 'stale')
  await staffEditing.edit(second.actor, asked.id, { version: 1, roles: ['finance'] })
  await invitations.accept(mine, elsewhere)
  t.is(
    await code(t, staffEditing.edit(second.actor, asked.id, { version: 1, roles })),
    'stale',
    'as it was seen',
  )
  t.deepEqual(await invitations.list(mine), [])
  t.is(await code(t, invitations.accept(mine, elsewhere)), 'invitation-unknown')
  const joined = await staff.get(second.actor, asked.id)
  t.like(joined, { name: 'Nils', active: true, invited: false, shared: true })

  // Neither administrator can take over what the other one’s organisation relies on.
  t.is(await code(t, passwords.newLink(second.actor, joined.id)), 'account-shared')
  const renamed = { version: joined.version, name: 'Other' }
  t.is(await code(t, staffEditing.edit(second.actor, joined.id, renamed)), 'account-shared')

  await staffEditing.edit(second.actor, joined.id, { version: joined.version, roles: ['auditor'] })
  await staffEditing.end(second.actor, joined.id, { version: joined.version + 1 })
  const still = await staff.get(first.actor, joined.id)
  t.deepEqual(still.roles, ['handout'])
  t.true(still.active)
  const known = await signIn.whoHas(await signIn.signIn({ email: joined.email, password }))
  t.is(known?.actor.organisationId, first.server.organisationId)

  // A link of one organisation, made while the account was its own, opens nothing of two.
  const { secret } = await passwords.newLink(first.actor, joined.id)
  const opened = async () => (await fetch(`${first.server.url}/choose-password/${secret}`)).status
  t.is(await opened(), 200)
  await staffEditing.resume(second.actor, joined.id, { version: joined.version + 2 })
  t.is(
    await opened(),
    200,
    'somebody who works elsewhere is asked again, and it is still that organisation’s alone',
  )
  await invitations.accept(mine, elsewhere)
  t.is(await opened(), 404)
  t.is(await code(t, passwords.chooseByLink(secret, 'sju sjösjuka sjömän')), 'password-link')

  // A no leaves nothing open, and can be asked about again.
  const { version } = await staff.get(second.actor, joined.id)
  await staffEditing.end(second.actor, joined.id, { version })
  await staffEditing.resume(second.actor, joined.id, { version: version + 1 })
  await invitations.decline(mine, elsewhere)
  t.deepEqual(await invitations.list(mine), [])
  t.is(await code(t, invitations.accept(mine, elsewhere)), 'invitation-unknown')
  t.is(await code(t, signIn.workIn(own, elsewhere)), 'no-membership')
  const declined = { name: wanted.email, active: false, invited: false, hasPassword: false, version: 1 }
  t.like(await staff.get(second.actor, asked.id), declined, 'and tells nothing')
})

test('nobody is called what the system is called, nor is a key', async t => {
  const { server, actor, nils } = await anOrganisation()
  const { staff, staffEditing, tokens } = server.ornkoll
  const called = (name: string) => {
    made += 1
    return staff.add(actor, { name, email: `name.${made}@norrby.se`, language: 'sv', roles: ['handout'] })
  }
  for (const name of ['Örnkoll', ' ö r n k o l l ', 'O\u0308rnkoll', 'Command line', 'SYSTEMET', '“Örnkoll”'])
    t.is(await code(t, called(name)), 'name-reserved', name)
  t.is(await code(t, staffEditing.edit(actor, nils.id, { version: 1, name: 'Örnkoll' })), 'name-reserved')
  t.is(await code(t, tokens.issue(actor, { name: 'örnkoll', roles: ['auditor'], days: 1 })), 'name-reserved')
  for (const name of ['Örn Koll-Berg', '__proto__', 'System Andersson']) t.is((await called(name)).name, name)
})

test('a link chooses the first password once, and ends every session', async t => {
  const { server, actor, nils, signIn } = await anOrganisation()
  const { passwords } = server.ornkoll
  const session = await signIn.signIn({ email: nils.email, password })
  const earlier = await passwords.newLink(actor, nils.id)
  const { secret } = await passwords.newLink(actor, nils.id)
  t.is(await passwords.whoseLink(earlier.secret), undefined, 'a new link ends the one before')
  t.is((await passwords.whoseLink(secret))?.email, nils.email)
  t.truthy(await signIn.whoHas(session), 'nothing has changed yet')
  t.is(await code(t, passwords.chooseByLink(secret, 'Sommar2026!!')), 'password-common')
  const next = 'sju sjösjuka sjömän'
  const uses = await Promise.allSettled([
    passwords.chooseByLink(secret, next),
    passwords.chooseByLink(secret, `${next} till`),
  ])
  t.deepEqual(uses.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  t.is(await signIn.whoHas(session), undefined)
  t.is(await code(t, signIn.signIn({ email: nils.email, password })), 'wrong-password')
  t.is(await passwords.whoseLink(secret), undefined)
})

test('somebody without a password yet is let in by none', async t => {
  const { server, actor } = await anOrganisation()
  const { staff, signIn, passwords } = server.ornkoll
  const email = `new.${(made += 1)}@norrby.se`
  const added = await staff.add(actor, { name: 'New', email, language: 'sv', roles: ['handout'] })
  t.false(added.hasPassword)
  for (const guess of ['', 'undefined', password])
    t.is(await code(t, signIn.signIn({ email, password: guess })), 'wrong-password')
  const { secret } = await passwords.newLink(actor, added.id)
  await passwords.chooseByLink(secret, password)
  t.truthy(await signIn.signIn({ email, password }))
})

test('an administrator is no second person at an account that they opened, until another one opens it', async t => {
  const { server, actor, add } = await anOrganisation()
  const { staff, signIn, passwords, secondFactor, tokens, followUp } = server.ornkoll
  const desk = await server.as('admin', server.organisationId)
  const device = await desk.post<{ id: string }>('/api/v1/devices', { serialNumber: `DMPTWO${made}` })
  const report = { kind: 'theft', deviceId: device.body.id, description: 'Gone from a train' }
  const { body: incident } = await desk.post<{ id: string }>('/api/v1/incidents', report)
  const asker: Actor = { ...actor, roles: ['admin', 'second-line'] }
  const why = { reason: 'Gone', papersChecked: true }
  const { wipe } = await followUp.incidents.requestWipe(asker, incident.id, why)

  const email = `second.${(made += 1)}@norrby.se`
  const second = await staff.add(actor, { name: 'Second', email, language: 'sv', roles: ['admin'] })
  const openAs = async (opener: Actor) => {
    const { secret } = await passwords.newLink(opener, second.id)
    await passwords.chooseByLink(secret, password)
    return (await signIn.whoHas(await signIn.signIn({ email, password })))?.actor
  }
  const account = await openAs(actor)
  if (!account) throw new Error('Nobody is signed in')
  const keyOf = async (maker: Actor) =>
    apiClient(
      server.url,
      (await tokens.issue(maker, { name: 'own', roles: ['admin', 'second-line'], days: 30 })).token,
    )
  const program = await keyOf(account)
  const approval = `/api/v1/approvals/${wipe?.approvalId ?? ''}`
  const refused = { status: 403, body: { error: { code: 'approval-own-account' } } }
  const mayDecide = async (by = program) => (await by.get<{ mayDecide: boolean }>(approval)).body.mayDecide
  t.like(await program.post(`${approval}/approve`), refused)
  t.like(await program.post(`${approval}/refuse`, { note: 'No' }), refused)
  t.false(await mayDecide())

  // One more account in between hides nobody.
  await openAs({ ...account })
  t.like(await program.post(`${approval}/approve`), refused, 'a link of their own')

  const siri = await add('Siri', ['admin'])
  const siriActor: Actor = { ...actor, id: siri.id, name: 'Siri' }
  const back = await openAs(siriActor)
  if (!back) throw new Error('Nobody is signed in')
  t.false(await mayDecide(), 'a key that was made at the opened account may still be in other hands')
  const later = await keyOf(back)
  t.true(await mayDecide(later))
  await secondFactor.removeOf(actor, second.id)
  t.like(await later.post(`${approval}/approve`), refused, 'their second step was taken away')
  await openAs(siriActor)
  t.like(await program.post(`${approval}/approve`), refused)
  t.is((await later.post(`${approval}/approve`)).status, 200)
  const { body: log } = await desk.get<{ items: { action: string }[] }>('/api/v1/audit?limit=200')
  t.is(log.items.filter(({ action }) => action === 'wipe.own-account-decision-refused').length, 5)
})

test('the API adds, changes, ends and lets work again, and the log says who did', async t => {
  const { server } = await anOrganisation()
  const admin = await server.as('admin', server.organisationId)
  const email = `api.${(made += 1)}@norrby.se`
  interface Added {
    id: string
    version: number
    passwordLink: { url: string }
  }
  const wanted = { name: 'Api', email, roles: ['handout'] }
  t.is(
    (await admin.post('/api/v1/staff', { ...wanted, password })).status,
    400,
    'nobody sets another’s password',
  )
  const { status, body } = await admin.post<Added>('/api/v1/staff', wanted)
  t.is(status, 201)
  t.regex(body.passwordLink.url, /\/choose-password\/[\w-]{43}$/)
  const path = `/api/v1/staff/${body.id}`
  const answer = await admin.patch<{ version: number }>(path, { version: body.version, roles: ['finance'] })
  t.is(answer.body.version, body.version + 1)
  t.is((await admin.patch(path, { version: body.version, roles: ['admin'] })).status, 409)
  t.is((await admin.patch(path, { version: 2, memberships: [] })).status, 400)
  t.is((await admin.post(`${path}/end`, { version: answer.body.version, reason: 'Left' })).status, 200)
  t.is((await fetch(body.passwordLink.url)).status, 404, 'the link ends with the work')
  t.is((await admin.post(`${path}/resume`, { version: answer.body.version + 1 })).status, 200)
  const { body: log } = await admin.get<{ items: { action: string; on: { id: string } }[] }>('/api/v1/audit')
  const deeds = log.items.filter(({ on }) => on.id === body.id).map(({ action }) => action)
  t.deepEqual(deeds, ['staff.resume', 'staff.end', 'staff.edit', 'staff.password-link', 'staff.add'])
  t.notRegex(JSON.stringify(log), /scrypt|choose-password/)
})

test('a program has no sessions and no password of its own', async t => {
  const { server } = await anOrganisation()
  const admin = await server.as('admin', server.organisationId)
  for (const answer of [
    await admin.get<TestServer>('/api/v1/me/sessions'),
    await admin.delete('/api/v1/me/sessions'),
    await admin.post('/api/v1/me/password', { current: 'x', password }),
  ])
    t.is(answer.status, 403)
})
