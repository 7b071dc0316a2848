import { randomBytes } from 'node:crypto'
import test from 'ava'
import {
  isDictionary,
  isList,
  type PlistDictionary,
  type PlistValue,
} from '../../../../profiles/plist/plist-value.ts'
import { writePlist } from '../../../../profiles/plist/write-plist.ts'
import { requestTypes } from '../../../../mdm/commands/catalogue.ts'
import { informationQueries } from '../../../../mdm/commands/device-information-queries.ts'
import { answerCommand, answeredTypes } from '../../../../scripts/simulate/answers/answer-command.ts'
import { type Answer, type AnswerContext } from '../../../../scripts/simulate/answers/answer.ts'
import { hardwareOf } from '../../../../scripts/simulate/hardware.ts'
import { newState, type IpadState } from '../../../../scripts/simulate/ipad-state.ts'
import { aDeviceSigner, anAuthority } from '../../../support/a-signer.ts'

const unlockToken = randomBytes(40)
const identity = aDeviceSigner(anAuthority().issuing, 'SIMTEST00001')

function context(changes: Partial<AnswerContext> = {}): AnswerContext {
  return {
    hardware: hardwareOf('SIMTEST00001'),
    state: newState(false),
    locked: false,
    supervised: true,
    unlockToken,
    identity,
    position: { latitude: 59.1, longitude: 15.2, course: -1, speed: -1 },
    now: new Date('2026-11-22T09:00:00.123Z'),
    ...changes,
  }
}

const answer = (
  requestType: string,
  parameters: PlistDictionary = {},
  changes: Partial<AnswerContext> = {},
) => answerCommand({ uuid: 'c-1', requestType, parameters }, context(changes))

const lost: IpadState = {
  ...newState(false),
  lostMode: {
    message: 'Found?',
    phoneNumber: undefined,
    footnote: undefined,
    since: new Date(0),
    soundsPlayed: 0,
  },
}

function inside(value: PlistValue | undefined): PlistDictionary {
  return isDictionary(value) ? value : {}
}

test('an iPad knows every command that the server can send', t => {
  t.deepEqual(
    requestTypes.filter(type => !answeredTypes.includes(type)),
    [],
  )
  t.like(answer('OSUpdateStatus'), { status: 'Error', errors: [{ domain: 'MCMDMErrorDomain', code: 12021 }] })
  t.is(answer('constructor').status, 'Error')
})

test('it tells of itself what was asked, and only that', t => {
  const told = answer('DeviceInformation', { Queries: ['SerialNumber', 'IsSupervised', 'Nonsense'] })
  t.deepEqual(told.response, { QueryResponses: { SerialNumber: 'SIMTEST00001', IsSupervised: true } })
  const all = inside(
    answer('DeviceInformation', { Queries: [...informationQueries] }).response?.['QueryResponses'],
  )
  t.is(all['OSVersion'], hardwareOf('SIMTEST00001').osVersion)
  t.true(Number(all['BatteryLevel']) > 0 && Number(all['BatteryLevel']) <= 1)
  t.is(answer('DeviceInformation').status, 'CommandFormatError')
})

test('whatever it answers can be written as a property list', t => {
  for (const type of answeredTypes) {
    const { response } = answer(type, { Queries: [...informationQueries] }, { state: lost })
    t.notThrows(() => writePlist(response ?? {}), type)
  }
})

test('lost mode comes, plays, tells where it is and goes', t => {
  const on = answer('EnableLostMode', { Message: 'Call us', PhoneNumber: '019-000 00 00' })
  t.is(on.status, 'Acknowledged')
  t.like(on.after?.lostMode, { message: 'Call us', phoneNumber: '019-000 00 00', soundsPlayed: 0 })
  t.is(answer('PlayLostModeSound', {}, { state: lost }).after?.lostMode?.soundsPlayed, 1)
  t.like(answer('DeviceLocation', {}, { state: lost }).response, {
    Latitude: 59.1,
    Longitude: 15.2,
    Timestamp: '2026-11-22T09:00:00Z',
  })
  const off = answer('DisableLostMode', {}, { state: lost })
  t.is(off.after?.lostMode, undefined)
  t.is(answer('EnableLostMode').status, 'CommandFormatError')
})

test('outside lost mode it tells nobody where it is, and inside it refuses what a finder could use', t => {
  for (const type of ['DeviceLocation', 'PlayLostModeSound', 'DisableLostMode']) {
    const refusal = answer(type)
    t.like(refusal, { status: 'Error', errors: [{ code: 12067 }] }, type)
    t.is(refusal.response, undefined)
  }
  for (const type of ['ClearPasscode', 'InstallApplication', 'Settings'])
    t.like(answer(type, {}, { state: lost }), { status: 'Error', errors: [{ code: 12078 }] }, type)
  t.is(answer('EraseDevice', {}, { state: lost }).then, 'erase')
})

test('an unsupervised iPad refuses what Apple keeps for supervised ones', t => {
  for (const type of ['EnableLostMode', 'DeviceLocation', 'RestartDevice'])
    t.like(answer(type, { Message: 'x' }, { supervised: false }), { errors: [{ code: 12064 }] }, type)
  t.is(answer('EraseDevice', {}, { supervised: false }).status, 'Acknowledged')
})

test('behind its passcode it puts off what needs the user, never what a thief would like to delay', t => {
  const locked = { locked: true }
  for (const type of ['InstallProfile', 'InstallApplication', 'RemoveProfile', 'Settings'])
    t.deepEqual(answer(type, {}, locked), { status: 'NotNow' }, type)
  for (const type of ['EnableLostMode', 'EraseDevice', 'DeviceInformation', 'DeviceLock'])
    t.not(answer(type, { Message: 'x', Queries: [] }, locked).status, 'NotNow', type)
})

test('only the unlock token of this very iPad clears its passcode', t => {
  const cleared = answer('ClearPasscode', { UnlockToken: unlockToken })
  t.false(cleared.after?.passcodeSet)
  const kept = answer('ClearPasscode', { UnlockToken: randomBytes(40) })
  t.is(kept.status, 'Error')
  t.is(kept.after, undefined)
})

const profile = (uuid: string) =>
  writePlist({
    PayloadType: 'Configuration',
    PayloadIdentifier: 'se.example.wifi',
    PayloadUUID: uuid,
    PayloadDisplayName: 'Wi-Fi',
    PayloadContent: [{ PayloadType: 'com.apple.wifi.managed', PayloadIdentifier: 'se.example.wifi.1' }],
  })

test('profiles are installed, replaced by identifier, listed and removed', t => {
  const first = answer('InstallProfile', { Payload: profile('A') }).after ?? newState(false)
  const second =
    answer('InstallProfile', { Payload: profile('B') }, { state: first }).after ?? newState(false)
  const list = answer('ProfileList', {}, { state: second }).response?.['ProfileList']
  t.true(isList(list))
  t.is(isList(list) ? list.length : 0, 1)
  t.like(list, [{ PayloadIdentifier: 'se.example.wifi', PayloadUUID: 'B', IsManaged: true }])
  t.deepEqual(
    answer('RemoveProfile', { Identifier: 'se.example.wifi' }, { state: second }).after?.profiles,
    [],
  )
  t.like(answer('RemoveProfile', { Identifier: 'se.example.other' }, { state: second }), {
    status: 'Error',
    errors: [{ code: 12013 }],
  })
  const bad = answer('InstallProfile', { Payload: Buffer.from('<plist') })
  t.like(bad, { status: 'Error', errors: [{ domain: 'MCProfileErrorDomain' }] })
  t.is(bad.after, undefined)
})

test('apps are there once installed, and each setting answers for itself', t => {
  const installed: Answer = answer('InstallApplication', { Identifier: 'se.example.papers' })
  t.deepEqual(installed.response, { Identifier: 'se.example.papers', State: 'Installing' })
  const state = installed.after ?? newState(false)
  const list = answer('InstalledApplicationList', { Items: ['Identifier', 'Name'] }, { state })
  t.deepEqual(list.response, {
    InstalledApplicationList: [{ Identifier: 'se.example.papers', Name: 'Papers' }],
  })
  t.deepEqual(answer('ManagedApplicationList', {}, { state }).response, {
    ManagedApplicationList: { 'se.example.papers': { Status: 'Managed', ManagementFlags: 1 } },
  })
  t.deepEqual(answer('RemoveApplication', { Identifier: 'se.example.papers' }, { state }).after?.apps, [])
  const own = { ...state, apps: state.apps.map(app => ({ ...app, managed: false })) }
  const kept = answer('RemoveApplication', { Identifier: 'se.example.papers' }, { state: own })
  t.deepEqual([kept.status, kept.after], ['Error', undefined], 'what the user brought is not ours to take')
  const set = answer('Settings', {
    Settings: [{ Item: 'DeviceName', DeviceName: 'K-17' }, { Item: 'Wallpaper' }],
  })
  t.is(set.after?.deviceName, 'K-17')
  t.like(set.response, { Settings: [{ Status: 'Acknowledged' }, { Status: 'Error' }] })
})
