import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { MongoClient, type MongoServerError } from 'mongodb'
import { type EmbeddedOptions, startEmbedded } from '../../../../../server/database/embedded/start.ts'

async function aFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'start-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function anEngine(t: ExecutionContext, options: Omit<EmbeddedOptions, 'folder'> = {}) {
  const engine = await startEmbedded({ folder: await aFolder(t), ...options })
  t.teardown(() => engine.stop())
  return engine
}

async function aClient(t: ExecutionContext, uri: string) {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 10_000 })
  t.teardown(() => client.close())
  return client
}

/** Waits for what the engine does by its own clock; the limit is what a failing test costs. */
async function until(fulfilled: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await fulfilled())) {
    if (Date.now() > deadline) throw new Error('It did not happen in twenty seconds')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

for (const [where, options] of [
  ['a port', { port: 0 }],
  ['a socket', {}],
] as const) {
  test(`on ${where} a driver finds the engine directly, as a replica set, and told nothing`, async t => {
    const { uri } = await anEngine(t, options)
    for (const query of ['?directConnection=true', '?replicaSet=embedded', '']) {
      const client = await aClient(t, uri.replace('?directConnection=true', query))
      await client.db('t').collection('things').insertOne({ query })
    }
    const client = await aClient(t, uri)
    t.is(await client.db('t').collection('things').countDocuments(), 3)
  })
}

test('documents disappear when their time has come, others stay', async t => {
  const client = await aClient(t, (await anEngine(t)).uri)
  const things = client.db('t').collection<{ _id: number }>('things')
  await things.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 60 }])
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  await things.insertMany([
    { _id: 1, at: minutesAgo(2) },
    { _id: 2, at: minutesAgo(0) },
    { _id: 3 },
    { _id: 4, at: 'no date' },
    { _id: 5, at: [minutesAgo(0), minutesAgo(5)] },
  ] as never)
  await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 })
  await until(async () => (await things.countDocuments()) === 3)
  t.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
    [2, 3, 4],
  )
})

test('a transaction that is left open is ended and frees what it held', async t => {
  const client = await aClient(t, (await anEngine(t)).uri)
  const things = client.db('t').collection<{ _id: number; n: number }>('things')
  await things.insertOne({ _id: 1, n: 0 })
  await client.db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds: 1 })
  const session = client.startSession()
  session.startTransaction()
  await things.updateOne({ _id: 1 }, { $set: { n: 99 } }, { session })
  // This write waits until the transaction is given up.
  await things.updateOne({ _id: 1 }, { $inc: { n: 1 } })
  t.is((await things.findOne())?.n, 1)
  const error = await t.throwsAsync<MongoServerError>(() => session.commitTransaction())
  t.is(error.code, 251)
  await session.endSession()
})

test('fail points exist only where tests are meant', async t => {
  const point = {
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: { failCommands: ['find'], errorCode: 11600 },
  }
  const plain = await aClient(t, (await anEngine(t)).uri)
  const error = await t.throwsAsync<MongoServerError>(() => plain.db('admin').command(point))
  t.is(error.code, 59)
  const { uri } = await anEngine(t, { testCommands: true })
  const tested = await aClient(t, uri)
  await tested.db('admin').command(point)
  // The driver retries a read once, so the caller notices nothing.
  const things = tested.db('t').collection('things')
  t.is(await things.findOne(), null)
  // A command that is held up fails all the same when its time has come.
  const data = { failCommands: ['insert'], errorCode: 14, blockConnection: true, blockTimeMS: 20 }
  await tested.db('admin').command({ ...point, data })
  const refused = await t.throwsAsync<MongoServerError>(() => things.insertOne({ a: 1 }))
  t.is(refused.code, 14)
  t.is(await things.countDocuments(), 0)
  // A connection is known by the name it brings with its first command.
  const named = { failCommands: ['hello', 'isMaster', 'ismaster'], closeConnection: true, appName: 'named' }
  await tested.db('admin').command({ ...point, mode: 'alwaysOn', data: named })
  const short = { serverSelectionTimeoutMS: 300 }
  await t.throwsAsync(() => MongoClient.connect(uri, { ...short, appName: 'named' }))
  await (await MongoClient.connect(uri, { ...short, appName: 'other' })).close()
  // A cursor that was opened with a limit of time meets it with its next batch, one without does not.
  await things.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
  const limited = things.find({}, { batchSize: 2, maxTimeMS: 60_000 })
  const free = things.find({}, { batchSize: 2 })
  await Promise.all([limited.next(), free.next()])
  const always = { configureFailPoint: 'maxTimeAlwaysTimeOut', mode: 'alwaysOn' }
  await tested.db('admin').command(always)
  t.is((await free.toArray()).length, 2)
  t.is((await t.throwsAsync<MongoServerError>(() => limited.toArray())).code, 50)
})

test('the command line prints its URI alone and stops when told', async t => {
  const folder = await aFolder(t)
  const script = new URL('../../../../../scripts/database.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, '--data', folder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const uri = line.toString().trim()
  t.regex(uri, /^mongodb:\/\/127\.0\.0\.1:\d+\//)
  const client = await MongoClient.connect(uri)
  await client.db('t').collection('things').insertOne({ a: 1 })
  await client.close()
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number]
  t.is(code, 0)
  const again = await startEmbedded({ folder })
  t.teardown(() => again.stop())
  const other = await aClient(t, again.uri)
  t.is(await other.db('t').collection('things').countDocuments(), 1)
})
