import mongoose from 'mongoose'
import { addIndex, conformance, type World } from './servers.ts'

const check = conformance()

interface Loan {
  borrower: string
  state: string
  marks: { by: string; n: number }[]
  device?: unknown
  dueAt?: Date
}

const loanSchema = new mongoose.Schema<Loan>(
  {
    borrower: String,
    state: String,
    marks: [{ by: String, n: Number, _id: false }],
    device: { type: mongoose.Schema.Types.ObjectId, ref: 'Device' },
    dueAt: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
)
loanSchema.index({ borrower: 1 }, { unique: true })
loanSchema.index({ state: 1, dueAt: -1 })

const deviceSchema = new mongoose.Schema({ serial: String })

async function models({ client, db }: World) {
  const connection = mongoose.createConnection()
  connection.setClient(client)
  const own = connection.useDb(db.databaseName)
  const Loans = own.model('Loan', loanSchema)
  const Devices = own.model('Device', deviceSchema)
  await Loans.init()
  return { Loans, Devices, own }
}

check('models are saved, found, changed and removed', async (t, world) => {
  const { Loans, Devices } = await models(world)
  const device = await Devices.create({ serial: 'S1' })
  const loan = await Loans.create({ borrower: 'Åsa', marks: [{ by: 'a', n: 1 }], device: device._id })
  loan.marks.push({ by: 'b', n: 2 })
  loan.state = 'out'
  await loan.save()
  const found = await Loans.findOne({ borrower: 'Åsa' })
    .populate<{ device: { serial: string } }>('device')
    .lean()
  t.is(found?.device.serial, 'S1')
  t.is(found?.marks.length, 2)
  t.is(found?.state, 'out')
  t.true((await Loans.exists({ state: 'out' })) !== null)
  t.is((await Loans.updateMany({}, { $pull: { marks: { by: 'a' } } })).modifiedCount, 1)
  t.is((await Loans.findById(loan._id))?.marks.length, 1)
  await Loans.findByIdAndDelete(loan._id)
  t.is(await Loans.countDocuments(), 0)
})

check('a unique index of a schema refuses a second document', async (t, world) => {
  const { Loans } = await models(world)
  await Loans.create({ borrower: 'Bo' })
  const error = await t.throwsAsync<Error & { code: number }>(() => Loans.create({ borrower: 'Bo' }))
  t.is(error.code, 11000)
  t.is(await Loans.countDocuments(), 1)
})

check('a document that was changed elsewhere is not overwritten', async (t, world) => {
  const { Loans } = await models(world)
  const loan = await Loans.create({ borrower: 'Cy' })
  const stale = await Loans.findById(loan._id)
  loan.state = 'out'
  await loan.save()
  if (stale) stale.state = 'lost'
  await t.throwsAsync(() => stale?.save() ?? Promise.resolve(), { name: 'VersionError' })
  t.is((await Loans.findById(loan._id))?.state, 'out')
})

check('a transaction of a connection stands or falls as a whole', async (t, world) => {
  const { Loans, own } = await models(world)
  await own.transaction(async session => {
    await Loans.create([{ borrower: 'Di' }, { borrower: 'Ed' }], { session, ordered: true })
  })
  t.is(await Loans.countDocuments(), 2)
  await t.throwsAsync(() =>
    own.transaction(async session => {
      await Loans.deleteMany({}, { session })
      throw new Error('no')
    }),
  )
  t.is(await Loans.countDocuments(), 2)
})

check('cursors, bulk writes and aggregates of a model work', async (t, world) => {
  const { Loans } = await models(world)
  await Loans.bulkWrite(
    Array.from({ length: 30 }, (_, i) => ({
      updateOne: {
        filter: { borrower: `b${i}` },
        update: { $set: { state: i % 2 ? 'out' : 'in' } },
        upsert: true,
      },
    })),
  )
  let n = 0
  for await (const loan of Loans.find({ state: 'out' }).sort({ borrower: 1 }).batchSize(4).cursor())
    n += loan.borrower.length > 0 ? 1 : 0
  t.is(n, 15)
  const groups = await Loans.aggregate<{ _id: string; n: number }>([
    { $group: { _id: '$state', n: { $sum: 1 } } },
    { $sort: { _id: 1 } },
  ])
  t.deepEqual(groups, [
    { _id: 'in', n: 15 },
    { _id: 'out', n: 15 },
  ])
})

check('the indexes of a schema are kept in step', async (t, world) => {
  const { Loans } = await models(world)
  await addIndex(Loans.collection, { stray: 1 })
  t.deepEqual(await Loans.syncIndexes(), ['stray_1'])
  t.deepEqual(
    (await Loans.listIndexes()).map(index => (index as { name: string }).name),
    ['_id_', 'borrower_1', 'state_1_dueAt_-1'],
  )
})
