import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { decryptEnveloped } from '../../../profiles/cms/enveloped-data.ts'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { isDictionary, type PlistDictionary, type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { createSending, type SendingDeps } from '../../../server/commands/sending.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { requestIdentity } from '../../../scripts/simulate/scep-identity.ts'
import { createTransport } from '../../../scripts/simulate/transport.ts'
import { profileDesk, webClip } from '../../support/approved-profile.ts'
import { startDeviceWorld, deviceWorld } from '../../support/device-world.ts'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import { rsaKey } from '../../support/keys.ts'
import { openProfile, type ProtocolIpad } from '../../support/protocol-ipad.ts'

const world = deviceWorld(test)

interface Device {
  readonly id: string
  readonly management: string
  readonly information?: Record<string, unknown>
}

async function aDevice(serialNumber: string): Promise<string> {
  const { body } = await world().desk.post<Device>('/api/v1/devices', { serialNumber })
  return body.id
}

async function aLink(deviceId: string): Promise<{ url: string; expiresAt: string }> {
  const { body } = await world().desk.post<{ url: string; expiresAt: string }>(
    `/api/v1/devices/${deviceId}/enrolment-link`,
  )
  return body
}

async function enrolmentOf(ipad: ProtocolIpad) {
  const { server } = world()
  return server.ornkoll.management.currentEnrolmentOf(server.organisationId, ipad.deviceId)
}

test('a link gives a signed profile that an iPad can enrol with', async t => {
  const { server, desk } = world()
  const deviceId = await aDevice('DMPY00000001')
  const { url, expiresAt } = await aLink(deviceId)
  t.true(url.startsWith(`${server.publicUrl}/enroll/`))
  t.true(new Date(expiresAt) > new Date(Date.now()))
  const answer = await fetch(url)
  t.is(answer.status, 200)
  t.is(answer.headers.get('content-type'), 'application/x-apple-aspen-config')
  t.is(answer.headers.get('cache-control'), 'no-store')
  const signed = new Uint8Array(await answer.arrayBuffer())
  const { certificates } = verifySignedData(signed)
  t.is(certificates.length, 2)
  const { profile, management, scep } = openProfile(signed)
  t.is(management['ServerURL'], `${server.publicUrl}/mdm/connect`)
  t.is(management['CheckInURL'], `${server.publicUrl}/mdm/checkin`)
  t.is(management['SignMessage'], true)
  t.is(management['CheckOutWhenRemoved'], true)
  t.is(management['AccessRights'], 8191)
  t.true((management['ServerCapabilities'] as PlistValue[]).includes('com.apple.mdm.bootstraptoken'))
  t.regex(management['Topic'] as string, /^com\.apple\.mgmt\./)
  t.is(scep['URL'], `${server.publicUrl}/scep`)
  t.is(scep['Key Type'], 'RSA')
  t.is(scep['Keysize'], 2048)
  t.deepEqual((scep['Subject'] as PlistValue[][][])[1], [['CN', 'Device DMPY00000001']])
  const payloads = (profile['PayloadContent'] as PlistValue[]).filter(isDictionary)
  t.is(
    management['IdentityCertificateUUID'],
    payloads.find(each => each['PayloadType'] === 'com.apple.security.scep')?.['PayloadUUID'],
  )
  const der = (type: string) =>
    payloads.find(each => each['PayloadType'] === type)?.['PayloadContent'] as Uint8Array
  const [root, issuing] = [
    new X509Certificate(der('com.apple.security.root')),
    new X509Certificate(der('com.apple.security.pkcs1')),
  ]
  t.true(issuing.checkIssued(root))
  t.deepEqual(scep['CAFingerprint'], Uint8Array.from(createHash('sha1').update(issuing.raw).digest()))
  t.is(new Set(payloads.map(each => each['PayloadUUID'])).size, 4)
  t.is((await desk.get<Device>(`/api/v1/devices/${deviceId}`)).body.management, 'pending')
})

test('each fetch carries another challenge', async t => {
  const { url } = await aLink(await aDevice('DMPY00000002'))
  const challenge = async () =>
    openProfile(new Uint8Array(await (await fetch(url)).arrayBuffer())).scep['Challenge']
  t.not(await challenge(), await challenge())
})

test('a link that does not exist is answered in words, without a profile', async t => {
  const { url } = await aLink(await aDevice('DMPY00000003'))
  for (const wrong of [`${url}x`, url.replace(/[^/]+$/, 'hej'), url.replace(/[^/]+$/, '%00')]) {
    const answer = await fetch(wrong)
    t.is(answer.status, 404)
    t.regex(await answer.text(), /Be om en ny QR-kod/)
  }
})

test('a link ends after a day', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { desk } = await startDeviceWorld(t, { clock: { now: () => now } })
  const { body } = await desk.post<Device>('/api/v1/devices', { serialNumber: 'DMPY00000004' })
  const link = await desk.post<{ url: string; expiresAt: string }>(
    `/api/v1/devices/${body.id}/enrolment-link`,
  )
  t.is(link.body.expiresAt, '2026-11-23T08:00:00.000Z')
  now = new Date('2026-11-23T07:59:59Z')
  t.is((await fetch(link.body.url)).status, 200)
  now = new Date('2026-11-23T08:00:00Z')
  const answer = await fetch(link.body.url)
  t.is(answer.status, 410)
  t.regex(await answer.text(), /har gått ut/)
})

test('only those who may enrol make links, and only for their own iPads', async t => {
  const { server } = world()
  const deviceId = await aDevice('DMPY00000005')
  const path = `/api/v1/devices/${deviceId}/enrolment-link`
  t.is((await (await server.as('helpdesk')).post(path)).status, 403)
  const other = await server.ornkoll.organisations.create({ name: 'Annanby', language: 'sv' })
  t.is((await (await server.as('admin', other.id)).post(path)).status, 404)
  t.is((await (await server.as('handout')).post(path)).status, 201)
})

test('enrolling tells what the iPad is, before it is asked', async t => {
  const ipad = await world().enrolledIpad()
  const { body } = await world().desk.get<Device>(`/api/v1/devices/${ipad.deviceId}`)
  t.is(body.management, 'enrolled')
  t.like(body.information, { osVersion: '18.1', productName: 'iPad13,18', udid: ipad.udid })
})

test('between Authenticate and TokenUpdate the iPad is not enrolled yet', async t => {
  const ipad = await world().newIpad()
  await ipad.authenticate()
  const { body } = await world().desk.get<Device>(`/api/v1/devices/${ipad.deviceId}`)
  t.is(body.management, 'pending')
})

test('an iPad cannot call itself another', async t => {
  const ipad = await world().newIpad()
  const said = { MessageType: 'Authenticate', Topic: ipad.topic }
  t.is((await ipad.checkIn({ ...said, SerialNumber: 'DMPZ99999999' })).status, 400)
  t.is(await enrolmentOf(ipad), undefined)
  t.is((await ipad.checkIn({ ...said, SerialNumber: ipad.serialNumber.toLowerCase() })).status, 200)
})

test('a challenge is good for one key only', async t => {
  const { url } = await aLink(await aDevice('DMPY00000006'))
  const { scep } = openProfile(new Uint8Array(await (await fetch(url)).arrayBuffer()))
  const ask = (key: string) => requestWith(scep['Challenge'] as string, key)
  await t.notThrowsAsync(ask('first key'))
  await t.notThrowsAsync(ask('first key'))
  await t.throwsAsync(ask('second key'))
})

test('a renewed identity keeps the queue and the enrolment, and the old one works until the new has spoken', async t => {
  const ipad = await world().enrolledIpad()
  const { server, desk } = world()
  const { body } = await desk.post<{ commandUUID: string }>(`/api/v1/devices/${ipad.deviceId}/commands`, {
    requestType: 'SecurityInfo',
  })
  const before = await enrolmentOf(ipad)
  const old = ipad.identity
  const { enrolling } = server.ornkoll.management
  const profile = await enrolling.renewalProfile(server.organisationId, ipad.deviceId)
  const { scep } = openProfile(profile)
  const renewed = await requestWith(scep['Challenge'] as string, 'renewed')
  t.is((await ipad.authenticate({ identity: renewed })).status, 200)
  t.is((await ipad.connect({ Status: 'Idle' }, { identity: old })).status, 200)
  ipad.identity = renewed
  t.is((await ipad.tokenUpdate()).status, 200)
  const after = await enrolmentOf(ipad)
  t.is(after?.id, before?.id)
  t.is(after?.state, 'enrolled')
  t.is((await ipad.idle())?.uuid, body.commandUUID)
  t.is((await ipad.connect({ Status: 'Idle' }, { identity: old })).status, 400)
})

test('what waits encrypted for an iPad that renews its identity is made anew, so that it can be opened', async t => {
  const ipad = await world().enrolledIpad()
  const { server, desk } = world()
  const clips = await profileDesk(server)
  const id = await clips.profile('Hemlig', webClip('Hemlig', 'se.example.renewed', { VendorPassword: 'x' }))
  const open = await clips.profile('Öppen', webClip('Öppen', 'se.example.open'))
  for (const content of [{ id }, { id: open }])
    await created(desk, '/api/v1/assignments', {
      content,
      target: { kind: 'devices', deviceIds: [ipad.deviceId] },
      plan: { waves: [] },
    })
  interface Content {
    readonly content: { readonly id: string }
    readonly state: string
    readonly commandId: string
  }
  const contents = async () => {
    const path = `/api/v1/devices/${ipad.deviceId}/contents`
    const { items } = (await desk.get<{ items: Content[] }>(path)).body
    return new Map(items.map(each => [each.content.id, each]))
  }
  const stateOf = async (commandId = '') =>
    (await desk.get<{ state?: string }>(`/api/v1/commands/${commandId}`)).body.state
  const isQueued = async (commandId: string | undefined) =>
    eventually(
      () => stateOf(commandId),
      state => state === 'queued',
    )
  const before = await eventually(
    contents,
    found => found.size === 2 && [...found.values()].every(({ state }) => state === 'pending'),
  )
  for (const { commandId } of before.values()) await isQueued(commandId)
  const byHand = async (identifier: string, more: PlistDictionary = {}) =>
    (
      await created<{ commandUUID: string }>(desk, `/api/v1/devices/${ipad.deviceId}/commands`, {
        requestType: 'InstallProfile',
        Payload: Buffer.from(webClip('För hand', identifier, more)).toString('base64'),
      })
    ).commandUUID
  const secretByHand = await byHand('se.example.by-hand', { VendorPassword: 'x' })
  await byHand('se.example.by-hand.open')

  const { enrolling } = server.ornkoll.management
  const { scep } = openProfile(await enrolling.renewalProfile(server.organisationId, ipad.deviceId))
  const renewed = await requestWith(scep['Challenge'] as string, 'renewed with a secret')
  t.is((await ipad.authenticate({ identity: renewed })).status, 200)
  ipad.identity = renewed
  t.is((await ipad.tokenUpdate()).status, 200)
  t.is(await stateOf(before.get(id)?.commandId), 'cancelled', 'nobody could open it any more')

  const after = await contents()
  t.is(after.get(open)?.commandId, before.get(open)?.commandId, 'what is open is left alone')
  t.is(after.get(id)?.state, 'pending')
  await isQueued(after.get(id)?.commandId)
  t.is(await stateOf(secretByHand), 'queued', 'what somebody sent by hand is kept')

  // Heard of once more, as after a crash, it takes back nothing that is good.
  const again = {
    id: 'heard-again',
    organisationId: server.organisationId,
    deviceId: ipad.deviceId,
    at: new Date('2026-11-22T12:00:00Z'),
  }
  await server.ornkoll.management.deviceEvents.deliver({ ...again, kind: 'renewed' })
  t.is((await contents()).get(id)?.commandId, after.get(id)?.commandId)
  t.is(await stateOf(after.get(id)?.commandId), 'queued')
  const handed: string[] = []
  const mustOpen = [after.get(id)?.commandId, secretByHand]
  for (let next = await ipad.idle(); next; next = await ipad.report(next.uuid, 'Acknowledged')) {
    handed.push(next.uuid)
    if (!mustOpen.includes(next.uuid)) continue
    t.notThrows(() => openedBy(renewed, next.command['Payload']))
  }
  for (const commandId of mustOpen) t.is(handed.filter(each => each === commandId).length, 1)
  t.false(handed.includes(before.get(id)?.commandId ?? ''))
})

test('what somebody sends in the very moment of a renewal is made anew', async t => {
  const ipad = await world().enrolledIpad()
  const { ornkoll, organisationId } = world().server
  const { commands, enrolling, currentEnrolmentOf } = ornkoll.management
  const { directProfiles } = ornkoll.rollingOut
  const { scep } = openProfile(await enrolling.renewalProfile(organisationId, ipad.deviceId))
  const renewed = await requestWith(scep['Challenge'] as string, 'renewed in between')
  const renew = async () => {
    t.is((await ipad.authenticate({ identity: renewed })).status, 200)
    ipad.identity = renewed
    t.is((await ipad.tokenUpdate()).status, 200)
  }
  const made: (X509Certificate | undefined)[] = []
  const sending = createSending({
    ...ornkoll,
    commands,
    directProfiles: {
      ...directProfiles,
      async prepare(...given: Parameters<typeof directProfiles.prepare>) {
        const prepared = await directProfiles.prepare(...given)
        made.push(prepared.encryptedFor)
        if (made.length === 1) await renew()
        return prepared
      },
    },
  } as unknown as SendingDeps)
  const secret = webClip('För hand', 'se.example.between', { VendorPassword: 'x' })
  const admin = { ...systemActor(organisationId), roles: ['admin'] } as const
  const { id } = await sending.send(admin, {
    deviceId: ipad.deviceId,
    requestType: 'InstallProfile',
    parameters: { Payload: Buffer.from(secret).toString('base64') },
  })
  t.is(made.length, 2, 'the queue refuses what the iPad can no longer open')
  const kept = (await currentEnrolmentOf(organisationId, ipad.deviceId))?.certificate
  t.is(made[1]?.raw.toString('base64'), kept)
  const next = await ipad.idle()
  t.is(next?.uuid, id)
  t.notThrows(() => openedBy(renewed, next?.command['Payload']))
})

test('a renewal after an erase is a new enrolment', async t => {
  const ipad = await world().enrolledIpad()
  const { server, desk } = world()
  const { enrolling } = server.ornkoll.management
  const { scep } = openProfile(await enrolling.renewalProfile(server.organisationId, ipad.deviceId))
  const renewed = await requestWith(scep['Challenge'] as string, 'after erase')
  const erase = await desk.post<{ commandUUID: string }>(`/api/v1/devices/${ipad.deviceId}/commands`, {
    requestType: 'EraseDevice',
  })
  const waits = await desk.post<{ commandUUID: string }>(`/api/v1/devices/${ipad.deviceId}/commands`, {
    requestType: 'SecurityInfo',
  })
  await ipad.idle()
  t.is((await ipad.authenticate({ identity: renewed })).status, 200)
  t.not((await enrolmentOf(ipad))?.state, 'enrolled')
  const state = async (uuid: string) =>
    (await desk.get<{ state: string }>(`/api/v1/commands/${uuid}`)).body.state
  t.is(await state(erase.body.commandUUID), 'acknowledged')
  t.is(await state(waits.body.commandUUID), 'cancelled')
})

test('identities are renewed four months before they end, and again only a week later', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { server, enrolledIpad } = await startDeviceWorld(t, { clock: { now: () => now } })
  const ipad = await enrolledIpad()
  const { upkeep } = server.ornkoll.management
  const installs = async () =>
    (await commandsOf(t, ipad, server)).filter(type => type === 'InstallProfile').length
  now = new Date('2028-07-20T08:00:00Z')
  await upkeep.renewIdentities()
  t.is(await installs(), 0)
  now = new Date('2028-07-26T08:00:00Z')
  await upkeep.renewIdentities()
  await upkeep.renewIdentities()
  t.is(await installs(), 1)
  now = new Date('2028-08-03T08:00:00Z')
  await upkeep.renewIdentities()
  t.is(await installs(), 2)
})

test('an iPad that waits in Setup Assistant is let through, once', async t => {
  const ipad = await world().newIpad()
  await ipad.authenticate()
  await ipad.tokenUpdate({ AwaitingConfiguration: true })
  const { deviceEvents } = world().server.ornkoll.management
  await deviceEvents.idle()
  const next = await ipad.idle()
  t.is(next?.requestType, 'DeviceConfigured')
  await ipad.tokenUpdate({ AwaitingConfiguration: true })
  await deviceEvents.idle()
  t.is(await ipad.report(next?.uuid ?? '', 'Acknowledged'), undefined)
})

/** What is encrypted in a profile as it came to the iPad. */
function openedBy(identity: ProtocolIpad['identity'], sent: PlistValue | undefined) {
  const { content } = verifySignedData(sent as Uint8Array)
  const profile = readPlist(content, { bytes: 1_000_000, values: 1000 }) as PlistDictionary
  return decryptEnveloped(profile['EncryptedPayloadContent'] as Uint8Array, {
    ...identity,
    singleDes: 'refused',
  })
}

async function requestWith(challenge: string, key: string) {
  const transport = createTransport({
    signal: new AbortController().signal,
    wait: () => Promise.resolve(),
    retryAfterMs: () => undefined,
  })
  const settings = {
    url: `${world().server.url}/scep`,
    name: undefined,
    challenge,
    subject: [['commonName', 'iPad']] as const,
    keySize: 2048,
    authorityFingerprint: undefined,
  }
  return requestIdentity(settings, rsaKey(key), { transport, now: () => new Date(Date.now()), randomBytes })
}

async function commandsOf(
  t: ExecutionContext,
  ipad: ProtocolIpad,
  server: Awaited<ReturnType<typeof startDeviceWorld>>['server'],
): Promise<string[]> {
  const { management } = server.ornkoll
  const enrolment = await management.currentEnrolmentOf(server.organisationId, ipad.deviceId)
  t.truthy(enrolment)
  const actor = {
    kind: 'system',
    id: 'test',
    name: 'test',
    organisationId: server.organisationId,
    roles: [],
  } as const
  return (await management.commands.ofDevice(actor, ipad.deviceId, { limit: 50 })).map(
    ({ requestType }) => requestType,
  )
}
