import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { makeRoot } from '../../../mdm/certificates/authority.ts'
import { makeTrialPushCertificate } from '../../../mdm/certificates/trial-push.ts'
import { deviceWorld, startDeviceWorld, until } from '../../support/device-world.ts'
import { ecKey, pemOf, rsaKey } from '../../support/keys.ts'
import { send } from '../../support/protocol-ipad.ts'
import { startTestServer } from '../../support/server.ts'

const world = deviceWorld(test)
const hour = 3_600_000

interface Status {
  readonly mode: string
  readonly topic: string
  readonly certificate: string
  readonly expiresAt: string
  readonly expired: boolean
}
interface Refused {
  readonly error: { readonly code: string; readonly message: string }
}

function aCertificate(topic: string, now = new Date(Date.now()), key = rsaKey('push')) {
  const { certificate } = makeTrialPushCertificate(key, topic, { now, randomBytes })
  return { certificate: certificate.toString(), key: pemOf(key) }
}

test('sending a command wakes the iPad with its magic', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, apns, server } = world()
  const heard: string[] = []
  const stop = apns.subscribe(ipad.token.toString('hex'), push => heard.push(push.magic))
  t.teardown(stop)
  const uuid = await send(desk, ipad.deviceId, 'SecurityInfo')
  await until(() => heard.length > 0)
  await server.ornkoll.management.pushQueue.idle()
  t.deepEqual(heard, [`MAGIC-${ipad.serialNumber}`])
  const { body } = await desk.get<{ times: { pushedAt?: string } }>(`/api/v1/commands/${uuid}`)
  t.truthy(body.times.pushedAt)
})

test('an iPad that has not given a token is not pushed, and is as soon as it has', async t => {
  const ipad = await world().newIpad()
  const { desk, server, pushesTo } = world()
  await ipad.authenticate()
  await send(desk, ipad.deviceId, 'SecurityInfo')
  await server.ornkoll.management.pushQueue.idle()
  t.is(pushesTo(ipad), 0)
  await ipad.tokenUpdate()
  await until(() => pushesTo(ipad) > 0)
})

test('an iPad that does not come is pushed again, ever more rarely, until it has fetched everything', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { server, desk, enrolledIpad, pushesTo } = await startDeviceWorld(t, { clock: { now: () => now } })
  const ipad = await enrolledIpad()
  const { pushQueue } = server.ornkoll.management
  const uuid = await send(desk, ipad.deviceId, 'SecurityInfo')
  await pushQueue.idle()
  t.is(pushesTo(ipad), 1)
  for (const [minutes, pushes] of [
    [0.5, 1],
    [1, 2],
    [5, 2],
    [6, 3],
    [20, 3],
    [21, 4],
  ] as const) {
    now = new Date(Date.parse('2026-11-22T08:00:00Z') + minutes * 60_000)
    await pushQueue.sweep()
    t.is(pushesTo(ipad), pushes, `after ${minutes} minutes`)
  }
  await ipad.idle()
  await ipad.report(uuid, 'Acknowledged')
  now = new Date(now.getTime() + 100 * hour)
  await pushQueue.sweep()
  t.is(pushesTo(ipad), 4)
})

test('a server that starts wakes who waits and would be woken soon, and nobody else', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { server, desk, enrolledIpad, pushesTo } = await startDeviceWorld(t, { clock: { now: () => now } })
  const [ipad, content] = [await enrolledIpad(), await enrolledIpad()]
  const { pushQueue } = server.ornkoll.management
  const before = pushesTo(content)
  const uuid = await send(desk, ipad.deviceId, 'SecurityInfo')
  await pushQueue.idle()
  await pushQueue.sweep()
  t.is(pushesTo(ipad), 1, 'it is not due yet')
  await pushQueue.startOver()
  t.is(pushesTo(ipad), 2, 'of a push that was sent nobody knows whether its answer was lost')
  for (const minutes of [5, 20]) {
    now = new Date(Date.parse('2026-11-22T08:00:00Z') + minutes * 60_000)
    await pushQueue.sweep()
  }
  const pushes = pushesTo(ipad)
  await pushQueue.startOver()
  t.is(pushesTo(ipad), pushes, 'due in an hour, it is not there: many starts are not many pushes')
  await ipad.idle()
  await ipad.report(uuid, 'Acknowledged')
  await pushQueue.startOver()
  t.is(pushesTo(ipad), pushes, 'nothing waits for it any more')
  t.is(pushesTo(content), before, 'nothing waits for it')
})

test('what a busy service postpones is pushed when it said, not before', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { server, desk, apns, enrolledIpad, pushesTo } = await startDeviceWorld(t, {
    clock: { now: () => now },
  })
  const ipad = await enrolledIpad()
  const { pushQueue } = server.ornkoll.management
  // What the enrolment itself has to say is out before the service is busy.
  await pushQueue.idle()
  const before = pushesTo(ipad)
  apns.misbehave({ kind: 'too-many-requests', retryAfterSeconds: 600 }, { times: 1 })
  await send(desk, ipad.deviceId, 'SecurityInfo')
  await pushQueue.idle()
  now = new Date('2026-11-22T08:09:00Z')
  await pushQueue.sweep()
  t.is(pushesTo(ipad), before + 1)
  now = new Date('2026-11-22T08:10:00Z')
  await pushQueue.sweep()
  t.is(pushesTo(ipad), before + 2)
})

test('many commands at once are one push', async t => {
  const ipad = await world().enrolledIpad()
  const { server, pushesTo } = world()
  const { management } = server.ornkoll
  const enrolment = await management.currentEnrolmentOf(server.organisationId, ipad.deviceId)
  for (let index = 0; index < 20; index++) management.pushQueue.wake([enrolment?.id ?? ''])
  await management.pushQueue.idle()
  t.is(pushesTo(ipad), 1)
})

test("until there is a certificate of Apple's, a trial one works against a stand-in", async t => {
  const { body } = await world().desk.get<Status>('/api/v1/push-certificate')
  t.like(body, { mode: 'trial', certificate: 'trial', expired: false })
  const ready = await fetch(`${world().server.url}/health/ready`)
  t.is(ready.status, 200)
  t.like(((await ready.json()) as { push: object }).push, { state: 'up', mode: 'trial' })
})

test("with Apple's address and only a trial certificate, nothing is pushed", async t => {
  const server = await startTestServer(t)
  const desk = await server.as('admin')
  t.is((await desk.get<Status>('/api/v1/push-certificate')).body.mode, 'off')
})

test('a certificate is taken into use at once, renewed under its topic, and never changed to another while iPads are enrolled', async t => {
  const { server, desk, apns, enrolledIpad, pushesTo } = await startDeviceWorld(t)
  const topic = 'com.apple.mgmt.External.0a1b2c3d-0000-4000-8000-000000000001'
  const first = await desk.put<Status>('/api/v1/push-certificate', aCertificate(topic))
  t.is(first.status, 200)
  t.like(first.body, { topic, certificate: 'uploaded', mode: 'trial' })
  t.false(JSON.stringify(first.body).includes('PRIVATE'))
  const ipad = await enrolledIpad()
  t.is(ipad.topic, topic)
  await send(desk, ipad.deviceId, 'SecurityInfo')
  // A push that a busy machine answers late is sent once more.
  await until(() => pushesTo(ipad) > 0)
  t.is(apns.requests.at(-1)?.topic, topic)
  t.is(apns.requests.at(-1)?.status, 200)
  t.is(
    (
      await desk.put(
        '/api/v1/push-certificate',
        aCertificate(topic, new Date(Date.now()), rsaKey('renewed push')),
      )
    ).status,
    200,
  )
  const other = await desk.put<Refused>(
    '/api/v1/push-certificate',
    aCertificate('com.apple.mgmt.External.other'),
  )
  t.deepEqual([other.status, other.body.error.code], [409, 'push-topic-changed'])
  t.is((await desk.get<Status>('/api/v1/push-certificate')).body.topic, topic)
  await ipad.idle()
  await server.ornkoll.management.pushQueue.idle()
  const before = pushesTo(ipad)
  await send(desk, ipad.deviceId, 'ProfileList')
  await until(() => pushesTo(ipad) > before)
  t.is(apns.requests.at(-1)?.status, 200)
})

test('what is no push certificate is refused with a reason and changes nothing', async t => {
  const { desk, server } = world()
  const { certificate, key } = aCertificate('com.apple.mgmt.External.x')
  const longAgo = new Date('2020-01-01T00:00:00Z')
  for (const [given, code] of [
    [{ certificate, key: pemOf(rsaKey('other')) }, 'push-certificate-invalid'],
    [{ certificate: 'hej', key }, 'push-certificate-invalid'],
    [{ certificate, key: 'hej' }, 'push-certificate-invalid'],
    [aCertificate('com.apple.mgmt.External.x', longAgo), 'push-certificate-expired'],
  ] as const) {
    const { body } = await desk.put<Refused>('/api/v1/push-certificate', given)
    t.is(body.error.code, code)
    t.false(body.error.message.includes('PRIVATE'))
  }
  t.is((await desk.get<Status>('/api/v1/push-certificate')).body.certificate, 'trial')
  t.is(
    (await (await server.as('helpdesk')).put('/api/v1/push-certificate', { certificate, key })).status,
    403,
  )
})

test('a service whose authority is not the one we were told is not pushed to', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-authority-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const file = join(folder, 'other.pem')
  const other = makeRoot(ecKey('other authority'), { now: new Date(Date.now()), randomBytes })
  await writeFile(file, other.certificate.toString())
  const { server, desk, enrolledIpad, pushesTo } = await startDeviceWorld(t, {
    env: { APNS_CA: file },
  })
  const ipad = await enrolledIpad()
  await send(desk, ipad.deviceId, 'SecurityInfo')
  await server.ornkoll.management.pushQueue.idle()
  t.is(pushesTo(ipad), 0)
  t.is((await ipad.idle())?.requestType, 'SecurityInfo')
})
