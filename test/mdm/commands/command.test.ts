import test from 'ava'
import { buildCommand, checkCommand } from '../../../mdm/commands/command.ts'
import { type JsonObject } from '../../../mdm/command-report.ts'
import { CommandError } from '../../../mdm/commands/command-error.ts'
import { wordsOfError } from '../../../mdm/commands/error-words.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'

const none = { unlockToken: undefined }
const read = (bytes: Uint8Array): unknown =>
  JSON.parse(JSON.stringify(readPlist(bytes, { bytes: 1e6, values: 1000 })))
const built = (requestType: string, given: Record<string, unknown> = {}) =>
  read(buildCommand('u-1', checkCommand(requestType, given), none))

test('a command carries its UUID, its type and its parameters', t => {
  t.deepEqual(built('EnableLostMode', { Message: 'Åter', PhoneNumber: '0581' }), {
    Command: { RequestType: 'EnableLostMode', Message: 'Åter', PhoneNumber: '0581' },
    CommandUUID: 'u-1',
  })
})

test('the same command is the same bytes', t => {
  const command = checkCommand('DeviceInformation', {})
  t.deepEqual(buildCommand('u-1', command, none), buildCommand('u-1', command, none))
})

test('a profile travels as data', t => {
  const command = checkCommand('InstallProfile', { Payload: Buffer.from('<profile/>').toString('base64') })
  const bytes = buildCommand('u-1', command, none)
  t.true(Buffer.from(bytes).includes(`<data>${Buffer.from('<profile/>').toString('base64')}</data>`))
})

test("nulls in an app's configuration are left out, since a property list has none", t => {
  t.deepEqual(
    built('InstallApplication', {
      Identifier: 'se.malmby.app',
      Configuration: { a: null, b: [1, null, 'x'], c: { d: true } },
    }),
    {
      Command: {
        RequestType: 'InstallApplication',
        Identifier: 'se.malmby.app',
        Configuration: { b: [1, 'x'], c: { d: true } },
      },
      CommandUUID: 'u-1',
    },
  )
})

test('the unlock token is added when the command is handed out, and only there', t => {
  const command = checkCommand('ClearPasscode', {})
  t.deepEqual(command.parameters, {})
  const bytes = buildCommand('u-1', command, { unlockToken: Buffer.from('secret') })
  t.true(Buffer.from(bytes).includes('<key>UnlockToken</key>'))
  t.throws(() => buildCommand('u-1', command, none), { instanceOf: CommandError })
  t.throws(() => checkCommand('ClearPasscode', { UnlockToken: 'c2VjcmV0' }), { instanceOf: CommandError })
})

test('what was kept before such things were refused is a fault of that command alone', t => {
  const message = { requestType: 'DeviceLock', parameters: { Message: 'a\u000b' } } as const
  t.throws(() => buildCommand('u-1', message, none), { instanceOf: CommandError })
  const deep = JSON.parse(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`) as JsonObject
  const app = { requestType: 'InstallApplication', parameters: { Configuration: deep } } as const
  t.throws(() => buildCommand('u-1', app, none), { instanceOf: CommandError })
})

for (const [what, requestType, given, path] of [
  ['an unknown command', 'FormatDisk', {}, 'requestType'],
  ['a name that every object has', 'constructor', {}, 'requestType'],
  ['a misspelt parameter', 'EnableLostMode', { Message: 'a', Phonenumber: '1' }, 'Phonenumber'],
  ['lost mode without words', 'EnableLostMode', {}, 'Message'],
  ['a text that is a number', 'DeviceLock', { Message: 7 }, 'Message'],
  ['a text without end', 'DeviceLock', { Message: 'x'.repeat(501) }, 'Message'],
  ['a profile that is not base64', 'InstallProfile', { Payload: '<plist>' }, 'Payload'],
  ['no profile', 'InstallProfile', {}, 'Payload'],
  ['a question nobody answers', 'DeviceInformation', { Queries: ['ShoeSize'] }, 'Queries.0'],
  ['an app with two names', 'InstallApplication', { Identifier: 'a', iTunesStoreID: 1 }, 'Identifier'],
  ['an app without a name', 'InstallApplication', {}, 'iTunesStoreID'],
  ['a number below the range', 'InstallApplication', { iTunesStoreID: 0 }, 'iTunesStoreID'],
  ['a flag that is text', 'EraseDevice', { PreserveDataPlan: 'yes' }, 'PreserveDataPlan'],
  ['an inner key missing', 'EraseDevice', { ReturnToService: {} }, 'ReturnToService.Enabled'],
  ['a control character', 'EnableLostMode', { Message: 'Ring\u000b019' }, 'Message'],
  ['half a character', 'DeviceLock', { Message: 'a\ud83d' }, 'Message'],
  [
    'a name with a control character',
    'Settings',
    { Settings: [{ Item: 'DeviceName', DeviceName: 'a\u0001' }] },
    'Settings.0.DeviceName',
  ],
  [
    'a number that is not exact',
    'InstallApplication',
    { Identifier: 'a', Configuration: { a: 1e20 } },
    'Configuration.a',
  ],
  [
    'a configuration without end',
    'InstallApplication',
    { Identifier: 'a', Configuration: JSON.parse(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`) as object },
    'Configuration',
  ],
  ['another setting', 'Settings', { Settings: [{ Item: 'Wallpaper', DeviceName: 'x' }] }, 'Settings.0.Item'],
] as const)
  test(`${what} is refused, with its place`, t => {
    const error = t.throws(() => checkCommand(requestType, given), { instanceOf: CommandError })
    t.is(error.problems[0]?.path, path)
  })

test("an error is told in our words where we know it, else in the iPad's", t => {
  const link = (code: number, description: string, domain = 'MCMDMErrorDomain') => ({
    code,
    domain,
    description,
  })
  t.is(
    wordsOfError([link(12_078, 'Command not allowed')]),
    'The iPad does not take this command while it is in lost mode.',
  )
  t.is(wordsOfError([link(99, 'Outer'), link(12_067, 'Inner')]), 'The iPad is not in lost mode.')
  t.is(wordsOfError([link(12_067, 'Other domain', 'NSCocoaErrorDomain')]), 'Other domain')
  t.is(wordsOfError([]), 'The iPad could not read the command.')
})
