import test from 'ava'
import {
  makeIssuingAuthority,
  issueDeviceCertificate,
  makeRoot,
} from '../../../mdm/certificates/authority.ts'
import { mdmSignature } from '../../../scripts/simulate/mdm-signature.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { createPublicKey, randomBytes } from 'node:crypto'
import { deviceWorld, until } from '../../support/device-world.ts'
import { ecKey, rsaKey } from '../../support/keys.ts'
import { putRaw, send, type ProtocolIpad } from '../../support/protocol-ipad.ts'

const world = deviceWorld(test)
const now = () => new Date(Date.now())

/** A device certificate of an authority that is not ours, for the same iPad. */
function aForeignIdentity(serialNumber: string) {
  const issuing = { now: now(), randomBytes }
  const root = makeRoot(ecKey('foreign root'), issuing)
  const authority = makeIssuingAuthority(root, rsaKey('foreign issuing'), issuing)
  const key = rsaKey('foreign')
  const certificate = issueDeviceCertificate(
    authority,
    { serialNumber, publicKey: createPublicKey(key) },
    issuing,
  )
  return { certificate, chain: [], key }
}

async function enrolmentOf(ipad: ProtocolIpad) {
  const { server } = world()
  return server.ornkoll.management.currentEnrolmentOf(server.organisationId, ipad.deviceId)
}

test('without a signature nothing is heard', async t => {
  const ipad = await world().enrolledIpad()
  await send(world().desk, ipad.deviceId, 'SecurityInfo')
  for (const header of [undefined, '', 'hej', 'AAAA', '=='.repeat(40_000)]) {
    const { status, body } = await ipad.connect({ Status: 'Idle' }, { header })
    t.true([400, 431].includes(status), String(status))
    t.false(body.includes('SecurityInfo'))
  }
})

test("a certificate of somebody else's authority is refused, for everything", async t => {
  const ipad = await world().enrolledIpad()
  const identity = aForeignIdentity(ipad.serialNumber)
  t.is((await ipad.connect({ Status: 'Idle' }, { identity })).status, 400)
  t.is((await ipad.authenticate({ identity })).status, 400)
  t.is((await ipad.tokenUpdate({}, { identity })).status, 400)
  t.is((await ipad.checkIn({ MessageType: 'CheckOut' }, { identity })).status, 400)
  t.is((await enrolmentOf(ipad))?.state, 'enrolled')
})

test('the certificate of another iPad opens nothing', async t => {
  const [ipad, other] = [await world().enrolledIpad(), await world().enrolledIpad()]
  const uuid = await send(world().desk, ipad.deviceId, 'SecurityInfo')
  const how = { identity: other.identity }
  t.is((await ipad.connect({ Status: 'Idle' }, how)).status, 400)
  t.is((await ipad.connect({ Status: 'Acknowledged', CommandUUID: uuid }, how)).status, 400)
  t.is((await ipad.tokenUpdate({ PushMagic: 'stolen' }, how)).status, 400)
  t.is((await ipad.authenticate(how)).status, 400)
  t.is((await enrolmentOf(ipad))?.pushMagic, `MAGIC-${ipad.serialNumber}`)
  t.is((await ipad.idle())?.uuid, uuid)
})

test('an identity that was issued but has not authenticated cannot take an enrolment over', async t => {
  const ipad = await world().enrolledIpad()
  const identity = await ipad.newIdentity(rsaKey('not yet'))
  t.is((await ipad.tokenUpdate({ PushMagic: 'other' }, { identity })).status, 400)
  t.is((await ipad.connect({ Status: 'Idle' }, { identity })).status, 400)
  t.is((await enrolmentOf(ipad))?.pushMagic, `MAGIC-${ipad.serialNumber}`)
})

test('an identity that was replaced is spent', async t => {
  const ipad = await world().enrolledIpad()
  const old = ipad.identity
  ipad.identity = await ipad.newIdentity(rsaKey('replacing'))
  await ipad.authenticate()
  await ipad.tokenUpdate()
  t.is((await ipad.connect({ Status: 'Idle' }, { identity: old })).status, 400)
  t.is((await ipad.authenticate({ identity: old })).status, 400)
  t.is((await ipad.connect({ Status: 'Idle' })).status, 200)
})

const hostile: readonly (readonly [string, string | Buffer])[] = [
  [
    'an entity',
    '<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a SYSTEM "file:///etc/passwd">]><plist version="1.0"><dict><key>UDID</key><string>&a;</string></dict></plist>',
  ],
  [
    'a thousand million laughs',
    `<!DOCTYPE plist [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "&a${i || ''};&a${i || ''};">`).join('')}]><plist version="1.0"><string>&a9;</string></plist>`,
  ],
  [
    '__proto__',
    '<plist version="1.0"><dict><key>__proto__</key><dict><key>Status</key><string>Idle</string></dict></dict></plist>',
  ],
  ['bottomless depth', `<plist version="1.0">${'<array>'.repeat(20_000)}</plist>`],
  [
    'bad base64',
    '<plist version="1.0"><dict><key>MessageType</key><string>TokenUpdate</string><key>Token</key><data>!!!</data></dict></plist>',
  ],
  ['a binary property list', Buffer.from('62706c6973743030d101025155b1', 'hex')],
  ['JSON', '{"Status":"Idle"}'],
  ['nothing', ''],
  ['noise', Buffer.from('fffefdfc00', 'hex')],
  ['a list', '<plist version="1.0"><array/></plist>'],
  [
    'an unknown message',
    '<plist version="1.0"><dict><key>MessageType</key><string>Surrender</string><key>Status</key><string>Fine</string><key>UDID</key><string>x</string></dict></plist>',
  ],
]

for (const [what, body] of hostile)
  test(`${what}, rightly signed, is answered 400 at both addresses`, async t => {
    const ipad = await world().enrolledIpad()
    const bytes = Buffer.from(body)
    const signature = mdmSignature(bytes, ipad.identity, 'attributes', now())
    const { url } = world().server
    for (const path of ['/mdm/checkin', '/mdm/connect']) {
      const answer = await putRaw(url, path, bytes, { signature })
      t.is(answer.status, 400, path)
      t.false(answer.body.includes('root:'))
    }
    t.is((await ipad.connect({ Status: 'Idle' })).status, 200)
  })

test('no content type, a wrong one and the right one are all the same', async t => {
  const ipad = await world().enrolledIpad()
  for (const contentType of [
    undefined,
    'text/plain',
    'application/x-apple-aspen-mdm; charset=UTF-8',
    'application/json',
  ]) {
    const answer = await ipad.connect({ Status: 'Idle' }, { contentType })
    t.is(answer.status, 200, contentType)
    t.is(answer.body.length, 0)
  }
})

test("the channel of a user gets no commands and cannot move the iPad's pushes", async t => {
  const ipad = await world().enrolledIpad()
  await send(world().desk, ipad.deviceId, 'SecurityInfo')
  const channel = { UserID: 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', UserShortName: 'anna' }
  const idle = await ipad.connect({ Status: 'Idle' }, { channel })
  t.is(idle.status, 200)
  t.is(idle.body.length, 0)
  t.is(
    (await ipad.tokenUpdate({ Token: Buffer.from('theirs'), PushMagic: 'theirs' }, { channel })).status,
    200,
  )
  t.is((await enrolmentOf(ipad))?.pushMagic, `MAGIC-${ipad.serialNumber}`)
  t.is((await ipad.checkIn({ MessageType: 'UserAuthenticate' }, { channel })).status, 410)
  t.is((await ipad.checkIn({ MessageType: 'CheckOut' }, { channel })).status, 200)
  t.is((await enrolmentOf(ipad))?.state, 'enrolled')
})

test('bootstrap tokens are kept, given back and forgotten', async t => {
  const ipad = await world().enrolledIpad()
  const get = () => ipad.checkIn({ MessageType: 'GetBootstrapToken' })
  const none = await get()
  t.deepEqual([none.status, none.body.length], [200, 0])
  await ipad.checkIn({ MessageType: 'SetBootstrapToken', BootstrapToken: Buffer.from('boot') })
  t.true((await get()).body.includes(Buffer.from('boot').toString('base64')))
  t.false(JSON.stringify(await enrolmentOf(ipad)).includes(Buffer.from('boot').toString('base64')))
  await ipad.checkIn({ MessageType: 'SetBootstrapToken' })
  t.is((await get()).body.length, 0)
})

test('declarative management answers that nothing is declared', async t => {
  const ipad = await world().enrolledIpad()
  const ask = (Endpoint: string) => ipad.checkIn({ MessageType: 'DeclarativeManagement', Endpoint })
  const items = await ask('declaration-items')
  t.is(items.status, 200)
  t.regex(items.contentType, /^application\/json/)
  t.deepEqual((JSON.parse(items.body.toString('utf8')) as { Declarations: unknown }).Declarations, {
    Activations: [],
    Assets: [],
    Configurations: [],
    Management: [],
  })
  t.is((await ask('tokens')).status, 200)
  const status = await ipad.checkIn({
    MessageType: 'DeclarativeManagement',
    Endpoint: 'status',
    Data: Buffer.from(writePlist({})),
  })
  t.deepEqual([status.status, status.body.length], [200, 0])
  t.is((await ask('declaration/configuration/gone')).status, 404)
  t.is((await ask('nowhere')).status, 400)
})

test('after CheckOut the iPad is gone, the queue with it, and saying so again is no fault', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const uuid = await send(desk, ipad.deviceId, 'SecurityInfo')
  t.is((await ipad.checkIn({ MessageType: 'CheckOut' })).status, 200)
  t.is((await ipad.checkIn({ MessageType: 'CheckOut' })).status, 200)
  t.is((await ipad.connect({ Status: 'Idle' })).status, 400)
  t.is((await ipad.tokenUpdate()).status, 400)
  t.is((await desk.get<{ state: string }>(`/api/v1/commands/${uuid}`)).body.state, 'cancelled')
  t.is(
    (await desk.get<{ management: string }>(`/api/v1/devices/${ipad.deviceId}`)).body.management,
    'unenrolled',
  )
  const refused = await desk.post<{ error: { code: string } }>(`/api/v1/devices/${ipad.deviceId}/commands`, {
    requestType: 'SecurityInfo',
  })
  t.deepEqual([refused.status, refused.body.error.code], [409, 'device-unenrolled'])
})

test('after CheckOut nothing the iPad says changes anything, and an erase that waits is handed to nobody', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, server } = world()
  const enrolment = () => server.ornkoll.management.currentEnrolmentOf(server.organisationId, ipad.deviceId)
  const erase = await send(desk, ipad.deviceId, 'EraseDevice')
  t.is((await ipad.checkIn({ MessageType: 'CheckOut' })).status, 200)
  const left = await enrolment()
  t.is(left?.state, 'checked-out')
  t.is(left?.token, undefined)
  const answers = [
    await ipad.tokenUpdate({ UnlockToken: Buffer.from('unlock'), AwaitingConfiguration: true }),
    await ipad.connect({ Status: 'Idle' }),
    await ipad.connect({ CommandUUID: erase, Status: 'Acknowledged' }),
    await ipad.checkIn({ MessageType: 'SetBootstrapToken', BootstrapToken: Buffer.from('boot') }),
    await ipad.checkIn({ MessageType: 'GetBootstrapToken' }),
  ]
  // 400, never 401 or 403, which would say something about its management.
  t.deepEqual(
    answers.map(({ status }) => status),
    [400, 400, 400, 400, 400],
  )
  t.true(answers.every(({ body }) => !body.includes(erase)))
  t.deepEqual(await enrolment(), left)
  t.is((await desk.get<{ state: string }>(`/api/v1/commands/${erase}`)).body.state, 'queued')
})

test('two polls at the same moment lose nothing', async t => {
  const ipad = await world().enrolledIpad()
  const uuid = await send(world().desk, ipad.deviceId, 'SecurityInfo')
  await Promise.all(Array.from({ length: 6 }, () => ipad.idle()))
  t.is((await ipad.idle())?.uuid, uuid)
})

test('when an iPad was last seen is written within moments', async t => {
  const ipad = await world().enrolledIpad()
  const before = now()
  await ipad.idle()
  const { desk } = world()
  const seenAt = async () => {
    const { body } = await desk.get<{ lastSeenAt?: string }>(`/api/v1/devices/${ipad.deviceId}`)
    return new Date(body.lastSeenAt ?? 0)
  }
  await t.notThrowsAsync(until(async () => (await seenAt()) >= before))
})
