import { type Db } from 'mongodb'
import { setTimeout as wait } from 'node:timers/promises'
import { type Clock } from '../clock.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { type NewId } from '../ids.ts'
import { OlderDataError, toRun, type Migration } from './migration.ts'

/** Written when a migration begins, so that a version that does not know it keeps away from what is half done. */
interface Row {
  readonly _id: number
  readonly name: string
  readonly begunAt?: Date
  /** When it was through. */
  readonly at?: Date
}

interface Lock {
  readonly _id: 'lock'
  readonly holder: string
  readonly until: Date
}

interface MigrationNeeds {
  readonly db: Db
  readonly migrations: readonly Migration[]
  readonly clock: Clock
  readonly newId: NewId
}

/** How long a lock stands whose holder says nothing; who works says every third of it that it lives. */
const lockMs = 30_000
const againMs = 200

/**
 * Brings the stored data to this version: runs what has not been run, in order, one process at a time, and writes down
 * each when it begins and when it is through. Others that start meanwhile wait. Answers the numbers that were run here.
 * @throws {NewerDataError} when a newer version has been at work; nothing is changed then
 */
export async function migrate({ db, migrations, clock, newId }: MigrationNeeds): Promise<readonly number[]> {
  const rows = db.collection<Row>('migrations')
  const left = () => leftToRun(db, migrations)
  if ((await left()).length === 0) return []
  const lock = createLock(db, clock, newId())
  await lock.take()
  try {
    // Another process may have done it while this one waited.
    const wanted = await left()
    for (const { number, name, run } of wanted) {
      await rows.updateOne({ _id: number }, { $set: { name, begunAt: clock.now() } }, { upsert: true })
      await run(db)
      await rows.updateOne({ _id: number }, { $set: { at: clock.now() } })
    }
    return wanted.map(({ number }) => number)
  } finally {
    await lock.release()
  }
}

/**
 * For what works on the stored data without bringing it to this version.
 * @throws {NewerDataError} when a newer version has been at work, {OlderDataError} when there is something to be run
 */
export async function checkVersion(db: Db, migrations: readonly Migration[]): Promise<void> {
  if ((await leftToRun(db, migrations)).length > 0) throw new OlderDataError()
}

async function leftToRun(db: Db, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const rows = await db.collection<Row>('migrations').find({}).toArray()
  return toRun(
    migrations,
    rows.map(({ _id: number, at }) => ({ number, at })),
  )
}

function createLock(db: Db, clock: Clock, holder: string) {
  const locks = db.collection<Lock>('migrationLock')
  const until = () => new Date(clock.now().getTime() + lockMs)
  let alive: NodeJS.Timeout | undefined

  async function taken(): Promise<boolean> {
    try {
      // Matches none while somebody holds it, and the insert that follows meets the row that is there.
      await locks.updateOne(
        { _id: 'lock', until: { $lt: clock.now() } },
        { $set: { holder, until: until() } },
        { upsert: true },
      )
      return true
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return false
    }
  }

  return {
    async take(): Promise<void> {
      while (!(await taken())) await wait(againMs)
      alive = setInterval(() => {
        void locks.updateOne({ _id: 'lock', holder }, { $set: { until: until() } }).catch(() => undefined)
      }, lockMs / 3)
    },
    async release(): Promise<void> {
      clearInterval(alive)
      await locks.deleteOne({ _id: 'lock', holder })
    },
  }
}
