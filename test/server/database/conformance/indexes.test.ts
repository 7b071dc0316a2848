import { type Document } from 'mongodb'
import { addIndex, codeOf, conformance } from './servers.ts'

const check = conformance()

const executed = (explained: Document) =>
  explained['executionStats'] as { nReturned: number; totalDocsExamined: number }

check('indexes are listed as they were asked for', async (t, { things }) => {
  t.is(await addIndex(things, { a: 1, b: -1 }), 'a_1_b_-1')
  await addIndex(things, { c: 1 }, { unique: true, sparse: true, name: 'own' })
  await addIndex(
    things,
    { d: 1 },
    { expireAfterSeconds: 60, partialFilterExpression: { e: { $exists: true } } },
  )
  t.deepEqual(await things.indexes(), [
    { v: 2, key: { _id: 1 }, name: '_id_' },
    { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1' },
    { v: 2, key: { c: 1 }, name: 'own', unique: true, sparse: true },
    {
      v: 2,
      key: { d: 1 },
      name: 'd_1',
      expireAfterSeconds: 60,
      partialFilterExpression: { e: { $exists: true } },
    },
  ] as never)
})

check('the same index again is no change, another with its name or key is refused', async (t, { things }) => {
  await addIndex(things, { a: 1 })
  await addIndex(things, { a: 1 })
  t.is((await things.indexes()).length, 2)
  t.is(await codeOf(t, () => addIndex(things, { b: 1 }, { name: 'a_1' })), 86)
  t.is(await codeOf(t, () => addIndex(things, { a: 1 }, { name: 'other' })), 85)
  t.is(await codeOf(t, () => addIndex(things, { a: 1 }, { unique: true })), 86)
  t.is((await things.indexes()).length, 2)
})

check('a unique index is not built over documents that share a key', async (t, { things }) => {
  await things.insertMany([{ a: 1 }, { a: 1 }])
  t.is(await codeOf(t, () => addIndex(things, { a: 1 }, { unique: true })), 11000)
  t.is((await things.indexes()).length, 1)
})

check('sparse and partial unique indexes bind only the documents they list', async (t, { db }) => {
  const sparse = db.collection('sparse')
  await addIndex(sparse, { a: 1 }, { unique: true, sparse: true })
  await sparse.insertMany([{}, {}, { a: 1 }])
  await t.throwsAsync(() => sparse.insertOne({ a: 1 }))
  t.is(await sparse.countDocuments({ a: { $exists: false } }), 2)
  const loans = db.collection('loans')
  await addIndex(loans, { device: 1 }, { unique: true, partialFilterExpression: { open: true } })
  await loans.insertMany([
    { device: 1, open: false },
    { device: 1, open: false },
    { device: 1, open: true },
  ])
  await t.throwsAsync(() => loans.insertOne({ device: 1, open: true }))
  await t.throwsAsync(() => loans.updateOne({ open: false }, { $set: { open: true } }))
  t.is(await loans.countDocuments({ device: 1 }), 3)
})

check('a missing field counts as null in a unique index', async (t, { things }) => {
  await addIndex(things, { a: 1 }, { unique: true })
  await things.insertOne({})
  t.is(await codeOf(t, () => things.insertOne({ a: null })), 11000)
})

check('each element of an array is a key, two arrays side by side are refused', async (t, { things }) => {
  await addIndex(things, { tags: 1, words: 1 })
  await things.insertOne({ tags: ['x', 'y'], words: 'w' })
  t.is(await things.countDocuments({ tags: 'y' }), 1)
  t.is(await codeOf(t, () => things.insertOne({ tags: [1], words: [2] })), 171)
  t.is(await things.countDocuments(), 1)
})

check('what cannot be an index is refused with its reason', async (t, { things }) => {
  const refused = (key: object, options: object = {}) =>
    codeOf(t, () => addIndex(things, key as never, options))
  t.is(await refused({ a: 0 }), 67)
  t.is(await refused({ a: 1, b: 1 }, { expireAfterSeconds: 5 }), 67)
  t.is(await refused({ a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }), 67)
  t.is(await refused({ a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }), 67)
})

check('indexes are dropped by name, key, or all at once, but never that of _id', async (t, { things }) => {
  await things.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }, { key: { c: 1 } }])
  await things.dropIndex('a_1')
  t.is(await codeOf(t, () => things.dropIndex('a_1')), 27)
  t.is(await codeOf(t, () => things.dropIndex('_id_')), 72)
  await things.dropIndexes()
  t.deepEqual(
    (await things.indexes()).map(index => index.name),
    ['_id_'],
  )
})

check('explain tells the index, the direction and how much was read', async (t, { things }) => {
  await things.insertMany(Array.from({ length: 100 }, (_, n) => ({ n, even: n % 2 === 0 })))
  await addIndex(things, { even: 1, n: 1 })
  const explained = await things
    .find({ even: true, n: { $gte: 90 } })
    .sort({ n: -1 })
    .explain('executionStats')
  const text = JSON.stringify(explained['queryPlanner'])
  t.true(text.includes('"IXSCAN"'))
  t.true(text.includes('"backward"'))
  t.false(text.includes('"SORT"'))
  t.is(executed(explained).nReturned, 5)
  t.is(executed(explained).totalDocsExamined, 5)
  const scan = await things.find({ other: 1 }).explain('executionStats')
  t.true(JSON.stringify(scan['queryPlanner']).includes('"COLLSCAN"'))
  t.is(executed(scan).totalDocsExamined, 100)
})

check('a list of no values matches nothing, and nothing is read for it', async (t, { things }) => {
  await things.insertMany(Array.from({ length: 100 }, (_, n) => ({ n })))
  await addIndex(things, { n: 1 })
  for (const field of ['_id', 'n']) {
    const none = things.find({ [field]: { $in: [] } })
    t.is(executed(await none.clone().explain('executionStats')).totalDocsExamined, 0)
    t.deepEqual(await none.sort({ other: 1 }).toArray(), [])
    t.is((await things.deleteMany({ [field]: { $in: [] } })).deletedCount, 0)
    t.is(await things.countDocuments({ [field]: { $nin: [] } }), 100)
  }
})

check('a hidden index is kept but not used until it is shown again', async (t, { things, db }) => {
  await things.insertMany([{ a: 1 }, { a: 2 }])
  await addIndex(things, { a: 1 })
  const plan = async () =>
    JSON.stringify((await things.find({ a: 1 }).explain('queryPlanner'))['queryPlanner'])
  await db.command({ collMod: 'things', index: { name: 'a_1', hidden: true } })
  t.true((await plan()).includes('COLLSCAN'))
  await things.insertOne({ a: 3 })
  await db.command({ collMod: 'things', index: { name: 'a_1', hidden: false } })
  t.true((await plan()).includes('IXSCAN'))
  t.is(await things.countDocuments({ a: 3 }), 1)
})

check('an aggregate is explained and not run when its command says so', async (t, { things, db }) => {
  await things.insertMany([{ a: 1 }, { a: 2 }])
  await addIndex(things, { a: 1 })
  const pipeline = [{ $match: { a: 1 } }, { $group: { _id: '$a' } }]
  const asked = await db.command({ aggregate: 'things', pipeline, explain: true })
  t.true(JSON.stringify(asked).includes('IXSCAN'))
  const explained = await things.aggregate(pipeline).explain()
  t.true(JSON.stringify(explained).includes('"a_1"'))
})

check('the index of _id cannot be made sparse, partial or hidden', async (t, { things }) => {
  await things.insertOne({})
  for (const options of [{ sparse: true }, { hidden: true }, { partialFilterExpression: { a: 1 } }])
    t.truthy(await codeOf(t, () => addIndex(things, { _id: 1 }, options)), JSON.stringify(options))
  t.is((await things.indexes()).length, 1)
})

check('options without a meaning today are listed as they were given', async (t, { db, things }) => {
  await db.command({
    createIndexes: 'things',
    indexes: [{ key: { a: 1 }, name: 'a_1', background: true, dropDups: false }],
  })
  const [, index] = await things.indexes()
  t.like(index, { name: 'a_1', background: true, dropDups: false })
  t.is(await addIndex(things, { a: 1 }), 'a_1')
})

check(
  'an index over an array gives the order where all keys of a document are read',
  async (t, { things }) => {
    const teams = (n: number) => (n % 10 === 0 ? ['blue', 'red'] : n % 2 === 0 ? ['blue'] : ['red', 'green'])
    await things.insertMany(
      Array.from({ length: 200 }, (_, n) => ({
        _id: n,
        place: (n * 37) % 200,
        teams: teams(n),
        marks: [n, -n],
      })) as never,
    )
    await addIndex(things, { teams: 1, place: 1 })
    await addIndex(things, { marks: 1 })
    await addIndex(things, { 'results.round': 1, 'results.points': 1 })
    const asked = async (filter: object, sort: Record<string, 1 | -1>, field: string) => {
      const found = things.find(filter).sort(sort).limit(5)
      const explained = await found.clone().explain('executionStats')
      return {
        values: (await found.toArray()).map(thing => thing[field] as unknown),
        sorts: JSON.stringify(explained['queryPlanner']).includes('"SORT"'),
        read: executed(explained).totalDocsExamined,
      }
    }
    // One value of the array picks one key of each document, and what stands behind it is no array.
    t.deepEqual(await asked({ teams: 'red' }, { place: 1 }, 'place'), {
      values: [0, 1, 3, 5, 7],
      sorts: false,
      read: 5,
    })
    // The whole index is read: a document is met first under its least key, or its greatest.
    t.deepEqual(await asked({}, { marks: 1 }, '_id'), {
      values: [199, 198, 197, 196, 195],
      sorts: false,
      read: 5,
    })
    t.deepEqual(await asked({}, { marks: -1 }, '_id'), {
      values: [199, 198, 197, 196, 195],
      sorts: false,
      read: 5,
    })
    // Part of the index is read: the least key of a document may lie outside of it.
    const part = await asked({ marks: { $gte: 3 } }, { marks: 1 }, '_id')
    t.deepEqual([part.values, part.sorts], [[199, 198, 197, 196, 195], true])
    await things.insertMany([
      {
        _id: 'x',
        results: [
          { round: 1, points: 9 },
          { round: 2, points: 1 },
        ],
      },
      { _id: 'y', results: [{ round: 1, points: 5 }] },
    ] as never)
    // Both fields lie in one array, so the points that decide need not be those of the round.
    const shared = await asked({ 'results.round': 1 }, { 'results.points': 1 }, '_id')
    t.deepEqual([shared.values, shared.sorts], [['x', 'y'], true])
  },
)
