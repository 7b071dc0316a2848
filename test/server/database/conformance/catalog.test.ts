import { type MongoServerError } from 'mongodb'
import { addIndex, codeOf, conformance } from './servers.ts'

const check = conformance()

check('collections are made, listed, renamed and dropped', async (t, { db }) => {
  await db.createCollection('one')
  await db.collection('two').insertOne({ a: 1 })
  const names = async () =>
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(each => each.name).sort()
  t.deepEqual(await names(), ['one', 'two'])
  await db.collection('two').rename('three')
  t.deepEqual(await names(), ['one', 'three'])
  t.is(await db.collection('three').countDocuments(), 1)
  const taken = await t.throwsAsync<MongoServerError>(() => db.collection('three').rename('one'))
  t.is(taken.code, 48)
  await db.collection('three').rename('one', { dropTarget: true })
  t.deepEqual(await names(), ['one'])
  t.true(await db.collection('one').drop())
  t.deepEqual(await names(), [])
})

check('a database is listed while it has a collection', async (t, { db, client }) => {
  const listed = async () =>
    (await client.db().admin().listDatabases()).databases.some(each => each.name === db.databaseName)
  t.false(await listed())
  await db.collection('a').insertOne({})
  t.true(await listed())
  await db.dropDatabase()
  t.false(await listed())
})

check('impossible names are refused', async (t, { db }) => {
  const error = await t.throwsAsync<MongoServerError>(() => db.command({ insert: 'a$b', documents: [{}] }))
  t.is(error.code, 73)
})

check('statistics and validation know the documents', async (t, { db, things }) => {
  await addIndex(things, { a: 1 })
  await things.insertMany([{ a: 1 }, { a: 2 }])
  const statistics = await db.command({ collStats: 'things' })
  t.is(statistics['count'], 2)
  t.is(statistics['nindexes'], 2)
  t.is((await db.command({ dbStats: 1 }))['objects'], 2)
  const validated = await db.command({ validate: 'things' })
  t.true(validated['valid'])
  t.is((validated['keysPerIndex'] as Record<string, number>)['a_1'], 2)
})

check('a cursor on a collection that is dropped ends with an error', async (t, { things }) => {
  await things.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })))
  const cursor = things.find().batchSize(5)
  await cursor.next()
  await things.drop()
  await t.throwsAsync(() => cursor.toArray())
})

check('$out replaces a collection, $merge works into one', async (t, { db, things }) => {
  await things.insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ] as never)
  await db.collection('target').insertOne({ _id: 9 } as never)
  await things.aggregate([{ $match: { n: 1 } }, { $out: 'target' }]).toArray()
  t.deepEqual(await db.collection('target').find().toArray(), [{ _id: 1, n: 1 }] as never)
  await things
    .aggregate([{ $set: { seen: true } }, { $merge: { into: 'target', whenNotMatched: 'discard' } }])
    .toArray()
  t.deepEqual(await db.collection('target').find().toArray(), [{ _id: 1, n: 1, seen: true }] as never)
})

check('documents are joined, grouped and counted across collections', async (t, { db, things }) => {
  await db.collection('schools').insertMany([
    { _id: 1, name: 'Ek' },
    { _id: 2, name: 'Al' },
  ] as never)
  await things.insertMany([
    { school: 1, n: 2 },
    { school: 1, n: 3 },
    { school: 2, n: 4 },
  ])
  const rows = await things
    .aggregate([
      { $lookup: { from: 'schools', localField: 'school', foreignField: '_id', as: 'school' } },
      { $unwind: '$school' },
      { $group: { _id: '$school.name', sum: { $sum: '$n' } } },
      { $sort: { _id: 1 } },
    ])
    .toArray()
  t.deepEqual(rows, [
    { _id: 'Al', sum: 4 },
    { _id: 'Ek', sum: 5 },
  ])
})

check('sizes are given in the unit that is asked for', async (t, { db, things }) => {
  await things.insertMany(Array.from({ length: 50 }, (_, n) => ({ n, text: 'x'.repeat(200) })))
  const bytes = await db.command({ collStats: 'things' })
  const kilobytes = await db.command({ collStats: 'things', scale: 1024 })
  t.is(kilobytes['scaleFactor'], 1024)
  t.is(kilobytes['size'], Math.floor(Number(bytes['size']) / 1024))
  t.is(kilobytes['count'], 50)
  t.is((await db.stats({ scale: 10 }))['scaleFactor'], 10)
  const [line] = await things.aggregate([{ $collStats: { storageStats: { scale: 10 } } }]).toArray()
  t.is((line?.['storageStats'] as Record<string, number>)['scaleFactor'], 10)
  t.truthy(await codeOf(t, () => db.command({ collStats: 'things', scale: 0 })))
})
