import {
  Decimal128,
  Double,
  Int32,
  Long,
  type MongoBulkWriteError,
  type MongoServerError,
  ObjectId,
  Timestamp,
} from 'mongodb'
import { addIndex, codeOf, conformance } from './servers.ts'

const check = conformance()

check(
  'a path that leads through a scalar is a fault, except for what takes fields away',
  async (t, { things }) => {
    await things.insertOne({ a: 5, list: ['x'] })
    for (const update of [
      { $pop: { 'list.-1': 1 } },
      { $pull: { 'a.b': 1 } },
      { $pullAll: { 'a.b': [1] } },
      { $push: { 'a.b': 1 } },
      { $set: { 'a.b': 1 } },
    ])
      t.is(await codeOf(t, () => things.updateOne({}, update as never)), 28, JSON.stringify(update))
    for (const update of [
      { $unset: { 'a.b': '' } },
      { $pull: { 'other.b': 1 } },
      { $pop: { 'list.7.x': 1 } },
    ])
      t.is((await things.updateOne({}, update as never)).modifiedCount, 0, JSON.stringify(update))
    t.like(await things.findOne(), { a: 5, list: ['x'] })
  },
)

check('an unknown stage of an update refuses the command before any statement', async (t, { db, things }) => {
  await things.insertOne({ a: 1 })
  const updates = [
    { q: {}, u: { $set: { a: 2 } } },
    { q: {}, u: [{ $unheardOf: {} }] },
  ]
  t.is(await codeOf(t, () => db.command({ update: 'things', updates })), 40324)
  t.like(await things.findOne(), { a: 1 })
  const misplaced = await db.command({ update: 'things', updates: [{ q: {}, u: [{ $match: {} }] }] })
  t.like(misplaced['writeErrors'], [{ index: 0, code: 72 }])
})

check('a document comes back as it was stored, number kinds included', async (t, { things }) => {
  const document = {
    _id: new ObjectId(),
    int: new Int32(5),
    double: new Double(5),
    long: Long.fromString('9007199254740993'),
    decimal: Decimal128.fromString('1.10'),
    when: new Date(1_700_000_000_000),
    nested: { b: 1, a: [1, 'två', null] },
    '10': 'ten',
    '9': 'nine',
  }
  await things.insertOne(document)
  const found = await things.findOne({ _id: document._id }, { promoteValues: false })
  t.deepEqual(found?.['int'], new Int32(5))
  t.deepEqual(found?.['double'], new Double(5))
  t.is(String(found?.['long']), '9007199254740993')
  t.is(String(found?.['decimal']), '1.10')
  t.deepEqual(Object.keys(found?.['nested'] as object), ['b', 'a'])
})

check('insertMany stops at the first duplicate when ordered and goes on when not', async (t, { db }) => {
  const ordered = db.collection<{ _id: number }>('ordered')
  const error = await t.throwsAsync<MongoBulkWriteError>(() =>
    ordered.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }]),
  )
  t.is(error.code, 11000)
  t.is(error.insertedCount, 1)
  t.is(await ordered.countDocuments(), 1)

  const unordered = db.collection<{ _id: number }>('unordered')
  const other = await t.throwsAsync<MongoBulkWriteError>(() =>
    unordered.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }], { ordered: false }),
  )
  t.is(other.insertedCount, 2)
  t.is(await unordered.countDocuments(), 2)
})

check('a duplicate key names the index, the pattern and the value', async (t, { things, db }) => {
  await addIndex(things, { school: 1, number: -1 }, { unique: true })
  await things.insertOne({ school: 'Ekbacken', number: 7 })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.insertOne({ school: 'Ekbacken', number: 7 }),
  )
  t.is(error.code, 11000)
  t.deepEqual(error['keyPattern'], { school: 1, number: -1 })
  t.deepEqual(error['keyValue'], { school: 'Ekbacken', number: 7 })
  t.is(
    error.message,
    `E11000 duplicate key error collection: ${db.databaseName}.things index: school_1_number_-1 dup key: { school: "Ekbacken", number: 7 }`,
  )
})

check('an update reports what it matched and what it changed', async (t, { things }) => {
  await things.insertMany([{ n: 1 }, { n: 1 }, { n: 2 }])
  const same = await things.updateMany({ n: 1 }, { $set: { n: 1 } })
  t.deepEqual([same.matchedCount, same.modifiedCount], [2, 0])
  const changed = await things.updateMany({ n: 1 }, { $inc: { n: 5 } })
  t.deepEqual([changed.matchedCount, changed.modifiedCount], [2, 2])
  const none = await things.updateOne({ n: 99 }, { $set: { n: 1 } })
  t.deepEqual([none.matchedCount, none.upsertedCount], [0, 0])
})

check('an upsert takes equalities from the filter and reports the new id once', async (t, { things }) => {
  const first = await things.updateOne(
    { serial: 'S1', n: { $gt: 3 } },
    { $set: { a: 1 }, $setOnInsert: { made: true } },
    { upsert: true },
  )
  t.is(first.upsertedCount, 1)
  t.deepEqual(await things.findOne({ serial: 'S1' }), {
    _id: first.upsertedId,
    serial: 'S1',
    a: 1,
    made: true,
  } as never)
  const second = await things.updateOne(
    { serial: 'S1' },
    { $set: { a: 2 }, $setOnInsert: { made: false } },
    { upsert: true },
  )
  t.is(second.upsertedCount, 0)
  t.is((await things.findOne({ serial: 'S1' }))?.['made'], true)
})

check('a refused update changes nothing', async (t, { things }) => {
  await things.insertMany([
    { _id: 1, n: 1, list: [1] },
    { _id: 2, n: 'text' },
  ] as never)
  await t.throwsAsync(() => things.updateOne({ _id: 2 } as never, { $inc: { n: 1 } }), {
    message: /non-numeric/,
  })
  await t.throwsAsync(() => things.updateOne({ _id: 1 } as never, { $set: { a: 1, 'a.b': 2 } }))
  await t.throwsAsync(() => things.updateOne({ _id: 1 } as never, { $push: { n: 1 } } as never))
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.updateOne({ _id: 1 } as never, { $set: { _id: 9 } }),
  )
  t.is(error.code, 66)
  t.deepEqual(await things.find().toArray(), [
    { _id: 1, n: 1, list: [1] },
    { _id: 2, n: 'text' },
  ] as never)
})

check('arrayFilters and the positional operator change the elements they mean', async (t, { things }) => {
  await things.insertOne({
    _id: 1,
    marks: [
      { by: 'a', n: 1 },
      { by: 'b', n: 5 },
      { by: 'c', n: 9 },
    ],
  } as never)
  await things.updateOne({ 'marks.by': 'b' }, { $set: { 'marks.$.n': 6 } })
  await things.updateOne(
    {},
    { $inc: { 'marks.$[high].n': 100 } },
    { arrayFilters: [{ 'high.n': { $gte: 6 } }] },
  )
  const found = await things.findOne()
  t.deepEqual(
    (found?.['marks'] as { n: number }[]).map(mark => mark.n),
    [1, 106, 109],
  )
})

check('replaceOne keeps the id and drops the other fields', async (t, { things }) => {
  await things.insertOne({ _id: 1, a: 1, b: 2 } as never)
  await things.replaceOne({ a: 1 }, { c: 3 })
  t.deepEqual(await things.findOne(), { _id: 1, c: 3 } as never)
})

check('delete removes one or all', async (t, { things, db }) => {
  await things.insertMany([{ n: 1 }, { n: 1 }, { n: 2 }])
  t.is((await things.deleteOne({ n: 1 })).deletedCount, 1)
  t.is((await things.deleteMany({})).deletedCount, 2)
  t.is((await things.deleteMany({})).deletedCount, 0)
  t.is(await codeOf(t, () => db.command({ delete: 'things', deletes: [{ q: {}, limit: 2 }] })), 9)
})

check('findOneAndUpdate gives the document before or after, by sort', async (t, { things }) => {
  await things.insertMany([{ n: 3 }, { n: 1 }, { n: 2 }])
  const before = await things.findOneAndUpdate({}, { $set: { taken: true } }, { sort: { n: 1 } })
  t.is(before?.['n'], 1)
  t.is(before?.['taken'], undefined)
  const after = await things.findOneAndUpdate(
    { taken: { $ne: true } },
    { $set: { taken: true } },
    { sort: { n: 1 }, returnDocument: 'after' },
  )
  t.is(after?.['n'], 2)
  t.is(after?.['taken'], true)
  t.is(await things.findOneAndUpdate({ n: 99 }, { $set: { a: 1 } }), null)
  t.is((await things.findOneAndDelete({}, { sort: { n: -1 } }))?.['n'], 3)
})

check('eighty callers claim fifty documents, each once', async (t, { things }) => {
  await things.insertMany(Array.from({ length: 50 }, (_, n) => ({ n, claimedBy: null })))
  const claims = await Promise.all(
    Array.from({ length: 80 }, (_, caller) =>
      things.findOneAndUpdate({ claimedBy: null }, { $set: { claimedBy: caller } }, { sort: { n: 1 } }),
    ),
  )
  const claimed = claims.filter(claim => claim !== null).map(claim => claim['n'] as number)
  t.is(claimed.length, 50)
  t.is(new Set(claimed).size, 50)
})

check('bulkWrite runs operations in order and counts them', async (t, { things }) => {
  const result = await things.bulkWrite([
    { insertOne: { document: { _id: 1, n: 1 } as never } },
    { updateOne: { filter: { n: 1 }, update: { $set: { n: 2 } } } },
    { updateOne: { filter: { n: 9 }, update: { $set: { n: 9 } }, upsert: true } },
    { deleteOne: { filter: { n: 2 } } },
  ])
  t.deepEqual(
    [result.insertedCount, result.modifiedCount, result.upsertedCount, result.deletedCount],
    [1, 1, 1, 1],
  )
})

check('a document beyond sixteen megabytes is refused and not stored', async (t, { things }) => {
  await t.throwsAsync(() => things.insertOne({ text: 'x'.repeat(16 * 1024 * 1024) }))
  t.is(await things.countDocuments(), 0)
  await things.insertOne({ text: 'x'.repeat(15 * 1024 * 1024) })
  t.is(await things.countDocuments(), 1)
})

check('an id cannot be an array or a pattern', async (t, { things }) => {
  await t.throwsAsync(() => things.insertOne({ _id: [1] } as never))
  await t.throwsAsync(() => things.insertOne({ _id: /a/ } as never))
  t.is(await things.countDocuments(), 0)
})

check('count, estimate and distinct agree with the documents', async (t, { things }) => {
  await things.insertMany([{ a: 1, tags: ['x', 'y'] }, { a: 2, tags: ['y'] }, { a: 2 }])
  t.is(await things.countDocuments({ a: 2 }), 2)
  t.is(await things.countDocuments({}, { skip: 1, limit: 1 }), 1)
  t.is(await things.estimatedDocumentCount(), 3)
  t.deepEqual(await things.distinct('tags'), ['x', 'y'])
  t.deepEqual(await things.distinct('a', { tags: 'y' }), [1, 2])
})

check(
  'many documents with the _id last are stored with it first, and one refusal spares the others',
  async (t, { things }) => {
    await addIndex(things, { serial: 1 }, { unique: true })
    const documents = Array.from({ length: 300 }, (_, i) => ({
      serial: `S${i}`,
      tags: [i],
      _id: new ObjectId(),
    }))
    await things.insertMany(documents)
    const found = await things.findOne({ serial: 'S137' })
    t.deepEqual(Object.keys(found ?? {}), ['_id', 'serial', 'tags'])
    t.deepEqual(found, { _id: documents[137]?._id, serial: 'S137', tags: [137] })

    const more = Array.from({ length: 300 }, (_, i) => ({ serial: i === 200 ? 'S5' : `T${i}` }))
    const ordered = await t.throwsAsync<MongoBulkWriteError>(() => things.insertMany(more))
    t.is(ordered.insertedCount, 200)
    t.is(await things.countDocuments({ serial: /^T/ }), 200)
    const unordered = await t.throwsAsync<MongoBulkWriteError>(() =>
      things.insertMany(
        more.map(({ serial }) => ({ serial: serial.replace('T', 'U') })),
        { ordered: false },
      ),
    )
    t.is(unordered.insertedCount, 299)
    t.is(await things.countDocuments({ serial: { $in: ['U199', 'U200', 'U201'] } }), 2)
    t.is(await things.countDocuments({ serial: 'S5' }), 1)
  },
)

check(
  'a statement of the wrong form refuses the whole command, also the statements before it',
  async (t, { db, things }) => {
    await things.insertOne({ n: 1 })
    const refused = await t.throwsAsync<MongoServerError>(() =>
      db.command({
        update: 'things',
        updates: [
          { q: { n: 1 }, u: { $inc: { n: 1 } } },
          { q: { n: 2 }, u: { $inc: { n: 1 } }, order: { n: 1 } },
        ],
      }),
    )
    t.is(refused.code, 40415)
    t.is(await things.countDocuments({ n: 1 }), 1)
  },
)

check('$documents, $rand and the list of sessions need no collection', async (t, { db, things }) => {
  await things.insertOne({ _id: 1, n: 0 } as never)
  await db
    .aggregate([{ $documents: [{ _id: 1, n: 1 }, { _id: 2 }] }, { $merge: { into: 'things' } }])
    .toArray()
  t.deepEqual(await things.find().sort({ _id: 1 }).toArray(), [{ _id: 1, n: 1 }, { _id: 2 }] as never)
  const duplicate = await t.throwsAsync<MongoServerError>(() =>
    db
      .aggregate([{ $documents: [{ _id: 2 }] }, { $merge: { into: 'things', whenMatched: 'fail' } }])
      .toArray(),
  )
  t.is(duplicate.code, 11000)
  t.deepEqual(duplicate['keyValue'], { _id: 2 })
  const [drawn] = await db
    .aggregate<{ a: number; b: number }>([
      { $documents: [{}] },
      { $project: { a: { $rand: {} }, b: { $rand: {} } } },
    ])
    .toArray()
  t.true(drawn !== undefined && drawn.a >= 0 && drawn.a < 1 && drawn.a !== drawn.b)
  const sessions = await db.aggregate([{ $listLocalSessions: {} }]).toArray()
  t.true(sessions.length > 0 && sessions.every(session => session['lastUse'] instanceof Date))
})

check('a pipeline that writes cannot be read linearizably', async (t, { things }) => {
  const refused = await t.throwsAsync<MongoServerError>(() =>
    things.aggregate([{ $out: 'others' }], { readConcern: { level: 'linearizable' } }).toArray(),
  )
  t.is(refused.code, 72)
})

check('a document may measure 16 MiB and not more, however it comes to be', async (t, { things }) => {
  const most = 16 * 1024 * 1024
  const overhead = 4 + 17 + 8 + 1
  const fits = 'a'.repeat(most - overhead)
  await things.updateOne({ _id: new ObjectId() }, { $set: { s: fits } }, { upsert: true })
  await t.throwsAsync(() => things.updateOne({}, { $set: { s: `${fits}a` } }), {
    message: /larger than the maximum size|BSONObj size/,
  })
  t.is((await things.findOne())?.['s'], fits)
  await t.throwsAsync(() => things.insertOne({ s: 'a'.repeat(most) }))
  t.is(await things.countDocuments(), 1)
})

check('a pipeline that writes says which write concern cannot be met', async (t, { db, things }) => {
  await things.insertOne({ n: 1 })
  const error = await t.throwsAsync<MongoServerError>(() =>
    things.aggregate([{ $out: 'others' }], { writeConcern: { w: 'nowhere' as never } }).toArray(),
  )
  t.is(error.code, 79)
  t.is(await db.collection('others').countDocuments(), 1)
})

check('an empty timestamp of a document says when it was written', async (t, { things }) => {
  const empty = () => new Timestamp({ t: 0, i: 0 })
  await things.insertOne({ _id: 1, a: empty(), b: empty(), inner: { c: empty() } } as never)
  const inserted = await things.findOne()
  const { a, b, inner } = inserted as unknown as { a: Timestamp; b: Timestamp; inner: { c: Timestamp } }
  t.true(a.t > 1_600_000_000)
  t.false(a.equals(b))
  t.is(inner.c.t, 0)
  await things.replaceOne({ _id: 1 } as never, { a: empty() })
  t.true(((await things.findOne())?.['a'] as Timestamp).t > 1_600_000_000)
  await things.updateOne({ _id: 1 } as never, { $set: { a: empty() } })
  t.is(((await things.findOne())?.['a'] as Timestamp).t, 0)
})
