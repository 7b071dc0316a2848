/**
 * Defects that were seen in other servers, each as a test. Case 4 is where the store of commands is tested; case 9 is
 * about Apple's device enrolment programme, which this server does not speak yet.
 */
import { randomUUID } from 'node:crypto'
import test from 'ava'
import { mdmSignature } from '../../../scripts/simulate/mdm-signature.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { deviceWorld, until } from '../../support/device-world.ts'
import { rsaKey } from '../../support/keys.ts'
import { putRaw, send } from '../../support/protocol-ipad.ts'

const world = deviceWorld(test)

interface ShownCommand {
  readonly state: string
  readonly result?: unknown
}

async function stateOf(uuid: string): Promise<string> {
  const { body } = await world().desk.get<ShownCommand>(`/api/v1/commands/${uuid}`)
  return body.state
}

test('case 1: a replayed Acknowledged does not lose the rest of the queue', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const a = await send(desk, ipad.deviceId, 'DeviceInformation')
  const b = await send(desk, ipad.deviceId, 'SecurityInfo')
  const c = await send(desk, ipad.deviceId, 'ProfileList')
  t.is((await ipad.idle())?.uuid, a)
  t.is((await ipad.report(a, 'Acknowledged'))?.uuid, b)
  t.is((await ipad.report(a, 'Acknowledged'))?.uuid, b)
  t.is((await ipad.report(b, 'Acknowledged'))?.uuid, c)
  t.is(await ipad.report(c, 'Acknowledged'), undefined)
  t.deepEqual(
    [await stateOf(a), await stateOf(b), await stateOf(c)],
    ['acknowledged', 'acknowledged', 'acknowledged'],
  )
})

test('case 2: a report on an unknown command is answered with the next one', async t => {
  const ipad = await world().enrolledIpad()
  const a = await send(world().desk, ipad.deviceId, 'SecurityInfo')
  t.is((await ipad.report(randomUUID(), 'Acknowledged'))?.uuid, a)
  t.is((await ipad.report(randomUUID(), 'Error'))?.uuid, a)
})

test('case 2: a command of another iPad is unknown, and stays as it is', async t => {
  const [ipad, other] = [await world().enrolledIpad(), await world().enrolledIpad()]
  const theirs = await send(world().desk, other.deviceId, 'SecurityInfo')
  t.is(await ipad.report(theirs, 'Acknowledged'), undefined)
  t.is(await stateOf(theirs), 'queued')
})

test('case 3: a late NotNow never opens a finished command again', async t => {
  const ipad = await world().enrolledIpad()
  const a = await send(world().desk, ipad.deviceId, 'SecurityInfo')
  await ipad.idle()
  await ipad.report(a, 'Acknowledged', { SecurityInfo: { PasscodePresent: true } })
  t.is(await ipad.report(a, 'NotNow'), undefined)
  t.is(await ipad.report(a, 'Error', { ErrorChain: [] }), undefined)
  t.is(await stateOf(a), 'acknowledged')
  t.is(await ipad.idle(), undefined)
})

test('case 5: a burst of a hundred commands is kept whole, and in the order of asking', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const first = await send(desk, ipad.deviceId, 'SecurityInfo')
  const burst = await Promise.all(Array.from({ length: 98 }, () => send(desk, ipad.deviceId, 'ProfileList')))
  const last = await send(desk, ipad.deviceId, 'DeviceInformation')
  const fetched: string[] = []
  let next = await ipad.idle()
  while (next) {
    fetched.push(next.uuid)
    next = await ipad.report(next.uuid, 'Acknowledged')
  }
  t.is(fetched[0], first)
  t.is(fetched.at(-1), last)
  t.deepEqual([...fetched].sort(), [first, ...burst, last].sort())
})

test('case 6: a command whose delivery was lost is offered again, byte for byte', async t => {
  const ipad = await world().enrolledIpad()
  const uuid = await send(world().desk, ipad.deviceId, 'EnableLostMode', {
    Message: 'Åter till kommunen',
    PhoneNumber: '0581-810 00',
  })
  const first = await ipad.connect({ Status: 'Idle' })
  const second = await ipad.connect({ Status: 'Idle' })
  t.is(first.status, 200)
  t.true(first.body.includes(uuid))
  t.deepEqual(second.body, first.body)
  t.is(await stateOf(uuid), 'sent')
})

test('case 7: what was put off is not offered on the same connection, and pushed for when the next thing went well', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, server, pushesTo } = world()
  const a = await send(desk, ipad.deviceId, 'ProfileList')
  const b = await send(desk, ipad.deviceId, 'SecurityInfo')
  await server.ornkoll.management.pushQueue.idle()
  const before = pushesTo(ipad)
  t.is((await ipad.idle())?.uuid, a)
  t.is((await ipad.report(a, 'NotNow'))?.uuid, b)
  t.is(await ipad.report(b, 'Acknowledged'), undefined)
  await until(() => pushesTo(ipad) === before + 1)
  t.is((await ipad.idle())?.uuid, a)
  t.is(await ipad.report(a, 'Acknowledged'), undefined)
})

test('case 7: an iPad whose last word was NotNow comes by itself and is not pushed', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, server, pushesTo } = world()
  const a = await send(desk, ipad.deviceId, 'ProfileList')
  await server.ornkoll.management.pushQueue.idle()
  const before = pushesTo(ipad)
  await ipad.idle()
  t.is(await ipad.report(a, 'NotNow'), undefined)
  t.is(await ipad.report(a, 'NotNow'), undefined)
  await server.ornkoll.management.pushQueue.idle()
  t.is(pushesTo(ipad), before)
  t.is(await stateOf(a), 'not-now')
})

for (const style of ['attributes', 'bare'] as const)
  test(`case 8: a body that is not the signed one is refused (${style})`, async t => {
    const ipad = await world().enrolledIpad()
    const signed = writePlist({ Status: 'Idle', UDID: ipad.udid })
    const signature = mdmSignature(signed, ipad.identity, style, new Date(Date.now()))
    const { url } = world().server
    t.is((await putRaw(url, '/mdm/connect', signed, { signature })).status, 200)
    const other = Buffer.from(signed.toString().replace('Idle', 'idle'))
    t.is((await putRaw(url, '/mdm/connect', other, { signature })).status, 400)
  })

test('case 10: a body above the limit is refused and changes nothing', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const a = await send(desk, ipad.deviceId, 'SecurityInfo')
  await ipad.idle()
  const big = 'x'.repeat(4_300_000)
  const { status } = await ipad.connect({ CommandUUID: a, Status: 'Acknowledged', Big: big })
  t.true([400, 413].includes(status), String(status))
  t.is(await stateOf(a), 'sent')
  const checkIn = await ipad.tokenUpdate({ Big: 'x'.repeat(300_000) })
  t.true([400, 413].includes(checkIn.status), String(checkIn.status))
})

test('case 10: 410 retires the token until the iPad gives a new one', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, apns, server, pushesTo } = world()
  const { pushQueue } = server.ornkoll.management
  apns.misbehave({ kind: 'unregistered' }, { token: ipad.token.toString('hex'), times: 1 })
  await send(desk, ipad.deviceId, 'SecurityInfo')
  await until(() => pushesTo(ipad) === 1)
  await pushQueue.idle()
  await send(desk, ipad.deviceId, 'ProfileList')
  await pushQueue.idle()
  t.is(pushesTo(ipad), 1)
  await ipad.tokenUpdate()
  await until(() => pushesTo(ipad) === 2)
  t.is((await ipad.idle())?.requestType, 'SecurityInfo')
})

test('case 11: a new enrolment clears the queue', async t => {
  const ipad = await world().enrolledIpad()
  const a = await send(world().desk, ipad.deviceId, 'ProfileList')
  const b = await send(world().desk, ipad.deviceId, 'SecurityInfo')
  await ipad.idle()
  ipad.identity = await ipad.newIdentity(rsaKey('another'))
  t.is((await ipad.authenticate()).status, 200)
  t.deepEqual([await stateOf(a), await stateOf(b)], ['cancelled', 'cancelled'])
  t.is((await ipad.tokenUpdate()).status, 200)
  t.is(await ipad.idle(), undefined)
})

test('case 11: enrolling again with the same identity clears the queue as well', async t => {
  const ipad = await world().enrolledIpad()
  const a = await send(world().desk, ipad.deviceId, 'ProfileList')
  t.is((await ipad.authenticate()).status, 200)
  t.is(await stateOf(a), 'cancelled')
  await ipad.tokenUpdate()
  t.is(await ipad.idle(), undefined)
})

test('case 11: a repeated Authenticate, whose answer was lost, clears nothing', async t => {
  const ipad = await world().newIpad()
  await ipad.authenticate()
  const a = await send(world().desk, ipad.deviceId, 'ProfileList')
  t.is((await ipad.authenticate()).status, 200)
  t.is(await stateOf(a), 'queued')
  await ipad.tokenUpdate()
  t.is((await ipad.idle())?.uuid, a)
})

test('case 12: what a TokenUpdate leaves out stays as it was told', async t => {
  const ipad = await world().enrolledIpad()
  const { server } = world()
  const enrolment = () => server.ornkoll.management.currentEnrolmentOf(server.organisationId, ipad.deviceId)
  await ipad.tokenUpdate({ UnlockToken: Buffer.from('unlock'), AwaitingConfiguration: true })
  const before = await enrolment()
  const topic = ipad.topic
  const token = Buffer.from('another token')
  await ipad.checkIn({ MessageType: 'TokenUpdate', Topic: topic, Token: token })
  const after = await enrolment()
  t.is(after?.token, token.toString('hex'))
  t.truthy(after?.pushMagic)
  t.truthy(after?.unlockToken)
  t.is(after?.pushMagic, before?.pushMagic)
  t.is(after?.unlockToken, before?.unlockToken)
  t.true(after?.awaitingConfiguration)
})
