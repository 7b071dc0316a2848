import { spawn } from 'node:child_process'
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Collection, type Db, MongoClient } from 'mongodb'
import { startEmbedded } from '../../server/database/embedded/start.ts'

interface Measured {
  readonly name: string
  readonly value: number
  readonly limit: number
  readonly unit: string
  /** A smaller value is the better one: times and memory. */
  readonly lowIsGood?: boolean
}

/** Measures the embedded engine beside what bounds it: raw fsync, the driver's ping, and the figures that were promised. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'))
  try {
    const fsyncs = rawFsyncs(folder)
    console.log(`raw write of 500 bytes with fsync: ${Math.round(fsyncs)}/s`)
    const started = await startToAnswer(join(folder, 'start'))
    const rss = await idleMemory(join(folder, 'idle'))
    const measured = [
      ...(await throughput(join(folder, 'throughput'), fsyncs)),
      ...(await largeCollection(join(folder, 'large'))),
    ]
    const all: Measured[] = [
      ...measured,
      { name: 'start to first answer', value: started, limit: 400, unit: 'ms', lowIsGood: true },
      { name: 'idle memory above bare Node', value: rss, limit: 60, unit: 'MB', lowIsGood: true },
    ]
    for (const each of all) report(each)
    const worst = Math.min(...all.map(ratioOf))
    console.log(`RESULT store value=${worst.toFixed(2)} limit=1.00 ratio=${worst.toFixed(2)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ratioOf = ({ value, limit, lowIsGood }: Measured) => (lowIsGood ? limit / value : value / limit)

function report(each: Measured): void {
  const { name, value, limit, unit } = each
  console.log(
    `${name}: ${round(value)} ${unit} (beside ${round(limit)} ${unit}, ratio ${ratioOf(each).toFixed(2)})`,
  )
}

const round = (value: number) => (value < 100 ? Math.round(value * 10) / 10 : Math.round(value))

function rawFsyncs(folder: string): number {
  const file = openSync(join(folder, 'raw'), 'w')
  const bytes = Buffer.alloc(500, 1)
  const count = 500
  const startedAt = performance.now()
  for (let i = 0; i < count; i++) {
    writeSync(file, bytes)
    fsyncSync(file)
  }
  const seconds = (performance.now() - startedAt) / 1000
  closeSync(file)
  return count / seconds
}

async function withDatabase<T>(folder: string, work: (db: Db) => Promise<T>): Promise<T> {
  const engine = await startEmbedded({ folder })
  const client = await MongoClient.connect(engine.uri)
  try {
    return await work(client.db('bench'))
  } finally {
    await client.close()
    await engine.stop()
  }
}

/** Milliseconds from the call to the first answered ping, on a folder that has been used before. */
async function startToAnswer(folder: string): Promise<number> {
  await withDatabase(folder, db => db.collection('a').insertOne({ a: 1 }))
  const startedAt = performance.now()
  return withDatabase(folder, async db => {
    await db.command({ ping: 1 })
    return performance.now() - startedAt
  })
}

/**
 * Resident megabytes of a process that serves and rests, less those of a process that only rests. The first start ever
 * strips types as well and keeps what it made, so the one after it is measured.
 */
async function idleMemory(folder: string): Promise<number> {
  const bare = await restingMegabytes(['-e', 'setInterval(() => {}, 1e9); console.log("up")'])
  const script = new URL('../database.ts', import.meta.url).pathname
  await restingMegabytes([script, '--data', folder])
  return (await restingMegabytes([script, '--data', folder])) - bare
}

async function restingMegabytes(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await new Promise(resolve => child.stdout.once('data', resolve))
    await new Promise(resolve => setTimeout(resolve, 1500))
    const pages = Number(readFileSync(`/proc/${child.pid ?? 0}/statm`, 'utf8').split(' ')[1])
    return (pages * 4096) / 2 ** 20
  } finally {
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
}

/** Operations a second with so many at once. */
async function rate(
  count: number,
  parallel: number,
  operation: (i: number) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const startedAt = performance.now()
  const lane = async () => {
    while (next < count) await operation(next++)
  }
  await Promise.all(Array.from({ length: parallel }, lane))
  return (count / (performance.now() - startedAt)) * 1000
}

const parallel = 32

async function throughput(folder: string, fsyncs: number): Promise<readonly Measured[]> {
  return withDatabase(folder, async db => {
    const things = db.collection<Thing>('things')
    await things.createIndexes([{ key: { serial: 1 }, unique: true }, { key: { state: 1, dueAt: 1 } }])
    await things.insertMany(Array.from({ length: 10_000 }, (_, i) => thing(i)))
    await rate(2000, parallel, () => db.command({ ping: 1 }))
    const speed = await machineSpeed(db)
    const log = db.collection('log')
    await rate(500, parallel, i => log.insertOne({ i, text: 'x'.repeat(400) }))
    const inserts = await rate(10_000, parallel, i => log.insertOne({ i, text: 'x'.repeat(400) }))
    const single = await rate(1000, 1, i => log.insertOne({ i, text: 'x'.repeat(400) }))
    const finds = await rate(10_000, parallel, i => things.findOne({ serial: `S${i}` }))
    const updates = await rate(8_000, parallel, i => claim(things, i))
    const grouping = await timed(() => grouped(things))
    return [
      { name: 'insertOne with fsync, 32 at once', value: inserts, limit: 10_510 * speed, unit: '/s' },
      {
        name: 'insertOne with fsync, one at a time',
        value: single,
        limit: Math.min(fsyncs, 1_710 * speed),
        unit: '/s',
      },
      { name: 'findOne by index, 32 at once', value: finds, limit: 8_600 * speed, unit: '/s' },
      {
        name: 'findOneAndUpdate by compound index with sort, 32 at once',
        value: updates,
        limit: 5_720 * speed,
        unit: '/s',
      },
      {
        name: '$match, $group by two keys and $sort over 10,000 documents',
        value: grouping,
        limit: 143 / speed,
        unit: 'ms',
        lowIsGood: true,
      },
    ]
  })
}

/** What one client's ping did a second where the promised figures were measured. */
const promisedPing = 9_100

/** How fast this machine is at this moment beside the one of the promised figures, by the driver's own ping. */
async function machineSpeed(db: Db): Promise<number> {
  const pings = await rate(5000, 1, () => db.command({ ping: 1 }))
  const speed = pings / promisedPing
  console.log(
    `the driver's ping, one at a time: ${Math.round(pings)}/s; the promised figures are taken times ${speed.toFixed(2)}`,
  )
  return speed
}

interface Thing {
  readonly serial: string
  readonly state: number
  readonly school: string
  readonly dueAt: Date
  readonly price: number
  readonly text: string
}

const thing = (i: number): Thing => ({
  serial: `S${i}`,
  state: i % 4,
  school: `school ${i % 37}`,
  dueAt: new Date(1_700_000_000_000 + i * 60_000),
  price: i % 1000,
  text: 'x'.repeat(300),
})

const claim = (things: Collection<Thing>, i: number) =>
  things.findOneAndUpdate({ state: i % 4 }, { $set: { price: i } }, { sort: { dueAt: 1 } })

const grouped = (things: Collection<Thing>) =>
  things
    .aggregate([
      { $match: { state: { $lt: 4 } } },
      { $group: { _id: { state: '$state', school: '$school' }, sum: { $sum: '$price' }, n: { $sum: 1 } } },
      { $sort: { sum: -1 } },
    ])
    .toArray()

/** The best of three, in milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const startedAt = performance.now()
    await work()
    times.push(performance.now() - startedAt)
  }
  return Math.min(...times)
}

const largeCount = 200_000

async function largeCollection(folder: string): Promise<readonly Measured[]> {
  return withDatabase(folder, async db => {
    const things = db.collection<Thing>('things')
    await things.createIndexes([
      { key: { serial: 1 }, unique: true },
      { key: { state: 1, dueAt: 1 } },
      { key: { school: 1 } },
    ])
    const speed = await machineSpeed(db)
    const startedAt = performance.now()
    for (let from = 0; from < largeCount; from += 1000) {
      await things.insertMany(Array.from({ length: 1000 }, (_, i) => thing(from + i)))
    }
    const inserts = (largeCount / (performance.now() - startedAt)) * 1000
    const finds = await rate(5000, parallel, i => things.findOne({ serial: `S${(i * 7919) % largeCount}` }))
    const page = await timed(() => things.find({ state: 2 }).sort({ dueAt: -1 }).limit(20).toArray())
    return [
      {
        name: 'insertMany into 200,000 documents with three indexes',
        value: inserts,
        limit: 25_000,
        unit: 'docs/s',
      },
      { name: 'findOne by index among 200,000, 32 at once', value: finds, limit: 8_040 * speed, unit: '/s' },
      {
        name: 'sorted page of 20 among 200,000',
        value: page,
        limit: 20 / speed,
        unit: 'ms',
        lowIsGood: true,
      },
    ]
  })
}
