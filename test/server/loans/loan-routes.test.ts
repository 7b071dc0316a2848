import { createHash } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { type Device } from '../../../server/devices/device.ts'
import { type FormSummary } from '../../../server/liability/papers.ts'
import { type Loan } from '../../../server/loans/loan.ts'
import { startTestServer } from '../../support/server.ts'

interface Shown {
  readonly loan: Loan
  readonly terms: { readonly sha256: string; readonly title: string; readonly body: string }
}

async function openDesk(t: ExecutionContext) {
  const server = await startTestServer(t)
  const [admin, desk] = [await server.as('admin'), await server.as('handout')]
  const body = await admin.post<{ id: string }>('/api/v1/bodies', {
    name: 'Kulturnämnden',
    type: 'committee',
    startsOn: '2015-01-01',
  })
  const person = await admin.post<{ id: string }>('/api/v1/people', {
    givenName: 'Anna',
    familyName: 'Berg',
    email: 'anna@example.se',
  })
  const mandate = await admin.post('/api/v1/mandates', {
    personId: person.body.id,
    bodyId: body.body.id,
    startsOn: '2023-01-01',
  })
  const device = await admin.post<Device>('/api/v1/devices', { serialNumber: 'DMPXQ1ABCD' })
  t.deepEqual([body.status, person.status, mandate.status, device.status], [201, 201, 201, 201])
  return { server, admin, desk, body: body.body, person: person.body, device: device.body }
}

const strokes = [
  {
    points: [
      { x: 10, y: 10, time: 1, pressure: 0.5 },
      { x: 300, y: 120 },
    ],
    penColor: 'black',
  },
]
const signature = { kind: 'drawn', width: 600, height: 200, strokes }

test('a hand-out and a return over the API, with receipts that stay the same bytes', async t => {
  const { server, admin, desk, body, person, device } = await openDesk(t)
  const reserved = await desk.post<Loan>('/api/v1/loans', {
    deviceId: device.id,
    personId: person.id,
    accessories: ['charger'],
  })
  t.like(reserved, { status: 201, body: { state: 'reserved', bodyIds: [body.id], overdue: false } })
  const path = `/api/v1/loans/${reserved.body.id}`
  const shown = await desk.post<Shown>(`${path}/terms`, { language: 'sv' })
  t.is(shown.status, 200)
  t.regex(shown.body.terms.body, /iPad/)
  const attempt = {
    attemptId: 'attempt-1',
    termsSha256: shown.body.terms.sha256,
    signature,
    identityCheck: 'id-shown',
  }
  const signed = await desk.post<{ form: FormSummary; loans: Loan[] }>(`${path}/sign`, attempt)
  t.is(signed.status, 201)
  t.is(signed.body.loans[0]?.state, 'active')
  t.false('signature' in signed.body.form)
  t.deepEqual((await desk.post(`${path}/sign`, attempt)).body, signed.body as never)
  t.is((await desk.get<Device>(`/api/v1/devices/${device.id}`)).body.lifecycle, 'on-loan')

  const pdf = async (where: string) => {
    const answer = await fetch(new URL(where, server.url), {
      headers: { authorization: `Bearer ${String(desk.token)}` },
    })
    t.is(answer.headers.get('content-type'), 'application/pdf')
    t.is(answer.headers.get('cache-control'), 'private, no-store')
    return Buffer.from(await answer.arrayBuffer())
  }
  const receipt = await pdf(`/api/v1/liability-forms/${signed.body.form.id}/receipt.pdf`)
  t.is(createHash('sha256').update(receipt).digest('hex'), signed.body.form.pdfSha256)

  const back = await desk.post<Loan>(`${path}/return`, {
    condition: 'B',
    accessories: ['charger'],
    note: 'Fine',
  })
  t.like(back, { status: 200, body: { state: 'returned', condition: 'B' } })
  t.is((await pdf(`${path}/return-receipt.pdf`)).subarray(0, 5).toString(), '%PDF-')
  t.is((await admin.post<Loan>(`${path}/close`, {})).body.state, 'closed')
})

test('two desks at once over the API: one loan, one clear refusal', async t => {
  const { server, admin, desk, person, device } = await openDesk(t)
  const other = await server.as('handout')
  const bo = await admin.post<{ id: string }>('/api/v1/people', {
    givenName: 'Bo',
    familyName: 'Ek',
    email: 'bo@example.se',
  })
  const answers = await Promise.all([
    desk.post<{ error?: { code: string } }>('/api/v1/loans', { deviceId: device.id, personId: person.id }),
    other.post<{ error?: { code: string } }>('/api/v1/loans', { deviceId: device.id, personId: bo.body.id }),
  ])
  t.deepEqual(answers.map(answer => answer.status).toSorted(), [201, 409])
  t.is(answers.find(answer => answer.status === 409)?.body.error?.code, 'device-taken')
  t.is((await desk.get<{ items: Loan[] }>('/api/v1/loans?open=true')).body.items.length, 1)
})

test('bad signatures, unknown fields and missing rights are refused and change nothing', async t => {
  const { server, desk, person, device } = await openDesk(t)
  const helpdesk = await server.as('helpdesk')
  t.is((await helpdesk.post('/api/v1/loans', { deviceId: device.id, personId: person.id })).status, 403)
  t.is((await desk.post('/api/v1/loans', { deviceId: device.id })).status, 400)
  const { body: loan } = await desk.post<Loan>('/api/v1/loans', { deviceId: device.id, personId: person.id })
  const path = `/api/v1/loans/${loan.id}`
  const { body: shown } = await desk.post<Shown>(`${path}/terms`, {})
  const attempt = {
    attemptId: 'attempt-1',
    termsSha256: shown.terms.sha256,
    identityCheck: 'known',
    signature,
  }
  const empty = { ...signature, strokes: [{ points: [{ x: 1, y: 1 }] }] }
  const bodies = [
    { ...attempt, signature: { ...signature, strokes: [] } },
    {
      ...attempt,
      signature: { kind: 'drawn', width: 600, height: 200, strokes: [{ points: [{ x: 'a', y: 1 }] }] },
    },
    { ...attempt, signature: { kind: 'typed' } },
    { ...attempt, identityCheck: 'guessed' },
    { ...attempt, attemptId: '../../x' },
    { ...attempt, termsSha256: 'abc' },
  ]
  for (const payload of bodies)
    t.is((await desk.post(`${path}/sign`, payload)).status, 400, JSON.stringify(payload))
  t.like(await desk.post(`${path}/sign`, { ...attempt, signature: empty }), {
    status: 422,
    body: { error: { code: 'signature-empty' } },
  })
  t.like(await desk.post(`${path}/sign`, { ...attempt, termsSha256: 'a'.repeat(64) }), {
    status: 409,
    body: { error: { code: 'terms-changed' } },
  })
  t.is((await desk.get<Loan>(path)).body.state, 'terms-shown')
  const typed = { kind: 'typed', name: 'Anna Berg' }
  t.is((await desk.post(`${path}/sign`, { ...attempt, signature: typed })).status, 201)
})

test('another organisation sees none of it', async t => {
  const { server, person, device, desk } = await openDesk(t)
  const { body: loan } = await desk.post<Loan>('/api/v1/loans', { deviceId: device.id, personId: person.id })
  const other = await server.ornkoll.organisations.create({ name: 'Grannby kommun', language: 'sv' })
  const theirs = await server.as('admin', other.id)
  for (const path of [
    `/api/v1/loans/${loan.id}`,
    `/api/v1/devices/${device.id}`,
    `/api/v1/people/${person.id}`,
    `/api/v1/bodies/${String(loan.bodyIds[0])}`,
    `/api/v1/loans/${loan.id}/return-receipt.pdf`,
  ])
    t.is((await theirs.get(path)).status, 404, path)
  for (const list of ['loans', 'devices', 'people', 'bodies', `mandates?personId=${person.id}`])
    t.deepEqual((await theirs.get<{ items: unknown[] }>(`/api/v1/${list}`)).body.items, [], list)
  t.is((await theirs.post(`/api/v1/loans/${loan.id}/call-off`, { reason: 'mine' })).status, 404)
  t.like(await theirs.post('/api/v1/loans', { deviceId: device.id, personId: person.id }), { status: 404 })
  t.is((await desk.get<Loan>(`/api/v1/loans/${loan.id}`)).body.state, 'reserved')
})
