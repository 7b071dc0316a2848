import { type ClientSession, type MongoServerError } from 'mongodb'
import { addIndex, conformance, type World } from './servers.ts'

const check = conformance()

async function inTransaction(
  { client }: World,
  work: (session: ClientSession) => Promise<unknown>,
): Promise<void> {
  const session = client.startSession()
  try {
    await session.withTransaction(async () => {
      await work(session)
    })
  } finally {
    await session.endSession()
  }
}

/** Two sessions with a transaction begun in each. */
async function twoTransactions({
  client,
  things,
  atEnd,
}: World): Promise<readonly [ClientSession, ClientSession]> {
  const [a, b] = [client.startSession(), client.startSession()]
  for (const session of [a, b]) {
    atEnd(() => session.endSession())
    session.startTransaction()
    // The first command takes the snapshot.
    await things.findOne({ _id: 'none' } as never, { session })
  }
  return [a, b]
}

check('a committed transaction stands as a whole, an aborted one leaves nothing', async (t, world) => {
  const { things } = world
  await things.insertMany([
    { _id: 'a', n: 100 },
    { _id: 'b', n: 0 },
  ] as never)
  await inTransaction(world, async session => {
    await things.updateOne({ _id: 'a' } as never, { $inc: { n: -30 } }, { session })
    t.is((await things.findOne({ _id: 'a' } as never))?.['n'], 100)
    t.is((await things.findOne({ _id: 'a' } as never, { session }))?.['n'], 70)
    await things.updateOne({ _id: 'b' } as never, { $inc: { n: 30 } }, { session })
    await things.insertOne({ _id: 'c', n: 1 } as never, { session })
  })
  await t.throwsAsync(
    () =>
      inTransaction(world, async session => {
        await things.deleteMany({}, { session })
        t.is(await things.countDocuments({}, { session }), 0)
        throw new Error('no')
      }),
    { message: 'no' },
  )
  t.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(thing => thing['n'] as number),
    [70, 30, 1],
  )
})

check('a transaction reads the state it began with', async (t, world) => {
  const { things } = world
  await addIndex(things, { n: 1 })
  await things.insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ] as never)
  const [session] = await twoTransactions(world)
  await things.updateOne({ _id: 1 } as never, { $set: { n: 5 } })
  await things.insertOne({ _id: 3, n: 1 } as never)
  await things.deleteOne({ _id: 2 } as never)
  t.deepEqual(await things.find({}, { session }).sort({ n: 1 }).toArray(), [
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ] as never)
  t.is(await things.countDocuments({ n: 1 }, { session }), 1)
  await session.commitTransaction()
  t.is(await things.countDocuments({ n: 5 }), 1)
})

check('of two writers the second is refused with a label that says try again', async (t, world) => {
  const { things } = world
  await things.insertOne({ _id: 1, n: 0 } as never)
  const [a, b] = await twoTransactions(world)
  await things.updateOne({ _id: 1 } as never, { $inc: { n: 1 } }, { session: a })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.updateOne({ _id: 1 } as never, { $inc: { n: 10 } }, { session: b }),
  )
  t.is(error.code, 112)
  t.true(error.hasErrorLabel('TransientTransactionError'))
  await a.commitTransaction()
  const gone = await t.throwsAsync<MongoServerError>(() => b.commitTransaction())
  t.is(gone.code, 251)
  t.is((await things.findOne())?.['n'], 1)
})

check('a write after the snapshot of a transaction is not lost by it', async (t, world) => {
  const { things } = world
  await things.insertOne({ _id: 1, n: 0 } as never)
  const [a] = await twoTransactions(world)
  await things.updateOne({ _id: 1 } as never, { $inc: { n: 1 } })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.updateOne({ _id: 1 } as never, { $set: { n: 100 } }, { session: a }),
  )
  t.is(error.code, 112)
  t.is((await things.findOne())?.['n'], 1)
})

check('a plain write to a document of a transaction waits for its end', async (t, world) => {
  const { things } = world
  await things.insertOne({ _id: 1, log: [] } as never)
  const [a] = await twoTransactions(world)
  await things.updateOne({ _id: 1 } as never, { $push: { log: 'transaction' } } as never, { session: a })
  let done = false
  const waiting = things
    .updateOne({ _id: 1 } as never, { $push: { log: 'plain' } } as never)
    .then(() => (done = true))
  // Reads and writes of other documents go on meanwhile.
  await things.insertOne({ _id: 2 } as never)
  t.deepEqual((await things.findOne({ _id: 1 } as never))?.['log'], [])
  t.false(done)
  await a.commitTransaction()
  await waiting
  t.deepEqual((await things.findOne({ _id: 1 } as never))?.['log'], ['transaction', 'plain'])
})

check('a waiting write gives up at its time limit and does nothing', async (t, world) => {
  const { things } = world
  await things.insertOne({ _id: 1, n: 0 } as never)
  const [a] = await twoTransactions(world)
  await things.updateOne({ _id: 1 } as never, { $inc: { n: 1 } }, { session: a })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.updateOne({ _id: 1 } as never, { $inc: { n: 10 } }, { maxTimeMS: 50 }),
  )
  t.is(error.code, 50)
  await a.commitTransaction()
  t.is((await things.findOne())?.['n'], 1)
})

check('two transactions cannot both take a unique key', async (t, world) => {
  const { things } = world
  await addIndex(things, { serial: 1 }, { unique: true })
  const [a, b] = await twoTransactions(world)
  await things.insertOne({ serial: 'S1' }, { session: a })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.insertOne({ serial: 'S1' }, { session: b }),
  )
  t.is(error.code, 112)
  await a.commitTransaction()
  t.is(await things.countDocuments({ serial: 'S1' }), 1)
})

check('a duplicate key ends the transaction', async (t, world) => {
  const { things } = world
  await things.insertOne({ _id: 1 } as never)
  const [a] = await twoTransactions(world)
  await things.insertOne({ _id: 2 } as never, { session: a })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.insertOne({ _id: 1 } as never, { session: a }),
  )
  t.is(error.code, 11000)
  await t.throwsAsync(() => a.commitTransaction())
  t.is(await things.countDocuments(), 1)
})

check('keys change hands within a transaction', async (t, world) => {
  const { things } = world
  await addIndex(things, { seat: 1 }, { unique: true })
  await things.insertMany([
    { _id: 1, seat: 'A' },
    { _id: 2, seat: 'B' },
  ] as never)
  await inTransaction(world, async session => {
    await things.updateOne({ _id: 1 } as never, { $set: { seat: 'C' } }, { session })
    await things.updateOne({ _id: 2 } as never, { $set: { seat: 'A' } }, { session })
    await things.updateOne({ _id: 1 } as never, { $set: { seat: 'B' } }, { session })
  })
  t.like(await things.findOne({ seat: 'A' }), { _id: 2 } as never)
  t.like(await things.findOne({ seat: 'B' }), { _id: 1 } as never)
})

check('a collection made in a transaction appears with the commit', async (t, world) => {
  const { db, client } = world
  const session = client.startSession()
  session.startTransaction()
  await db.collection('made').insertOne({ a: 1 }, { session })
  t.is(await db.collection('made').countDocuments({}, { session }), 1)
  t.is((await db.listCollections({ name: 'made' }).toArray()).length, 0)
  await session.abortTransaction()
  t.is((await db.listCollections({ name: 'made' }).toArray()).length, 0)
  session.startTransaction()
  await db.createCollection('made', { session })
  await db.collection('made').createIndexes([{ key: { a: 1 }, unique: true }], { session })
  await db.collection('made').insertOne({ a: 1 }, { session })
  await session.commitTransaction()
  t.is((await db.collection('made').indexes()).length, 2)
  t.is(await db.collection('made').countDocuments({ a: 1 }), 1)
  await session.endSession()
})

check('sorted reads see the writes of their transaction in place', async (t, world) => {
  const { things } = world
  await addIndex(things, { n: 1 })
  await things.insertMany([1, 3, 5].map(n => ({ _id: n, n })) as never)
  await inTransaction(world, async session => {
    await things.insertOne({ _id: 4, n: 4 } as never, { session })
    await things.updateOne({ _id: 1 } as never, { $set: { n: 9 } }, { session })
    await things.deleteOne({ _id: 5 } as never, { session })
    const sorted = await things
      .find({ n: { $gt: 0 } }, { session })
      .sort({ n: 1 })
      .toArray()
    t.deepEqual(
      sorted.map(thing => thing['n'] as number),
      [3, 4, 9],
    )
    const groups = await things
      .aggregate([{ $group: { _id: null, sum: { $sum: '$n' } } }], { session })
      .toArray()
    t.is(groups[0]?.['sum'], 16)
  })
})

check('a cursor ends with its transaction', async (t, world) => {
  const { things, client } = world
  await things.insertMany(Array.from({ length: 10 }, (_, n) => ({ n })))
  const session = client.startSession()
  session.startTransaction()
  const cursor = things.find({}, { session }).batchSize(2)
  await cursor.next()
  await session.commitTransaction()
  await t.throwsAsync(async () => {
    for (let i = 0; i < 10; i++) await cursor.next()
  })
  await session.endSession()
})

check('withTransaction tries again until every transfer stands', async (t, world) => {
  const { things } = world
  await things.insertMany([
    { _id: 'a', n: 100 },
    { _id: 'b', n: 100 },
  ] as never)
  const transfer = (from: string, to: string) =>
    inTransaction(world, async session => {
      await things.updateOne({ _id: from } as never, { $inc: { n: -1 } }, { session })
      await things.updateOne({ _id: to } as never, { $inc: { n: 1 } }, { session })
    })
  await Promise.all(
    Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? transfer('b', 'a') : transfer('a', 'b'))),
  )
  t.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(thing => thing['n'] as number),
    [96, 104],
  )
})

check('what may not stand in a transaction is refused', async (t, world) => {
  const { things, db, client } = world
  await things.insertOne({ a: 1 })
  for (const work of [
    (session: ClientSession) => db.command({ count: 'things' }, { session }),
    (session: ClientSession) => db.command({ drop: 'things' }, { session }),
    (session: ClientSession) => things.aggregate([{ $indexStats: {} }], { session }).toArray(),
    (session: ClientSession) => client.db('admin').collection('things').findOne({}, { session }),
    (session: ClientSession) => client.db('config').collection('things').insertOne({}, { session }),
  ]) {
    const [session] = await twoTransactions(world)
    const error = await t.throwsAsync<MongoServerError>(() => work(session))
    t.is(error.code, 263)
    await session.endSession()
  }
  t.is(await things.countDocuments(), 1)
})
