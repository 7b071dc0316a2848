import test from 'ava'
import { created } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'

interface Refusal {
  readonly error: { readonly code: string; readonly fields?: { path: string; message: string }[] }
}
interface Stored {
  readonly id: string
  readonly version: number
}
interface StatementAnswer {
  readonly bodies: { bodyId: string; name: string; annualOre: number; oneOffOre: number }[]
  readonly unattributed: { annualOre: number }
  readonly frozen: { frozenBy: { name: string } } | null
  readonly changedSince: boolean
}

const years = { fromOn: '2024-01-01' }
const payer = { kind: 'central' }

async function openCosts(...[t]: Parameters<typeof startTestServer>) {
  const server = await startTestServer(t, { clock: { now: () => new Date('2026-03-02T12:00:00Z') } })
  const finance = await server.as('finance')
  const body = (name: string) =>
    created<Stored>(finance, '/api/v1/bodies', { name, type: 'committee', startsOn: '2020-01-01' })
  const [culture, schools] = [await body('Kulturnämnden'), await body('Skolnämnden')]
  const key = await created<Stored>(finance, '/api/v1/allocation-keys', {
    name: 'Lika',
    basis: 'equal',
    validFrom: '2020-01-01',
  })
  const line = {
    ...years,
    kind: 'annual',
    amountOre: 100_001,
    payer,
    bearer: { kind: 'key', keyId: key.id },
    text: 'Bredband',
    category: 'subscription',
  }
  const statement = async (year: number) =>
    (await finance.get<StatementAnswer>(`/api/v1/statements?year=${String(year)}`)).body
  return { server, finance, culture, schools, key, line, statement }
}

test('a cost is written down, split, and shown for a year', async t => {
  const { finance, line, statement } = await openCosts(t)
  await created(finance, '/api/v1/cost-lines', line)
  await created(finance, '/api/v1/cost-lines', {
    ...line,
    kind: 'one-off',
    fromOn: '2025-05-05',
    amountOre: 500_000,
    category: 'device',
    text: 'Tio iPad',
  })
  const { bodies, frozen } = await statement(2025)
  t.deepEqual(
    bodies.map(({ name, annualOre, oneOffOre }) => [name, annualOre, oneOffOre]),
    [
      ['Kulturnämnden', 50_001, 250_000],
      ['Skolnämnden', 50_000, 250_000],
    ],
  )
  t.is(frozen, null)
  const listed = await finance.get<{ items: { text: string }[]; next: string | null }>(
    '/api/v1/cost-lines?year=2025&limit=1',
  )
  t.deepEqual(
    listed.body.items.map(({ text }) => text),
    ['Tio iPad'],
  )
  const rest = await finance.get<{ items: { text: string }[] }>(
    `/api/v1/cost-lines?year=2025&limit=1&after=${encodeURIComponent(listed.body.next ?? '')}`,
  )
  t.deepEqual(
    rest.body.items.map(({ text }) => text),
    ['Bredband'],
  )
  t.is((await finance.get('/api/v1/cost-lines?after=nowhere')).status, 422)
  await created(finance, '/api/v1/cost-lines', { ...line, amountOre: -200, text: 'Återbäring' })
  const inOrder = async (query: string, after = ''): Promise<string[]> => {
    const place = after && `&after=${encodeURIComponent(after)}`
    const { body } = await finance.get<{ items: { text: string }[]; next: string | null }>(
      `/api/v1/cost-lines?limit=1&${query}${place}`,
    )
    const texts = body.items.map(({ text }) => text)
    return body.next === null ? texts : [...texts, ...(await inOrder(query, body.next))]
  }
  t.deepEqual(await inOrder('sort=amountOre'), ['Återbäring', 'Bredband', 'Tio iPad'])
  t.deepEqual(await inOrder('sort=-amountOre&year=2025'), ['Tio iPad', 'Bredband', 'Återbäring'])
  const [oldest] = await inOrder('sort=fromOn&kind=one-off')
  t.is(oldest, 'Tio iPad')
  const { body: byDay } = await finance.get<{ next: string }>('/api/v1/cost-lines?limit=1')
  const mixed = await finance.get(`/api/v1/cost-lines?sort=amountOre&after=${byDay.next}`)
  t.is(mixed.status, 422, 'a place in one order is none in another')
  const before = await finance.get<{ items: unknown[] }>('/api/v1/cost-lines?year=2023')
  t.deepEqual(before.body.items, [])
})

test('an agreed statement stays when bodies merge and costs change, and says that it would be another now', async t => {
  const { finance, culture, line, statement } = await openCosts(t)
  const { id } = await created<Stored>(finance, '/api/v1/cost-lines', line)
  t.is((await finance.post('/api/v1/statements', { year: 2025 })).status, 201)
  const agreed = await statement(2025)
  t.truthy(agreed.frozen)
  t.false(agreed.changedSince)
  const body = await finance.get<Stored & Record<string, unknown>>(`/api/v1/bodies/${culture.id}`)
  const ended = await finance.patch(`/api/v1/bodies/${culture.id}`, {
    version: body.body.version,
    endsOn: '2024-12-31',
  })
  t.is(ended.status, 200)
  const edited = await finance.put(`/api/v1/cost-lines/${id}`, { ...line, amountOre: 7, version: 1 })
  t.is(edited.status, 200)
  t.deepEqual(await statement(2025), { ...agreed, changedSince: true })
  const live = await statement(2026)
  t.deepEqual(
    live.bodies.map(({ name, annualOre }) => [name, annualOre]),
    [['Skolnämnden', 7]],
  )
  const twice = await finance.post<Refusal>('/api/v1/statements', { year: 2025 })
  t.is(twice.status, 409)
  t.is(twice.body.error.code, 'statement-frozen')
  t.is((await finance.post<Refusal>('/api/v1/statements', { year: 2027 })).body.error.code, 'year-to-come')
  const frozen = await finance.get<{ items: { year: number }[] }>('/api/v1/statements/frozen')
  t.deepEqual(
    frozen.body.items.map(({ year }) => year),
    [2025],
  )
})

test('a cost with mistakes is answered field by field and not kept', async t => {
  const { finance, line } = await openCosts(t)
  const refused = async (changes: object) => {
    const { status, body } = await finance.post<Refusal>('/api/v1/cost-lines', { ...line, ...changes })
    return [status, body.error.fields?.map(({ path }) => path)]
  }
  t.deepEqual(await refused({ amountOre: 10.5 }), [400, ['amountOre']])
  t.deepEqual(await refused({ amountOre: 0 }), [422, ['amountOre']])
  t.deepEqual(await refused({ fromOn: '2025-02-30' }), [422, ['fromOn']])
  t.deepEqual(await refused({ toOn: '2023-01-01' }), [422, ['toOn']])
  t.deepEqual(await refused({ kind: 'one-off', toOn: '2025-01-01' }), [422, ['toOn']])
  t.deepEqual(await refused({ payer: { kind: 'body', bodyId: 'nobody' } }), [422, ['payer']])
  t.deepEqual(await refused({ bearer: { kind: 'key', keyId: 'none' } }), [422, ['bearer']])
  t.is((await refused({ bearer: undefined }))[0], 400)
  t.deepEqual((await finance.get<{ items: unknown[] }>('/api/v1/cost-lines')).body.items, [])
})

test('two keys of one name cannot be valid on one day, and shares name own bodies once', async t => {
  const { finance, culture, key } = await openCosts(t)
  const post = async (body: object) =>
    (await finance.post<Refusal>('/api/v1/allocation-keys', body)).body.error.code
  const shares = { name: 'Avtal', basis: 'shares', validFrom: '2025-01-01' }
  t.is(await post({ name: 'Lika', basis: 'equal', validFrom: '2026-01-01' }), 'allocation-key-overlap')
  t.is(await post(shares), 'allocation-key-invalid')
  t.is(await post({ ...shares, shares: [{ bodyId: 'nobody', parts: 1 }] }), 'cost-unknown')
  const twice = [
    { bodyId: culture.id, parts: 1 },
    { bodyId: culture.id, parts: 2 },
  ]
  t.is(await post({ ...shares, shares: twice }), 'allocation-key-invalid')
  const until = { name: 'Lika', basis: 'equal', validFrom: '2020-01-01', validTo: '2025-12-31', version: 1 }
  t.is((await finance.put(`/api/v1/allocation-keys/${key.id}`, until)).status, 200)
  t.is((await finance.put<Refusal>(`/api/v1/allocation-keys/${key.id}`, until)).body.error.code, 'stale')
  await created(finance, '/api/v1/allocation-keys', { name: 'Lika', basis: 'equal', validFrom: '2026-01-01' })
})

test('a line taken away stands in the log with its reason', async t => {
  const { server, finance, line, statement } = await openCosts(t)
  const { id } = await created<Stored>(finance, '/api/v1/cost-lines', line)
  t.is((await finance.post(`/api/v1/cost-lines/${id}/remove`, {})).status, 400)
  const edited = { ...line, text: 'Corrected', version: 1 }
  t.is((await finance.put(`/api/v1/cost-lines/${id}`, edited)).status, 200)
  const remove = (version: number) =>
    finance.post<Refusal>(`/api/v1/cost-lines/${id}/remove`, { reason: 'Booked twice', version })
  t.is((await remove(1)).body.error.code, 'stale', 'what a colleague corrected is not what was seen')
  t.is((await remove(2)).status, 204)
  t.is((await finance.get(`/api/v1/cost-lines/${id}`)).status, 404)
  t.is((await statement(2025)).bodies[0]?.annualOre, 0)
  const auditor = await server.as('auditor')
  const log = await auditor.get<{ items: { action: string; reason?: string }[] }>('/api/v1/audit?limit=50')
  t.true(log.body.items.some(({ action, reason }) => action === 'costs.remove' && reason === 'Booked twice'))
})

test('costs are for finance, and each organisation has its own', async t => {
  const { server, finance, line } = await openCosts(t)
  const { id } = await created<Stored>(finance, '/api/v1/cost-lines', line)
  const helpdesk = await server.as('helpdesk')
  t.is((await helpdesk.get('/api/v1/statements?year=2025')).status, 403)
  const auditor = await server.as('auditor')
  t.is((await auditor.get('/api/v1/statements?year=2025')).status, 200)
  t.is((await auditor.post('/api/v1/cost-lines', line)).status, 403)
  const stranger = await server.as('finance', 'another-organisation')
  t.is((await stranger.get(`/api/v1/cost-lines/${id}`)).status, 404)
  t.deepEqual((await stranger.get<{ items: unknown[] }>('/api/v1/allocation-keys')).body.items, [])
  t.is((await finance.get('/api/v1/statements')).status, 400)
})

test('of two overlapping keys of one name that are written at once, one is kept', async t => {
  const { finance } = await openCosts(t)
  const add = (validFrom: string) =>
    finance.post<Refusal>('/api/v1/allocation-keys', { name: 'Samtidigt', basis: 'equal', validFrom })
  const answers = await Promise.all([add('2026-01-01'), add('2026-02-01'), add('2026-03-01')])
  t.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409])
  const { items } = (await finance.get<{ items: { name: string }[] }>('/api/v1/allocation-keys')).body
  t.is(items.filter(({ name }) => name === 'Samtidigt').length, 1)
})
