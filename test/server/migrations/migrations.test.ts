import { randomBytes } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { type Db } from 'mongodb'
import { createSecretBox } from '../../../server/certificates/secret-box.ts'
import { createMongoCommandStore } from '../../../server/commands/mongo-command-store.ts'
import { databaseOn } from '../../../server/database/database.ts'
import { newUuid } from '../../../server/ids.ts'
import {
  NewerDataError,
  OlderDataError,
  toRun,
  type Migration,
} from '../../../server/migrations/migration.ts'
import { migrationsWith } from '../../../server/migrations/migrations.ts'
import { checkVersion, migrate } from '../../../server/migrations/mongo-migrations.ts'
import { peopleByMailAndDoubleKeys } from '../../../server/migrations/002-people-by-mail-and-double-keys.ts'
import { commandsSealed } from '../../../server/migrations/004-commands-sealed.ts'
import { whatIpadsHave } from '../../../server/migrations/003-what-ipads-have.ts'
import { createMongoPersonStore } from '../../../server/people/mongo-person-store.ts'
import { newPerson } from '../../../server/people/person-input.ts'
import { connectTestDatabase } from '../../support/database.ts'

interface Thing {
  _id: string
  n: number
}
const things = (db: Db) => db.collection<Thing>('things')
const adds = (number: number, fails: () => boolean = () => false): Migration => ({
  number,
  name: `adds ${number}`,
  async run(db) {
    if (fails()) throw new Error('The disk is full')
    await things(db).insertOne({ _id: `${number}-${newUuid()}`, n: number })
  },
})

async function aDatabase(t: ExecutionContext) {
  const { db } = await connectTestDatabase(t)
  const clock = { now: () => new Date(Date.now()) }
  return {
    db,
    run: (all: readonly Migration[]) => migrate({ db, migrations: all, clock, newId: newUuid }),
    found: async () => (await things(db).find({}).toArray()).map(({ n }) => n).sort(),
  }
}

test('the numbers of the product rise by one and are never used twice', t => {
  const migrations = migrationsWith(createSecretBox(randomBytes(32), randomBytes))
  t.deepEqual(
    migrations.map(({ number }) => number),
    migrations.map((_, index) => index + 1),
  )
})

test('what has not been run is run in order, once, also when several start at one moment', async t => {
  const { run, found } = await aDatabase(t)
  t.deepEqual(await run([adds(1)]), [1])
  const all = [adds(3), adds(1), adds(2)]
  const ran = await Promise.all([run(all), run(all), run(all)])
  t.deepEqual(ran.flat(), [2, 3])
  t.deepEqual(await found(), [1, 2, 3])
  t.deepEqual(await run(all), [])
})

test('one that fails stops the start, and the next start takes it up there', async t => {
  const { run, found } = await aDatabase(t)
  let isFull = true
  const all = [adds(1), adds(2, () => isFull), adds(3)]
  await t.throwsAsync(run(all), { message: 'The disk is full' })
  t.deepEqual(await found(), [1])
  isFull = false
  t.deepEqual(await run(all), [2, 3])
  t.deepEqual(await found(), [1, 2, 3])
})

test('one that broke off in the middle keeps the version before away', async t => {
  const { db, run, found } = await aDatabase(t)
  const before = [adds(1)]
  await run(before)
  const broken = adds(2, () => true)
  await t.throwsAsync(run([...before, broken]), { message: 'The disk is full' })
  await t.throwsAsync(run(before), {
    instanceOf: NewerDataError,
    message: /data version 2, this one knows 1/,
  })
  await t.throwsAsync(checkVersion(db, before), { instanceOf: NewerDataError })
  await t.throwsAsync(checkVersion(db, [...before, broken]), { instanceOf: OlderDataError })
  t.deepEqual(await run([...before, adds(2)]), [2])
  t.deepEqual(await found(), [1, 2])
  await t.notThrowsAsync(checkVersion(db, [...before, adds(2)]))
})

test('a lock whose holder died is taken over', async t => {
  const { db, run, found } = await aDatabase(t)
  await db
    .collection<{ _id: string; holder: string; until: Date }>('migrationLock')
    .insertOne({ _id: 'lock', holder: 'gone', until: new Date(Date.now() - 1) })
  t.deepEqual(await run([adds(1)]), [1])
  t.deepEqual(await found(), [1])
})

test('data of a newer version is refused with a sentence, and nothing is changed', async t => {
  const { run, found } = await aDatabase(t)
  await run([adds(1), adds(2), adds(7)])
  const refused = await t.throwsAsync(run([adds(1), adds(2), adds(3)]), { instanceOf: NewerDataError })
  t.regex(refused.message, /newer version .*data version 7, this one knows 3/)
  t.deepEqual(await found(), [1, 2, 7])
  t.throws(() => toRun([], [{ number: 1 }]), { instanceOf: NewerDataError })
})

test('people of before are ordered and compared as those are who come now', async t => {
  const { mongooseConnection, db } = await connectTestDatabase(t)
  const { tables } = databaseOn(mongooseConnection)
  const store = createMongoPersonStore(tables)
  await tables.prepare()
  const person = (id: string, more: object = {}) =>
    newPerson(id, 'malmby', { givenName: 'Åsa', familyName: 'Öst', email: `${id}@a.example`, ...more })
  await store.insert(person('a', { phone: '070-123 45 67' }), person('b', { protectedIdentity: true }))
  const rows = () => db.collection('people').find({}).sort({ _id: 1 }).toArray()
  const written = await rows()
  await db.collection('people').updateMany({}, { $unset: { mailPlace: '', doubleKeys: '' } })
  t.notDeepEqual(await rows(), written)
  await peopleByMailAndDoubleKeys.run(db)
  await peopleByMailAndDoubleKeys.run(db)
  t.deepEqual(await rows(), written)
})

test('what iPads had before is told from how far it had come, and not written over', async t => {
  const { db } = await connectTestDatabase(t)
  const [proven, changed] = [new Date('2026-11-01'), new Date('2026-11-02')]
  const row = (_id: string, want: string, state: string, more: object = {}) => ({
    _id,
    want,
    state,
    number: 2,
    mark: 'M2',
    changedAt: changed,
    ...more,
  })
  const has = { number: 2, mark: 'M2' }
  const known = { number: 1, mark: 'M1', since: proven }
  const placements = db.collection<{ _id: string; has?: object; maybe?: object[] }>('placements')
  await placements.insertMany([
    row('proven', 'installed', 'proven', { provenAt: proven }),
    row('failed', 'installed', 'failed', { fault: { code: 'refused' } }),
    row('gone', 'removed', 'proven'),
    row('going', 'removed', 'delivered'),
    row('stays', 'removed', 'failed', { fault: { code: 'still-there' } }),
    row('new', 'installed', 'proven', { has: known }),
  ])
  await whatIpadsHave.run(db)
  await whatIpadsHave.run(db)
  const found = await placements.find({}).sort({ _id: 1 }).toArray()
  t.deepEqual(
    found.map(each => [each._id, each.has, each.maybe]),
    [
      ['failed', undefined, undefined],
      ['going', undefined, [has]],
      ['gone', undefined, undefined],
      ['new', known, undefined],
      ['proven', { ...has, since: proven }, undefined],
      ['stays', { ...has, since: changed }, undefined],
    ],
  )
})

test('what commands of before carried is sealed, also where it was stopped half-way, and reads as it did', async t => {
  const { mongooseConnection, db } = await connectTestDatabase(t)
  const { tables } = databaseOn(mongooseConnection)
  const box = createSecretBox(randomBytes(32), randomBytes)
  const store = createMongoCommandStore(tables, box)
  await tables.prepare()
  const row = (number: number) => ({
    _id: `c${number}`,
    organisationId: 'malmby',
    deviceId: 'ipad',
    enrolmentId: 'e',
    sequence: number,
    requestType: 'InstallProfile',
    state: 'acknowledged',
    queuedAt: new Date('2026-11-01'),
    parameters: JSON.stringify({ Payload: `vinterdäck ${number}` }),
  })
  const commands = db.collection<ReturnType<typeof row>>('commands')
  await commands.insertMany(Array.from({ length: 700 }, (_, number) => row(number)))
  const halfWay = commandsSealed({
    sealSecret: (secret, place) => {
      if (place.includes('c600')) throw new Error('The power went')
      return box.sealSecret(secret, place)
    },
  })
  const open = () => commands.countDocuments({ parameters: /vinterdäck/ })
  await t.throwsAsync(halfWay.run(db), { message: 'The power went' })
  t.is(await open(), 200)
  await commandsSealed(box).run(db)
  t.is(await open(), 0)
  const sealed = await commands.find({}).toArray()
  await commandsSealed(box).run(db)
  t.deepEqual(await commands.find({}).toArray(), sealed, 'what is sealed is left alone')
  for (const number of [0, 499, 600])
    t.deepEqual((await store.find('malmby', `c${number}`))?.parameters, { Payload: `vinterdäck ${number}` })
})
