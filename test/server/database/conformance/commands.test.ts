import { codeOf, conformance } from './servers.ts'

const check = conformance()

check(
  'only version 1 of the Stable API is known, and strict clients are held to it',
  async (t, { db, connect }) => {
    const ping = (options: object) => db.command({ ping: 1, ...options })
    t.is(await codeOf(t, () => ping({ apiVersion: '2' })), 322)
    t.is(await codeOf(t, () => ping({ apiStrict: true })), 4886600)
    t.is((await ping({ apiVersion: '1' }))['ok'], 1)
    const strict = await connect({ serverApi: { version: '1', strict: true } })
    const things = strict.db(db.databaseName).collection('things')
    await things.insertMany([{ a: 1 }, { a: 2 }])
    t.is(await things.countDocuments({ a: 1 }), 1)
    t.is(await things.estimatedDocumentCount(), 2)
    t.is(await codeOf(t, () => things.distinct('a')), 323)
    t.is(await codeOf(t, () => things.aggregate([{ $indexStats: {} }]).toArray()), 323)
  },
)

check('collections of the server cannot be written to', async (t, { db, things }) => {
  const system = db.collection('system.things')
  t.is(await codeOf(t, () => system.insertOne({})), 73)
  t.is(await codeOf(t, () => system.updateOne({}, { $set: { a: 1 } }, { upsert: true })), 73)
  t.is(await codeOf(t, () => system.deleteMany({})), 73)
  t.is(await codeOf(t, () => system.findOneAndUpdate({}, { $set: { a: 1 } }, { upsert: true })), 73)
  t.is(await codeOf(t, () => system.createIndexes([{ key: { a: 1 } }])), 73)
  t.is(await codeOf(t, () => db.createCollection('system.other')), 73)
  t.is(await codeOf(t, () => db.collection('x'.repeat(250)).insertOne({})), 73)
  await things.insertOne({ a: 1 })
  t.truthy(await codeOf(t, () => things.aggregate([{ $out: 'system.out' }]).toArray()))
  t.deepEqual(
    (await db.listCollections().toArray()).map(({ name }) => name),
    ['things'],
  )
})

check('the server says what it runs, takes and logs', async (t, { db, client }) => {
  const admin = client.db('admin')
  const { inprog } = await admin.command({ currentOp: 1 })
  t.true((inprog as { command?: { currentOp?: number } }[]).some(each => each.command?.currentOp === 1))
  for (const command of [{ currentOp: 1 }, { listDatabases: 1 }, { renameCollection: 'a.b', to: 'a.c' }])
    t.is(await codeOf(t, () => db.command(command)), 13)
  const { commands } = await db.command({ listCommands: 1 })
  for (const name of ['find', 'aggregate', 'createIndexes', 'commitTransaction'])
    t.true(name in (commands as object))
  t.true(((await admin.command({ getLog: '*' }))['names'] as string[]).includes('global'))
  t.truthy(await codeOf(t, () => admin.command({ getLog: 'none' })))
  t.is((await admin.command({ fsync: 1 }))['ok'], 1)
})

check('nothing is profiled unless it is asked for', async (t, { db }) => {
  const profile = await db.command({ profile: -1 })
  t.is(profile['was'], 0)
  t.is(profile['slowms'], 100)
  t.is((await db.command({ profile: 0 }))['was'], 0)
  t.is(await db.profilingLevel(), 'off')
})
