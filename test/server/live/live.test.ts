import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { startEmbedded } from '../../../server/database/embedded/start.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { openEventStream, type EventStream } from '../../support/event-stream.ts'
import { created } from '../../support/hand-out.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { oneServer } from '../../web-admin/one-server.ts'

const newOrganisation = oneServer(test)

async function tokenOf(server: TestServer, role: Role, organisationId = server.organisationId) {
  const issued = { name: 'stream', roles: [role], days: 1 }
  const { token } = await server.ornkoll.tokens.issue(systemActor(organisationId), issued)
  return { authorization: `Bearer ${token}` }
}

/** A stream that has begun, and is closed when the test ends. */
async function follow(
  t: ExecutionContext,
  server: TestServer,
  wishes: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<EventStream> {
  const stream = await openEventStream(server, wishes, headers)
  t.teardown(() => stream.close())
  t.is((await stream.next())?.event, 'ready')
  return stream
}

let serial = 0
async function aDevice(server: TestServer) {
  const admin = await server.as('admin', server.organisationId)
  serial += 1
  const serialNumber = `LIVE${String(serial).padStart(8, '0')}`
  const device = await created<{ id: string; version: number }>(admin, '/api/v1/devices', { serialNumber })
  const edit = async (model: string) => {
    const { body } = await admin.get<{ version: number }>(`/api/v1/devices/${device.id}`)
    const { status } = await admin.patch(`/api/v1/devices/${device.id}`, { model, version: body.version })
    if (status !== 200) throw new Error(`Not edited: ${status}`)
  }
  return { id: device.id, edit }
}

test('a page that follows an iPad is told that it changed, and nothing else about it', async t => {
  const server = await newOrganisation()
  const [followed, other] = [await aDevice(server), await aDevice(server)]
  const stream = await follow(
    t,
    server,
    [`device:${followed.id}`, 'approval'],
    await tokenOf(server, 'handout'),
  )
  t.like(Object.fromEntries(stream.headers), {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'content-encoding': 'identity',
  })
  await other.edit('iPad Karin Dahl')
  await followed.edit('iPad Embla Dimmhage')
  t.deepEqual(await stream.next(), { event: 'changed', data: [`device:${followed.id}`] })
  t.false(/Karin|Embla|LIVE0/.test(stream.text()))
  t.false(stream.text().includes(other.id))
})

test('another organisation hears nothing, and a role nothing that it may not read', async t => {
  const server = await newOrganisation()
  const device = await aDevice(server)
  const { id: elsewhere } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const wishes = ['device', `device:${device.id}`, 'incident']
  const foreign = await follow(t, server, wishes, await tokenOf(server, 'admin', elsewhere))
  const finance = await follow(t, server, ['incident', 'device'], await tokenOf(server, 'finance'))
  const helpdesk = await follow(t, server, ['incident', 'device'], await tokenOf(server, 'helpdesk'))
  const desk = await server.as('helpdesk', server.organisationId)
  const report = { kind: 'theft', deviceId: device.id, description: 'Gone.' }
  const { id } = await created<{ id: string }>(desk, '/api/v1/incidents', report)
  const told = new Set<string>()
  while (told.size < 2) for (const subject of (await helpdesk.next())?.data ?? []) told.add(subject)
  t.deepEqual([...told].toSorted(), [`device:${device.id}`, `incident:${id}`])
  t.deepEqual((await finance.next())?.data, [`device:${device.id}`])
  // What happens in its own organisation is the next thing that the other one hears.
  const own = await aDevice({ ...server, organisationId: elsewhere })
  t.deepEqual(await foreign.next(), { event: 'changed', data: [`device:${own.id}`] })
  t.false(foreign.text().includes(device.id))
})

test('a session that is ended by its owner elsewhere is cut off', async t => {
  const server = await newOrganisation()
  const email = `kajsa@${server.organisationId}.se`
  const password = 'fyra korta vanliga ord'
  const actor = systemActor(server.organisationId)
  const member = await server.ornkoll.staff.add(actor, {
    name: 'Kajsa Ek',
    email,
    password,
    language: 'sv',
    roles: ['admin'],
  })
  const { cookie, session } = await signedInCookie(server, email, password)
  const stream = await follow(t, server, ['device'], { cookie })
  await server.ornkoll.sessions.revoke(actor, member.id, session)
  t.is((await stream.next('changed'))?.event, 'over')
  t.is(await stream.next(), undefined)
  const again = await openEventStream(server, ['device'], { cookie })
  t.is(again.status, 302)
  await again.close()
})

test('one holder has so many streams and no more: a further one ends the oldest', async t => {
  const server = await newOrganisation()
  const headers = await tokenOf(server, 'admin')
  const streams: EventStream[] = []
  for (let count = 0; count < 9; count++) streams.push(await follow(t, server, ['device'], headers))
  t.is((await streams[0]?.next())?.event, 'elsewhere')
  t.is(await streams[0]?.next(), undefined)
  const device = await aDevice(server)
  for (const stream of streams.slice(1)) t.deepEqual((await stream.next())?.data, [`device:${device.id}`])
})

test('a stranger gets no stream, and a wish that means nothing is heard of never', async t => {
  const server = await newOrganisation()
  const stranger = await openEventStream(server, ['device'], {})
  t.is(stranger.status, 302)
  await stranger.close()
  const headers = await tokenOf(server, 'admin')
  const many = await openEventStream(server, Array<string>(21).fill('device'), headers)
  t.is(many.status, 400)
  await many.close()
  const stream = await follow(t, server, ['organisation', '__proto__', '$where', 'device'], headers)
  const { id } = await aDevice(server)
  t.deepEqual((await stream.next())?.data, [`device:${id}`])
})

test('a server that stops ends its streams at once', async t => {
  const server = await startTestServer(t)
  const stream = await follow(t, server, ['device'], await tokenOf(server, 'admin'))
  const stopped = server.stop()
  const begun = performance.now()
  t.is((await stream.next())?.event, 'closing')
  t.is(await stream.next(), undefined)
  t.true(performance.now() - begun < 600)
  await stopped
})

test('what one process does is heard in another on the same database', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-live-'))
  const engine = await startEmbedded({ folder: join(folder, 'engine'), port: 0 })
  t.teardown(async () => {
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const uri = new URL(engine.uri)
  uri.pathname = '/ornkoll'
  const env = { MONGODB_URI: uri.href, ORNKOLL_DATA: join(folder, 'data'), ORNKOLL_ROLE: 'staff' }
  const first = await startTestServer(t, { env })
  const second = await startTestServer(t, { env })
  t.is(first.organisationId, second.organisationId)
  const stream = await follow(t, first, ['device'], await tokenOf(first, 'admin'))
  const begun = performance.now()
  const { id } = await aDevice(second)
  t.deepEqual(await stream.next(), { event: 'changed', data: [`device:${id}`] })
  t.log(`heard after ${Math.round(performance.now() - begun)} ms`)
  // Told once, although each look reads the last seconds again.
  const later = await aDevice(second)
  t.deepEqual(await stream.next(), { event: 'changed', data: [`device:${later.id}`] })
})

async function signedInCookie(server: TestServer, email: string, password: string) {
  const page = await fetch(`${server.url}/sign-in`)
  const crumb = /crumb=([^;]+)/.exec(page.headers.getSetCookie().join('\n'))?.[1] ?? ''
  const answer = await fetch(`${server.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `crumb=${crumb}` },
    body: new URLSearchParams({ crumb, email, password }),
  })
  const cookie = answer.headers
    .getSetCookie()
    .map(line => line.split(';', 1)[0])
    .find(line => line?.startsWith('ornkoll='))
  if (!cookie) throw new Error(`Not signed in: ${answer.status}`)
  const me = await fetch(`${server.url}/api/v1/me/sessions`, { headers: { cookie } })
  const { items } = (await me.json()) as { items: { id: string }[] }
  return { cookie, session: items[0]?.id ?? '' }
}
