import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { readCheckIn } from '../../mdm/check-in.ts'
import { readCommandReport } from '../../mdm/command-report.ts'
import { answerDeclarative } from '../../mdm/declarative-management.ts'
import { MessageError, type MessageFault } from '../../mdm/message-error.ts'
import { type PlistValue } from '../../profiles/plist/plist-value.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { beside } from '../support/beside.ts'

const udid = '00008120-001A2B3C4D5E6F70'
const checkIn = (message: Record<string, PlistValue>) => readCheckIn(writePlist({ UDID: udid, ...message }))
const report = (message: Record<string, PlistValue>) =>
  readCommandReport(writePlist({ UDID: udid, ...message }))

test('Authenticate is read with what the iPad tells of itself; unknown keys are passed over', t => {
  t.deepEqual(
    checkIn({
      MessageType: 'Authenticate',
      Topic: 'topic',
      SerialNumber: 'DMPA1',
      OSVersion: '18.1',
      Challenge: Buffer.from('x'),
      IMEI: '35 1',
    }),
    {
      type: 'Authenticate',
      channel: { device: udid },
      topic: 'topic',
      serialNumber: 'DMPA1',
      osVersion: '18.1',
      imei: '35 1',
    },
  )
})

test('a TokenUpdate tells only what it holds', t => {
  t.deepEqual(
    checkIn({
      MessageType: 'TokenUpdate',
      Topic: 'topic',
      Token: Buffer.from('ninebytes'),
      UnlockToken: Buffer.alloc(0),
    }),
    {
      type: 'TokenUpdate',
      channel: { device: udid },
      topic: 'topic',
      token: Uint8Array.from(Buffer.from('ninebytes')),
    },
  )
})

test('a bootstrap token without bytes is none', t => {
  t.deepEqual(checkIn({ MessageType: 'SetBootstrapToken', BootstrapToken: Buffer.alloc(0) }), {
    type: 'SetBootstrapToken',
    channel: { device: udid },
  })
})

for (const [what, fields, channel] of [
  ['an iPad', {}, { device: udid }],
  ['an iPad of its user', { UDID: '', EnrollmentID: 'E-1' }, { device: 'E-1' }],
  ['a user', { UserID: 'U-1', UserShortName: 'anna' }, { device: udid, user: 'U-1' }],
  [
    'a user of an own iPad',
    { UDID: '', EnrollmentID: 'E-1', EnrollmentUserID: 'EU-1' },
    { device: 'E-1', user: 'EU-1' },
  ],
  [
    'a user of a shared iPad',
    { UserID: 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', UserShortName: 'anna' },
    { device: udid, user: 'anna' },
  ],
] as const)
  test(`the channel of ${what} is told apart`, t => {
    t.deepEqual(checkIn({ MessageType: 'CheckOut', ...fields }).channel, channel)
  })

for (const [what, fault, message] of [
  ['no type', 'form', {}],
  ['an unknown type', 'message-type', { MessageType: 'Surrender' }],
  ['a type that every object has', 'message-type', { MessageType: 'constructor' }],
  ['no device', 'form', { MessageType: 'CheckOut', UDID: '' }],
  ['a device that is no text', 'form', { MessageType: 'CheckOut', UDID: 7 }],
  ['a device with a name of a megabyte', 'form', { MessageType: 'CheckOut', UDID: 'x'.repeat(2000) }],
  ['a TokenUpdate without a token', 'form', { MessageType: 'TokenUpdate', Topic: 'topic' }],
  ['a token that is text', 'form', { MessageType: 'TokenUpdate', Topic: 'topic', Token: 'abc' }],
  [
    'a flag that is text',
    'form',
    { MessageType: 'TokenUpdate', Topic: 'topic', Token: Buffer.from('a'), AwaitingConfiguration: 'yes' },
  ],
] as const satisfies readonly (readonly [string, MessageFault, Record<string, PlistValue>])[])
  test(`a check-in with ${what} is refused`, t => {
    t.is(t.throws(() => checkIn(message), { instanceOf: MessageError }).fault, fault)
  })

test('a report keeps what the iPad told, without the envelope and in words of JSON', t => {
  const read = report({
    Status: 'Acknowledged',
    CommandUUID: 'c-1',
    UserShortName: 'anna',
    Count: 2n ** 60n,
    When: new Date('2026-11-22T08:00:00Z'),
    Bytes: Buffer.from('hej'),
    Nested: { List: [1, true] },
  })
  t.deepEqual(read, {
    status: 'Acknowledged',
    channel: { device: udid },
    commandUuid: 'c-1',
    errorChain: [],
    response: {
      Count: '1152921504606846976',
      When: '2026-11-22T08:00:00.000Z',
      Bytes: 'aGVq',
      Nested: { List: [1, true] },
    },
  })
})

test('an error without half of its fields is still an error', t => {
  const read = report({
    Status: 'Error',
    CommandUUID: 'c-1',
    ErrorChain: [{ ErrorCode: 12_021 }, 'x', { LocalizedDescription: 'Nej' }],
  })
  t.deepEqual(read.status === 'Idle' ? [] : read.errorChain, [
    { code: 12_021, domain: '', description: '' },
    { code: 0, domain: '', description: 'Nej' },
  ])
})

test('a report needs a known status, and all but Idle a command', t => {
  t.deepEqual(report({ Status: 'Idle' }), { status: 'Idle', channel: { device: udid } })
  t.is(t.throws(() => report({ Status: 'Fine' }), { instanceOf: MessageError }).fault, 'status')
  t.is(t.throws(() => report({ Status: 'NotNow' }), { instanceOf: MessageError }).fault, 'form')
})

test('with nothing declared, all four lists stand in the answer and the token stays', t => {
  const items = answerDeclarative('declaration-items')
  const tokens = answerDeclarative('tokens')
  t.deepEqual(items, {
    status: 200,
    json: {
      Declarations: { Activations: [], Assets: [], Configurations: [], Management: [] },
      DeclarationsToken: (tokens as { json: { SyncTokens: { DeclarationsToken: string } } }).json.SyncTokens
        .DeclarationsToken,
    },
  })
  t.deepEqual(answerDeclarative('status'), { status: 200 })
})

test('a declaration that is not there is 404, whatever its name holds, and an unknown endpoint is a mistake', t => {
  t.deepEqual(answerDeclarative('declaration/configuration/se.malmby/a/b'), { status: 404 })
  t.throws(() => answerDeclarative('declaration/poem/a'), { instanceOf: MessageError })
  t.throws(() => answerDeclarative('declaration/asset/'), { instanceOf: MessageError })
})

const theirs = beside('samples')

theirs.test('messages of real devices are understood', t => {
  const read: string[] = []
  for (const folder of ['commandment', 'nanomdm']) {
    for (const name of readdirSync(join(theirs.path, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(xml|plist)$/.test(name)) continue
      const body = readFileSync(join(theirs.path, folder, name))
      // Made anonymous by hand: the data in these is no base64 any more, which the reader's own test says.
      if (/^(CertificateList|TokenUpdate)\//.test(name)) continue
      const text = body.toString('utf8')
      if (text.includes('<key>MessageType</key>')) t.truthy(readCheckIn(body).channel.device, name)
      else if (text.includes('<key>Status</key>')) t.truthy(readCommandReport(body).status, name)
      else continue
      read.push(name)
    }
  }
  t.log(`${read.length} messages`)
  t.true(read.length >= 12)
})
