import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { connectDatabase } from '../../../server/database/connect.ts'
import { databaseOn } from '../../../server/database/database.ts'
import { startEmbedded } from '../../../server/database/embedded/start.ts'
import { type Queries } from '../../../server/database/queries.ts'

interface Thing {
  readonly _id: string
  readonly organisationId: string
  readonly name: string
}

const definition = {
  tenancy: { belongsTo: 'organisation' as const },
  fields: { name: String },
  indexes: [[{ organisationId: 1, name: 1 }]] as const,
}

/** The same product queries on the embedded engine and on a server named by a URI, which is asked as a MongoDB. */
async function onBothKinds(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'allowed-'))
  const server = await startEmbedded({ folder: join(folder, 'server'), port: 0 })
  const uri = server.uri.replace('/?', `/allowed-${randomUUID()}?`)
  const kinds = [
    await connectDatabase({ folder: join(folder, 'own') }),
    await connectDatabase({ folder: '', uri }),
  ]
  t.teardown(async () => {
    for (const connected of kinds) await connected.stop()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
  t.deepEqual(
    kinds.map(({ kind }) => kind),
    ['embedded', 'mongodb'],
  )
  return Promise.all(
    kinds.map(async ({ kind, mongooseConnection }) => {
      const { tables } = databaseOn(mongooseConnection)
      const things = tables.define<Thing>({ ...definition, name: 'things' })
      await tables.prepare()
      return { kind, tables, things: things.within('a'), all: things.acrossOrganisations('to test') }
    }),
  )
}

test('what the embedded engine does not take is refused with the same code on a MongoDB, before it is sent', async t => {
  const refused: readonly (readonly [string, number, (things: Queries<Thing>) => Promise<unknown>])[] = [
    ['a filter', 2, things => things.find({ name: { $near: [1, 2] } })],
    ['a filter in $or', 2, things => things.count({ $or: [{ $where: 'true' }] })],
    ['an update', 9, things => things.updateMany({ name: 'a' }, { $obliterate: { name: 1 } })],
    ['a pipeline', 40324, things => things.aggregate([{ $search: { index: 'a' } }] as never)],
    [
      'an expression',
      168,
      things => things.aggregate([{ $set: { a: { $function: { body: 'x' } } } }] as never),
    ],
  ]
  const kinds = await onBothKinds(t)
  for (const { kind, things } of kinds) {
    await things.insert({ _id: '1', organisationId: 'a', name: 'one' })
    for (const [what, code, run] of refused) {
      const error = await t.throwsAsync<Error & { code?: number }>(() => run(things), undefined, what)
      // Mongoose refuses some by itself; what reaches the engine or the check is refused with one code.
      if (kind === 'mongodb') t.is(error.name, 'MongoError', `${what} was refused by the server`)
      if (error.code !== undefined) t.is(error.code, code, `${what} on ${kind}: ${error.message}`)
    }
    t.deepEqual(await things.find({}), [{ _id: '1', organisationId: 'a', name: 'one' }])
  }
})

test('an index and a bulk write that the embedded engine does not take are refused on a MongoDB as well', async t => {
  const [, mongodb] = await onBothKinds(t)
  t.throws(
    () => mongodb?.tables.define<Thing>({ ...definition, name: 'places', indexes: [[{ name: '2dsphere' }]] }),
    { message: /2dsphere/ },
  )
  await t.throwsAsync(
    async () => {
      await mongodb?.all.bulkWrite([
        { insertOne: { document: { _id: '1', organisationId: 'a', name: 'one' } } },
        { updateOne: { filter: { name: 'one' }, update: { $obliterate: { name: 1 } } as never } },
      ] as never)
    },
    { message: /\$obliterate/ },
  )
  t.is(await mongodb?.all.count({}), 0)
})

test('ordinary queries run the same on both kinds', async t => {
  for (const { things, all } of await onBothKinds(t)) {
    await things.insert(
      { _id: '1', organisationId: 'a', name: 'one' },
      { _id: '2', organisationId: 'a', name: 'two' },
    )
    t.true(await things.updateOne({ name: { $in: ['one', 'three'] } }, { $set: { name: 'first' } }))
    t.is((await things.findOneAndUpdate({ _id: '2' }, { $set: { name: 'second' } }))?.name, 'second')
    await all.bulkWrite([{ updateOne: { filter: { _id: '2' }, update: { $set: { name: 'last' } } } }])
    t.deepEqual(await things.aggregate([{ $group: { _id: null, names: { $push: '$name' } } }]), [
      { _id: null, names: ['first', 'last'] },
    ])
    t.is(await things.deleteMany({ $expr: { $eq: ['$name', 'last'] } }), 1)
    t.deepEqual(await things.find({}, { fields: { name: 1 }, sort: { name: 1 } }), [
      { _id: '1', name: 'first' },
    ] as never)
  }
})
