import { createHash } from 'node:crypto'
import test from 'ava'
import { type Document } from 'mongodb'
import { type Person } from '../../../server/people/person.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { anActor, openLending } from '../../support/lending.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { signedIn } from '../../web-admin/visitor.ts'

const a = anActor('a')
const b = anActor('b')

/** Where what happened is written down as it was, or what leads from the old address to the new one. */
const remembers = ['audit', 'personMerges', 'personalReads', 'webhookDeliveries']

/** Every collection in which a row says `id` anywhere, with the number of such rows. */
async function whereSaid(server: TestServer, id: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const { name } of server.ornkoll.tables.all) {
    const rows: Document[] = await server.ornkoll.connected.db.collection(name).find({}).toArray()
    const count = rows.filter(row => JSON.stringify(row).includes(id)).length
    if (count > 0) found[name] = count
  }
  return found
}

test('everything that named somebody names who they have become, and the signed paper is the same to the bit', async t => {
  const server = await startTestServer(t)
  const admin = await server.as(['admin', 'second-line'])
  const post = <T = { id: string }>(path: string, body: object) => created<T>(admin, `/api/v1/${path}`, body)
  const { id: kept } = await post('people', {
    givenName: 'Asa',
    familyName: 'Oberg',
    email: 'asa.oberg@ekeby.example',
  })
  const { id: gone } = await post('people', {
    givenName: 'Åsa',
    familyName: 'Öberg',
    email: 'asa.oberg@home.example',
    phone: '070-123 45 67',
  })
  const { id: other } = await post('people', { givenName: 'Bo', familyName: 'Ek', email: 'bo@ekeby.example' })
  const body = await post('bodies', { name: 'Kulturnämnden', type: 'committee', startsOn: '2026-01-01' })
  for (const personId of [kept, gone])
    await post('mandates', { personId, bodyId: body.id, startsOn: '2026-01-01' })
  const device = (number: number) =>
    post('devices', { serialNumber: `F9FXM0000${number}`, assetTag: `M-${number}` })
  const [first, second] = [await device(1), await device(2)]
  const lent = await handOut(admin, gone, first.id)
  await post('loans', { personId: gone, deviceId: second.id, confirmSecond: true })
  const theft = await post('incidents', {
    kind: 'theft',
    deviceId: first.id,
    description: 'Borta.',
    policeNumber: '',
  })
  await admin.post(`/api/v1/people/${gone}/keep-apart/${other}`)
  const receipt = async () => {
    const answer = await fetch(new URL(`/api/v1/liability-forms/${lent.formId}/receipt.pdf`, server.url), {
      headers: { authorization: `Bearer ${admin.token ?? ''}` },
    })
    return createHash('sha256')
      .update(Buffer.from(await answer.arrayBuffer()))
      .digest('hex')
  }
  const paper = await receipt()
  const inStores = Object.keys(await whereSaid(server, gone)).filter(name => !remembers.includes(name))
  t.deepEqual(
    inStores.sort(),
    ['incidents', 'liabilityForms', 'loans', 'mandates', 'people', 'peopleApart'],
    'this test fills every collection that names people; a new one is filled here too',
  )
  const schemas = server.ornkoll.tables.all
    .filter(({ fields }) => 'personId' in fields)
    .map(({ name }) => name)
  t.deepEqual(schemas.sort(), ['incidents', 'liabilityForms', 'loans', 'mandates'])

  const doubles = await admin.get<{ items: { people: Person[]; likelihood: string }[] }>(
    '/api/v1/people/doubles',
  )
  t.is(doubles.body.items.length, 1)
  t.is(doubles.body.items[0]?.likelihood, 'likely')
  const path = `/api/v1/people/${kept}/merge/${gone}`
  const seen = await admin.get<{ points: unknown }>(path)
  t.deepEqual(seen.body.points, {
    kept: { mandates: 1, loans: 0, forms: 0, incidents: 0 },
    gone: { mandates: 1, loans: 2, forms: 1, incidents: 1 },
  })

  const take = ['givenName', 'familyName', 'phone']
  t.is(
    (await admin.post(path, { version: 1, goneVersion: 2, take })).status,
    409,
    'what somebody changed meanwhile',
  )
  t.is((await admin.post(path, { version: 1, goneVersion: 1, take: ['email'] })).status, 400)
  t.is((await admin.post(`/api/v1/people/${kept}/merge/${kept}`, { version: 1, goneVersion: 1 })).status, 422)
  const desk = await server.as('handout')
  t.is((await desk.post(path, { version: 1, goneVersion: 1 })).status, 403)
  t.is((await whereSaid(server, gone))['loans'], 2, 'what was refused moved nothing')

  const merged = await admin.post<{ person: Person; moved: Record<string, string[]> }>(path, {
    version: 1,
    goneVersion: 1,
    take,
  })
  t.is(merged.status, 200)
  t.like(merged.body.person, { id: kept, givenName: 'Åsa', familyName: 'Öberg', phone: '070-123 45 67' })
  t.is(merged.body.person.email, 'asa.oberg@ekeby.example')
  t.deepEqual(
    Object.entries(merged.body.moved).map(([kind, ids]) => `${kind} ${ids.length}`),
    ['mandates 1', 'loans 2', 'forms 1', 'incidents 1'],
  )
  const left = Object.keys(await whereSaid(server, gone)).filter(name => !remembers.includes(name))
  t.deepEqual(left, [], 'nothing points at somebody who is no more')
  t.is(await receipt(), paper)
  t.is(lent.pdfSha256, paper)
  const seats = await admin.get<{ items: unknown[] }>(`/api/v1/mandates?personId=${kept}`)
  t.is(seats.body.items.length, 1, 'a seat that was counted twice is one')
  t.like((await admin.get<{ personId: string }>(`/api/v1/incidents/${theft.id}`)).body, { personId: kept })
  const apart = server.ornkoll.connected.db.collection('peopleApart')
  t.deepEqual((await apart.findOne({}))?.['ids'], [kept, other].sort())

  const old = await admin.get(`/api/v1/people/${gone}`)
  t.deepEqual([old.status, old.headers.get('location')], [302, `/api/v1/people/${kept}`])
  t.is((await admin.post(path, { version: 2, goneVersion: 1 })).status, 404, 'once and not again')
  const secretary = await signedIn(server, ['secretary'])
  t.is((await secretary.see(`/people/${gone}`)).location, `/people/${kept}`)
  const { body: log } = await admin.get<{ items: { action: string; before?: object; after?: object }[] }>(
    `/api/v1/audit?kind=person&id=${kept}`,
  )
  const event = log.items.find(({ action }) => action === 'people.merge')
  t.like(event, {
    before: { givenName: 'Asa', merged: { givenName: 'Åsa', email: 'asa.oberg@home.example' } },
  })
  t.like(event, { after: { givenName: 'Åsa', moved: { forms: [lent.formId] } } })
  t.true(
    log.items.some(
      ({ action, after }) => action === 'people.merged-into' && JSON.stringify(after).includes(kept),
    ),
    'the history of who was merged belongs to who stays',
  )

  // On the page: the address that is chosen says which row stays.
  const again = await post('people', { givenName: 'Åsa', familyName: 'Öberg', email: 'asa@work.example' })
  const page = await secretary.see('/people/doubles')
  t.true(page.html.includes(`/merge/`))
  const compare = `/people/${kept}/merge/${again.id}`
  t.regex((await secretary.see(compare)).html, /asa@work\.example/)
  const sent = await secretary.send(compare, {
    version: '2',
    otherVersion: '1',
    email: 'other',
    phone: 'one',
    language: 'one',
    givenName: 'other',
    familyName: 'other',
  })
  t.deepEqual([sent.status, sent.location], [303, `/people/${again.id}`])
  const { body: now } = await admin.get<Person>(`/api/v1/people/${again.id}`)
  t.like(now, { email: 'asa@work.example', phone: '070-123 45 67' })
  const oldest = await admin.get(`/api/v1/people/${gone}`)
  t.is(
    oldest.headers.get('location'),
    `/api/v1/people/${again.id}`,
    'an address leads on through every merge',
  )

  // "(nothing)" that is chosen is meant.
  const bare = await post('people', { givenName: 'Åsa', familyName: 'Öberg', email: 'asa@bare.example' })
  const emptied = await secretary.send(`/people/${again.id}/merge/${bare.id}`, {
    version: '2',
    otherVersion: '1',
    email: 'one',
    phone: 'other',
  })
  t.is(emptied.location, `/people/${again.id}`)
  const { body: without } = await admin.get<Person>(`/api/v1/people/${again.id}`)
  t.deepEqual([without.email, without.phone], ['asa@work.example', undefined])

  // Of somebody protected the page offers the address alone, and nothing else follows it.
  const stays = await post('people', {
    givenName: 'Siv',
    familyName: 'Rätt',
    email: 'siv@ekeby.example',
    phone: '070-111 11 11',
    language: 'en',
    protectedIdentity: true,
  })
  const goes = await post('people', {
    givenName: 'Fel',
    familyName: 'Namn',
    email: 'fel@ekeby.example',
    phone: '070-999 99 99',
  })
  const hidden = `/people/${goes.id}/merge/${stays.id}`
  const offered = [...(await secretary.see(hidden)).html.matchAll(/type="radio" name="(\w+)"/g)]
  t.deepEqual([...new Set(offered.map(([, name]) => name))], ['email'])
  const blind = { version: '1', otherVersion: '1', email: 'other', reason: 'Samma person' }
  t.is((await secretary.send(hidden, { ...blind, givenName: 'one' })).status, 422, 'what nobody has seen')
  t.is((await secretary.send(hidden, blind)).location, `/people/${stays.id}`)
  const row = await server.ornkoll.connected.db
    .collection<{ _id: string }>('people')
    .findOne({ _id: stays.id })
  t.like(row, { givenName: 'Siv', familyName: 'Rätt', phone: '070-111 11 11', language: 'en' })
})

test('a merge is the affair of one organisation: what another has to do with either stays, unseen', async t => {
  const { people, merging, mandates, bodies, audit } = await openLending(t)
  const anna = { givenName: 'Anna', familyName: 'Berg', email: 'anna@ekeby.example' }
  const kept = await people.register(a, anna)
  const gone = await people.register(a, { ...anna, email: 'anna@home.example', phone: '070-123 45 67' })
  await people.register(b, { ...anna, email: 'anna@home.example' })
  const madeUp = await people.register(b, { ...anna, email: 'nobody@grannby.example' })
  for (const [one, other] of [
    [gone.id, madeUp.id],
    [madeUp.id, gone.id],
  ] as const)
    await t.throwsAsync(
      merging.merge(b, one, other, { version: 1, goneVersion: 1 }),
      { code: 'person-not-yours-yet' },
      'whom one knows by the address alone is not written over by a merger',
    )
  const council = await bodies.add(b, { name: 'Fullmäktige', type: 'council', startsOn: '2026-01-01' })
  await mandates.add(b, { personId: gone.id, bodyId: council.id, startsOn: '2026-01-01' })
  await t.throwsAsync(merging.merge(b, kept.id, gone.id, { version: 1, goneVersion: 1 }), {
    code: 'person-unknown',
  })

  const merged = await merging.merge(a, kept.id, gone.id, { version: 1, goneVersion: 1, take: ['phone'] })
  t.deepEqual(merged.moved, { mandates: [], loans: [], forms: [] } as never, 'nothing is told of the other')
  t.deepEqual(merged.person.organisationIds, ['a'])
  await t.throwsAsync(people.get(a, gone.id), { code: 'person-unknown' })
  t.is(await merging.keptOf(a, gone.id), kept.id)
  t.like(await people.get(b, gone.id), { phone: '070-123 45 67', version: 1 }, 'untouched for the other')
  t.is((await mandates.list(b, { personId: gone.id })).length, 1)
  t.is(await merging.keptOf(b, gone.id), undefined)
  const [told] = await audit.list('b', { limit: 1, action: 'people.merged-elsewhere' })
  t.like(told, { actor: { kind: 'system' }, on: { id: gone.id } })
  t.false(JSON.stringify(told).includes(kept.id), 'into whom is not theirs to know')
  await t.throwsAsync(people.get(b, kept.id), { code: 'person-unknown' })

  const back = await people.register(a, { ...anna, email: 'anna@home.example' })
  t.is(back.id, gone.id, 'who was merged by mistake can be added anew')
  t.is(await merging.keptOf(a, gone.id), undefined)
})

test('protection that either has holds for both, and nobody sees through it', async t => {
  const { people, merging, audit } = await openLending(t)
  const anna = { givenName: 'Anna', familyName: 'Berg', email: 'anna@ekeby.example' }
  const open = await people.register(a, anna)
  await people.register(b, anna)
  const hidden = await people.register(a, { ...anna, email: 'dold@ekeby.example', protectedIdentity: true })
  t.deepEqual((await merging.doubles(a, { limit: 10 })).items, [], 'a proposal would tell who it is')
  const input = { version: 1, goneVersion: 1 }
  await t.throwsAsync(merging.merge(a, hidden.id, open.id, input), { code: 'merge-reason' })
  const desk = anActor('a', ['handout'])
  await t.throwsAsync(merging.merge(desk, hidden.id, open.id, { ...input, reason: 'Samma person' }), {
    code: 'person-protected',
  })
  await t.throwsAsync(
    merging.merge(a, hidden.id, open.id, { ...input, take: ['phone'], reason: 'Samma person' }),
    { code: 'merge-unseen' },
  )
  await merging.merge(a, hidden.id, open.id, { ...input, reason: 'Samma person' })
  t.true(
    (await people.get(b, open.id)).protectedIdentity,
    'whoever still has the row shows nothing of it either',
  )
  const told = await audit.list('b', {
    limit: 9,
    actions: ['people.merged-elsewhere', 'people.changed-elsewhere'],
  })
  t.deepEqual(told.map(({ on, after }) => [on.id, after?.['fields']]).toSorted(), [
    [open.id, undefined],
    [open.id, ['protectedIdentity']],
  ])
  t.deepEqual(
    [...(await people.protectedAmong('a', [open.id, hidden.id]))].sort(),
    [open.id, hidden.id].sort(),
  )
  const events = (await audit.list('a', { limit: 20 })).filter(({ action }) =>
    action.startsWith('people.merge'),
  )
  t.is(events.length, 2)
  t.notRegex(JSON.stringify(events), /Anna|Berg|anna@/)
})

test('a file with the address of before means who they are now', async t => {
  const { people, merging, imports } = await openLending(t)
  const anna = { givenName: 'Anna', familyName: 'Berg', email: 'anna@ekeby.example' }
  const kept = await people.register(a, anna)
  const gone = await people.register(a, { ...anna, email: 'anna@home.example' })
  await merging.merge(a, kept.id, gone.id, { version: 1, goneVersion: 1 })
  const bytes = Buffer.from('Förnamn;Efternamn;E-post;Telefon\nAnna;Berg;anna@home.example;070-123 45 67\n')
  const preview = await imports.preview(a, { kind: 'people', fileName: 'ledamöter.csv', bytes, reading: {} })
  await imports.commit(a, 'people', preview.id)
  const all = (await people.list(a, { limit: 10 })).items
  t.deepEqual(
    all.map(({ id, email, phone }) => ({ id, email, phone })),
    [{ id: kept.id, email: 'anna@ekeby.example', phone: '070-123 45 67' }],
  )
})
