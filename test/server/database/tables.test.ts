import test from 'ava'
import { openTestDatabase } from '../../support/database.ts'

test('rows of another organisation are neither seen nor changed', async t => {
  const { tables, transaction } = await openTestDatabase(t)
  const things = tables.define<{ _id: string; organisationId: string; name: string; at?: Date }>({
    name: 'things',
    tenancy: { belongsTo: 'organisation' },
    fields: { name: String, at: Date },
    indexes: [[{ organisationId: 1, name: 1 }, { unique: true }]],
  })
  await tables.prepare()
  await things.within('a').insert({ _id: '1', organisationId: 'a', name: 'one' })
  await things.within('b').insert({ _id: '2', organisationId: 'b', name: 'one' })
  t.deepEqual(await things.within('a').find({}), [{ _id: '1', organisationId: 'a', name: 'one' }])
  t.false(await things.within('a').updateOne({ _id: '2' }, { $set: { name: 'mine' } }))
  t.is(await things.within('a').deleteMany({ _id: '2' }), 0)
  await t.throwsAsync(things.within('a').insert({ _id: '3', organisationId: 'b', name: 'x' }))
  await t.throwsAsync(
    transaction(async () => {
      await things.within('a').insert({ _id: '4', organisationId: 'a', name: 'four' })
      await transaction(async () => {
        await things.within('a').updateOne({ _id: '1' }, { $set: { name: 'changed' } })
      })
      throw new Error('no')
    }),
    { message: 'no' },
  )
  t.deepEqual(await things.within('a').find({}), [{ _id: '1', organisationId: 'a', name: 'one' }])
  t.is(await things.acrossOrganisations('to see all').count({}), 2)
})
