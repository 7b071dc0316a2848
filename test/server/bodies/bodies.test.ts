import test from 'ava'
import { isCurrent } from '../../../server/bodies/body.ts'
import { anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')
const committee = { name: 'Kulturnämnden', type: 'committee', startsOn: '2015-01-01' } as const

test('a body is added, renamed and ended; a stale form changes nothing', async t => {
  const { bodies, audit } = await openLending(t)
  const { id } = await bodies.add(a, { ...committee, costCentre: '11000' })
  await bodies.edit(a, id, { version: 1, endsOn: '2026-12-31' })
  await t.throwsAsync(bodies.edit(a, id, { version: 1, name: 'Fritidsnämnden' }), { code: 'stale' })
  const [body] = await bodies.list(a)
  t.like(body, { name: 'Kulturnämnden', costCentre: '11000', endsOn: '2026-12-31', version: 2 })
  const again = await bodies.edit(a, id, { version: 2, endsOn: null })
  t.false('endsOn' in again)
  t.is((await audit.list('a', { limit: 10 })).length, 3)
})

test('a name stands once in an organisation, whatever its capitals', async t => {
  const { bodies } = await openLending(t)
  await bodies.add(a, committee)
  await t.throwsAsync(bodies.add(a, { ...committee, name: 'KULTURNÄMNDEN' }), { code: 'body-exists' })
  await t.notThrowsAsync(bodies.add(anActor('b'), committee))
  t.is((await bodies.list(a)).length, 1)
})

test('bodies are listed in Swedish order', async t => {
  const { bodies } = await openLending(t)
  for (const name of ['Överförmyndarnämnden', 'Zonnämnden', 'Äldrenämnden', 'Byggnämnden'])
    await bodies.add(a, { ...committee, name })
  t.deepEqual(
    (await bodies.list(a)).map(body => body.name),
    ['Byggnämnden', 'Zonnämnden', 'Äldrenämnden', 'Överförmyndarnämnden'],
  )
})

test('another organisation neither sees nor changes a body', async t => {
  const { bodies } = await openLending(t)
  const { id } = await bodies.add(a, committee)
  const b = anActor('b')
  t.deepEqual(await bodies.list(b), [])
  await t.throwsAsync(bodies.get(b, id), { code: 'body-unknown' })
  await t.throwsAsync(bodies.edit(b, id, { version: 1, name: 'Vår' }), { code: 'body-unknown' })
  t.is((await bodies.get(a, id)).name, 'Kulturnämnden')
})

test('a body does not end before it begins, and its days exist', async t => {
  const { bodies } = await openLending(t)
  const error = await t.throwsAsync(bodies.add(a, { ...committee, endsOn: '2014-12-31' }), {
    code: 'body-invalid',
  })
  t.deepEqual(
    (error as unknown as { fields: { path: string }[] }).fields.map(field => field.path),
    ['endsOn'],
  )
  await t.throwsAsync(bodies.add(a, { ...committee, startsOn: '2026-02-30' }), { code: 'body-invalid' })
  t.deepEqual(await bodies.list(a), [])
})

test('a period holds both of its ends', t => {
  const period = { startsOn: '2026-01-01', endsOn: '2026-12-31' }
  t.true(isCurrent(period, '2026-01-01'))
  t.true(isCurrent(period, '2026-12-31'))
  t.false(isCurrent(period, '2025-12-31'))
  t.false(isCurrent(period, '2027-01-01'))
  t.true(isCurrent({ startsOn: '2026-01-01' }, '2099-01-01'))
})
