import { createHash } from 'node:crypto'
import test from 'ava'
import { verifySignedData } from '../../../profiles/cms/verify-signed-data.ts'
import { requestTypes, type RequestType } from '../../../mdm/commands/catalogue.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { roles, type Role } from '../../../server/staff/rights.ts'
import { deviceWorld, startDeviceWorld } from '../../support/device-world.ts'
import { eventually } from '../../support/eventually.ts'
import { send, type ProtocolIpad } from '../../support/protocol-ipad.ts'
import { clipIdentifier, webClip } from '../../support/approved-profile.ts'
import { aWifiProfile } from '../../support/wifi-profile.ts'
import { apiClient, type ApiClient } from '../../support/api-client.ts'

const world = deviceWorld(test)

interface Shown {
  readonly commandUUID: string
  readonly requestType: string
  readonly state: string
  readonly reason?: string
  readonly result?: Record<string, unknown>
  readonly parameters?: Record<string, unknown>
  readonly error?: { words: string; chain: { code: number }[] }
  readonly times: Record<string, string>
  readonly requestedBy: { kind: string }
}
interface Refused {
  readonly error: { readonly code: string; readonly fields?: readonly { readonly path: string }[] }
}

const show = async (uuid: string, desk: ApiClient = world().desk) =>
  (await desk.get<Shown>(`/api/v1/commands/${uuid}`)).body
const lockOf = async (ipad: ProtocolIpad, desk: ApiClient = world().desk) =>
  (await desk.get<{ lock: string }>(`/api/v1/devices/${ipad.deviceId}`)).body.lock
const toDevice = (ipad: ProtocolIpad, what: string) => `/api/v1/devices/${ipad.deviceId}/${what}`

test('a command is answered 202 with its UUID and shows what became of it', async t => {
  const ipad = await world().enrolledIpad()
  const uuid = await send(world().desk, ipad.deviceId, 'DeviceLock', {
    Message: 'Hej',
    reason: 'Glömd på bussen',
  })
  t.regex(uuid, /^[0-9a-f-]{36}$/)
  const queued = await show(uuid)
  t.like(queued, {
    state: 'queued',
    requestType: 'DeviceLock',
    reason: 'Glömd på bussen',
    requestedBy: { kind: 'token' },
  })
  t.deepEqual(queued.parameters, { Message: 'Hej' })
  const handed = await ipad.idle()
  t.is(handed?.command['Message'], 'Hej')
  t.is((await show(uuid)).state, 'sent')
  await ipad.report(uuid, 'Acknowledged', { MessageResult: 'Success' })
  const done = await show(uuid)
  t.like(done, { state: 'acknowledged', result: { MessageResult: 'Success' } })
  t.truthy(done.times['queuedAt'] && done.times['sentAt'] && done.times['finishedAt'])
})

test('an error is told in words, with the chain as the iPad gave it', async t => {
  const ipad = await world().enrolledIpad()
  const uuid = await send(world().desk, ipad.deviceId, 'PlayLostModeSound')
  await ipad.idle()
  await ipad.report(uuid, 'Error', {
    ErrorChain: [
      {
        ErrorCode: 12_067,
        ErrorDomain: 'MCMDMErrorDomain',
        USEnglishDescription: 'Not lost',
        LocalizedDescription: 'Nej',
      },
    ],
  })
  const failed = await show(uuid)
  t.is(failed.state, 'failed')
  t.is(failed.error?.words, 'The iPad is not in lost mode.')
  t.is(failed.error?.chain[0]?.code, 12_067)
})

test('a CommandFormatError, which has no chain, is an error as well', async t => {
  const ipad = await world().enrolledIpad()
  const uuid = await send(world().desk, ipad.deviceId, 'SecurityInfo')
  await ipad.idle()
  await ipad.report(uuid, 'CommandFormatError')
  t.is((await show(uuid)).state, 'failed')
})

test('wrong commands and parameters are refused with their place and queue nothing', async t => {
  const ipad = await world().enrolledIpad()
  const post = async (body: unknown) => world().desk.post<Refused>(toDevice(ipad, 'commands'), body)
  for (const [body, path] of [
    [{ requestType: 'FormatDisk' }, 'requestType'],
    [{ requestType: 'EnableLostMode' }, 'Message'],
    [{ requestType: 'InstallProfile', Payload: 'not base64!' }, 'Payload'],
    [{ requestType: 'DeviceLock', Mesage: 'x' }, 'Mesage'],
    [{ requestType: 'InstallApplication', Identifier: 'a', Configuration: { a: 1e20 } }, 'Configuration.a'],
  ] as const) {
    const { status, body: refused } = await post(body)
    t.is(status, 422)
    t.is(refused.error.code, 'command-invalid')
    t.is(refused.error.fields?.[0]?.path, path)
  }
  t.is((await post({})).status, 400)
  t.is((await post({ requestType: 'DeviceLock', Message: 'Ring\u000b019' })).status, 400)
  t.is(await ipad.idle(), undefined)
})

test('nothing is sent to an iPad that is not enrolled, or to one of others', async t => {
  const { desk, server } = world()
  const ipad = await world().newIpad()
  const refused = await desk.post<Refused>(toDevice(ipad, 'commands'), { requestType: 'SecurityInfo' })
  t.deepEqual([refused.status, refused.body.error.code], [409, 'device-unenrolled'])
  const enrolled = await world().enrolledIpad()
  const other = await server.ornkoll.organisations.create({ name: 'Annanby', language: 'sv' })
  const stranger = await server.as('admin', other.id)
  t.is((await stranger.post(toDevice(enrolled, 'commands'), { requestType: 'SecurityInfo' })).status, 404)
  const uuid = await send(desk, enrolled.deviceId, 'SecurityInfo')
  t.is((await stranger.get(`/api/v1/commands/${uuid}`)).status, 404)
  t.is((await stranger.post(`/api/v1/commands/${uuid}/cancel`, {})).status, 404)
  t.is((await show(uuid)).state, 'queued')
})

/** Written out by hand from what each role is for, so that a wider table of rights is seen here. */
const sendersOf: Readonly<Record<RequestType, readonly Role[]>> = {
  DeviceInformation: ['admin', 'second-line', 'helpdesk', 'handout'],
  SecurityInfo: ['admin', 'second-line', 'helpdesk', 'handout'],
  InstalledApplicationList: ['admin', 'second-line', 'helpdesk', 'handout'],
  ProfileList: ['admin', 'second-line', 'helpdesk', 'handout'],
  ManagedMediaList: ['admin', 'second-line', 'helpdesk', 'handout'],
  ManagedApplicationList: ['admin', 'second-line', 'helpdesk', 'handout'],
  RestartDevice: ['admin', 'second-line', 'helpdesk', 'handout'],
  DeviceLock: ['admin', 'second-line', 'helpdesk', 'handout'],
  ClearPasscode: ['admin', 'second-line', 'helpdesk'],
  EnableLostMode: ['admin', 'second-line', 'helpdesk'],
  DisableLostMode: ['admin', 'second-line', 'helpdesk'],
  PlayLostModeSound: ['admin', 'second-line', 'helpdesk'],
  DeviceLocation: ['admin', 'second-line', 'helpdesk'],
  Settings: ['admin', 'second-line', 'handout'],
  DeviceConfigured: ['admin', 'second-line', 'handout'],
  InstallApplication: ['admin', 'second-line'],
  RemoveApplication: ['admin', 'second-line'],
  InstallMedia: ['admin', 'second-line'],
  RemoveMedia: ['admin', 'second-line'],
  InstallProfile: ['admin'],
  RemoveProfile: ['admin'],
  EraseDevice: ['admin', 'second-line'],
}

/** What a command needs to be sound; one without parameters is left out. */
const sound: Partial<Record<RequestType, object>> = {
  EnableLostMode: { Message: 'Hej' },
  Settings: { Settings: [{ Item: 'DeviceName', DeviceName: 'Läsplatta' }] },
  InstallApplication: { Identifier: 'se.example.papers' },
  RemoveApplication: { Identifier: 'se.example.papers' },
  InstallMedia: { MediaType: 'Book', iTunesStoreID: 1 },
  RemoveMedia: { MediaType: 'Book', PersistentID: 'bok' },
  InstallProfile: { Payload: Buffer.from(aWifiProfile()).toString('base64') },
  RemoveProfile: { Identifier: 'se.example.wifi' },
}

test('roles decide which commands one may send', async t => {
  const { server } = world()
  const ipad = await world().enrolledIpad()
  await ipad.tokenUpdate({ UnlockToken: Buffer.from('unlock me') })
  for (const role of roles) {
    const client = await server.as(role)
    for (const [requestType, senders] of Object.entries(sendersOf)) {
      const given = { requestType, ...sound[requestType as RequestType] }
      const { status, body } = await client.post<Partial<Refused>>(toDevice(ipad, 'commands'), given)
      const said = `${requestType} as ${role}: ${status} ${body.error?.code}`
      // An erase that waits makes a lock pointless, and a position wants its case: known, allowed, and refused for that.
      if (senders.includes(role)) t.true(status === 202 || status === 409, said)
      else t.is(status, 403, said)
    }
  }
  t.deepEqual(Object.keys(sendersOf).sort(), [...requestTypes].sort())
})

test('profiles past approval are for who rules roll-outs, must be sound, and are never shown again', async t => {
  const ipad = await world().enrolledIpad()
  const { server, desk } = world()
  const install = (client: ApiClient, profile: Uint8Array) =>
    client.post<Refused & { commandUUID: string }>(toDevice(ipad, 'actions/install-profile'), {
      payload: Buffer.from(profile).toString('base64'),
    })
  const sound = aWifiProfile()
  const helpdesk = await server.as('helpdesk')
  t.is((await install(helpdesk, sound)).body.error.code, 'command-not-allowed')
  const remove = { requestType: 'RemoveProfile', Identifier: 'se.example.ekeby.wifi' }
  t.is((await helpdesk.post(toDevice(ipad, 'commands'), remove)).status, 403)
  const noProfile = await install(desk, Buffer.from('no profile'))
  t.is(noProfile.status, 422)
  t.regex(noProfile.body.error.code, /^profile-/)
  const harmful = await install(desk, aWifiProfile({ EncryptionType: 'None of them' }))
  t.deepEqual([harmful.status, harmful.body.error.code], [409, 'profile-refused'])
  t.is(harmful.body.error.fields?.[0]?.path, 'Payload')
  t.is(await ipad.idle(), undefined, 'nothing was queued')

  const { status, body } = await install(desk, sound)
  t.is(status, 202)
  const shown = await show(body.commandUUID)
  t.notRegex(JSON.stringify(shown), new RegExp(Buffer.from('vinterdäck').toString('base64').slice(0, 10)))
  const cancel = `/api/v1/commands/${body.commandUUID}/cancel`
  t.is((await helpdesk.post(cancel, {})).status, 403)
  const handed = (await ipad.idle())?.command['Payload'] as Uint8Array
  const sha256 = createHash('sha256').update(handed).digest('hex')
  t.deepEqual(shown.parameters, { Payload: { bytes: handed.length, sha256 } })
  const signed = Buffer.from(verifySignedData(handed).content)
  t.true(signed.includes('EncryptedPayloadContent'), 'it is encrypted for the iPad, and signed')
  t.false(signed.includes('vinterdäck'))
})

test('a profile sent by hand holds the values of its iPad, and is taken off for a reason', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const install = (title: string) =>
    desk.post<Refused>(toDevice(ipad, 'actions/install-profile'), {
      payload: Buffer.from(webClip(title)).toString('base64'),
    })
  const unlent = await install('{{person.email}}')
  t.deepEqual([unlent.status, unlent.body.error.code], [409, 'profile-value-missing'])
  t.is(await ipad.idle(), undefined, 'nothing was queued')
  t.is((await install('iPad {{device.serial}}')).status, 202)
  const handed = await ipad.idle()
  const sent = Buffer.from(verifySignedData(handed?.command['Payload'] as Uint8Array).content).toString()
  t.true(sent.includes(`iPad ${ipad.serialNumber}`))
  await ipad.report(handed?.uuid ?? '', 'Acknowledged')

  const remove = (reason?: string) =>
    desk.post<Refused>(toDevice(ipad, 'actions/remove-profile'), { identifier: 'se.example.wifi', reason })
  const unweighed = await remove()
  t.deepEqual([unweighed.status, unweighed.body.error.code], [409, 'profile-may-strand'])
  t.is(unweighed.body.error.fields?.[0]?.path, 'reason')
  t.is(await ipad.idle(), undefined)
  const tell = async (...types: string[]) => {
    const told = await send(desk, ipad.deviceId, 'ProfileList')
    await ipad.idle()
    const parts = types.map(PayloadType => ({ PayloadType }))
    await ipad.report(told, 'Acknowledged', {
      ProfileList: [
        {
          PayloadIdentifier: clipIdentifier,
          PayloadUUID: 'X',
          ...(parts.length > 0 && { PayloadContent: parts }),
        },
      ],
    })
  }
  await tell()
  const replacing = await install('En annan')
  t.is(replacing.body.error.code, 'profile-may-strand', 'what it replaces may hold the only network')
  t.is((await remove('Nätet finns inte mer')).status, 202)
  const taken = await ipad.idle()
  t.is(taken?.command['Identifier'], 'se.example.wifi')
  await ipad.report(taken?.uuid ?? '', 'Acknowledged')

  // No reason is asked for where the iPad has told that there is no network in it.
  const removeClip = () =>
    desk.post<Refused>(toDevice(ipad, 'actions/remove-profile'), { identifier: clipIdentifier })
  await tell('com.apple.webClip.managed', 'com.apple.wifi.managed')
  t.is((await removeClip()).body.error.code, 'profile-may-strand')
  await tell('com.apple.webClip.managed')
  t.is((await removeClip()).status, 202)
  t.is((await ipad.idle())?.command['Identifier'], clipIdentifier)
})

test('management is taken only off a borrower’s own iPad, by whoever may enrol', async t => {
  const ours = await world().enrolledIpad()
  const own = await world().enrolledIpad({ ownership: 'personal' })
  const { server, desk } = world()
  const identifier = 'se.ornkoll.enrolment'
  const remove = (client: ApiClient, ipad: ProtocolIpad, reason?: string) =>
    client.post<Refused>(toDevice(ipad, 'actions/remove-profile'), { identifier, reason })
  const helpdesk = await server.as('helpdesk')
  const secondLine = await server.as('second-line')
  t.is((await remove(helpdesk, ours)).body.error.code, 'command-not-allowed')
  for (const client of [secondLine, desk])
    t.is((await remove(client, ours, 'Såld')).body.error.code, 'management-stays', 'ours stays managed')
  t.is(await ours.idle(), undefined, 'nothing was queued')
  const path = `/api/v1/devices/${ours.deviceId}`
  const { version } = (await desk.get<{ version: number }>(path)).body
  const handout = await server.as('handout')
  for (const client of [handout, desk]) {
    const { status, body } = await client.patch<Refused>(path, { version, ownership: 'personal' })
    t.is(status, 422, 'and is not written as somebody’s own to let it go')
    t.deepEqual(
      body.error.fields?.map(field => field.path),
      ['ownership'],
    )
  }
  t.is((await remove(helpdesk, own, 'Slutat')).status, 403)
  t.is((await helpdesk.post(toDevice(own, 'actions/remove-management'), {})).status, 403)
  const rehearsal = toDevice(own, 'actions/remove-management?dryRun=true')
  t.is((await secondLine.post(rehearsal, { reason: 'Slutat' })).status, 200)
  t.is((await remove(secondLine, own)).body.error.code, 'reason-missing')
  t.is(await own.idle(), undefined, 'neither a rehearsal nor a deed without a reason queues anything')
  t.is((await remove(secondLine, own, 'Slutat')).status, 202)
  t.is((await own.idle())?.command['Identifier'], identifier)
})

test('the lost mode of an iPad that is looked for ends in its case alone', async t => {
  const ipad = await world().enrolledIpad()
  const { server } = world()
  const helpdesk = await server.as('helpdesk')
  const report = { kind: 'theft', deviceId: ipad.deviceId, description: 'Ur en väska.' }
  t.is((await helpdesk.post('/api/v1/incidents', report)).status, 201)
  const lock = await ipad.idle()
  t.is(lock?.command['RequestType'], 'EnableLostMode')
  await ipad.report(lock?.uuid ?? '', 'Acknowledged')
  const ends = [
    await helpdesk.post<Refused>(toDevice(ipad, 'commands'), { requestType: 'DisableLostMode' }),
    await helpdesk.post<Refused>(toDevice(ipad, 'actions/end-lost-mode'), {}),
  ]
  for (const { status, body } of ends) t.deepEqual([status, body.error.code], [409, 'looked-for'])
  t.is(await lockOf(ipad), 'lost')
})

test('profiles and apps that one person sends to one iPad after the other add up; nobody meets a limit in need', async t => {
  const { server, enrolledIpad } = world()
  const { sending } = server.ornkoll.management
  const { organisationId } = server
  const [one, other] = [await enrolledIpad(), await enrolledIpad()]
  const settings = { rolloutLimit: 1, bulkLimit: 1 }
  const admin = await server.as('admin')
  const { version } = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
  t.is((await admin.patch('/api/v1/organisations/current', { version, settings })).status, 200)
  const kim = { kind: 'staff', id: 's-one-by-one', name: 'Kim', organisationId, roles: ['admin'] } as const
  const sends = (actor: Parameters<typeof sending.send>[0], { deviceId }: ProtocolIpad, type: string) =>
    sending.send(actor, { deviceId, ...asked[type as keyof typeof asked] })
  const asked = {
    profile: {
      requestType: 'InstallProfile',
      parameters: { Payload: Buffer.from(webClip('En i taget', 'se.example.one')).toString('base64') },
    },
    app: { requestType: 'RemoveApplication', parameters: { Identifier: 'se.example.app' } },
    passcode: { requestType: 'DeviceLock', parameters: {} },
  }
  for (const type of ['profile', 'app']) {
    await sends(kim, one, type)
    await t.notThrowsAsync(sends(kim, one, type), 'the same iPad again adds nothing')
    await t.throwsAsync(sends(kim, other, type), { code: 'one-by-one-limit' })
    const key = { ...kim, kind: 'token', id: 'k', behind: kim } as const
    await t.throwsAsync(sends(key, other, type), { code: 'one-by-one-limit' }, 'nor by a key of theirs')
    await t.notThrowsAsync(sends({ ...kim, id: 's-another' }, other, type))
  }
  await t.notThrowsAsync(sends(kim, other, 'passcode'))
})

test('a person alone cannot erase where four eyes are asked for; a program of an administrator can', async t => {
  const ipad = await world().enrolledIpad()
  const { server } = world()
  const { management } = server.ornkoll
  const person = {
    kind: 'staff',
    id: 's-1',
    name: 'Åsa Ek',
    organisationId: server.organisationId,
    roles: ['admin'],
  } as const
  await t.throwsAsync(
    management.sending.send(person, {
      deviceId: ipad.deviceId,
      requestType: 'EraseDevice',
      reason: 'Stulen',
    }),
    {
      code: 'approval-needed',
    },
  )
  t.is(await lockOf(ipad), 'open')
  const uuid = await send(world().desk, ipad.deviceId, 'EraseDevice')
  t.is(await lockOf(ipad), 'wipe-pending')
  await ipad.idle()
  await ipad.report(uuid, 'Acknowledged')
  t.is(await lockOf(ipad), 'wiped')
})

test('where one person may erase alone, the token of a person must still say why', async t => {
  const { server, desk, enrolledIpad } = await startDeviceWorld(t)
  const ipad = await enrolledIpad()
  const { organisationId } = server
  const asta = { name: 'Asta Lind', email: 'asta.lind@example.se', language: 'sv', roles: ['admin'] } as const
  const { id } = await server.ornkoll.staff.add(systemActor(organisationId), asta)
  const person = { kind: 'staff', id, name: asta.name, organisationId, roles: asta.roles } as const
  const { token } = await server.ornkoll.tokens.issue(person, { name: 'desk', roles: ['admin'], days: 1 })
  const program = apiClient(server.url, token)
  const erase = (reason?: string) =>
    program.post<Refused>(toDevice(ipad, 'commands'), { requestType: 'EraseDevice', reason })
  t.is((await erase('Stulen')).body.error.code, 'approval-needed')
  const read = await desk.get<{ settings: object; version: number }>('/api/v1/organisations/current')
  const settings = { ...read.body.settings, fourEyes: false }
  const changed = await desk.patch('/api/v1/organisations/current', {
    settings,
    version: read.body.version,
  })
  t.is(changed.status, 200)
  const refused = await erase()
  t.deepEqual([refused.status, refused.body.error.code], [422, 'reason-missing'])
  t.is(await lockOf(ipad, desk), 'open')
  t.is((await erase('Stulen')).status, 202)
  t.is(await lockOf(ipad, desk), 'wipe-pending')
})

test('lost mode goes on and off as the iPad confirms it', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const on = await send(desk, ipad.deviceId, 'EnableLostMode', {
    Message: 'Ring oss',
    PhoneNumber: '0581-81000',
  })
  t.is(await lockOf(ipad), 'lost-mode-pending')
  await ipad.idle()
  await ipad.report(on, 'Acknowledged')
  t.is(await lockOf(ipad), 'lost')
  const off = await send(desk, ipad.deviceId, 'DisableLostMode')
  t.is(await lockOf(ipad), 'unlock-pending')
  await ipad.idle()
  await ipad.report(off, 'Error', { ErrorChain: [{ ErrorCode: 12_069, ErrorDomain: 'MCMDMErrorDomain' }] })
  t.is(await lockOf(ipad), 'lost')
  const again = await send(desk, ipad.deviceId, 'DisableLostMode')
  await ipad.idle()
  await ipad.report(again, 'Acknowledged')
  t.is(await lockOf(ipad), 'open')
})

test('an unlock asked for meanwhile is not undone by a lock that comes through late', async t => {
  const ipad = await world().enrolledIpad()
  const on = await send(world().desk, ipad.deviceId, 'EnableLostMode', { Message: 'Ring oss' })
  await ipad.idle()
  const off = await send(world().desk, ipad.deviceId, 'DisableLostMode')
  t.is((await ipad.report(on, 'Acknowledged'))?.uuid, off)
  t.is(await lockOf(ipad), 'unlock-pending')
})

test('a failed erase of a locked iPad leaves it locked', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const on = await send(desk, ipad.deviceId, 'EnableLostMode', { Message: 'Ring oss' })
  await ipad.idle()
  await ipad.report(on, 'Acknowledged')
  const erase = await send(desk, ipad.deviceId, 'EraseDevice')
  await ipad.idle()
  await ipad.report(erase, 'Error')
  t.is(await lockOf(ipad), 'lost')
})

test('of two that ask for the same lock, one that comes to nothing leaves it to the other', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, server } = world()
  const second = await server.as('second-line')
  const [one, other] = [
    await send(desk, ipad.deviceId, 'EraseDevice'),
    await send(desk, ipad.deviceId, 'EraseDevice'),
  ]
  t.is((await second.post(`/api/v1/commands/${other}/cancel`)).status, 200)
  t.is(await lockOf(ipad), 'wipe-pending', 'the first still waits')
  await ipad.idle()
  await ipad.report(one, 'Error')
  t.is(await lockOf(ipad), 'open', 'back to where both began')
})

test('every result is applied to what is known of the iPad', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const answer = async (requestType: string, fields: Parameters<ProtocolIpad['report']>[2]) => {
    const uuid = await send(desk, ipad.deviceId, requestType)
    await ipad.idle()
    await ipad.report(uuid, 'Acknowledged', fields)
  }
  await answer('DeviceInformation', {
    QueryResponses: { DeviceName: 'Platta 7', IsSupervised: true, BatteryLevel: 0.25 },
  })
  await answer('SecurityInfo', { SecurityInfo: { PasscodePresent: true, HardwareEncryptionCaps: 3 } })
  await answer('InstalledApplicationList', {
    InstalledApplicationList: [{ Identifier: 'se.malmby.app', Name: 'App', ShortVersion: '2.1' }],
  })
  await answer('ProfileList', {
    ProfileList: [{ PayloadIdentifier: 'p', PayloadUUID: 'u', PayloadDisplayName: 'Wi-Fi', IsManaged: true }],
  })
  await answer('ManagedApplicationList', {
    ManagedApplicationList: {
      'se.malmby.app': { Status: 'Managed' },
      'se.malmby.odd': 'not what Apple says',
    },
  })
  const { body } = await desk.get<{ information: Record<string, unknown> }>(
    `/api/v1/devices/${ipad.deviceId}`,
  )
  t.like(body.information, {
    deviceName: 'Platta 7',
    supervised: true,
    batteryPercent: 25,
    passcodePresent: true,
    hardwareEncrypted: true,
    apps: [{ identifier: 'se.malmby.app', name: 'App', version: '2.1' }],
    managedApps: [
      { identifier: 'se.malmby.app', state: 'Managed' },
      { identifier: 'se.malmby.odd', state: 'Unknown' },
    ],
    profiles: [{ identifier: 'p', uuid: 'u', name: 'Wi-Fi', managed: true }],
    osVersion: '18.1',
  })
})

test('nobody asks for a position without an open case of theft or loss', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const path = toDevice(ipad, 'commands')
  const refused = await desk.post<Refused>(path, { requestType: 'DeviceLocation' })
  t.is(refused.status, 409)
  t.is(refused.body.error.code, 'no-open-case')
  t.is((await desk.post(toDevice(ipad, 'actions/locate'), {})).status, 409)
  const damage = { deviceId: ipad.deviceId, kind: 'damage', description: 'A cracked glass' }
  await desk.post('/api/v1/incidents', damage)
  t.is((await desk.post(path, { requestType: 'DeviceLocation' })).status, 409, 'a broken one is not away')
  t.is(await ipad.idle(), undefined, 'nothing was queued')
})

test('a position fetched beside the case is kept by the case, and goes with it', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const report = { deviceId: ipad.deviceId, kind: 'loss', description: 'Left on a train' }
  const incident = (await desk.post<{ id: string }>('/api/v1/incidents', report)).body
  const uuid = await send(desk, ipad.deviceId, 'DeviceLocation')
  const lock = await ipad.idle()
  t.is((await ipad.report(lock?.uuid ?? '', 'Acknowledged'))?.uuid, uuid)
  await ipad.report(uuid, 'Acknowledged', { Latitude: 59.5, Longitude: 15.25 })
  const positions = async () =>
    (await desk.get<{ items: { latitude: number }[] }>(`/api/v1/incidents/${incident.id}/positions`)).body
      .items
  t.like((await eventually(positions, found => found.length > 0))[0], { latitude: 59.5 })
  t.is(
    (
      await eventually(
        () => show(uuid),
        ({ result }) => result === undefined,
      )
    ).state,
    'acknowledged',
  )
  await desk.post(`/api/v1/incidents/${incident.id}/recover`, { close: true })
  t.deepEqual(await positions(), [])
  t.is((await desk.post(toDevice(ipad, 'commands'), { requestType: 'DeviceLocation' })).status, 409)
})

test('a command can be taken back until it is fetched, and afterwards only on purpose', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const [a, b] = [
    await send(desk, ipad.deviceId, 'SecurityInfo'),
    await send(desk, ipad.deviceId, 'ProfileList'),
  ]
  t.is(
    (await desk.post<Shown>(`/api/v1/commands/${a}/cancel`, { reason: 'Fel iPad' })).body.state,
    'cancelled',
  )
  t.is((await ipad.idle())?.uuid, b)
  const refused = await desk.post<Refused>(`/api/v1/commands/${b}/cancel`, {})
  t.deepEqual([refused.status, refused.body.error.code], [409, 'command-sent'])
  t.is((await desk.post<Shown>(`/api/v1/commands/${b}/cancel`, { alsoSent: true })).body.state, 'cancelled')
  t.is(await ipad.report(b, 'Acknowledged'), undefined)
  t.is((await show(b)).state, 'cancelled')
  const twice = await desk.post<Refused>(`/api/v1/commands/${b}/cancel`, {})
  t.deepEqual([twice.status, twice.body.error.code], [409, 'command-finished'])
})

test('the same Idempotency-Key sends one command', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const post = () =>
    desk.post<Shown>(
      toDevice(ipad, 'commands'),
      { requestType: 'SecurityInfo' },
      { 'idempotency-key': `key-${ipad.deviceId}` },
    )
  const [first, second] = [await post(), await post()]
  t.is(second.body.commandUUID, first.body.commandUUID)
  await ipad.idle()
  t.is(await ipad.report(first.body.commandUUID, 'Acknowledged'), undefined)
})

test('the list of an iPad shows the newest first, page by page, without contents', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  const sent: string[] = []
  for (let index = 0; index < 5; index++)
    sent.push(await send(desk, ipad.deviceId, 'DeviceLock', { Message: 'Hej' }))
  interface List {
    readonly items: readonly Shown[]
    readonly next: string | null
  }
  const first = (await desk.get<List>(toDevice(ipad, 'commands?limit=3'))).body
  const second = (
    await desk.get<List>(toDevice(ipad, `commands?limit=3&after=${encodeURIComponent(first.next ?? '')}`))
  ).body
  t.deepEqual(
    [...first.items, ...second.items].map(({ commandUUID }) => commandUUID),
    sent.toReversed(),
  )
  t.is(second.next, null)
  t.is(first.items[0]?.parameters, undefined)
  t.is((await desk.get(toDevice(ipad, 'commands?after=hej'))).status, 422)
  t.is((await desk.get<List>(toDevice(ipad, 'commands?state=failed'))).body.items.length, 0)
})

test('actions speak the language of the desk', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  interface Acted {
    readonly dryRun?: boolean
    readonly commands: readonly { readonly requestType: string; readonly commandUUID?: string }[]
  }
  const rehearsed = await desk.post<Acted>(toDevice(ipad, 'actions/refresh?dryRun=true'), {})
  t.is(rehearsed.status, 200)
  t.true(rehearsed.body.dryRun)
  t.is(await ipad.idle(), undefined)
  const done = await desk.post<Acted>(toDevice(ipad, 'actions/refresh'), { reason: 'Kontroll' })
  t.is(done.status, 202)
  t.deepEqual(
    done.body.commands.map(({ requestType }) => requestType),
    [
      'DeviceInformation',
      'SecurityInfo',
      'InstalledApplicationList',
      'ProfileList',
      'ManagedApplicationList',
    ],
  )
  t.is((await show(done.body.commands[0]?.commandUUID ?? '')).reason, 'Kontroll')
  const lost = await desk.post<Acted>(toDevice(ipad, 'actions/lost-mode'), {
    message: 'Ring oss',
    phoneNumber: '0581-81000',
  })
  t.deepEqual((await show(lost.body.commands[0]?.commandUUID ?? '')).parameters, {
    Message: 'Ring oss',
    PhoneNumber: '0581-81000',
  })
  t.is((await desk.post(toDevice(ipad, 'actions/dance'), {})).status, 400)
  const clear = 'actions/clear-passcode'
  for (const what of [clear, `${clear}?dryRun=true`]) {
    const refused = await desk.post<Refused>(toDevice(ipad, what), {})
    t.deepEqual([refused.status, refused.body.error.code], [409, 'unlock-token-missing'], what)
  }
})

test('the passcode is cleared with the token of the iPad, which nobody sees', async t => {
  const ipad = await world().enrolledIpad()
  const { desk } = world()
  await ipad.tokenUpdate({ UnlockToken: Buffer.from('unlock me') })
  const { body } = await desk.post<{ commandUUID: string }>(toDevice(ipad, 'actions/clear-passcode'), {
    reason: 'Glömd kod',
  })
  t.deepEqual(Buffer.from((await ipad.idle())?.command['UnlockToken'] as Uint8Array).toString(), 'unlock me')
  t.deepEqual((await show(body.commandUUID)).parameters, {})
})

test('a command that nobody waits for any more expires; an erase never does', async t => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { server, desk, enrolledIpad } = await startDeviceWorld(t, { clock: { now: () => now } })
  const ipad = await enrolledIpad()
  const expiresAt = '2026-11-22T09:00:00.000Z'
  const sound = await send(desk, ipad.deviceId, 'PlayLostModeSound', { expiresAt })
  const erase = await send(desk, ipad.deviceId, 'EraseDevice', { expiresAt })
  const security = await send(desk, ipad.deviceId, 'SecurityInfo', { expiresAt })
  now = new Date('2026-11-22T08:59:59Z')
  await server.ornkoll.management.commands.expireOverdue()
  t.is((await show(sound, desk)).state, 'queued')
  now = new Date(expiresAt)
  t.is((await ipad.idle())?.uuid, erase)
  t.is((await show(sound, desk)).state, 'expired')
  await server.ornkoll.management.commands.expireOverdue()
  t.is((await show(security, desk)).state, 'expired')
  t.is((await show(erase, desk)).state, 'sent')
})

test('whoever may not lock an iPad cannot take the lock back either', async t => {
  const { server, desk, enrolledIpad } = world()
  const ipad = await enrolledIpad()
  const uuid = await send(desk, ipad.deviceId, 'EnableLostMode', { Message: 'Hej' })
  const handout = await server.as('handout')
  const refused = await handout.post<Refused>(`/api/v1/commands/${uuid}/cancel`)
  t.is(refused.status, 403)
  t.is(refused.body.error.code, 'command-not-allowed')
  t.is((await show(uuid)).state, 'queued')
  t.is((await (await server.as('helpdesk')).post(`/api/v1/commands/${uuid}/cancel`)).status, 200)
})

test('an erase of a borrower’s own iPad is refused, also for those who may erase alone', async t => {
  const { server, enrolledIpad } = world()
  const ipad = await enrolledIpad({ ownership: 'personal' })
  const admin = await server.as('admin')
  const refused = await admin.post<Refused>(toDevice(ipad, 'commands'), {
    requestType: 'EraseDevice',
    reason: 'x',
  })
  t.is(refused.status, 409)
  t.is(await ipad.idle(), undefined, 'nothing was queued')
})
