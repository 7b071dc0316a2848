import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { startEmbedded } from '../../server/database/embedded/start.ts'
import { anEnrolledIpad, send } from '../support/protocol-ipad.ts'
import { startTestServer } from '../support/server.ts'
import { startTestApns } from '../support/simulation.ts'

test('doors and workers in processes of their own do together what one does', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-roles-'))
  const engine = await startEmbedded({ folder: join(folder, 'engine'), port: 0 })
  t.teardown(async () => {
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const uri = new URL(engine.uri)
  uri.pathname = '/ornkoll'
  const apns = await startTestApns(t)
  const shared = { ...apns.env, MONGODB_URI: uri.href, ORNKOLL_DATA: join(folder, 'data') }
  const device = await startTestServer(t, { env: { ...shared, ORNKOLL_ROLE: 'device' } })
  const front = { ORNKOLL_URL: device.url }
  const staff = await startTestServer(t, { env: { ...shared, ...front, ORNKOLL_ROLE: 'staff' } })
  const worker = await startTestServer(t, { env: { ...shared, ...front, ORNKOLL_ROLE: 'worker' } })
  t.deepEqual([device.setUpSecret, worker.setUpSecret], [undefined, undefined])
  t.truthy(staff.setUpSecret)

  const statusOf = async (url: string, path: string, method = 'GET') =>
    (await fetch(`${url}${path}`, { method, redirect: 'manual' })).status
  for (const { url } of [device, staff, worker]) {
    t.is(await statusOf(url, '/health/live'), 200)
    t.is(await statusOf(url, '/health/ready'), 200)
  }
  t.is(await statusOf(staff.url, '/mdm/connect', 'PUT'), 404)
  t.is(await statusOf(device.url, '/mdm/connect', 'PUT'), 400)
  t.is(await statusOf(worker.url, '/mdm/connect', 'PUT'), 404)
  t.is(await statusOf(staff.url, '/sign-in'), 200)
  for (const { url } of [device, worker]) t.is(await statusOf(url, '/sign-in'), 404)

  const desk = await staff.as('admin')
  const ipad = await anEnrolledIpad(device.url, desk, { serialNumber: 'DMPZ00000001' })
  const uuid = await send(desk, ipad.deviceId, 'SecurityInfo')
  t.is((await ipad.idle())?.uuid, uuid)
  await ipad.report(uuid, 'Acknowledged', { SecurityInfo: { PasscodePresent: true } })
  const { body } = await desk.get<{ state: string }>(`/api/v1/commands/${uuid}`)
  t.is(body.state, 'acknowledged')
})
