import test from 'ava'
import { type Person } from '../../../server/people/person.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { type ApiClient } from '../../support/api-client.ts'
import { startTestServer } from '../../support/server.ts'

const hidden = {
  givenName: 'Cilla',
  familyName: 'Dalgren',
  email: 'cilla.dalgren@example.se',
  phone: '070-765 43 21',
  protectedIdentity: true,
}

test('no list, search or answer of the API shows who somebody protected is', async t => {
  const server = await startTestServer(t)
  const [admin, desk] = [await server.as('admin'), await server.as('handout')]
  const made = await admin.post<Person>('/api/v1/people', hidden)
  t.is(made.status, 201)
  const { id } = made.body
  const answers = [
    made,
    await admin.get<Person>(`/api/v1/people/${id}`),
    await admin.get('/api/v1/people'),
    await admin.get('/api/v1/people?q=cilla'),
    await admin.get('/api/v1/people?q=P-'),
    await admin.get('/api/v1/audit'),
    await desk.get(`/api/v1/people/${id}`),
    await desk.post(`/api/v1/people/${id}/reveal`, { reason: 'curious' }),
    await admin.post(`/api/v1/people/${id}/reveal`, {}),
    await admin.post('/api/v1/people', { ...hidden, givenName: 'Other', familyName: 'Other' }),
  ]
  for (const { body } of answers) t.notRegex(JSON.stringify(body), /cilla|dalgren|765 43/i)
  t.deepEqual(
    answers.slice(-3).map(answer => answer.status),
    [403, 400, 409],
  )
  const revealed = await admin.post<Person>(`/api/v1/people/${id}/reveal`, { reason: 'letter to the lawyer' })
  t.like(revealed.body, { givenName: 'Cilla', email: hidden.email })
  const log = await admin.get<{ items: { action: string; reason?: string }[] }>('/api/v1/audit')
  t.is(log.body.items.find(event => event.action === 'people.reveal')?.reason, 'letter to the lawyer')
  const key = { 'idempotency-key': 'one-key-for-every-look' }
  for (const each of ['first', 'second']) {
    const look = await admin.post<Person>(`/api/v1/people/${id}/reveal`, { reason: 'letter' }, key)
    t.like(look, { status: 200, body: { givenName: 'Cilla' } }, each)
    t.is(look.headers.get('idempotent-replayed'), null)
  }
  const told = await admin.get<{ items: { action: string; reason?: string }[] }>('/api/v1/audit')
  t.is(told.body.items.filter(event => event.reason === 'letter').length, 2, 'each look is told')
  const kept = server.ornkoll.connected.db.collection('idempotentCalls')
  t.is(await kept.countDocuments({}), 0, 'and nothing of it is kept')
})

test('the mark of a protected identity is taken away for a reason, and that is a look in the log', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const { id, familyName } = (await admin.post<Person>('/api/v1/people', hidden)).body
  const path = `/api/v1/people/${id}`
  const reveals = async () => {
    const { body } = await admin.get<{ items: { action: string; reason?: string }[] }>('/api/v1/audit')
    return body.items.filter(({ action }) => action === 'people.reveal').map(({ reason }) => reason)
  }
  const refused = [
    await admin.patch(path, { version: 1, protectedIdentity: false }),
    await admin.patch(path, { version: 1, phone: '070-111 22 33' }),
    // What a form holds that was filled from the masked row.
    await admin.patch(path, { version: 1, familyName, reason: 'wrong name' }),
  ]
  for (const { body } of refused) t.notRegex(JSON.stringify(body), /cilla|dalgren|765 43/i)
  t.deepEqual(
    refused.map(({ body }) => (body as { error: { code: string } }).error.code),
    ['person-reason', 'person-reason', 'person-invalid'],
  )
  const moved = await admin.patch<Person>(path, { version: 1, phone: '070-111 22 33', reason: 'new phone' })
  t.like(moved, { status: 200, body: { familyName, protectedIdentity: true } })
  t.deepEqual(await reveals(), [], 'what was written blindly showed nothing')

  const csv = 'Förnamn;Efternamn;E-post;Skyddad identitet\nCilla;Dalgren;cilla.dalgren@example.se;nej\n'
  const file = await fetch(new URL('/api/v1/imports/people?fileName=x.csv', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${String(admin.token)}`, 'content-type': 'text/csv' },
    body: csv,
  })
  t.like(await file.json(), { counts: { change: 0, same: 0, error: 1 } }, 'a file gives no reason')

  const lifted = await admin.patch<Person>(path, {
    version: 2,
    protectedIdentity: false,
    reason: 'it is over',
  })
  t.like(lifted.body, { familyName: 'Dalgren', phone: '070-111 22 33' })
  t.deepEqual(await reveals(), ['it is over'])
})

test('no organisation takes away the protection that another one asks for', async t => {
  const server = await startTestServer(t)
  const theirs = await server.as('admin')
  const { id: grannby } = await server.ornkoll.organisations.create({
    name: 'Grannby',
    language: 'sv',
    secondFactorFor: [],
  })
  const ours = await server.as('secretary', grannby)
  const { id } = (await theirs.post<Person>('/api/v1/people', hidden)).body
  const typed = { givenName: hidden.givenName, familyName: hidden.familyName, email: hidden.email }
  const path = `/api/v1/people/${id}`
  const guessed = await ours.post('/api/v1/people', { ...typed, givenName: 'Okänd' })
  t.like(guessed, { status: 409, body: { error: { code: 'person-named-otherwise' } } })
  t.is((await ours.get(path)).status, 404)
  const answers = [
    await ours.post<Person>('/api/v1/people', typed),
    await ours.post<Person>(`${path}/reveal`, { reason: 'to look' }),
    await ours.patch<Person>(path, { version: 1, protectedIdentity: false, reason: 'to look' }),
    await seat(ours, id).then(() =>
      ours.patch<Person>(path, { version: 1, protectedIdentity: false, reason: 'to look' }),
    ),
    await ours.get<Person>(path),
    await theirs.get<Person>(path),
  ]
  t.deepEqual(
    answers.map(({ status }) => status),
    [201, 409, 409, 200, 200, 200],
  )
  for (const { body } of answers.filter(({ status }) => status !== 409)) {
    t.true(body.protectedIdentity)
    t.notRegex(JSON.stringify(body), /cilla|dalgren|765 43/i)
  }
  const own = await ours.patch<Person>(path, { version: 2, protectedIdentity: true, reason: 'ours too' })
  t.is(own.status, 200)
  const lifted = { version: 3, protectedIdentity: false, reason: 'it is over' }
  t.true((await theirs.patch<Person>(path, lifted)).body.protectedIdentity, 'now the other one asks for it')
  const open = await ours.patch<Person>(path, { ...lifted, version: 4 })
  t.like(open.body, { familyName: 'Dalgren', protectedIdentity: false })

  t.is((await ours.patch(path, { version: 5, phone: '070-174 06 99' })).status, 200)
  interface Told {
    readonly actor: { readonly kind: string }
    readonly after: { readonly fields: readonly string[] }
  }
  const log = await theirs.get<{ items: Told[] }>('/api/v1/audit?action=people.changed-elsewhere&limit=5')
  t.like(log.body.items[0], { actor: { kind: 'system' }, after: { fields: ['phone'] } })
  t.notRegex(
    JSON.stringify(log.body),
    /06 99|requestId|address/,
    'what it is now, and who did it, stand elsewhere',
  )
})

test('whoever writes an address that another organisation knows learns no phone number until they lend to them', async t => {
  const server = await startTestServer(t)
  const theirs = await server.as('admin')
  const { id: grannby } = await server.ornkoll.organisations.create({
    name: 'Grannby',
    language: 'sv',
    secondFactorFor: [],
  })
  const ours = await server.as('admin', grannby)
  const typed = { givenName: 'Dag', familyName: 'Ek', email: 'dag.ek@ekeby.example' }
  const known = { ...typed, phone: '070-174 06 77' }
  const { id } = (await theirs.post<Person>('/api/v1/people', known)).body
  const path = `/api/v1/people/${id}`
  const answers = [
    await ours.post<Person>('/api/v1/people', typed),
    await ours.get<Person>(path),
    await ours.get<Person>('/api/v1/people?limit=10'),
    await ours.patch<Person>(path, { version: 1, givenName: 'Dagobert', phone: '' }),
  ]
  t.deepEqual(
    answers.map(({ status }) => status),
    [201, 200, 200, 409],
  )
  for (const { body } of answers) t.notRegex(JSON.stringify(body), /06 77/)
  const forImports = await server.ornkoll.people.withEmails(systemActor(grannby), [known.email])
  t.like(forImports.get(known.email), { id, phone: undefined }, 'nor does an imported file')
  t.like((await theirs.get<Person>(path)).body, { ...known }, 'and changes nothing about them')
  t.is((await seat(ours, id)).status, 201)
  t.is((await ours.get<Person>(path)).body.phone, known.phone)
})

test('people, bodies and mandates say field by field what is wrong', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const person = await admin.post<{ error: { fields: { path: string }[] } }>('/api/v1/people', {
    givenName: ' ',
    familyName: 'Ek',
    email: 'nobody',
  })
  t.is(person.status, 422)
  t.deepEqual(
    person.body.error.fields.map(field => field.path),
    ['givenName', 'email'],
  )
  const body = { name: 'Kulturnämnden', type: 'committee', startsOn: '2026-02-30' }
  t.like(await admin.post('/api/v1/bodies', body), { status: 422, body: { error: { code: 'body-invalid' } } })
  t.is((await admin.post('/api/v1/bodies', { ...body, type: 'club' })).status, 400)
  t.like(await admin.get('/api/v1/mandates'), { status: 400 })
  const finance = await server.as('finance')
  t.is((await finance.get('/api/v1/people')).status, 403)
})

/** Gives the person something to do with whose client it is. */
async function seat(client: ApiClient, personId: string) {
  const body = await client.post<{ id: string }>('/api/v1/bodies', {
    name: 'Tekniska nämnden',
    type: 'committee',
    startsOn: '2020-01-01',
  })
  return client.post('/api/v1/mandates', { personId, bodyId: body.body.id, startsOn: '2026-01-01' })
}
