import test, { type ExecutionContext } from 'ava'
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
