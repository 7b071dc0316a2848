import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as send } from 'node:http'
import { type Socket } from 'node:net'
import Hapi from '@hapi/hapi'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { createSecretBox } from '../../../server/certificates/secret-box.ts'
import { createUnitOfWork } from '../../../server/unit-of-work.ts'
import { answerRefusals } from '../../../server/http/domain-errors.ts'
import { createIdempotency } from '../../../server/http/idempotency.ts'
import { type Table, type Tables } from '../../../server/database/tables.ts'
import { openTestDatabase } from '../../support/database.ts'
import { eventually } from '../../support/eventually.ts'
import { startTestServer } from '../../support/server.ts'

const body = { name: 'label printer', roles: ['handout'], days: 30 }
const key = { 'idempotency-key': 'desk-2-attempt-17' }

test('a repeated request gets the first answer and acts once', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  const first = await admin.post<{ token: string }>('/api/v1/tokens', body, key)
  const second = await admin.post<{ token: string }>('/api/v1/tokens', body, key)
  t.is(first.status, 201)
  t.is(second.status, 201)
  t.is(second.body.token, first.body.token)
  t.is(second.headers.get('idempotent-replayed'), 'true')
  const { body: list } = await admin.get<{ items: { name: string }[] }>('/api/v1/tokens')
  t.is(list.items.filter(({ name }) => name === body.name).length, 1)
})

test('the same key for another request is refused and does nothing', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  await admin.post('/api/v1/tokens', body, key)
  const other = await admin.post<{ error: { code: string } }>(
    '/api/v1/tokens',
    { ...body, name: 'other' },
    key,
  )
  t.is(other.status, 422)
  t.is(other.body.error.code, 'idempotency-key-reused')
})

test('a refused request may be corrected and sent again with its key', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  t.is((await admin.post('/api/v1/tokens', { ...body, days: 0 }, key)).status, 400)
  t.is((await admin.post('/api/v1/tokens', body, key)).status, 201)
})

test('two at the same moment act once', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('/api/v1/tokens', body, key)))
  t.true(answers.every(({ status }) => status === 201 || status === 409))
  const { body: list } = await admin.get<{ items: { name: string }[] }>('/api/v1/tokens')
  t.is(list.items.filter(({ name }) => name === body.name).length, 1)
})

function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>(resolve => (open = resolve))
  return { opened, open: () => open() }
}

/** A door with one route, whose handler tells that it has begun and waits until it may finish. */
async function slowDoor(t: ExecutionContext) {
  const { tables, transaction: bare } = await openTestDatabase(t)
  const { transaction } = createUnitOfWork(bare, { beforeCommit: () => acted(), committed: () => undefined })
  const time = { now: new Date('2026-03-02T12:00:00Z') }
  const kept: Table<{ _id: string }>[] = []
  const watched: Tables = {
    ...tables,
    define: definition => {
      const table = tables.define(definition)
      kept.push(table)
      return table as never
    },
  }
  const { remember, acted } = createIdempotency(
    watched,
    { now: () => time.now },
    createSecretBox(randomBytes(32), randomBytes),
  )
  await tables.prepare()
  const server = Hapi.server({ port: 0, host: '127.0.0.1' })
  t.teardown(() => server.stop())
  const actor = { kind: 'token', id: 't', name: 't', organisationId: 'o', roles: [] } as const
  server.auth.scheme('everybody', () => ({
    authenticate: (_, h) => h.authenticated({ credentials: { app: { actor, rights: [] } } }),
  }))
  server.auth.strategy('everybody', 'everybody')
  server.auth.default('everybody')
  remember(server)
  answerRefusals(server, pino({ level: 'silent' }))
  const [begun, mayFinish] = [gate(), gate()]
  let done = 0
  server.route({
    method: 'POST',
    path: '/api/v1/things',
    handler: async (_, h) => {
      await transaction(() => Promise.resolve((done += 1)))
      begun.open()
      await mayFinish.opened
      if (done < 0) throw new Error('It breaks after the deed')
      return h.response({ thing: done, secret: 'shown once' }).code(201)
    },
  })
  const connections: Socket[] = []
  server.listener.on('connection', (connection: Socket) => connections.push(connection))
  await server.start()
  return {
    connections,
    url: `${server.info.uri}/api/v1/things`,
    begun: begun.opened,
    finish: mayFinish.open,
    done: () => done,
    time,
    break: () => (done = -10),
    rows: async () => (await kept[0]?.within('o').find({})) ?? [],
  }
}

test('a caller who hangs up before the answer gets it when they ask again, and it was done once', async t => {
  const door = await slowDoor(t)
  const first = send(door.url, { method: 'POST', headers: key })
  first.on('error', () => undefined).end()
  await door.begun
  const [connection] = door.connections
  if (!connection) throw new Error('Nobody has called')
  const dropped = once(connection, 'close')
  first.destroy()
  await dropped
  door.finish()
  const again = await eventually(
    () => fetch(door.url, { method: 'POST', headers: key }),
    ({ status }) => status === 201,
    10,
  )
  t.is(again.status, 201)
  t.is(((await again.json()) as { thing: number }).thing, 1)
  t.is(door.done(), 1)
})

test('what is shown once lies sealed where answers are remembered', async t => {
  const door = await slowDoor(t)
  door.finish()
  const answer = await fetch(door.url, { method: 'POST', headers: key })
  t.regex(await answer.text(), /shown once/)
  const rows = await door.rows()
  t.is(rows.length, 1)
  t.notRegex(JSON.stringify(rows), /shown once/)
  t.regex(await (await fetch(door.url, { method: 'POST', headers: key })).text(), /shown once/)
})

test('the same key for a rehearsal and for the deed is one key for two requests', async t => {
  const door = await slowDoor(t)
  door.finish()
  t.is((await fetch(`${door.url}?dryRun=true`, { method: 'POST', headers: key })).status, 201)
  t.not((await fetch(door.url, { method: 'POST', headers: key })).status, 201)
  t.is(door.done(), 1)
})

test('a process that dies between the deed and its answer does not make the repetition do it again', async t => {
  const door = await slowDoor(t)
  void fetch(door.url, { method: 'POST', headers: key }).catch(() => undefined)
  await door.begun
  const again = async () => {
    const answer = await fetch(door.url, { method: 'POST', headers: key })
    return ((await answer.json()) as { error: { message: string } }).error.message
  }
  t.regex(await again(), /still being answered/)
  // The lease of the first one is over and nobody has answered: whoever had it is gone.
  door.time.now = new Date(door.time.now.getTime() + 61_000)
  t.regex(await again(), /its answer was lost/)
  t.is(door.done(), 1)
  door.finish()
})

test('a fault after the deed does not make the repetition do it again', async t => {
  const door = await slowDoor(t)
  door.break()
  door.finish()
  t.is((await fetch(door.url, { method: 'POST', headers: key })).status, 500)
  const done = door.done()
  t.not((await fetch(door.url, { method: 'POST', headers: key })).status, 201)
  t.is(door.done(), done)
})
