import test from 'ava'
import { type Device } from '../../../server/devices/device.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'

interface Refused {
  readonly error: { readonly code: string; readonly message: string; readonly fields?: { path: string }[] }
}

test('a program registers an iPad, reads it, edits it, and is told what is wrong', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const made = await admin.post<Device>('/api/v1/devices', {
    serialNumber: 'dmpxq1abcd',
    model: 'iPad (A16)',
  })
  t.is(made.status, 201)
  t.like(made.body, { serialNumber: 'DMPXQ1ABCD', lifecycle: 'in-stock', management: 'none', lock: 'open' })
  t.regex(made.body.assetTag, /^[2-9A-Z]{6}$/)
  const path = `/api/v1/devices/${made.body.id}`
  t.deepEqual((await admin.get<Device>(path)).body, made.body)

  const edited = await admin.patch<Device>(path, { version: 1, theftMark: 'ÖK-1' })
  t.like(edited, { status: 200, body: { theftMark: 'ÖK-1', version: 2 } })
  t.like(await admin.patch<Refused>(path, { version: 1, theftMark: 'ÖK-2' }), {
    status: 409,
    body: { error: { code: 'stale' } },
  })
  t.like(await admin.post<Refused>('/api/v1/devices', { serialNumber: 'DMPXQ1ABCD' }), {
    status: 409,
    body: { error: { code: 'serial-taken', fields: [{ path: 'serialNumber' }] } },
  })
  const nonsense = await admin.post<Refused>('/api/v1/devices', {
    serialNumber: 'x',
    warrantyEndsOn: '2026-02-30',
  })
  t.is(nonsense.status, 422)
  t.deepEqual(
    nonsense.body.error.fields?.map(field => field.path),
    ['serialNumber', 'warrantyEndsOn'],
  )
  t.is((await admin.post<Refused>('/api/v1/devices', {})).status, 400)
  t.is(
    (await admin.post<Refused>('/api/v1/devices', { serialNumber: 'DMPXQ1ABCE', lifecycle: 'on-loan' }))
      .status,
    400,
  )
  t.like(await admin.post<Refused>(`${path}/lifecycle`, { to: 'on-loan' }), {
    status: 409,
    body: { error: { code: 'lifecycle-transition' } },
  })
  const move = async (to: string) => (await desk.post<Refused>(`${path}/lifecycle`, { to })).body.error.code
  const desk = await server.as('handout')
  t.is(await move('stolen'), 'lifecycle-by-hand', 'that is a case')
  const person = await created<{ id: string }>(admin, '/api/v1/people', {
    givenName: 'Anna',
    familyName: 'Ek',
    email: 'anna.ek@ekeby.example',
  })
  await handOut(desk, person.id, made.body.id)
  for (const to of ['broken', 'returned']) t.is(await move(to), 'lifecycle-by-hand', 'somebody holds it')
  const report = { kind: 'theft', deviceId: made.body.id, description: 'Ur en väska.' }
  await created(await server.as('helpdesk'), '/api/v1/incidents', report)
  t.is(await move('recovered'), 'looked-for')
  t.is((await admin.get<Device>(path)).body.lifecycle, 'stolen')
  t.like(await admin.get<Refused>('/api/v1/devices/none'), {
    status: 404,
    body: { error: { code: 'device-unknown' } },
  })
  t.like(await admin.get<Device>('/api/v1/devices/scan?code=SDMPXQ1ABCD'), {
    status: 200,
    body: { id: made.body.id },
  })
})

test('a list goes on by its cursor, and a cursor that was made up is refused', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  for (const letter of 'ABCDE') await admin.post('/api/v1/devices', { serialNumber: `DMPXQ1ABC${letter}` })
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: { body: { items: Device[]; next: string | null } } = await admin.get(
      `/api/v1/devices?limit=2&sort=-serialNumber${next ? `&after=${next}` : ''}`,
    )
    seen.push(...page.body.items.map(device => device.serialNumber.slice(-1)))
    next = page.body.next
  }
  t.deepEqual(seen, ['E', 'D', 'C', 'B', 'A'])
  t.like(await admin.get('/api/v1/devices?after=made-up'), {
    status: 422,
    body: { error: { code: 'bad-cursor' } },
  })
  t.is((await admin.get('/api/v1/devices?sort=$where')).status, 400)
  t.is((await admin.get('/api/v1/devices?limit=201')).status, 400)
  t.is((await admin.get('/api/v1/devices?lifecycle=gone')).status, 400)
})

test('strangers and those without the right change nothing', async t => {
  const server = await startTestServer(t)
  const [admin, auditor] = [await server.as('admin'), await server.as('auditor')]
  t.is((await auditor.post('/api/v1/devices', { serialNumber: 'DMPXQ1ABCD' })).status, 403)
  const stranger = await fetch(new URL('/api/v1/devices', server.url))
  t.is(stranger.status, 401)
  t.deepEqual((await admin.get<{ items: Device[] }>('/api/v1/devices')).body.items, [])
})

test('the same request with one Idempotency-Key registers one iPad', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const send = () =>
    admin.post<Device>(
      '/api/v1/devices',
      { serialNumber: 'DMPXQ1ABCD' },
      { 'idempotency-key': 'one-two-three' },
    )
  const [first, second] = [await send(), await send()]
  t.is(first.status, 201)
  t.deepEqual(second.body, first.body)
  t.is((await admin.get<{ items: Device[] }>('/api/v1/devices')).body.items.length, 1)
})
