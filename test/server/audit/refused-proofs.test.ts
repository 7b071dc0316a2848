import test, { type ExecutionContext } from 'ava'
import { systemActor } from '../../../server/staff/actor.ts'
import { apiClient } from '../../support/api-client.ts'
import { startTestServer } from '../../support/server.ts'
import { signedIn, visitor } from '../../web-admin/visitor.ts'

interface Event {
  readonly action: string
  readonly actor: { readonly kind: string }
  readonly on: { readonly id: string }
  readonly after?: Readonly<Record<string, unknown>>
  readonly from?: { readonly address?: string }
}

async function aServerInTime(t: ExecutionContext) {
  const time = { now: new Date(Date.now()) }
  const server = await startTestServer(t, { clock: { now: () => time.now } })
  const later = (minutes: number) => (time.now = new Date(time.now.getTime() + minutes * 60_000))
  const events = async (action: string, organisationId = server.organisationId) => {
    const auditor = await server.as('auditor', organisationId)
    return (await auditor.get<{ items: Event[] }>(`/api/v1/audit?action=${action}`)).body.items
  }
  return { server, later, events }
}

test('wrong passwords stand in the log of every organisation of the account, with the lock, and name nobody', async t => {
  const { server, events } = await aServerInTime(t)
  const { id: otherId } = await server.ornkoll.organisations.create({
    name: 'Grannby',
    language: 'sv',
    secondFactorFor: [],
  })
  const { id: thirdId } = await server.ornkoll.organisations.create({ name: 'Fjärrby', language: 'sv' })
  const account = { name: 'Karin Dahl', email: 'karin@ekeby.se', language: 'sv' } as const
  const { staff } = server.ornkoll
  await staff.add(systemActor(server.organisationId), {
    ...account,
    password: 'fyra korta vanliga ord',
    roles: ['admin'],
  })
  await staff.add(systemActor(otherId), { ...account, roles: ['helpdesk'] })
  const stranger = visitor(server)
  await stranger.see('/sign-in')
  for (let tries = 0; tries < 5; tries += 1)
    await stranger.send('/sign-in', { email: account.email, password: `fel lösenord ${String(tries)}` })
  await stranger.send('/sign-in', { email: 'nobody@ekeby.se', password: 'fel lösenord' })
  for (const organisationId of [server.organisationId, otherId]) {
    const told = await events('staff.sign-in-refused', organisationId)
    t.is(told.length, 5)
    t.deepEqual(told.map(({ after }) => Number(after?.['tries'])).toSorted(), [1, 2, 3, 4, 5])
    t.is(told.filter(({ after }) => after?.['lockedUntil'] !== undefined).length, 1, 'the fifth closes it')
    for (const event of told) {
      t.is(event.actor.kind, 'system')
      t.is(event.from?.address, '127.0.0.1')
      t.notRegex(JSON.stringify(event), /fel lösenord|karin@/)
    }
  }
  t.deepEqual(await events('staff.sign-in-refused', thirdId), [])
})

test('a key that has run out and is still used stands in the log once a day', async t => {
  const { server, later, events } = await aServerInTime(t)
  const { token } = await server.ornkoll.tokens.issue(systemActor(server.organisationId), {
    name: 'Etikettskrivare',
    roles: ['handout'],
    days: 1,
  })
  const printer = apiClient(server.url, token)
  t.is((await printer.get('/api/v1/me')).status, 200)
  later(26 * 60)
  for (let time = 0; time < 3; time += 1) t.is((await printer.get('/api/v1/me')).status, 401)
  t.is((await apiClient(server.url, `${token}x`).get('/api/v1/me')).status, 401)
  t.deepEqual(
    (await events('tokens.refused')).map(({ after }) => after?.['name']),
    ['Etikettskrivare'],
  )
  later(25 * 60)
  t.is((await printer.get('/api/v1/me')).status, 401)
  t.is((await events('tokens.refused')).length, 2)
})

test('the log leaves the house only with somebody who has just proved who they are', async t => {
  const { server, later, events } = await aServerInTime(t)
  const auditor = await signedIn(server, ['auditor'])
  t.is((await auditor.see('/audit/list.csv')).status, 200)
  later(6)
  const asked = await auditor.see('/audit/list.csv')
  t.is(asked.status, 403)
  t.regex(asked.html, /Confirm that it is you/)
  t.notRegex(asked.html, /staff\.sign-in/)
  t.is((await auditor.see('/audit')).status, 200, 'reading it on the page is free')
  const proof = {
    confirmTo: '/audit/list.csv',
    confirmBy: 'get',
    confirmPassword: 'fyra korta vanliga ord',
  }
  t.is((await auditor.send('/confirm', proof)).location, '/audit/list.csv')
  t.is((await auditor.see('/audit/list.csv')).status, 200)
  t.is((await events('lists.export')).length, 2)
  t.is((await events('staff.confirm')).length, 1)

  // Strangers who lock the account at the door do not keep whoever is at work from proving who they are.
  const [account] = await server.ornkoll.staff.list(systemActor(server.organisationId))
  const { signIn } = server.ornkoll
  for (let time = 0; time < 5; time += 1)
    await t.throwsAsync(signIn.signIn({ email: account?.email ?? '', password: 'no' }), {
      code: 'wrong-password',
    })
  await t.throwsAsync(signIn.signIn({ email: account?.email ?? '', password: 'no' }), {
    code: 'account-locked',
  })
  later(6)
  for (let time = 0; time < 4; time += 1)
    t.is((await auditor.send('/confirm', { ...proof, confirmPassword: 'no' })).status, 422)
  t.is((await auditor.send('/confirm', proof)).location, '/audit/list.csv', 'a right one wipes the slate')
  for (let time = 0; time < 5; time += 1) {
    t.is((await auditor.see('/audit')).status, 200)
    await auditor.send('/confirm', { ...proof, confirmPassword: 'no' })
  }
  t.is((await auditor.see('/audit')).status, 302, 'the fifth wrong one in a row ends the session')
})

const anIpad = '0b4f1c1e-6a52-4a59-9d4e-1f2a3b4c5d6e'

test('whoever tries something dangerous without the right to it stands in the log, with the route and no word of theirs', async t => {
  const { server, events } = await aServerInTime(t)
  const auditor = await server.as('auditor')
  const told = async () =>
    (await auditor.get<{ items: Event[] }>('/api/v1/audit?action=access.refused')).body.items
  const desk = await server.as('handout')
  t.is(
    (await desk.post(`/api/v1/incidents/${anIpad}/request-wipe`, { reason: 'planterade ord' })).status,
    403,
  )
  t.is((await desk.get(`/api/v1/incidents/${anIpad}/positions`)).status, 403)
  t.is((await desk.post('/api/v1/tokens', { name: 'planterade ord', roles: ['admin'] })).status, 403)
  const asked = await told()
  t.deepEqual(asked.map(({ on }) => on.id).toSorted(), [
    'get /api/v1/incidents/{id}/positions',
    'post /api/v1/incidents/{id}/request-wipe',
    'post /api/v1/tokens',
  ])
  for (const event of asked) {
    t.like(event, { actor: { kind: 'token', name: 'test handout' }, from: { address: '127.0.0.1' } })
    t.notRegex(JSON.stringify(event), /planterade/)
  }
  t.is(asked.filter(({ after }) => after?.['target'] === anIpad).length, 2)
  t.deepEqual(asked.map(({ after }) => after?.['right']).toSorted(), [
    'location.read',
    'staff.write',
    'wipe.request',
  ])

  // What only the body tells is refused by the use case.
  const { body: made } = await (
    await server.as('admin')
  ).post<{ id: string }>('/api/v1/devices', { serialNumber: 'DMPREFUSED01' })
  const beyond = { requestType: 'ClearPasscode' }
  t.is((await desk.post(`/api/v1/devices/${made.id}/commands`, beyond)).status, 403)
  t.is((await told()).length, 4)

  // Neither a plain deed or look, nor what has the right and is refused for another reason.
  const finance = await server.as('finance')
  t.is((await finance.post('/api/v1/people', { name: 'Asta Lind' })).status, 403)
  t.is((await finance.get('/api/v1/loans')).status, 403)
  t.is((await finance.get('/api/v1/nowhere')).status, 404)
  t.not((await (await server.as('admin')).post('/api/v1/staff', {})).status, 201)
  t.is((await events('access.refused')).length, 4)
})

test('forms of pages are told of too, and ten entries of one caller about one route in a quarter of an hour are enough', async t => {
  const { server, events } = await aServerInTime(t)
  const person = await signedIn(server, ['handout'])
  t.is((await person.send('/settings/staff/add', { name: 'Bo' })).status, 403)
  t.is((await person.see('/settings/staff')).status, 403)
  const ofThem = await events('access.refused')
  t.is(ofThem.length, 1)
  t.like(ofThem[0], { actor: { kind: 'staff', name: 'Karin Dahl' }, on: { id: 'post /settings/staff/add' } })
  const keen = await server.as('helpdesk')
  for (let tries = 0; tries < 13; tries += 1)
    t.is((await keen.post(`/api/v1/incidents/${anIpad}/request-wipe`, {})).status, 403)
  t.is(
    (await keen.post('/api/v1/tokens', { name: 'x', roles: ['admin'] })).status,
    403,
    'hidden behind no other',
  )
  t.is((await person.send(`/theft/${anIpad}/request-wipe`, {})).status, 403)
  const auditor = await server.as('auditor')
  const { body } = await auditor.get<{ items: Event[] }>('/api/v1/audit?action=access.refused&limit=100')
  t.is(body.items.filter(({ actor }) => actor.kind === 'token').length, 11)
  t.is(body.items.filter(({ actor }) => actor.kind === 'staff').length, 2)
  const page = await (
    await signedIn(server, ['auditor'], { name: 'Eva Ros' })
  ).see('/audit?action=access.refused')
  t.regex(page.html, /Was refused: has no right to it/)
})
