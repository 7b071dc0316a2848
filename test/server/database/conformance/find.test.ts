import { Long, MaxKey, MinKey, type MongoServerError } from 'mongodb'
import { addIndex, codeOf, conformance } from './servers.ts'

const check = conformance()

check('values of all types sort in the order that BSON has', async (t, { things }) => {
  const inOrder = [null, -5, 2.5, 3, Long.fromNumber(4), 'B', 'a', 'å', { a: 1 }, true, new Date(5)]
  const shuffled = [...inOrder.keys()].sort((a, b) => ((a * 7) % 11) - ((b * 7) % 11))
  await things.insertMany(shuffled.map(place => ({ place, value: inOrder[place] })))
  const places = (await things.find().sort({ value: 1 }).toArray()).map(thing => thing['place'] as number)
  t.deepEqual(places, [...inOrder.keys()])
  await addIndex(things, { value: 1 })
  t.deepEqual(
    (await things.find().sort({ value: -1 }).toArray()).map(thing => thing['place'] as number),
    [...inOrder.keys()].reverse(),
  )
})

check('skip, limit and batches page through a sorted result without loss', async (t, { things }) => {
  await things.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })))
  const found = await things
    .find({ n: { $gte: 10 } })
    .sort({ n: -1 })
    .skip(5)
    .limit(200)
    .batchSize(7)
    .toArray()
  t.deepEqual(
    found.map(thing => thing['n'] as number),
    Array.from({ length: 200 }, (_, i) => 244 - i),
  )
})

check(
  'two fields of one array sort by its elements, two arrays side by side do not',
  async (t, { things }) => {
    await things.insertMany([
      {
        _id: 1,
        a: [
          { b: 1, c: 9 },
          { b: 2, c: 0 },
        ],
      },
      { _id: 2, a: [{ b: 1, c: 5 }] },
      { _id: 3, a: [7, { b: 4 }] },
    ] as never)
    const ids = async (sort: Record<string, 1 | -1>) =>
      (await things.find().sort(sort).toArray()).map(thing => thing._id)
    // The least element as a whole counts: { b: 1, c: 9 } comes behind { b: 1, c: 5 }.
    t.deepEqual(await ids({ 'a.b': 1, 'a.c': 1 }), [3, 2, 1])
    t.deepEqual(await ids({ 'a.b': -1, 'a.c': 1 }), [3, 1, 2])
    // An element that is no document counts like one without the field.
    t.deepEqual(await ids({ 'a.b': 1, _id: -1 }), [3, 2, 1])
    await things.insertOne({ _id: 4, a: [{ b: 1 }], d: [1] } as never)
    t.is(await codeOf(t, () => things.find().sort({ 'a.b': 1, d: 1 }).toArray()), 2)
    t.is(await codeOf(t, () => things.aggregate([{ $sort: { 'a.b': 1, d: 1 } }]).toArray()), 2)
  },
)

check('a cursor that is closed is unknown afterwards', async (t, { things, db }) => {
  await things.insertMany(Array.from({ length: 20 }, (_, n) => ({ n })))
  const cursor = things.find().batchSize(5)
  await cursor.next()
  const id = cursor.id
  await cursor.close()
  const error = await t.throwsAsync<MongoServerError>(() => db.command({ getMore: id, collection: 'things' }))
  t.is(error.code, 43)
})

check('projections include, exclude, slice and pick elements', async (t, { things }) => {
  await things.insertOne({ _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ n: 1 }, { n: 2 }, { n: 3 }] } as never)
  const one = (projection: object) => things.findOne({}, { projection })
  t.deepEqual(await one({ a: 1 }), { _id: 1, a: 1 } as never)
  t.deepEqual(await one({ 'b.c': 0, list: 0 }), { _id: 1, a: 1, b: { d: 3 } } as never)
  t.deepEqual(await one({ _id: 0, list: { $slice: -1 }, a: 0, b: 0 }), { list: [{ n: 3 }] } as never)
  t.deepEqual(await one({ _id: 0, list: { $elemMatch: { n: { $gt: 1 } } } }), { list: [{ n: 2 }] } as never)
  await t.throwsAsync(() => one({ a: 1, b: 0 }))
})

check(
  'picked elements go with fields that are kept and with fields that are left out',
  async (t, { things }) => {
    await things.insertOne({ _id: 1, a: [{ n: 1 }, { n: 2 }, { n: 3 }], b: 1, c: 2 } as never)
    const projected = async (projection: object) => things.findOne({}, { projection })
    const a = { $elemMatch: { n: { $gt: 1 } } }
    t.deepEqual(await projected({ a }), { _id: 1, a: [{ n: 2 }] } as never)
    t.deepEqual(await projected({ a, b: 1 }), { _id: 1, a: [{ n: 2 }], b: 1 } as never)
    t.deepEqual(await projected({ a, b: 0 }), { _id: 1, a: [{ n: 2 }], c: 2 } as never)
    t.deepEqual(await projected({ a: { $elemMatch: { n: 9 } }, b: 0 }), { _id: 1, c: 2 } as never)
    t.is(await codeOf(t, () => things.find({ b: { $regex: 'x', $options: 'q' } }).toArray()), 51108)
  },
)

check('array conditions mean elements, elemMatch means one element', async (t, { things }) => {
  await things.insertMany([
    {
      _id: 1,
      v: [
        { a: 1, b: 9 },
        { a: 9, b: 1 },
      ],
    },
    { _id: 2, v: [{ a: 1, b: 1 }] },
  ] as never)
  const ids = async (filter: object) =>
    (await things.find(filter).sort({ _id: 1 }).toArray()).map(thing => thing._id)
  t.deepEqual(await ids({ 'v.a': 1, 'v.b': 1 }), [1, 2])
  t.deepEqual(await ids({ v: { $elemMatch: { a: 1, b: 1 } } }), [2])
  await addIndex(things, { 'v.a': 1, 'v.b': 1 })
  t.deepEqual(await ids({ 'v.a': 1, 'v.b': 1 }), [1, 2])
  t.deepEqual(await ids({ v: { $elemMatch: { a: 1, b: 1 } } }), [2])
})

check('null finds missing fields, exists tells them apart', async (t, { things }) => {
  await things.insertMany([{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 0 }] as never)
  const ids = async (filter: object) =>
    (await things.find(filter).sort({ _id: 1 }).toArray()).map(thing => thing._id)
  t.deepEqual(await ids({ a: null }), [1, 2])
  t.deepEqual(await ids({ a: { $exists: true } }), [1, 3])
  t.deepEqual(await ids({ a: { $exists: false } }), [2])
  t.deepEqual(await ids({ a: { $ne: null } }), [3])
})

check('unknown operators, hints and options are refused by name', async (t, { things, db }) => {
  await things.insertOne({ a: 1 })
  const refused = (work: () => Promise<unknown>) => codeOf(t, work)
  t.is(await refused(() => things.find({ a: { $geoWithin: 1 } }).toArray()), 2)
  t.is(await refused(() => things.find({ $foo: 1 }).toArray()), 2)
  t.is(await refused(() => things.find().hint('nope').toArray()), 2)
  t.is(await refused(() => db.command({ find: 'things', frobnicate: 1 })), 40415)
  t.is(await refused(() => db.command({ frobnicate: 1 })), 59)
  t.is(await refused(() => things.aggregate([{ $frobnicate: {} }]).toArray()), 40324)
})

check('a hint decides the index, natural order the direction', async (t, { things }) => {
  await things.insertMany([{ n: 2 }, { n: 1 }, { n: 3 }])
  await addIndex(things, { n: 1 })
  const hinted = await things.find({}).hint({ n: 1 }).toArray()
  t.deepEqual(
    hinted.map(thing => thing['n'] as number),
    [1, 2, 3],
  )
  const natural = await things.find({}).sort({ $natural: -1 }).toArray()
  t.deepEqual(
    natural.map(thing => thing['n'] as number),
    [3, 1, 2],
  )
})

check('what needs another kind of collection or index is refused as such', async (t, { things }) => {
  await things.insertOne({ a: 1 })
  t.is(await codeOf(t, () => things.find({}, { tailable: true }).toArray()), 2)
  t.is(await codeOf(t, () => things.find({ $text: { $search: 'a' } }).toArray()), 27)
  t.is(await codeOf(t, () => things.find({ place: { $near: [1, 1] } }).toArray()), 291)
})

check('a hint that names no visible index is refused, also when all are counted', async (t, { things }) => {
  await things.insertOne({ a: 1 })
  await addIndex(things, { a: 1 }, { hidden: true })
  t.is(await codeOf(t, () => things.countDocuments({}, { hint: 'none' })), 2)
  t.is(await codeOf(t, () => things.find().hint('a_1').toArray()), 2)
  t.is(await things.countDocuments({}, { hint: '_id_' }), 1)
})

check('a read concern that does not exist is refused', async (t, { db, things }) => {
  await things.insertOne({ a: 1 })
  const read = (level: string) => db.command({ find: 'things', readConcern: { level } })
  t.truthy(await codeOf(t, () => read('sometimes')))
  for (const level of ['local', 'majority', 'available', 'linearizable']) t.is((await read(level))['ok'], 1)
})

check(
  'a cursor is at its end when it is asked for more and has none, or when its limit is reached',
  async (t, world) => {
    const { things, db, connect } = world
    await things.insertMany([1, 2, 3].map(n => ({ _id: n })) as never)
    const client = await connect({ monitorCommands: true })
    const same = client.db(db.databaseName).collection('things')
    const sent: string[] = []
    client.on('commandStarted', ({ commandName }) => sent.push(commandName))
    const commandsOf = async (read: () => Promise<unknown>) => {
      sent.length = 0
      await read()
      return sent.join(' ')
    }
    t.is(await commandsOf(() => same.find().batchSize(1).toArray()), 'find getMore getMore getMore')
    t.is(await commandsOf(() => same.find().batchSize(2).toArray()), 'find getMore')
    t.is(await commandsOf(() => same.find().limit(2).batchSize(1).toArray()), 'find getMore')
    t.is(await commandsOf(() => same.aggregate([], { batchSize: 3 }).toArray()), 'aggregate getMore')
    t.is(
      await commandsOf(() => client.db(db.databaseName).listCollections({}, { batchSize: 1 }).toArray()),
      'listCollections',
    )
    t.is(
      await commandsOf(() =>
        client.db(db.databaseName).collection('none').find({}, { batchSize: 0 }).toArray(),
      ),
      'find',
    )
  },
)

check(
  'a cursor is gone on with under its own collection and in the time of its query',
  async (t, { db, things }) => {
    await things.insertMany([{}, {}, {}])
    const { cursor } = await db.command({ find: 'things', batchSize: 1 })
    const getMore = (cursor as { id: Long | number }).id
    t.is(await codeOf(t, () => db.command({ getMore: Long.fromValue(getMore), collection: 'other' })), 13)
    const timed = { getMore: Long.fromValue(getMore), collection: 'things', maxTimeMS: 100 }
    t.is(await codeOf(t, () => db.command(timed)), 2)
    const more = await db.command({ getMore: Long.fromValue(getMore), collection: 'things' })
    t.is((more['cursor'] as { nextBatch: unknown[] }).nextBatch.length, 2)
  },
)

check('min and max cut a part out of the hinted index', async (t, { things }) => {
  await things.insertMany([1, 2, 3, 4, 5].map(n => ({ _id: n, a: n, b: -n })) as never)
  await addIndex(things, { a: 1, b: -1 })
  const part = things.find().min({ a: 2, b: 0 }).max({ a: 4, b: -4 }).hint({ a: 1, b: -1 })
  t.deepEqual(
    (await part.toArray()).map(({ _id }) => _id),
    [2, 3],
  )
  const turned = things
    .find({ a: { $ne: 3 } })
    .min({ _id: 2 })
    .hint('_id_')
    .sort({ _id: -1 })
  t.deepEqual(
    (await turned.toArray()).map(({ _id }) => _id),
    [5, 4, 2],
  )
  t.is(await codeOf(t, () => things.find().min({ a: 1 }).toArray()), 51173)
  t.is(await codeOf(t, () => things.find().min({ a: 1 }).hint('_id_').toArray()), 51174)
  t.is(await codeOf(t, () => things.find().min({ _id: 3 }).max({ _id: 2 }).hint('_id_').toArray()), 51175)
})

check(
  'the key of the index or the number of the record is given in the place of or beside the document',
  async (t, { things }) => {
    await things.insertMany([1, 2].map(n => ({ _id: n, a: n })) as never)
    await addIndex(things, { a: 1 })
    t.deepEqual(await things.find({ a: { $gt: 1 } }, { returnKey: true }).toArray(), [{ a: 2 }] as never)
    t.deepEqual(await things.find({}, { returnKey: true }).toArray(), [{}, {}] as never)
    const [first, second] = await things.find().showRecordId(true).toArray()
    t.true(Number(first?.['$recordId']) < Number(second?.['$recordId']))
    t.is(first?.['a'], 1)
  },
)

check('MinKey and MaxKey are compared with everything, a missing field included', async (t, { things }) => {
  await things.insertMany([
    { _id: 1 },
    { _id: 2, a: 'x' },
    { _id: 3, a: new MinKey() },
    { _id: 4, a: [] },
  ] as never)
  const ids = async (filter: object) =>
    (await things.find(filter).sort({ _id: 1 }).toArray()).map(thing => thing._id)
  for (const index of [false, true]) {
    if (index) await addIndex(things, { a: 1 })
    t.deepEqual(await ids({ a: { $gt: new MinKey() } }), [1, 2, 4])
    t.deepEqual(await ids({ a: { $lt: new MaxKey() } }), [1, 2, 3, 4])
  }
})
