import { Long, type MongoServerError } from 'mongodb'
import { conformance } from './servers.ts'

const check = conformance()

check('a retried write is answered and not done again', async (t, { client, db, things }) => {
  await things.insertOne({ _id: 1, n: 0 } as never)
  const session = client.startSession()
  const increment = (n: number) =>
    db.command(
      {
        update: 'things',
        updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
        txnNumber: Long.fromNumber(1000 + n),
      },
      { session },
    )
  const first = await increment(1)
  const again = await increment(1)
  t.is(first['nModified'], 1)
  t.is(again['nModified'], 1)
  t.is((await things.findOne())?.['n'], 1)
  await increment(2)
  t.is((await things.findOne())?.['n'], 2)
  await session.endSession()
})

check('a retried findAndModify gives the same document again', async (t, { client, db, things }) => {
  await things.insertMany([
    { _id: 1, taken: false },
    { _id: 2, taken: false },
  ] as never)
  const session = client.startSession()
  const take = {
    findAndModify: 'things',
    query: { taken: false },
    sort: { _id: 1 },
    update: { $set: { taken: true } },
    txnNumber: Long.fromNumber(1007),
  }
  const taken = async () => ((await db.command(take, { session }))['value'] as { _id: number })._id
  t.is(await taken(), 1)
  t.is(await taken(), 1)
  t.is(await things.countDocuments({ taken: true }), 1)
  await session.endSession()
})

check('an older number than the last of its session is refused', async (t, { client, db, things }) => {
  const session = client.startSession()
  const insert = (n: number) =>
    db.command(
      { insert: 'things', documents: [{ _id: n }], txnNumber: Long.fromNumber(1000 + n) },
      { session },
    )
  await insert(5)
  const error = await t.throwsAsync<MongoServerError>(() => insert(4))
  t.is(error.code, 225)
  t.is(await things.countDocuments(), 1)
  await session.endSession()
})

check('a commit is confirmed a second time, another number is unknown', async (t, { client, db, things }) => {
  await things.insertOne({ _id: 0 } as never)
  const session = client.startSession()
  session.startTransaction()
  await things.insertOne({ _id: 1 } as never, { session })
  await session.commitTransaction()
  await session.commitTransaction()
  t.is(await things.countDocuments(), 2)
  const number = session.serverSession.txnNumber
  const find = { find: 'things', autocommit: false }
  const refused = async (txnNumber: Long) =>
    (await t.throwsAsync<MongoServerError>(() => db.command({ ...find, txnNumber }, { session }))).code
  t.is(await refused(Long.fromNumber(number)), 256)
  t.is(await refused(Long.fromNumber(number + 5)), 251)
  await session.endSession()
})

check('ending a session aborts its transaction', async (t, { client, things }) => {
  await things.insertOne({ _id: 1, n: 0 } as never)
  const session = client.startSession()
  session.startTransaction()
  await things.updateOne({ _id: 1 } as never, { $inc: { n: 1 } }, { session })
  await client.db('admin').command({ killSessions: [{ id: session.id?.id }] })
  await t.throwsAsync(() => session.commitTransaction())
  t.is((await things.findOne())?.['n'], 0)
  await session.endSession()
})

check('an unacknowledged write is done without an answer', async (t, { things }) => {
  const result = await things.insertOne({ a: 1 }, { writeConcern: { w: 0 } })
  t.false(result.acknowledged)
  t.is(await things.countDocuments({ a: 1 }), 1)
})
