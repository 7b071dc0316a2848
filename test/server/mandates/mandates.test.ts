import test from 'ava'
import { type ExecutionContext } from 'ava'
import { overlap } from '../../../server/mandates/mandate-input.ts'
import { anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')

async function world(t: ExecutionContext) {
  const lending = await openLending(t)
  const { id: personId } = await lending.people.register(a, {
    givenName: 'Anna',
    familyName: 'Berg',
    email: 'anna@example.se',
  })
  const { id: bodyId } = await lending.bodies.add(a, {
    name: 'Kulturnämnden',
    type: 'committee',
    startsOn: '2015-01-01',
    endsOn: '2030-12-31',
  })
  return { ...lending, personId, bodyId }
}

test('a mandate begins as a member’s with the weight one, and changes by its version', async t => {
  const { mandates, personId, bodyId } = await world(t)
  const mandate = await mandates.add(a, { personId, bodyId, startsOn: '2026-01-01' })
  t.like(mandate, { role: 'member', costWeight: 1, version: 1 })
  await mandates.edit(a, mandate.id, { version: 1, role: 'chair', endsOn: '2026-12-31', costWeight: 0 })
  await t.throwsAsync(mandates.edit(a, mandate.id, { version: 1, role: 'member' }), { code: 'stale' })
  t.like((await mandates.list(a, { personId }))[0], { role: 'chair', endsOn: '2026-12-31', costWeight: 0 })
})

test('one that is ended now ended with yesterday, or with its first day, and can be taken back', async t => {
  const { mandates, people, personId, bodyId, time } = await world(t)
  time.now = new Date('2026-11-23T23:30:00Z')
  const old = await mandates.add(a, { personId, bodyId, startsOn: '2026-01-01' })
  const other = await people.register(a, { givenName: 'Bo', familyName: 'Ek', email: 'bo@example.se' })
  const fresh = await mandates.add(a, { personId: other.id, bodyId, startsOn: '2026-11-24' })

  // The log tells by the time which of two entries is the later.
  time.now = new Date('2026-11-23T23:30:01Z')
  const ended = await mandates.endNow(a, old.id)
  t.like(ended, { endsOn: '2026-11-23', version: 2 }, 'the days are those of Sweden')
  t.like(await mandates.endNow(a, fresh.id), { endsOn: '2026-11-24' })
  t.true(await mandates.isJustEnded(a, ended))
  t.is((await mandates.resume(a, old.id, ended.version)).endsOn, undefined)
})

test('nobody sits twice in a body on one day', async t => {
  const { mandates, personId, bodyId } = await world(t)
  const first = await mandates.add(a, { personId, bodyId, startsOn: '2026-01-01', endsOn: '2026-06-30' })
  await t.throwsAsync(mandates.add(a, { personId, bodyId, startsOn: '2026-06-30' }), {
    code: 'mandate-overlap',
  })
  await mandates.add(a, { personId, bodyId, startsOn: '2026-07-01' })
  await t.throwsAsync(mandates.edit(a, first.id, { version: 1, endsOn: null }), { code: 'mandate-overlap' })
  t.is((await mandates.list(a, { personId })).length, 2)
})

test('mandates of a day leave out those that ended or have not begun', async t => {
  const { mandates, personId, bodyId } = await world(t)
  await mandates.add(a, { personId, bodyId, startsOn: '2026-01-01', endsOn: '2026-06-30' })
  await mandates.add(a, { personId, bodyId, startsOn: '2026-08-01' })
  const on = async (day: string) => (await mandates.list(a, { bodyId, on: day })).length
  t.deepEqual(
    [await on('2025-12-31'), await on('2026-06-30'), await on('2026-07-15'), await on('2030-01-01')],
    [0, 1, 0, 1],
  )
})

test('a mandate needs a person and a body of the own organisation, and a body that still is', async t => {
  const { mandates, bodies, people, personId, bodyId } = await world(t)
  const b = anActor('b')
  await t.throwsAsync(mandates.add(b, { personId, bodyId, startsOn: '2026-01-01' }), {
    code: 'person-unknown',
  })
  await people.register(b, { givenName: 'Anna', familyName: 'Berg', email: 'anna@example.se' })
  await t.throwsAsync(mandates.add(b, { personId, bodyId, startsOn: '2026-01-01' }), { code: 'body-unknown' })
  const theirs = await bodies.add(b, { name: 'Byggnämnden', type: 'committee', startsOn: '2020-01-01' })
  await mandates.add(b, { personId, bodyId: theirs.id, startsOn: '2026-01-01' })
  t.deepEqual(await mandates.list(a, { personId }), [], 'a shared person’s mandates elsewhere stay unseen')
  await t.throwsAsync(mandates.add(a, { personId, bodyId, startsOn: '2031-01-01' }), {
    code: 'mandate-invalid',
  })
  await t.throwsAsync(mandates.add(a, { personId, bodyId, startsOn: '2026-01-01', costWeight: 0.5 }), {
    code: 'mandate-invalid',
  })
  t.deepEqual(await mandates.list(a, { personId }), [])
})

test('periods that touch on one day overlap, and those that follow each other do not', t => {
  const spring = { startsOn: '2026-01-01', endsOn: '2026-06-30' }
  t.true(overlap(spring, { startsOn: '2026-06-30', endsOn: '2026-12-31' }))
  t.false(overlap(spring, { startsOn: '2026-07-01' }))
  t.true(overlap({ startsOn: '2020-01-01' }, spring))
})
