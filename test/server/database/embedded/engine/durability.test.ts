import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import anyTest, { type ExecutionContext } from 'ava'
import { Long, MongoClient } from 'mongodb'
import { startEmbedded } from '../../../../../server/database/embedded/start.ts'

// Killing and starting processes side by side would only measure the machine.
const test = anyTest.serial

const script = new URL('./engine-process.ts', import.meta.url)

async function aFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'durable-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Running {
  readonly child: ChildProcess
  readonly client: MongoClient
  readonly kill: () => Promise<void>
}

/** An engine in a process of its own, to be killed. */
async function aProcess(t: ExecutionContext, folder: string): Promise<Running> {
  const child = fork(script, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [uri] = (await once(child, 'message')) as [string]
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 })
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    await client.close()
  }
  t.teardown(kill)
  return { child, client, kill }
}

test('nothing that was acknowledged is lost when the process is killed', async t => {
  const folder = await aFolder(t)
  const acknowledged: number[] = []
  let next = 0
  for (let round = 0; round < 4; round++) {
    const { client, kill } = await aProcess(t, folder)
    const things = client.db('t').collection<{ _id: number; serial: string }>('things')
    await things.createIndexes([{ key: { serial: 1 }, unique: true }])
    let stopped = false
    const lane = async () => {
      while (!stopped) {
        const n = next++
        await things.insertOne({ _id: n, serial: `S${n}` }).then(
          () => acknowledged.push(n),
          () => (stopped = true),
        )
      }
    }
    const lanes = Array.from({ length: 8 }, lane)
    const enough = acknowledged.length + 100
    while (acknowledged.length < enough) await new Promise(resolve => setImmediate(resolve))
    await kill()
    stopped = true
    await Promise.all(lanes)
  }
  const engine = await startEmbedded({ folder })
  t.teardown(() => engine.stop())
  const client = await MongoClient.connect(engine.uri)
  t.teardown(() => client.close())
  const kept = new Set(
    (await client.db('t').collection<{ _id: number }>('things').find().toArray()).map(({ _id }) => _id),
  )
  t.deepEqual(
    acknowledged.filter(n => !kept.has(n)),
    [],
  )
  t.deepEqual(await engine.integrity(), [])
})

test('a write that is retried after a crash is not done a second time', async t => {
  const folder = await aFolder(t)
  const first = await aProcess(t, folder)
  const session = first.client.startSession()
  const lsid = session.id
  const increment = (client: MongoClient, number: number) => {
    const retrying = client.startSession()
    // The driver names its own session; the retry has to name the one that the crash interrupted.
    Object.assign(retrying.serverSession.id, lsid)
    const update = {
      update: 'things',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      txnNumber: Long.fromNumber(number),
    }
    return client
      .db('t')
      .command(update, { session: retrying })
      .finally(() => retrying.endSession())
  }
  const answer = await increment(first.client, 1)
  await first.kill()
  const second = await aProcess(t, folder)
  const again = await increment(second.client, 1)
  t.deepEqual(again['upserted'], answer['upserted'])
  t.is((await second.client.db('t').collection('things').findOne())?.['n'], 1)
  await increment(second.client, 2)
  t.is((await second.client.db('t').collection('things').findOne())?.['n'], 2)
})

test('a transaction is there as a whole or not at all after a crash', async t => {
  const folder = await aFolder(t)
  const { client, kill } = await aProcess(t, folder)
  const accounts = client.db('t').collection<{ _id: string; n: number }>('accounts')
  await accounts.insertMany([
    { _id: 'a', n: 1000 },
    { _id: 'b', n: 0 },
  ])
  let transfers = 0
  const moving = (async () => {
    for (;;) {
      await client.withSession(session =>
        session.withTransaction(async () => {
          await accounts.updateOne({ _id: 'a' }, { $inc: { n: -1 } }, { session })
          await accounts.updateOne({ _id: 'b' }, { $inc: { n: 1 } }, { session })
        }),
      )
      transfers++
    }
  })().catch(() => undefined)
  while (transfers < 30) await new Promise(resolve => setImmediate(resolve))
  await kill()
  await moving
  const engine = await startEmbedded({ folder })
  t.teardown(() => engine.stop())
  const other = await MongoClient.connect(engine.uri)
  t.teardown(() => other.close())
  const [a, b] = await other
    .db('t')
    .collection<{ _id: string; n: number }>('accounts')
    .find()
    .sort({ _id: 1 })
    .toArray()
  t.is((a?.n ?? 0) + (b?.n ?? 0), 1000)
  t.true((b?.n ?? 0) >= transfers)
})
