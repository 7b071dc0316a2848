import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Db, Long, MongoClient } from 'mongodb'
import { startEmbedded } from '../../server/database/embedded/start.ts'

const engineProcess = fileURLToPath(new URL('./engine-process.ts', import.meta.url))
const accounts = 6
const startingAmount = 1000

/** What the writers know to be on disk, and what they only hope. */
interface Ledger {
  nextSerial: number
  readonly inserted: number[]
  /** Increments that were answered, and all that were tried. */
  answered: number
  tried: number
  transfers: number
  retried: number
  /** Writes that a kill left undecided, to be sent again in the next round. */
  undecided: Retry[]
}

/** A write by its session and number: the same again must change nothing more. */
interface Retry {
  readonly number: number
  readonly lsid: unknown
}

/** Kills the engine so many times under load and counts what was acknowledged and is gone, and what does not add up. */
export async function run(rounds = 100): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-kill-9-'))
  const ledger: Ledger = {
    nextSerial: 0,
    inserted: [],
    answered: 0,
    tried: 0,
    transfers: 0,
    retried: 0,
    undecided: [],
  }
  try {
    let restart = 0
    for (let round = 0; round < rounds; round++) restart = Math.max(restart, await oneRound(folder, ledger))
    const wrong = await faults(folder, ledger)
    console.log(
      `${rounds} rounds: ${ledger.inserted.length} inserts, ${ledger.answered} increments and ${ledger.transfers} transfers acknowledged, ` +
        `${ledger.retried} writes sent again after a kill; slowest restart ${Math.round(restart)} ms`,
    )
    for (const line of wrong) console.log(`WRONG: ${line}`)
    const ratio = wrong.length === 0 ? 1 : 0
    console.log(`RESULT kill-9 value=${wrong.length} limit=0 ratio=${ratio}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts an engine, lets writers loose on it, and kills it in the midst. Milliseconds until it answered. */
async function oneRound(folder: string, ledger: Ledger): Promise<number> {
  const startedAt = performance.now()
  const child = fork(engineProcess, [folder])
  const [uri] = (await once(child, 'message')) as [string]
  const client = await connected(uri)
  const db = client.db('bench')
  await prepare(db)
  const restart = performance.now() - startedAt
  const round = { stopped: false }
  const writers = [
    ...Array.from({ length: 5 }, () => insertForEver(db, ledger, round)),
    ...Array.from({ length: 3 }, () => incrementForEver(db, ledger, round)),
    ...Array.from({ length: 4 }, () => transferForEver(client, ledger, round)),
    retryForEver(client, ledger, round),
  ]
  const enough = ledger.inserted.length + 20
  const deadline = performance.now() + 5000
  while (ledger.inserted.length < enough && performance.now() < deadline) await pause(10)
  await pause(Math.random() * 150)
  await kill(child)
  round.stopped = true
  // What still waits for an engine gives up with its client.
  await client.close()
  await Promise.all(writers)
  return restart
}

/** After a kill every operation under way waits this long for an engine, so it is short; a start on a busy machine is not. */
async function connected(uri: string): Promise<MongoClient> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await MongoClient.connect(uri, { serverSelectionTimeoutMS: 1000, retryWrites: false })
    } catch (error) {
      if (attempt === 20) throw error
    }
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function prepare(db: Db): Promise<void> {
  await db
    .collection('things')
    .createIndexes([{ key: { serial: 1 }, unique: true }, { key: { group: 1, serial: -1 } }])
  await db.collection('retries').createIndexes([{ key: { number: 1 } }])
  const known = await db.collection('accounts').countDocuments()
  if (known > 0) return
  await db
    .collection<{ _id: number }>('accounts')
    .insertMany(Array.from({ length: accounts }, (_, _id) => ({ _id, amount: startingAmount })))
  await db.collection<{ _id: string }>('counters').insertOne({ _id: 'all', n: 0 } as never)
}

interface Round {
  stopped: boolean
}

/** Repeats until the kill: every error is taken for it, and what it left undecided counts as not acknowledged. */
async function forEver(round: Round, work: () => Promise<void>): Promise<void> {
  while (!round.stopped) {
    try {
      await work()
    } catch {
      await pause(5)
    }
  }
}

const insertForEver = (db: Db, ledger: Ledger, round: Round) =>
  forEver(round, async () => {
    const serial = ledger.nextSerial++
    await db.collection('things').insertOne({ serial, group: serial % 7, text: 'x'.repeat(200) })
    ledger.inserted.push(serial)
  })

const incrementForEver = (db: Db, ledger: Ledger, round: Round) =>
  forEver(round, async () => {
    ledger.tried++
    await db.collection<{ _id: string; n: number }>('counters').updateOne({ _id: 'all' }, { $inc: { n: 1 } })
    ledger.answered++
  })

const transferForEver = (client: MongoClient, ledger: Ledger, round: Round) =>
  forEver(round, async () => {
    const from = Math.floor(Math.random() * accounts)
    const to = (from + 1 + Math.floor(Math.random() * (accounts - 1))) % accounts
    const collection = client.db('bench').collection<{ _id: number; amount: number }>('accounts')
    await client.withSession(session =>
      session.withTransaction(
        async () => {
          await collection.updateOne({ _id: from }, { $inc: { amount: -1 } }, { session })
          await collection.updateOne({ _id: to }, { $inc: { amount: 1 } }, { session })
        },
        { timeoutMS: 500 },
      ),
    )
    ledger.transfers++
  })

/** Writes and their retries, as a driver sends them after a broken connection: also across the kill. */
const retryForEver = async (client: MongoClient, ledger: Ledger, round: Round) => {
  const left = ledger.undecided.splice(0)
  await forEver(round, async () => {
    const session = client.startSession()
    const known = left.pop()
    // The driver gives each session an id of its own; a retry has to come under the id of the first try.
    if (known) Object.assign(session.serverSession.id, known.lsid)
    const retry = known ?? { number: ledger.retried++, lsid: session.id }
    ledger.undecided.push(retry)
    const write = {
      update: 'retries',
      updates: [{ q: { number: retry.number }, u: { $inc: { times: 1 } }, upsert: true }],
      txnNumber: Long.fromNumber(1_000_000 + retry.number),
    }
    for (let i = 0; i < 2; i++) await client.db('bench').command(write, { session })
    ledger.undecided.splice(ledger.undecided.indexOf(retry), 1)
    await session.endSession()
  })
  ledger.undecided.push(...left)
}

/** Opens the folder a last time and compares it with the ledger. */
async function faults(folder: string, ledger: Ledger): Promise<readonly string[]> {
  const engine = await startEmbedded({ folder })
  const client = await MongoClient.connect(engine.uri)
  const db = client.db('bench')
  const wrong: string[] = [...(await engine.integrity())]
  const kept = (
    await db
      .collection<{ serial: number }>('things')
      .find({}, { projection: { serial: 1 } })
      .toArray()
  ).map(({ serial }) => serial)
  const there = new Set(kept)
  if (there.size !== kept.length) wrong.push(`${kept.length - there.size} serials are there twice`)
  const lost = ledger.inserted.filter(serial => !there.has(serial))
  if (lost.length > 0) wrong.push(`${lost.length} acknowledged inserts are gone`)
  const counter = await db.collection<{ _id: string; n: number }>('counters').findOne({ _id: 'all' })
  const n = counter?.n ?? 0
  if (n < ledger.answered || n > ledger.tried)
    wrong.push(`the counter is ${n}, between ${ledger.answered} and ${ledger.tried} expected`)
  const amounts = await db.collection<{ amount: number }>('accounts').find().toArray()
  const sum = amounts.reduce((total, { amount }) => total + amount, 0)
  if (sum !== accounts * startingAmount)
    wrong.push(`the accounts hold ${sum} instead of ${accounts * startingAmount}`)
  const twice = await db.collection('retries').countDocuments({ times: { $ne: 1 } })
  if (twice > 0) wrong.push(`${twice} retried writes were done twice`)
  await client.close()
  await engine.stop()
  return wrong
}
