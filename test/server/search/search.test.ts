import test from 'ava'
import { type SearchResult } from '../../../server/search/search.ts'
import { type ApiClient } from '../../support/api-client.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'

const find = async (who: ApiClient, q: string, more = '') =>
  (await who.get<SearchResult>(`/api/v1/search?q=${encodeURIComponent(q)}${more}`)).body
const kindsOf = ({ groups }: SearchResult) => groups.map(({ kind }) => kind)
const labelsOf = ({ groups }: SearchResult) => groups.flatMap(({ items }) => items.map(({ label }) => label))

test('a thing is found by what somebody has in hand, and a whole code leads straight to it', async t => {
  const server = await startTestServer(t)
  const desk = await server.as(['admin', 'second-line'])
  const post = <T = { id: string }>(path: string, body: object) => created<T>(desk, `/api/v1/${path}`, body)
  const body = await post('bodies', {
    name: 'Kultur- och fritidsnämnden',
    type: 'committee',
    costCentre: '4711',
    startsOn: '2026-01-01',
  })
  const person = await post('people', { givenName: 'Åsa', familyName: 'Öberg', email: 'asa@example.se' })
  await post('mandates', { personId: person.id, bodyId: body.id, role: 'member', startsOn: '2026-01-01' })
  const device = await post('devices', { serialNumber: 'DMPSEARCH001', assetTag: 'LA-1', theftMark: 'ÖK-77' })
  for (const tag of ['LA-10', 'LA-11', 'LA-12'])
    await post('devices', { serialNumber: `DMPSEARCH${tag.replace('-', '')}`, assetTag: tag })
  const { loanId, formId } = await handOut(desk, person.id, device.id)
  const stolen = await post('devices', { serialNumber: 'DMPSEARCH900', assetTag: 'ST-1' })
  const incident = await post<{ id: string; number: string }>('incidents', {
    kind: 'theft',
    deviceId: stolen.id,
    description: 'Borta',
  })
  const form = (await desk.get<{ receiptNumber: string }>(`/api/v1/liability-forms/${formId}`)).body

  const exactly = async (q: string) => (await find(desk, q)).exact
  for (const code of ['LA-1', 'la-1', 'DMPSEARCH001', 'SDMPSEARCH001', 'ök-77', `${server.url}/t/LA-1`])
    t.like(await exactly(code), { kind: 'device', id: device.id }, code)
  t.like(await exactly(incident.number), { kind: 'case', id: incident.id, deviceId: stolen.id })
  t.like(await exactly(form.receiptNumber), { kind: 'loan', id: loanId, deviceId: device.id })

  const byTag = await find(desk, 'LA-1')
  t.deepEqual(
    byTag.groups[0]?.items.map(({ label }) => label),
    ['LA-1', 'LA-10', 'LA-11', 'LA-12'],
  )
  t.deepEqual(kindsOf(byTag), ['device', 'loan'])
  t.true((await find(desk, 'LA-1', '&limit=2')).groups[0]?.isMore)

  const byName = await find(desk, 'Öberg')
  t.deepEqual(kindsOf(byName), ['person', 'loan'])
  t.is(byName.exact, null, 'a name may be somebody else’s too')
  t.like(byName.groups[1]?.items[0], { label: 'LA-1', detail: 'Åsa Öberg', state: 'active' })
  t.deepEqual(labelsOf(await find(desk, 'åsa ö')), ['Åsa Öberg', 'LA-1'])
  t.deepEqual(labelsOf(await find(desk, 'fritid')), ['Kultur- och fritidsnämnden'])
  t.deepEqual(labelsOf(await find(desk, '4711')), ['Kultur- och fritidsnämnden'])
  t.deepEqual(kindsOf(await find(desk, incident.number.slice(0, 5))), ['case'])
  for (const nothing of ['', ' ', 'x', 'zzzz', '.*', '$where', 'https://kommun.example/', 'a'.repeat(300)])
    t.deepEqual((await find(desk, nothing)).groups, [], JSON.stringify(nothing.slice(0, 9)))
  t.is((await desk.get('/api/v1/search')).status, 400)
  t.is((await desk.get('/api/v1/search?q=%00%00')).status, 400)
  t.is((await desk.get('/api/v1/search?q=la&limit=51')).status, 400)

  // What a role may not read it does not find, and no other organisation finds anything.
  const finance = await server.as('finance')
  t.deepEqual(kindsOf(await find(finance, 'LA-1')), ['device'])
  t.deepEqual(kindsOf(await find(finance, 'Öberg')), [])
  t.is((await find(finance, incident.number)).exact, null)
  t.deepEqual(kindsOf(await find(await server.as('handout'), incident.number)), [])
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const stranger = await server.as(['admin', 'second-line'], otherId)
  for (const q of ['LA-1', 'DMPSEARCH001', 'Öberg', 'fritid', incident.number, form.receiptNumber])
    t.deepEqual((await find(stranger, q)).groups, [], q)
})

test('somebody with a protected identity is found by the handle alone, and under no name', async t => {
  const server = await startTestServer(t)
  const desk = await server.as('admin')
  const { id } = await created<{ id: string }>(desk, '/api/v1/people', {
    givenName: 'Hemlig',
    familyName: 'Sekretsson',
    email: 'hemlig@example.se',
    protectedIdentity: true,
  })
  for (const q of ['Hemlig', 'Sekretsson', 'hemlig@example.se'])
    t.deepEqual((await find(desk, q)).groups, [], q)
  const handle = `P-${id.replaceAll('-', '').slice(0, 6).toUpperCase()}`
  const found = await find(desk, handle)
  t.deepEqual(labelsOf(found), [`Skyddad person ${handle}`])
  t.notRegex(JSON.stringify(found), /Sekretsson|hemlig@/)
})
