import { createHmac } from 'node:crypto'
import test from 'ava'
import { createWebhookDelivery } from '../../../server/http/webhook-delivery.ts'
import { eventTypes, type WebhookEvent } from '../../../server/webhooks/webhook.ts'
import { eventually } from '../../support/eventually.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { anEnrolledIpad, send } from '../../support/protocol-ipad.ts'
import { startTestServer } from '../../support/server.ts'
import { startTestApns } from '../../support/simulation.ts'
import { aReceiver, type Heard } from '../../support/webhook-receiver.ts'

const accepted = { ORNKOLL_PRIVATE_WEBHOOKS: 'accepted' }

interface Made {
  readonly id: string
  readonly secret: string
}

interface Thing {
  readonly id: string
}

interface Told {
  readonly id: string
  readonly state: string
  readonly attempts: number
  readonly event: WebhookEvent
}

test('what happens is told once, signed, with ids alone, to whoever asked for it', async t => {
  const apns = await startTestApns(t)
  const server = await startTestServer(t, { env: { ...accepted, ...apns.env } })
  const desk = await server.as(['admin', 'second-line'])
  const receiver = await aReceiver(t)
  const hook = await created<Made>(desk, '/api/v1/webhooks', { url: receiver.url, events: eventTypes })
  const picky = await aReceiver(t)
  await created(desk, '/api/v1/webhooks', { url: picky.url, events: ['loan.returned'] })

  const ipad = await anEnrolledIpad(server.url, desk, { serialNumber: 'DMPWEBHOOK01' })
  const command = await send(desk, ipad.deviceId, 'SecurityInfo')
  await ipad.idle()
  await ipad.report(command, 'Acknowledged', { SecurityInfo: { PasscodePresent: true } })
  const person = await created<Thing>(desk, '/api/v1/people', {
    givenName: 'Alva',
    familyName: 'Hemlig',
    email: 'alva.hemlig@example.se',
  })
  const device = await created<Thing>(desk, '/api/v1/devices', { serialNumber: 'DMPWEBHOOK02' })
  const loan = await handOut(desk, person.id, device.id)
  const incident = await created<Thing>(desk, '/api/v1/incidents', {
    kind: 'theft',
    loanId: loan.loanId,
    description: 'Borta från Alva Hemlig.',
  })
  await server.ornkoll.management.deviceEvents.idle()
  await server.ornkoll.webhooks.deliverDue()
  await server.ornkoll.webhooks.deliverDue()

  const told = receiver.heard.map(({ event }) => `${event.type} ${event.subject.id}`)
  const wanted = [
    `device.enrolled ${ipad.deviceId}`,
    `command.finished ${ipad.deviceId}`,
    `loan.signed ${loan.loanId}`,
    `incident.reported ${incident.id}`,
  ]
  for (const each of wanted) t.is(told.filter(one => one === each).length, 1, `${each} of ${told.join(', ')}`)
  t.like(receiver.heard.find(({ event }) => event.commandId === command)?.event, { outcome: 'acknowledged' })
  for (const { headers, body, event } of receiver.heard) {
    const { 'webhook-id': id, 'webhook-timestamp': at } = headers
    t.is(id, event.id)
    const key = Buffer.from(hook.secret.slice('whsec_'.length), 'base64')
    const mac = createHmac('sha256', key)
      .update(`${String(id)}.${String(at)}.${body}`)
      .digest('base64')
    t.is(headers['webhook-signature'], `v1,${mac}`)
    t.notRegex(body, /Alva|Hemlig|example\.se|DMPWEBHOOK/)
  }
  t.is(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size, receiver.heard.length)
  t.deepEqual(picky.heard, [])
})

test('a receiver that is down gets it later, once, and again when somebody asks', async t => {
  const clock = { at: new Date('2026-11-22T08:00:00Z') }
  const server = await startTestServer(t, {
    env: { ...accepted, ORNKOLL_ROLE: 'staff' },
    clock: { now: () => clock.at },
  })
  const desk = await server.as('admin')
  const receiver = await aReceiver(t)
  receiver.answer.status = 302
  const { id } = await created<Made>(desk, '/api/v1/webhooks', {
    url: receiver.url,
    events: ['incident.reported'],
  })
  const device = await created<Thing>(desk, '/api/v1/devices', { serialNumber: 'DMPWEBHOOK03' })
  const report = { kind: 'loss', deviceId: device.id, description: 'Kvarglömd på tåget.' }
  await created(desk, '/api/v1/incidents', report)
  const { webhooks } = server.ornkoll
  await webhooks.deliverDue()
  await webhooks.deliverDue()
  t.is(
    receiver.heard.length,
    1,
    'a redirect is no receipt, is not followed, and waits before the next attempt',
  )

  receiver.answer.status = 200
  clock.at = new Date(clock.at.getTime() + 61_000)
  await Promise.all([webhooks.deliverDue(), webhooks.deliverDue()])
  await webhooks.deliverDue()
  t.is(receiver.heard.length, 2)
  t.is(receiver.heard[0]?.body, receiver.heard[1]?.body)
  const { body } = await desk.get<{ items: Told[] }>(`/api/v1/webhooks/${id}/deliveries`)
  const [first] = body.items
  t.like(first, { state: 'delivered', attempts: 2 })

  const path = `/api/v1/webhooks/${id}/deliveries/${first?.id ?? ''}/replay`
  t.is((await desk.post(path)).status, 200)
  await webhooks.deliverDue()
  t.is(receiver.heard.length, 3)
  t.is(receiver.heard[2]?.headers['webhook-id'], receiver.heard[0]?.headers['webhook-id'])

  const hook = { url: receiver.url, events: ['incident.reported'] }
  t.is((await desk.put(`/api/v1/webhooks/${id}`, { ...hook, active: false, version: 1 })).status, 200)
  t.is((await desk.post(path)).status, 200)
  await webhooks.deliverDue()
  t.is(receiver.heard.length, 3, 'turned off it hears nothing')
  t.is((await desk.put(`/api/v1/webhooks/${id}`, { ...hook, active: true, version: 2 })).status, 200)
  await webhooks.deliverDue()
  t.is(receiver.heard.length, 4, 'and what waited comes when it is turned on')
})

test('a receiver that takes nothing holds up no other, is asked less and less, and its administrator is told', async t => {
  const clock = { at: new Date('2026-11-22T08:00:00Z') }
  const server = await startTestServer(t, {
    env: { ...accepted, ORNKOLL_ROLE: 'staff' },
    clock: { now: () => clock.at },
  })
  const desk = await server.as('admin')
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const neighbour = await server.as('admin', otherId)
  const [dead, living] = [await aReceiver(t), await aReceiver(t)]
  dead.answer.status = 500
  const events = ['incident.reported']
  const { id } = await created<Made>(desk, '/api/v1/webhooks', { url: dead.url, events })
  await created<Made>(neighbour, '/api/v1/webhooks', { url: living.url, events })
  const happen = async (who: typeof desk, serialNumber: string) => {
    const device = await created<Thing>(who, '/api/v1/devices', { serialNumber })
    await created(who, '/api/v1/incidents', { kind: 'fault', deviceId: device.id, description: 'Trasig.' })
  }
  for (let count = 0; count < 12; count += 1) await happen(desk, `DMPTARPIT0${String(10 + count)}`)
  await happen(neighbour, 'DMPNEIGHBOUR1')
  const { webhooks } = server.ornkoll
  const failingOf = async (who: typeof desk) =>
    (await who.get<{ items: { kind: string }[] }>('/api/v1/me/notices')).body.items.filter(
      one => one.kind === 'webhook',
    ).length

  await webhooks.deliverDue()
  t.is(living.heard.length, 1, 'the neighbour does not stand behind twelve others')
  t.is(dead.heard.length, 5)
  await webhooks.deliverDue()
  t.is(await failingOf(desk), 0, 'twice is not yet worth a word')
  await webhooks.deliverDue()
  t.is(dead.heard.length, 12)
  clock.at = new Date(clock.at.getTime() + 4 * 60_000)
  await webhooks.deliverDue()
  t.is(dead.heard.length, 12, 'it is left alone, though much is due')
  t.deepEqual([await failingOf(desk), await failingOf(neighbour)], [1, 0])
  t.truthy((await desk.get<{ failingSince?: string }>(`/api/v1/webhooks/${id}`)).body.failingSince)

  clock.at = new Date(clock.at.getTime() + 2 * 60_000)
  dead.answer.status = 200
  await webhooks.deliverDue()
  t.is(dead.heard.length, 13, 'one goes first to see whether it listens')
  await webhooks.deliverDue()
  t.is(dead.heard.length, 18)
  clock.at = new Date(clock.at.getTime() + 20_000)
  t.is(await failingOf(desk), 0)
})

test('a receiver that is gone is turned off and told of, one that asks for a rest gets it, and a silent one keeps nobody waiting', async t => {
  const clock = { at: new Date('2026-11-22T08:00:00Z') }
  const server = await startTestServer(t, {
    env: { ...accepted, ORNKOLL_ROLE: 'staff' },
    clock: { now: () => clock.at },
  })
  const desk = await server.as('admin')
  const [gone, busy, silent] = [await aReceiver(t), await aReceiver(t), await aReceiver(t)]
  const events = ['incident.reported']
  const make = async ({ url }: { url: string }) =>
    `/api/v1/webhooks/${(await created<Made>(desk, '/api/v1/webhooks', { url, events })).id}`
  const [goneAt, busyAt] = [await make(gone), await make(busy), await make(silent)]
  const { webhooks } = server.ornkoll
  let tag = 0
  const happen = async () => {
    const serialNumber = `DMPGONE000${String((tag += 1)).padStart(2, '0')}`
    const device = await created<Thing>(desk, '/api/v1/devices', { serialNumber })
    await created(desk, '/api/v1/incidents', { kind: 'fault', deviceId: device.id, description: 'Trasig.' })
  }
  Object.assign(gone.answer, { status: 410 })
  Object.assign(busy.answer, { status: 429, retryAfter: '600' })
  Object.assign(silent.answer, { isSilent: true })
  await happen()
  await happen()
  await webhooks.beginDue()
  const heard = (who: typeof gone, count: number) =>
    eventually(
      () => Promise.resolve(who.heard.length),
      seen => seen >= count,
    )
  for (const who of [gone, busy, silent]) await heard(who, 2)
  type Shown = Readonly<Record<'goneSince' | 'active' | 'version', unknown>>
  const shown = async (path: string) => (await desk.get<Shown>(path)).body
  const off = await eventually(
    () => shown(goneAt),
    ({ goneSince }) => goneSince !== undefined,
  )
  t.like(off, { active: false, goneSince: clock.at.toISOString() })
  const { body: log } = await desk.get<{ items: { actor: object }[] }>('/api/v1/audit?action=webhooks.gone')
  t.is(log.items.length, 1)
  t.like(log.items[0], { actor: { kind: 'system' } })
  const told = async () =>
    (
      await desk.get<{ items: { kind: string; variant: string; label: string }[] }>('/api/v1/me/notices')
    ).body.items.filter(({ kind }) => kind === 'webhook')
  t.is((await told()).length, 1)
  t.like((await told())[0], { variant: 'gone', label: new URL(gone.url).host })
  const { body: sent } = await desk.get<{ items: Told[] }>(`${goneAt}/deliveries`)
  t.deepEqual(
    sent.items.map(({ state, attempts }) => `${state} ${String(attempts)}`),
    ['failed 1', 'failed 1'],
  )

  // The silent one is still being waited for.
  busy.answer.status = 204
  await happen()
  clock.at = new Date(clock.at.getTime() + 9 * 60_000)
  await webhooks.beginDue()
  t.is(busy.heard.length, 2, 'ten minutes were asked for')
  clock.at = new Date(clock.at.getTime() + 61_000)
  await webhooks.beginDue()
  await heard(busy, 5)
  t.is(gone.heard.length, 2)
  const items = (await desk.get<{ items: Told[] }>(`${busyAt}/deliveries?state=waiting`)).body
  t.notRegex(JSON.stringify(items), /retryAfter/i)

  const { version } = await shown(goneAt)
  gone.answer.status = 204
  t.is((await desk.put(goneAt, { url: gone.url, events, active: true, version })).status, 200)
  t.like(await shown(goneAt), { active: true, goneSince: undefined })
  await happen()
  await webhooks.beginDue()
  await heard(gone, 3)
})

for (const [what, answer] of [
  ['that it is gone', { status: 410 }],
  ['that it wants a rest', { status: 503, retryAfter: '86400' }],
] as const)
  test(`an old address that says late ${what} says nothing of the new one`, async t => {
    const server = await startTestServer(t, { env: { ...accepted, ORNKOLL_ROLE: 'staff' } })
    const desk = await server.as('admin')
    const [old, recent] = [await aReceiver(t), await aReceiver(t)]
    const events = ['incident.reported']
    const { id, version } = await created<Made & { version: number }>(desk, '/api/v1/webhooks', {
      url: old.url,
      events,
    })
    const path = `/api/v1/webhooks/${id}`
    const moved = { url: recent.url, events, active: true, version }
    Object.assign(old.answer, answer, { meanwhile: () => desk.put(path, moved) })
    const happen = async (serialNumber: string) => {
      const { id: deviceId } = await created<Thing>(desk, '/api/v1/devices', { serialNumber })
      await created(desk, '/api/v1/incidents', { kind: 'fault', deviceId, description: 'Trasig.' })
    }
    await happen('DMPMOVED0001')
    await server.ornkoll.webhooks.deliverDue()
    t.is(old.heard.length, 1)
    const { body } = await desk.get<Record<string, unknown>>(path)
    t.like(body, { url: recent.url, active: true, goneSince: undefined, failingSince: undefined })
    await happen('DMPMOVED0002')
    await server.ornkoll.webhooks.deliverDue()
    t.true(recent.heard.length > 0, 'the new address is not left alone')
  })

test('what was refused is told to nobody', async t => {
  const server = await startTestServer(t, { env: accepted })
  const desk = await server.as('admin')
  const receiver = await aReceiver(t)
  await created(desk, '/api/v1/webhooks', { url: receiver.url, events: eventTypes })
  const device = await created<Thing>(desk, '/api/v1/devices', { serialNumber: 'DMPWEBHOOK04' })
  const wrong = { kind: 'theft', deviceId: device.id, description: 'x', policeNumber: 'not a number' }
  t.is((await desk.post('/api/v1/incidents', wrong)).status, 422)
  await server.ornkoll.webhooks.deliverDue()
  t.deepEqual(receiver.heard, [])
})

test('the test button says what came of it, the secret is shown once, and others see none of it', async t => {
  const server = await startTestServer(t, { env: accepted })
  const desk = await server.as('admin')
  const receiver = await aReceiver(t)
  const hook = await created<Made>(desk, '/api/v1/webhooks', { url: receiver.url, events: ['loan.signed'] })
  t.regex(hook.secret, /^whsec_.{44}$/)
  const path = `/api/v1/webhooks/${hook.id}`
  const shown = JSON.stringify([(await desk.get(path)).body, (await desk.get('/api/v1/webhooks')).body])
  t.true(shown.includes(hook.id))
  t.notRegex(shown, /secret/i)

  t.like((await desk.post<Told>(`${path}/test`)).body, { state: 'delivered', outcome: { status: 204 } })
  t.is(receiver.heard[0]?.event.type, 'test')
  receiver.answer.status = 500
  t.like((await desk.post<Told>(`${path}/test`)).body, { state: 'failed', outcome: { status: 500 } })
  await server.ornkoll.webhooks.deliverDue()
  t.is(receiver.heard.length, 2, 'a trial is not repeated by itself')

  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const neighbour = await server.as('admin', otherId)
  t.is((await neighbour.get(path)).status, 404)
  t.is((await neighbour.post(`${path}/test`)).status, 404)
  t.is((await neighbour.get(`${path}/deliveries`)).status, 404)
  t.is((await neighbour.delete(path)).status, 404)
  t.is((await (await server.as('second-line')).get(path)).status, 403)

  const change = { url: receiver.url, events: ['loan.signed'], active: false }
  t.is((await desk.put(path, { ...change, version: 1 })).status, 200)
  t.is((await desk.put(path, { ...change, version: 1 })).status, 409)
  t.is((await desk.delete(path)).status, 204)
  t.is((await desk.get(path)).status, 404)
  const { body } = await desk.get<{ items: { action: string }[] }>('/api/v1/audit?action=webhooks')
  t.deepEqual(body.items.map(({ action }) => action).sort(), [
    ...['webhooks.add', 'webhooks.edit', 'webhooks.remove', 'webhooks.test', 'webhooks.test'],
  ])
  t.notRegex(JSON.stringify(body), /whsec_/)

  const many = await Promise.all(
    Array.from({ length: 23 }, () =>
      desk.post<{ error?: { code: string } }>('/api/v1/webhooks', {
        url: receiver.url,
        events: ['loan.signed'],
      }),
    ),
  )
  t.is(
    many.filter(({ status }) => status === 201).length,
    20,
    'at one moment no more than one after the other',
  )
  t.is(many.filter(({ body: refused }) => refused.error?.code === 'webhooks-full').length, 3)
})

test('a renewed secret signs from now on, the one before for a day beside it, and neither stands in the log', async t => {
  const clock = { at: new Date('2026-11-22T08:00:00Z') }
  const server = await startTestServer(t, { env: accepted, clock: { now: () => clock.at } })
  const desk = await server.as('admin')
  const receiver = await aReceiver(t)
  const hook = await created<Made>(desk, '/api/v1/webhooks', { url: receiver.url, events: ['loan.signed'] })
  const path = `/api/v1/webhooks/${hook.id}`
  const renewed = (await desk.post<Made>(`${path}/renew-secret`)).body
  t.regex(renewed.secret, /^whsec_.{44}$/)
  t.not(renewed.secret, hook.secret)
  const signedBy = ({ headers, body }: Heard, { secret }: Made) => {
    const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    const mac = createHmac('sha256', key).update(text).digest('base64')
    return String(headers['webhook-signature']).split(' ').includes(`v1,${mac}`)
  }
  await desk.post(`${path}/test`)
  clock.at = new Date(clock.at.getTime() + 25 * 3_600_000)
  const later = await server.as('admin')
  await later.post(`${path}/test`)
  t.deepEqual(
    receiver.heard.map(one => [signedBy(one, renewed), signedBy(one, hook)]),
    [
      [true, true],
      [true, false],
    ],
  )
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  t.is((await (await server.as('admin', otherId)).post(`${path}/renew-secret`)).status, 404)

  // The key is lost: what it sealed opens no more.
  const rows = server.ornkoll.connected.db.collection('webhooks')
  const stored = await rows.findOne({ url: receiver.url })
  const sealedSecret = `${String(stored?.['sealedSecret']).slice(0, -8)}AAAAAAAA`
  await rows.updateOne({ url: receiver.url }, { $set: { sealedSecret } })
  t.like((await later.get(path)).body, { secretLost: true })
  t.like((await later.post<{ outcome: object }>(`${path}/test`)).body.outcome, { fault: 'secret-lost' })
  const device = await created<Thing>(later, '/api/v1/devices', { serialNumber: 'DMPWEBHOOK21' })
  const person = { givenName: 'Stig', familyName: 'Myr', email: 'stig.myr@example.se' }
  await handOut(later, (await created<Thing>(later, '/api/v1/people', person)).id, device.id)
  await t.notThrowsAsync(server.ornkoll.webhooks.deliverDue())
  t.is(receiver.heard.length, 2, 'nothing is sent unsigned')
  const asked = await later.get<{ items: { kind: string; variant: string }[] }>('/api/v1/me/notices')
  t.deepEqual(
    asked.body.items.filter(({ kind }) => kind === 'webhook').map(({ variant }) => variant),
    ['secret-lost'],
  )
  const anew = (await later.post<Made>(`${path}/renew-secret`)).body
  t.like(anew, { secretLost: undefined, formerSecretUntil: undefined })
  await later.post(`${path}/test`)
  t.deepEqual(
    receiver.heard.slice(2).map(one => [signedBy(one, anew), signedBy(one, renewed)]),
    [[true, false]],
  )
  const log = JSON.stringify((await later.get('/api/v1/audit?action=webhooks')).body)
  t.true(log.includes('webhooks.renew-secret'))
  t.notRegex(log, /whsec_/)
  t.notRegex(JSON.stringify((await later.get(path)).body), /whsec_|sealed/i)
})

test('without the setting no webhook leads into the own network', async t => {
  const server = await startTestServer(t)
  const desk = await server.as('admin')
  const receiver = await aReceiver(t)
  const wanted = { url: receiver.url, events: ['loan.signed'] }
  t.is((await desk.post('/api/v1/webhooks', wanted)).status, 422)
  const encrypted = receiver.url.replace('http:', 'https:')
  t.is((await desk.post('/api/v1/webhooks', { ...wanted, url: encrypted })).status, 422)
  const inside = encrypted.replace('127.0.0.1', 'localhost')
  t.is((await desk.post('/api/v1/webhooks', { ...wanted, url: inside })).status, 422)
  // A name that only turns out to lead inside when it is looked up, as any name on the internet may by then.
  const deliver = createWebhookDelivery({ privateAllowed: false, timeoutMs: 5000 })
  t.deepEqual(await deliver({ url: inside, body: '{}', headers: {} }), { fault: 'private-address' })
  t.deepEqual(receiver.heard, [])
})
