import { randomBytes } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { createSecretBox, SecretError } from '../../../server/certificates/secret-box.ts'
import { type Command } from '../../../server/commands/command.ts'
import { createMongoCommandStore } from '../../../server/commands/mongo-command-store.ts'
import { databaseOn } from '../../../server/database/database.ts'
import { connectTestDatabase } from '../../support/database.ts'

async function openStore(t: ExecutionContext) {
  const connected = await connectTestDatabase(t)
  const { tables } = databaseOn(connected.mongooseConnection)
  const store = createMongoCommandStore(tables, createSecretBox(randomBytes(32), randomBytes))
  await tables.prepare()
  return { store, db: connected.db }
}

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 8, 0, second))

function aCommand(sequence: number, fields: Partial<Command> = {}): Command {
  return {
    id: `command-${sequence}`,
    organisationId: 'malmby',
    deviceId: 'ipad',
    enrolmentId: 'enrolment',
    requestType: 'SecurityInfo',
    parameters: {},
    state: 'queued',
    requestedBy: { kind: 'token', id: 't', name: 'test' },
    sequence,
    times: { queuedAt: at(sequence) },
    ...fields,
  }
}

test('case 4: finding the next command looks at no finished one', async t => {
  const { store, db } = await openStore(t)
  const finished = Array.from({ length: 600 }, (_, index) => aCommand(index, { state: 'acknowledged' }))
  await store.insert(...finished, aCommand(600), aCommand(601, { state: 'not-now' }))
  t.deepEqual(
    (await store.waiting('enrolment', -1, 100)).map(({ id, state }) => [id, state]),
    [
      ['command-600', 'queued'],
      ['command-601', 'not-now'],
    ],
  )
  const { executionStats } = (await db.command({
    explain: {
      find: 'commands',
      filter: { enrolmentId: 'enrolment', open: true, sequence: { $gt: -1 } },
      sort: { sequence: 1 },
      limit: 100,
    },
    verbosity: 'executionStats',
  })) as { executionStats: { totalDocsExamined: number; totalKeysExamined: number } }
  t.is(executionStats.totalDocsExamined, 2)
  t.true(executionStats.totalKeysExamined <= 3)
})

test('a command comes back as it was saved, keys with dots and dollars included', async t => {
  const { store } = await openStore(t)
  const command = aCommand(1, {
    parameters: { Configuration: { 'se.malmby.app': { $set: [1, null, true] } } },
    reason: 'Utlämning',
    expiresAt: at(50),
    lockBefore: 'open',
  })
  await store.insert(command)
  t.deepEqual(await store.find('malmby', command.id), command)
  t.is(await store.find('other', command.id), undefined)
})

test('what a command carries lies sealed for it alone', async t => {
  const { store, db } = await openStore(t)
  await store.insert(aCommand(1, { parameters: { Payload: 'vinterdäck' } }), aCommand(2))
  const rows = db.collection<{ _id: string; parameters: string }>('commands')
  const kept = (await rows.findOne({ _id: 'command-1' }))?.parameters ?? ''
  t.regex(kept, /^v1\./)
  t.notRegex(kept, /vinterdäck/)
  await rows.updateOne({ _id: 'command-2' }, { $set: { parameters: kept } })
  await t.throwsAsync(store.find('malmby', 'command-2'), { instanceOf: SecretError })
})

test('only one of two endings happens, and an ended command waits no more', async t => {
  const { store } = await openStore(t)
  const command = aCommand(1)
  await store.insert(command)
  const ends = await Promise.all(
    (['acknowledged', 'cancelled'] as const).map(state =>
      store.change(command, ['queued', 'sent', 'not-now'], { state, finishedAt: at(9) }),
    ),
  )
  t.is(ends.filter(Boolean).length, 1)
  t.deepEqual(await store.waiting('enrolment', -1, 10), [])
})

test('pages go from the newest to the oldest without gaps, also where times are equal', async t => {
  const { store } = await openStore(t)
  await store.insert(
    ...Array.from({ length: 7 }, (_, index) => aCommand(index, { times: { queuedAt: at(index >> 1) } })),
  )
  const first = await store.page('malmby', 'ipad', { limit: 3 })
  t.is(first.length, 4)
  const last = first[2]
  if (!last) return t.fail()
  const rest = await store.page('malmby', 'ipad', {
    limit: 10,
    after: { queuedAt: last.times.queuedAt, id: last.id },
  })
  const seen = [...first.slice(0, 3), ...rest].map(({ id }) => id)
  t.deepEqual(
    [...seen].sort(),
    Array.from({ length: 7 }, (_, index) => `command-${index}`),
  )
  t.is(new Set(seen).size, 7)
})

test('what has run out is found, and what was pushed keeps its first time', async t => {
  const { store } = await openStore(t)
  await store.insert(aCommand(1, { expiresAt: at(10) }), aCommand(2, { expiresAt: at(30) }), aCommand(3))
  t.deepEqual(
    (await store.overdue(at(20), 10)).map(({ id }) => id),
    ['command-1'],
  )
  await store.pushed(['enrolment'], at(21))
  await store.pushed(['enrolment'], at(40))
  t.deepEqual((await store.find('malmby', 'command-3'))?.times.pushedAt, at(21))
})
