import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request as send } from 'node:http'
import { type Socket } from 'node:net'
import Hapi from '@hapi/hapi'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { createSecretBox } from '../../../server/certificates/secret-box.ts'
import { createUnitOfWork } from '../../../server/unit-of-work.ts'
import { DomainError } from '../../../server/domain-error.ts'
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
  const other = await admin.post<{ error: { code: string; fields: { path: string }[] } }>(
    '/api/v1/tokens',
    { ...body, name: 'other' },
    key,
  )
  t.is(other.status, 422)
  t.is(other.body.error.code, 'idempotency-key-reused')
  t.is(other.body.error.fields[0]?.path, 'Idempotency-Key')
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

/** A database, its key and a clock, on which several processes may stand. */
async function ground(t: ExecutionContext) {
  const { tables, transaction } = await openTestDatabase(t)
  const time = { now: new Date('2026-03-02T12:00:00Z') }
  const kept: Table<{ _id: string }>[] = []
  const things = tables.define<{ _id: string; organisationId: string }>({
    name: 'things',
    tenancy: { belongsTo: 'organisation' },
    fields: {},
    indexes: [],
  })
  const watched: Tables = {
    ...tables,
    define: definition => {
      const table = kept[0] ?? tables.define(definition)
      kept.push(table)
      return table as never
    },
  }
  const secrets = createSecretBox(randomBytes(32), randomBytes)
  return { tables, watched, transaction, time, kept, things: things.within('o'), secrets }
}

interface Slow {
  /** When it acts: before it may finish, or after. */
  readonly acts?: 'first' | 'last'
  readonly on?: Awaited<ReturnType<typeof ground>>
}

/** A door with one route, whose handler tells that it has begun and waits until it may finish. */
async function slowDoor(t: ExecutionContext, { acts = 'first', on }: Slow = {}) {
  const { tables, watched, transaction: bare, time, kept, things, secrets } = on ?? (await ground(t))
  const { transaction } = createUnitOfWork(bare, { beforeCommit: () => acted(), committed: () => undefined })
  const { remember, acted } = createIdempotency(watched, { now: () => time.now }, secrets, randomUUID)
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
  let failure: Error | undefined
  const act = () => transaction(() => things.insert({ _id: randomUUID(), organisationId: 'o' }))
  server.route({
    method: 'POST',
    path: '/api/v1/things',
    handler: async (_, h) => {
      if (acts === 'first') await act()
      begun.open()
      await mayFinish.opened
      if (acts === 'last') await act()
      if (failure) throw failure
      return h.response({ thing: await things.count({}), secret: 'shown once' }).code(201)
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
    done: () => things.count({}),
    time,
    breakWith: (error: Error) => (failure = error),
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
  t.is(await door.done(), 1)
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
  t.is(await door.done(), 1)
})

const statusAndCode = async (answer: Response) => {
  const { error } = (await answer.json()) as { error?: { code: string } }
  return [answer.status, error?.code]
}

test('a process that dies between the deed and its answer does not make the repetition do it again', async t => {
  const on = await ground(t)
  const [door, other] = [await slowDoor(t, { on }), await slowDoor(t, { on })]
  void fetch(door.url, { method: 'POST', headers: key }).catch(() => undefined)
  await door.begun
  const again = async () => statusAndCode(await fetch(other.url, { method: 'POST', headers: key }))
  t.deepEqual(await again(), [409, 'idempotency-running'])
  // The lease of the first one is over and nobody has answered: whoever had it is gone.
  on.time.now = new Date(on.time.now.getTime() + 61_000)
  t.deepEqual(await again(), [409, 'idempotency-answer-lost'])
  t.is(await door.done(), 1)
  door.finish()
})

test('a call that takes longer than a minute is not begun again while it runs', async t => {
  const door = await slowDoor(t, { acts: 'last' })
  const first = fetch(door.url, { method: 'POST', headers: key })
  await door.begun
  door.time.now = new Date(door.time.now.getTime() + 600_000)
  const again = await fetch(door.url, { method: 'POST', headers: key })
  t.deepEqual(await statusAndCode(again), [409, 'idempotency-running'])
  door.finish()
  t.is((await first).status, 201)
  t.is((await fetch(door.url, { method: 'POST', headers: key })).status, 201)
  t.is(await door.done(), 1)
})

test('a call that another process has taken over from can write nothing any more', async t => {
  const on = await ground(t)
  const [door, other] = [await slowDoor(t, { on, acts: 'last' }), await slowDoor(t, { on, acts: 'last' })]
  const first = fetch(door.url, { method: 'POST', headers: key })
  await door.begun
  on.time.now = new Date(on.time.now.getTime() + 61_000)
  other.finish()
  t.is((await fetch(other.url, { method: 'POST', headers: key })).status, 201)
  door.finish()
  t.deepEqual(await statusAndCode(await first), [409, 'idempotency-running'])
  t.is(await door.done(), 1)
  t.is(
    (await fetch(door.url, { method: 'POST', headers: key })).status,
    201,
    'the answer of the other is kept',
  )
})

test('a fault after the deed does not make the repetition do it again', async t => {
  const door = await slowDoor(t)
  door.breakWith(new Error('It breaks after the deed'))
  door.finish()
  t.is((await fetch(door.url, { method: 'POST', headers: key })).status, 500)
  t.not((await fetch(door.url, { method: 'POST', headers: key })).status, 201)
  t.is(await door.done(), 1)
})

test('a refusal after something was written is the answer to the repetition too', async t => {
  const door = await slowDoor(t)
  door.breakWith(new DomainError('conflict', 'half-done', 'The rest was refused.'))
  door.finish()
  const send = () => fetch(door.url, { method: 'POST', headers: key })
  t.deepEqual(await statusAndCode(await send()), [409, 'half-done'])
  t.deepEqual(await statusAndCode(await send()), [409, 'half-done'])
  t.is(await door.done(), 1)
})
