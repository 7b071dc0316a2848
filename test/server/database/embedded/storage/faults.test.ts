import { spawnSync } from 'node:child_process'
import { chmod, chown, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test, { type ExecutionContext } from 'ava'
import { MongoClient, type MongoServerError } from 'mongodb'
import { StoreFault } from '../../../../../server/database/embedded/storage/store-fault.ts'
import { type EmbeddedOptions, startEmbedded } from '../../../../../server/database/embedded/start.ts'
import { connectDatabase } from '../../../../../server/database/connect.ts'

async function aFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  t.teardown(async () => {
    await chmod(folder, 0o700)
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** Starts an engine and gives its database; both end with the test. */
async function started(t: ExecutionContext, options: EmbeddedOptions) {
  const engine = await startEmbedded(options)
  const client = await MongoClient.connect(engine.uri)
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await client.close()
    await engine.stop()
  }
  t.teardown(stop)
  return { engine, db: client.db('t'), stop }
}

/** A folder with a hundred documents in it, closed. */
async function aFilledFolder(t: ExecutionContext): Promise<string> {
  const folder = await aFolder(t)
  const { db, stop } = await started(t, { folder })
  await db.collection('things').createIndexes([{ key: { n: 1 } }])
  await db
    .collection('things')
    .insertMany(Array.from({ length: 100 }, (_, n) => ({ n, text: 'x'.repeat(500) })))
  await stop()
  return folder
}

const faultOf = async (t: ExecutionContext, folder: string) => {
  const fault = await t.throwsAsync<StoreFault>(() => startEmbedded({ folder }), { instanceOf: StoreFault })
  t.true(fault.message.includes(folder), 'the message names the folder')
  return fault.kind
}

test('a second engine on a folder is refused at once, and the first goes on', async t => {
  const folder = await aFolder(t)
  const { db } = await started(t, { folder })
  await db.collection('things').insertOne({ a: 1 })
  t.is(await faultOf(t, folder), 'in-use')
  t.is(await faultOf(t, folder), 'in-use')
  t.is(await db.collection('things').countDocuments(), 1)
})

test('a second process may join the engine when it says so', async t => {
  const folder = await aFolder(t)
  const first = await connectDatabase({ folder })
  t.teardown(() => first.stop())
  await t.throwsAsync(() => connectDatabase({ folder }), { instanceOf: StoreFault })
  const second = await connectDatabase({ folder, attach: true })
  await second.db.collection('things').insertOne({ a: 1 })
  await second.stop()
  t.is(await first.db.collection('things').countDocuments(), 1)
})

test('a folder that may not be written to is refused, and nothing is made in it', async t => {
  const folder = await aFolder(t)
  const root = process.getuid?.() === 0
  if (root) await chown(folder, 65534, 65534)
  await chmod(folder, 0o555)
  // Root may write anywhere, so the engine is started by nobody.
  const script = new URL('../engine/engine-process.ts', import.meta.url).pathname
  const result = spawnSync(process.execPath, [script, folder], {
    encoding: 'utf8',
    ...(root && { uid: 65534, gid: 65534 }),
    env: { ...process.env, NODE_COMPILE_CACHE: '' },
  })
  t.not(result.status, 0)
  t.true(result.stderr.includes(`The data folder ${folder} cannot be written to`), result.stderr)
})

test('a damaged file is refused at the start and left as it was', async t => {
  for (const damage of ['header', 'middle', 'cut'] as const) {
    const folder = await aFilledFolder(t)
    const file = join(folder, 'data.sqlite')
    const { size } = await stat(file)
    const handle = await open(file, 'r+')
    if (damage === 'header') await handle.write(Buffer.alloc(200, 0x41), 0, 200, 0)
    if (damage === 'middle')
      for (let at = 8192; at < size; at += 4096) await handle.write(Buffer.alloc(64, 0xff), 0, 64, at)
    if (damage === 'cut') await handle.truncate(Math.floor(size / 2 / 4096) * 4096)
    await handle.close()
    const before = await readFile(file)
    t.is(await faultOf(t, folder), 'damaged', damage)
    t.true(before.equals(await readFile(file)), damage)
  }
})

test('a flipped bit inside a document is noticed when it is read', async t => {
  const folder = await aFilledFolder(t)
  const file = new DatabaseSync(join(folder, 'data.sqlite'))
  const table = String(
    file.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'records_%'").get()?.['name'],
  )
  file.exec(`UPDATE ${table} SET document = CAST(replace(document, x'7878', x'7879') AS BLOB) WHERE id = 7`)
  file.close()
  const { db } = await started(t, { folder })
  const error = await t.throwsAsync<MongoServerError>(() => db.collection('things').find().toArray())
  t.is(error.codeName, 'DataCorruptionDetected')
  t.is((await db.collection('things').findOne({ n: 50 }))?.['n'], 50)
})

test('the file of another program and of a newer version are refused and left as they were', async t => {
  const foreign = await aFolder(t)
  const other = new DatabaseSync(join(foreign, 'data.sqlite'))
  other.exec('CREATE TABLE notes(text TEXT)')
  other.close()
  const before = await readFile(join(foreign, 'data.sqlite'))
  t.is(await faultOf(t, foreign), 'foreign-file')
  t.true(before.equals(await readFile(join(foreign, 'data.sqlite'))))

  const newer = await aFilledFolder(t)
  const file = new DatabaseSync(join(newer, 'data.sqlite'))
  file.exec('PRAGMA user_version = 999')
  file.close()
  t.is(await faultOf(t, newer), 'newer-format')
})

test('a file of the format before is brought up to date with its documents', async t => {
  const folder = await aFilledFolder(t)
  const file = new DatabaseSync(join(folder, 'data.sqlite'))
  file.exec('DROP TABLE replies; PRAGMA user_version = 1')
  file.close()
  const { db, engine } = await started(t, { folder })
  t.is(await db.collection('things').countDocuments({ n: { $lt: 10 } }), 10)
  await db.collection('things').updateOne({ n: 1 }, { $set: { seen: true } })
  t.deepEqual(await engine.integrity(), [])
})

test('a full disk refuses the write that does not fit, keeps the rest and goes on when there is room', async t => {
  const folder = await aFolder(t)
  const full = await started(t, { folder, maxPages: 400 })
  const things = full.db.collection<{ n: number }>('things')
  await things.createIndexes([{ key: { n: 1 }, unique: true }])
  let stored = 0
  const error = await t.throwsAsync<MongoServerError>(async () => {
    for (;;) {
      await things.insertOne({ n: stored, text: 'x'.repeat(10_000) } as never)
      stored++
    }
  })
  t.is(error.codeName, 'OutOfDiskSpace')
  t.true(error.message.includes(folder))
  t.true(stored > 10)
  t.is(await things.countDocuments(), stored)
  t.is((await things.findOne({ n: stored - 1 }))?.n, stored - 1)
  t.is(await things.countDocuments({ n: stored }), 0)
  await things.deleteMany({ n: { $lt: 10 } })
  await things.insertOne({ n: -1 })
  t.deepEqual(await full.engine.integrity(), [])
  await full.stop()
  const again = await started(t, { folder })
  t.is(await again.db.collection('things').countDocuments(), stored - 9)
})

test('a batch that fails together is carried out one by one', async t => {
  const folder = await aFolder(t)
  const { db } = await started(t, { folder, maxPages: 400 })
  const things = db.collection<{ _id: number }>('things')
  await things.insertOne({ _id: 0 })
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: 10 }, (_, i) => things.insertOne({ _id: i + 1 })),
    things.insertOne({ _id: 99, text: 'x'.repeat(3_000_000) } as never),
    things.findOne({ _id: 0 }),
  ])
  t.deepEqual(
    outcomes.map(({ status }) => status === 'fulfilled'),
    [...Array.from({ length: 10 }, () => true), false, true],
  )
  t.is(await things.countDocuments(), 11)
})

test('a backup taken while documents are written is a whole state that can be opened', async t => {
  const folder = await aFolder(t)
  const { db, engine } = await started(t, { folder })
  const things = db.collection<{ _id: number; pair: number }>('things')
  await things.createIndexes([{ key: { pair: 1 } }])
  await things.insertMany(
    Array.from({ length: 2000 }, (_, _id) => ({ _id, pair: _id >> 1, text: 'x'.repeat(300) })),
  )
  let next = 2000
  const writing = new AbortController()
  const writer = (async () => {
    while (!writing.signal.aborted) {
      await things.insertMany([
        { _id: next, pair: next >> 1 },
        { _id: next + 1, pair: next >> 1 },
      ])
      next += 2
    }
  })()
  const target = join(await aFolder(t), 'data.sqlite')
  const before = await things.countDocuments()
  await engine.backup(target)
  t.is((await stat(target)).mode & 0o777, 0o600)
  writing.abort()
  await writer
  const copy = await started(t, { folder: join(target, '..') })
  const count = await copy.db.collection('things').countDocuments()
  t.true(count >= before && count <= next)
  t.is(count % 2, 0)
  t.deepEqual(await copy.engine.integrity(), [])
})

test('integrity names an index that does not list a document', async t => {
  const folder = await aFilledFolder(t)
  const file = new DatabaseSync(join(folder, 'data.sqlite'))
  const tables = file.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'index_%' ORDER BY name").all()
  file.exec(`DELETE FROM ${String(tables.at(-1)?.['name'])} WHERE record = 5`)
  file.close()
  const { engine } = await started(t, { folder })
  const faults = await engine.integrity()
  t.true(
    faults.some(line => line.includes('t.things') && line.includes('n_1')),
    faults.join('\n'),
  )
})

test('a backup to a place that cannot be written leaves nothing behind', async t => {
  const folder = await aFilledFolder(t)
  const { engine } = await started(t, { folder })
  const blocked = join(folder, 'a-file')
  await writeFile(blocked, '')
  await t.throwsAsync(() => engine.backup(join(blocked, 'backup.sqlite')))
  t.deepEqual(await engine.integrity(), [])
})
