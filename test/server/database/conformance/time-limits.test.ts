import { type MongoServerError } from 'mongodb'
import { addIndex, codeOf, conformance } from './servers.ts'

const check = conformance()

const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ n }))

/** A pipeline that reads every document once for each document. */
const everyForEach = [
  {
    $lookup: {
      from: 'things',
      let: { n: '$n' },
      pipeline: [{ $match: { $expr: { $gt: ['$n', '$$n'] } } }, { $count: 'more' }],
      as: 'more',
    },
  },
]

check('a command ends when its time is over', async (t, { things }) => {
  await things.insertMany(numbered(4000))
  const read = () => things.aggregate([...everyForEach, { $count: 'n' }], { maxTimeMS: 100 }).toArray()
  const error = await t.throwsAsync<MongoServerError>(read)
  t.is(error.code, 50)
  t.is(error.codeName, 'MaxTimeMSExpired')
  t.is(await things.countDocuments({}, { maxTimeMS: 10_000 }), 4000)
})

check('the time of a cursor is that of all its batches', async (t, { things }) => {
  await things.insertMany(numbered(1500))
  const cursor = things.aggregate(everyForEach, { maxTimeMS: 1500, batchSize: 1 })
  t.truthy(await cursor.next())
  t.is(await codeOf(t, () => cursor.toArray()), 50)
})

check('a time that is none is refused', async (t, { db }) => {
  for (const maxTimeMS of [-1, 1.5, 'soon', 2 ** 31])
    t.true(
      [2, 9, 14].includes(Number(await codeOf(t, () => db.command({ ping: 1, maxTimeMS })))),
      String(maxTimeMS),
    )
})

check('a long write of many statements lets others pass', async (t, { things, db, connect }) => {
  await things.insertMany(numbered(1000))
  const other = (await connect()).db(db.databaseName)
  const statements = numbered(600).map(filter => ({
    updateOne: { filter, update: { $inc: { seen: 1 } } },
  }))
  const answered: string[] = []
  const write = things.bulkWrite(statements).finally(() => answered.push('write'))
  while (!answered.includes('write')) {
    await other.command({ ping: 1 })
    answered.push('ping')
  }
  const answers = answered.indexOf('write')
  const { matchedCount, modifiedCount } = await write
  t.deepEqual([matchedCount, modifiedCount], [600, 600])
  t.is(await things.countDocuments({ seen: 1 }), 600)
  t.true(answers >= 3, `${answers} answers`)
})

check('errors and upserts of a long write carry the places of their statements', async (t, { things }) => {
  await things.insertMany(numbered(1000))
  await addIndex(things, { once: 1 }, { unique: true, sparse: true })
  const statements = numbered(400).map(({ n }) => ({
    updateOne: {
      filter: { n: n % 10 === 0 ? -n - 1 : n },
      update: { $set: n % 100 === 5 ? { once: true } : { seen: true } },
      upsert: true,
    },
  }))
  const error = await t.throwsAsync<
    MongoServerError & { result: { upsertedIds: object }; writeErrors: { index: number }[] }
  >(() => things.bulkWrite(statements, { ordered: false }))
  t.is(error.code, 11000)
  t.deepEqual(
    error.writeErrors.map(({ index }) => index),
    [105, 205, 305],
  )
  t.deepEqual(
    Object.keys(error.result.upsertedIds).map(Number),
    Array.from({ length: 40 }, (_, place) => place * 10),
  )
  t.is(await things.countDocuments(), 1040)
})

check(
  'a write that its client asks for again while it runs is done once',
  async (t, { things, db, connect }) => {
    await things.insertMany(numbered(1000))
    const hasty = (await connect({ socketTimeoutMS: 60 })).db(db.databaseName).collection('things')
    const statements = numbered(600).map(filter => ({
      updateOne: { filter, update: { $inc: { seen: 1 } } },
    }))
    await hasty.bulkWrite(statements).catch(() => undefined)
    while ((await things.countDocuments({ seen: { $gte: 1 } })) < 600) await things.findOne()
    await things.updateOne({ n: 999 }, { $set: { last: true } })
    t.is(await things.countDocuments({ seen: 1 }), 600)
    t.is(await things.countDocuments({ seen: { $gt: 1 } }), 0)
  },
)
