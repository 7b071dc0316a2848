import test from 'ava'
import { type ApiClient } from '../../support/api-client.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'
import { enrolByLink, fewKeys, startSimulation } from '../../support/simulation.ts'

interface Refusal {
  readonly error: { readonly code: string; readonly fields?: { path: string; message: string }[] }
}
interface View {
  readonly id: string
  readonly state: string
  readonly lockedAt?: string
  readonly wipe?: { readonly approvalId: string }
  readonly timeline: readonly { what: string; commandId?: string }[]
  readonly reach: string
  readonly actions: readonly string[]
  readonly line: string
  readonly taken?: object
}
interface Found {
  readonly items: {
    device: { id: string; assetTag: string }
    holder: { name: string } | null
    incidents: { number: string }[]
  }[]
}

const theft = { kind: 'theft', description: 'Taken from a bag on the train' }

async function deviceIn(admin: ApiClient, serialNumber: string): Promise<string> {
  return (await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber })).id
}

test('a form with mistakes is answered field by field and opens no case; reading one is logged', async t => {
  const server = await startTestServer(t)
  const [helpdesk, admin] = [await server.as('helpdesk'), await server.as('admin')]
  const empty = await helpdesk.post<Refusal>('/api/v1/incidents', { kind: 'gone', deviceId: 'x' })
  t.is(empty.status, 400)
  t.deepEqual(empty.body.error.fields?.map(({ path }) => path).sort(), ['description', 'kind'])
  const nowhere = await helpdesk.post<Refusal>('/api/v1/incidents', theft)
  t.is(nowhere.status, 400)
  const deviceId = await deviceIn(admin, 'F2LX1000AB')
  const police = await helpdesk.post<Refusal>('/api/v1/incidents', {
    ...theft,
    deviceId,
    policeNumber: 'K 12',
  })
  t.is(police.status, 422)
  t.like(police.body.error, { code: 'police-number', fields: [{ path: 'policeNumber' }] })
  const later = await helpdesk.post<Refusal>('/api/v1/incidents', {
    ...theft,
    deviceId,
    happenedAt: '2999-01-01T00:00:00Z',
  })
  t.like(later.body.error, { code: 'happened-later' })
  const unknown = await helpdesk.post<Refusal>('/api/v1/incidents', { ...theft, deviceId: 'nobody-has-it' })
  t.is(unknown.status, 404)
  t.deepEqual((await helpdesk.get<{ items: unknown[] }>('/api/v1/incidents')).body.items, [])

  const { id } = await created<{ id: string }>(helpdesk, '/api/v1/incidents', { ...theft, deviceId })
  const looks = async () => {
    const { body } = await admin.get<{ items: { on: object }[] }>('/api/v1/audit?action=incidents.read')
    return body.items.map(({ on }) => on)
  }
  t.deepEqual(await looks(), [], 'whoever reports a case has not looked it up')
  for (const path of [`/api/v1/incidents/${id}`, `/theft/${id}`, `/api/v1/incidents/${id}`])
    t.is((await helpdesk.get(path)).status, 200)
  t.is((await helpdesk.get('/api/v1/incidents/nobody-has-it')).status, 404)
  t.deepEqual(await looks(), [{ kind: 'incident', id }], 'a case that is read is told of once a day')
})

test('each role does its part and no other', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const deviceId = await deviceIn(admin, 'F2LX1000AC')
  const secretary = await server.as('secretary')
  t.is((await secretary.post('/api/v1/incidents', { ...theft, deviceId })).status, 403)
  t.is((await secretary.get('/api/v1/incidents')).status, 403)
  const desk = await server.as('handout')
  const { id } = await created<View>(desk, '/api/v1/incidents', { ...theft, deviceId })
  const auditor = await server.as('auditor')
  t.is((await auditor.get(`/api/v1/incidents/${id}`)).status, 200)
  t.is((await auditor.get(`/api/v1/incidents/${id}/positions`)).status, 403)
  t.is((await auditor.post(`/api/v1/incidents/${id}/recover`, {})).status, 403)
  const helpdesk = await server.as('helpdesk')
  t.is((await helpdesk.post(`/api/v1/incidents/${id}/request-wipe`, { reason: 'x' })).status, 403)
  t.is((await helpdesk.post(`/api/v1/incidents/${id}/close`)).status, 403)

  const inQueue = async (line: string) =>
    (await auditor.get<{ items: View[] }>(`/api/v1/incidents?line=${line}&open=true`)).body.items.map(
      one => one.id,
    )
  const told = async (who: ApiClient) =>
    (await who.get<{ items: { variant: string }[] }>('/api/v1/me/notices')).body.items.map(one => one.variant)
  t.deepEqual([await inQueue('first'), await inQueue('second')], [[id], []])
  const move = (who: ApiClient, deed: string, body?: object) =>
    who.post<View & Refusal>(`/api/v1/incidents/${id}/${deed}`, body)
  for (const deed of ['take', 'let-go', 'escalate', 'hand-back'])
    t.is((await move(auditor, deed, { reason: 'x' })).status, 403, deed)
  t.is((await move(desk, 'escalate', { reason: 'x' })).status, 403)
  t.is((await move(helpdesk, 'take')).status, 200)
  const held = await move(admin, 'take')
  t.is(held.status, 409)
  t.is(held.body.error.code, 'case-taken')
  t.is((await move(helpdesk, 'escalate', {})).status, 400, 'a reason is needed')
  const up = await move(helpdesk, 'escalate', { reason: 'A wipe is needed' })
  t.like(up.body, { line: 'second', escalated: { reason: 'A wipe is needed' } })
  t.is(up.body.taken, undefined, 'whoever had it has it no more')
  t.deepEqual([await inQueue('first'), await inQueue('second')], [[], [id]])
  const second = await server.as('second-line')
  t.true((await told(second)).includes('escalated'))
  t.false((await told(helpdesk)).includes('escalated'))
  t.is((await move(helpdesk, 'hand-back', { reason: 'x' })).status, 403)
  t.is((await move(helpdesk, 'take')).status, 403, 'it would fall silent for the second line')
  t.true((await told(second)).includes('escalated'))
  t.is((await move(second, 'take')).status, 200)
  t.false((await told(second)).includes('escalated'), 'somebody has it now')
  t.is((await move(helpdesk, 'let-go')).status, 403)
  t.like((await move(second, 'hand-back', { reason: 'It is found' })).body, { line: 'first' })
  t.deepEqual([await inQueue('first'), await inQueue('second')], [[id], []])
  const log = await admin.get<{ items: { action: string; reason?: string }[] }>('/api/v1/audit?limit=200')
  const moves = log.body.items.filter(({ action }) => /escalate|hand-back/.test(action))
  t.deepEqual(moves.map(({ reason }) => reason).sort(), ['A wipe is needed', 'It is found'])
  t.is((await helpdesk.get('/api/v1/approvals')).status, 200)
  t.is((await secretary.get('/api/v1/approvals')).status, 403)
  const stranger = await server.as('admin', 'another-organisation')
  t.is((await stranger.get(`/api/v1/incidents/${id}`)).status, 404)
})

test('a wipe approved by the one who asked is refused with its code and changes nothing', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const deviceId = await deviceIn(admin, 'F2LX1000AD')
  const { id } = await created<View>(admin, '/api/v1/incidents', { ...theft, deviceId })
  const second = await server.as('second-line')
  const asked = await created<View>(second, `/api/v1/incidents/${id}/request-wipe`, {
    reason: 'Papers on it',
  })
  const approval = `/api/v1/approvals/${asked.wipe?.approvalId ?? ''}`
  const own = await second.post<Refusal>(`${approval}/approve`)
  t.is(own.status, 403)
  t.is(own.body.error.code, 'approval-own')
  t.is((await second.get<View>(`/api/v1/incidents/${id}`)).body.state, 'wipe-requested')
  t.is((await second.get<{ state: string; mayDecide: boolean }>(approval)).body.state, 'waiting')
  const log = await admin.get<{ items: { action: string }[] }>('/api/v1/audit?limit=200')
  t.is(log.body.items.filter(({ action }) => action === 'wipe.own-decision-refused').length, 1)
  t.is((await admin.post<Refusal>(`${approval}/refuse`, {})).status, 400)
  t.is((await admin.post(`${approval}/refuse`, { note: 'Wait for the police' })).status, 200)
  t.is((await admin.get<View>(`/api/v1/incidents/${id}`)).body.state, 'reported')
  const late = await admin.post<Refusal>(`${approval}/approve`)
  t.is(late.status, 409)
  t.is(late.body.error.code, 'approval-decided')
})

test('the helpdesk finds a loan by name, tag, serial number, theft mark and case, and no protected name', async t => {
  const server = await startTestServer(t)
  const [admin, helpdesk] = [await server.as('admin'), await server.as('helpdesk')]
  const { id: bodyId } = await created<{ id: string }>(admin, '/api/v1/bodies', {
    name: 'Kulturnämnden',
    type: 'committee',
    startsOn: '2020-01-01',
  })
  const lend = async (givenName: string, familyName: string, serialNumber: string, more: object) => {
    const person = await created<{ id: string }>(admin, '/api/v1/people', {
      givenName,
      familyName,
      email: `${givenName}@example.se`,
      ...more,
    })
    await created(admin, '/api/v1/mandates', { personId: person.id, bodyId, startsOn: '2020-01-01' })
    const device = await created<{ id: string; assetTag: string }>(admin, '/api/v1/devices', {
      serialNumber,
      theftMark: `MARK-${serialNumber.slice(-2)}`,
    })
    await server.ornkoll.devices.moveLifecycle(actorOf(server.organisationId), device.id, 'prepared')
    await handOut(admin, person.id, device.id)
    return device
  }
  const first = await lend('Tora', 'Vindskär', 'F2LX2000AB', {})
  const hidden = await lend('Hemma', 'Skyddad', 'F2LX2000CD', { protectedIdentity: true })
  const find = async (text: string) =>
    (await helpdesk.get<Found>(`/api/v1/incidents/find?text=${encodeURIComponent(text)}`)).body.items
  for (const text of ['vindsk', 'Tora', first.assetTag, 'F2LX2000AB', '00AB', 'mark-ab']) {
    t.deepEqual(
      (await find(text)).map(({ device }) => device.id),
      [first.id],
      text,
    )
  }
  t.deepEqual(await find('Hemma'), [])
  const [masked] = await find(hidden.assetTag)
  t.is(masked?.device.id, hidden.id)
  t.notRegex(JSON.stringify(masked), /Hemma/)
  t.deepEqual(await find('x'), [])
  t.deepEqual(await find('nothing like it'), [])
  const { number } = await created<{ number: string }>(helpdesk, '/api/v1/incidents', {
    ...theft,
    deviceId: first.id,
  })
  const [again] = await find(number)
  t.is(again?.device.id, first.id)
  t.is(again?.incidents.length, 1)
  t.is((await helpdesk.get('/api/v1/incidents/find')).status, 400)
})

test('an iPad is locked, located, sounded and unlocked, and its command keeps no position', async t => {
  const { server, ipad: anIpad } = await startSimulation(t)
  const [admin, helpdesk] = [await server.as('admin'), await server.as('helpdesk')]
  const ipad = anIpad('F2LX3000AB', { keys: fewKeys })
  const deviceId = await deviceIn(admin, 'F2LX3000AB')
  await enrolByLink(admin, deviceId, ipad)
  const { id } = await created<View>(helpdesk, '/api/v1/incidents', { ...theft, deviceId })
  const path = `/api/v1/incidents/${id}`
  const view = async () => (await helpdesk.get<View>(path)).body
  await ipad.answered('EnableLostMode')
  const { uuid } = await ipad.answered('DeviceLocation')
  await server.ornkoll.management.deviceEvents.idle()
  t.like(await view(), { state: 'lost-mode', reach: 'answering' })
  const positions = await helpdesk.get<{ items: { latitude: number }[] }>(`${path}/positions`)
  t.is(positions.body.items.length, 1)
  const command = await admin.get<{ state: string; result?: unknown }>(`/api/v1/commands/${uuid}`)
  t.is(command.body.state, 'acknowledged')
  t.is(command.body.result, undefined)
  await created(helpdesk, `${path}/play-sound`)
  await ipad.answered('PlayLostModeSound')
  await created(helpdesk, `${path}/recover`, { note: 'Found under the seat' })
  await ipad.answered('DisableLostMode')
  await server.ornkoll.management.deviceEvents.idle()
  const after = await view()
  t.is(after.state, 'recovered')
  t.is(after.lockedAt, undefined)
  t.is(ipad.state().lostMode, undefined)
  t.like((await admin.get<object>(`/api/v1/devices/${deviceId}`)).body, {
    lifecycle: 'recovered',
    lock: 'open',
  })
  const log = await admin.get<{ items: { action: string }[] }>('/api/v1/audit?limit=200')
  t.is(log.body.items.filter(({ action }) => action === 'incidents.look-at-positions').length, 1)
  const second = await server.as('second-line')
  t.is((await created<View>(second, `${path}/close`)).state, 'closed')
  t.deepEqual((await helpdesk.get<{ items: unknown[] }>(`${path}/positions`)).body.items, [])
  t.is(ipad.answers.filter(({ requestType }) => requestType === 'EraseDevice').length, 0)
})

test('an erase taken back by enrolling anew comes again with the lock', async t => {
  const { server, ipad: anIpad } = await startSimulation(t)
  const [admin, second] = [await server.as('admin'), await server.as('second-line')]
  const ipad = anIpad('F2LX3000AC', { keys: fewKeys })
  const deviceId = await deviceIn(admin, 'F2LX3000AC')
  await enrolByLink(admin, deviceId, ipad)
  await ipad.become('offline')
  const { id } = await created<View>(second, '/api/v1/incidents', { ...theft, deviceId })
  const asked = await created<View>(second, `/api/v1/incidents/${id}/request-wipe`, { reason: 'Papers' })
  await created(admin, `/api/v1/approvals/${asked.wipe?.approvalId ?? ''}/approve`)
  t.is((await second.get<View>(`/api/v1/incidents/${id}`)).body.reach, 'waiting')
  await ipad.become('awake')
  await server.ornkoll.management.deviceEvents.idle()
  await ipad.answered('EraseDevice')
  await server.ornkoll.management.deviceEvents.idle()
  t.is((await second.get<View>(`/api/v1/incidents/${id}`)).body.state, 'wiped')
})

function actorOf(organisationId: string) {
  return { kind: 'staff', id: 'disa', name: 'Disa Desk', organisationId, roles: ['admin'] } as const
}
