import test, { type ExecutionContext } from 'ava'
import { endTokensBeyond } from '../../../server/staff/ending-tokens.ts'
import { type Right } from '../../../server/staff/rights.ts'
import { type ApiToken } from '../../../server/staff/staff-store.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { apiClient } from '../../support/api-client.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'

const asta = {
  name: 'Asta Lind',
  email: 'asta.lind@example.se',
  password: 'en lång mening som lösenord',
  language: 'sv',
  organisationName: 'Ekeby',
} as const

interface Failure {
  readonly error: { readonly code: string }
}

/** Asta, the first administrator, with a token that she made herself. */
async function astaWithToken(t: ExecutionContext) {
  const server = await startTestServer(t)
  const { staff, signIn, tokens } = server.ornkoll
  await staff.setUp(server.setUpSecret ?? '', asta)
  const known = await signIn.whoHas(await signIn.signIn(asta))
  if (!known) throw new Error('Nobody is signed in')
  const { token } = await tokens.issue(known.actor, {
    name: 'wiper',
    roles: ['admin', 'second-line'],
    days: 1,
  })
  return { server, actor: known.actor, program: apiClient(server.url, token) }
}

async function stolenIpad(server: TestServer) {
  const desk = await server.as(['admin'])
  const serialNumber = 'DMPAAAA11111'
  const { body: device } = await desk.post<{ id: string }>('/api/v1/devices', { serialNumber })
  const report = { kind: 'theft', deviceId: device.id, description: 'Gone from a train' }
  const { body: incident } = await desk.post<{ id: string }>('/api/v1/incidents', report)
  return { deviceId: device.id, incidentId: incident.id }
}

test('nobody approves their own wipe through a token that they made, nor through a token of that token', async t => {
  const { server, actor, program } = await astaWithToken(t)
  const { incidentId } = await stolenIpad(server)
  const { followUp } = server.ornkoll
  const asked = await followUp.incidents.requestWipe(actor, incidentId, {
    reason: 'Gone',
    papersChecked: true,
  })
  const approvalId = asked.wipe?.approvalId ?? ''

  const own = await program.post<Failure>(`/api/v1/approvals/${approvalId}/approve`)
  t.is(own.status, 403)
  t.is(own.body.error.code, 'approval-own')

  const { body: second } = await program.post<{ token: string }>('/api/v1/tokens', {
    name: 'another',
    roles: ['second-line'],
  })
  const again = await apiClient(server.url, second.token).post<Failure>(
    `/api/v1/approvals/${approvalId}/approve`,
  )
  t.is(again.body.error.code, 'approval-own')
  t.is((await followUp.incidents.get(actor, incidentId)).state, 'wipe-requested')

  const somebodyElse = await server.as('second-line')
  t.is((await somebodyElse.post(`/api/v1/approvals/${approvalId}/approve`)).status, 200)
})

test('a token that somebody made erases nothing without approval', async t => {
  const { server, program } = await astaWithToken(t)
  const { deviceId } = await stolenIpad(server)
  const wanted = { requestType: 'EraseDevice', reason: 'Gone' }
  const erase = await program.post<Failure>(`/api/v1/devices/${deviceId}/commands`, wanted)
  t.is(erase.status, 409)
  t.is(erase.body.error.code, 'approval-needed')
  // The command line is held up by the iPad alone, which is not enrolled here.
  const operator = await (
    await server.as('admin')
  ).post<Failure>(`/api/v1/devices/${deviceId}/commands`, wanted)
  t.is(operator.body.error.code, 'device-unenrolled')
})

test('a key whose maker was never written down counts as nobody’s second person and not as the command line', async t => {
  const server = await startTestServer(t)
  const { tokens, connected } = server.ornkoll
  const { token } = await tokens.issue(systemActor(server.organisationId), {
    name: 'old',
    roles: ['admin'],
    days: 1,
  })
  t.is((await tokens.whoHas(token))?.behind, undefined)
  await connected.db.collection('tokens').updateMany({ name: 'old' }, { $unset: { issuedBy: '' } })
  const actor = await tokens.whoHas(token)
  t.deepEqual(actor?.behind, { id: actor?.id ?? '', name: 'old' })
})

test('a key with scopes holds no more than those of its roles, and makes none that holds more', async t => {
  const { server, actor, program } = await astaWithToken(t)
  const { tokens } = server.ornkoll
  const make = (by: typeof program, wanted: object) =>
    by.post<Failure & { token: string }>('/api/v1/tokens', { name: 'import', days: 1, ...wanted })

  const beyond = await make(program, { roles: ['finance'], scopes: ['costs.read', 'people.read'] })
  t.deepEqual([beyond.status, beyond.body.error.code], [422, 'token-scopes'])
  for (const scopes of [[], ['nothing.read'], ['costs.read', 'costs.read']]) {
    t.true([400, 422].includes((await make(program, { roles: ['finance'], scopes })).status))
  }

  const { body } = await make(program, { roles: ['admin'], scopes: ['costs.read', 'staff.write'] })
  const key = apiClient(server.url, body.token)
  t.is((await key.get('/api/v1/cost-lines')).status, 200)
  t.is((await key.get('/api/v1/devices')).status, 403)
  t.is((await key.get('/api/v1/people')).status, 403)
  // Its role would find the iPad and the person; what it may not read, it does not find either.
  await stolenIpad(server)
  t.false(JSON.stringify((await key.get('/api/v1/search?q=DMPAAAA11111')).body).includes('DMPAAAA11111'))

  t.is((await make(key, { roles: ['admin'] })).body.error.code, 'token-beyond')
  t.is((await make(key, { roles: ['finance'], scopes: ['costs.write'] })).body.error.code, 'token-beyond')
  const colleague = { name: 'Bo Ek', email: 'bo@ekeby.example', language: 'sv', roles: ['admin'] }
  const raised = await key.post<{ error: { code: string } }>('/api/v1/staff', colleague)
  t.deepEqual([raised.status, raised.body.error.code], [403, 'token-beyond'], 'nor somebody who may')
  const signOn = await key.put<Failure>('/api/v1/organisations/current/identity-provider', {
    version: 0,
    name: 'Ekeby',
    issuer: 'https://login.ekeby.example',
    clientId: 'ornkoll',
    clientSecret: 'hemligt',
    groupRoles: [{ group: 'alla', role: 'admin' }],
  })
  t.deepEqual([signOn.status, signOn.body.error.code], [403, 'token-beyond'], 'nor a group of others')
  t.is((await make(key, { roles: ['finance'], scopes: ['costs.read'] })).status, 201)

  const listed = (await tokens.list(actor)).find(({ scopes }) => scopes?.includes('staff.write'))
  t.deepEqual(listed?.scopes, ['staff.write', 'costs.read'])
  const { body: log } = await program.get<{ items: { action: string; after?: { scopes?: string[] } }[] }>(
    '/api/v1/audit?action=tokens.issue',
  )
  t.true(log.items.some(({ after }) => after?.scopes?.includes('staff.write')))
})

test('a key ends when its maker may no more do what it may, and not for what its roles would give', async t => {
  const revoked: string[] = []
  const issuedBy = { id: 'asta', name: 'Asta Lind' }
  const key = (id: string, scopes: Right[]): ApiToken => ({
    id,
    organisationId: 'ekeby',
    name: id,
    roles: ['admin'],
    scopes,
    issuedBy,
    createdAt: new Date(0),
    expiresAt: new Date(1),
  })
  const staff = {
    listTokens: () => Promise.resolve([key('reads', ['devices.read']), key('rules', ['staff.write'])]),
    deleteToken: (_: string, id: string) => Promise.resolve(revoked.push(id) > 0),
  }
  const audit = { record: () => Promise.resolve() }
  await endTokensBeyond(systemActor('ekeby'), { id: 'asta', roles: ['helpdesk'] }, { staff, audit })
  t.deepEqual(revoked, ['rules'])
})

test('the log says who made the token that something was done with', async t => {
  const { server, actor, program } = await astaWithToken(t)
  await program.post('/api/v1/devices', { serialNumber: 'DMPAAAA11111' })
  const { body: log } = await program.get<{
    items: { action: string; on: { id: string }; actor: { kind: string; behind?: object } }[]
  }>('/api/v1/audit')
  const registered = log.items.find(({ action }) => action === 'devices.register')
  t.is(registered?.actor.kind, 'token')
  t.deepEqual(registered?.actor.behind, { id: actor.id, name: 'Asta Lind' })
  // What was issued is named in the log as it is named when it is revoked.
  const { body: all } = await program.get<{ items: { id: string; issuedBy?: object }[] }>('/api/v1/tokens')
  const [own] = all.items
  t.deepEqual(own?.issuedBy, { id: actor.id, name: 'Asta Lind' })
  t.is(log.items.find(({ action }) => action === 'tokens.issue')?.on.id, own?.id)
  const { status } = await server.as('auditor').then(auditor => auditor.get('/api/v1/audit'))
  t.is(status, 200)
})
