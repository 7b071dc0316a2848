import test, { type ExecutionContext } from 'ava'
import { createAuditSealing } from '../../../server/audit/audit-sealing.ts'
import { createAuditVerification } from '../../../server/audit/audit-verification.ts'
import { createMongoAuditStore } from '../../../server/audit/mongo-audit-store.ts'
import { databaseOn } from '../../../server/database/database.ts'
import { newEventId } from '../../../server/ids.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { createUnitOfWork } from '../../../server/unit-of-work.ts'
import { connectTestDatabase } from '../../support/database.ts'

async function openLog(t: ExecutionContext) {
  const { mongooseConnection, db } = await connectTestDatabase(t)
  const { tables, transaction: bare } = databaseOn(mongooseConnection)
  const time = { now: new Date('2026-03-02T12:00:00Z') }
  const clock = { now: () => time.now }
  const faults: unknown[] = []
  const unit = createUnitOfWork(bare, {
    beforeCommit: () => Promise.resolve(),
    committed: ids => sealing.wrote(ids),
  })
  const audit = createMongoAuditStore(tables, {
    clock,
    newId: newEventId,
    origin: () => ({ requestId: 'r-1', address: '192.0.2.7' }),
    wrote: unit.note,
  })
  const newSealing = () =>
    createAuditSealing({
      store: audit,
      transaction: bare,
      organisationIds: () => Promise.resolve(['a', 'b']),
      noteFault: error => faults.push(error),
      gatherMs: 1,
    })
  const sealing = newSealing()
  await tables.prepare()
  const record = (organisationId: string, id: string) =>
    audit.record(systemActor(organisationId), { action: 'things.add', on: { kind: 'thing', id } })
  return {
    audit,
    unit,
    sealing,
    newSealing,
    time,
    faults,
    record,
    verify: createAuditVerification({ store: audit, clock }),
    // What somebody with the database in hand does, past everything of ours.
    rows: db.collection<{ _id: string; [field: string]: unknown }>('audit'),
  }
}

test('events written at once in many transactions get one place each, without gaps, per organisation', async t => {
  const { unit, record, sealing, verify, audit, faults } = await openLog(t)
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      unit.transaction(async () => {
        await record(index % 3 === 0 ? 'b' : 'a', `first ${index}`)
        await record(index % 3 === 0 ? 'b' : 'a', `second ${index}`)
      }),
    ),
  )
  await sealing.idle()
  t.deepEqual(faults, [])
  const places = (await audit.inOrder('a', { from: 1, to: 1000, limit: 1000 })).map(
    ({ sequence }) => sequence,
  )
  t.deepEqual(
    places,
    Array.from({ length: 80 }, (_, index) => index + 1),
  )
  t.like(await verify('a'), { checked: 80, faults: [] })
  t.like(await verify('b'), { checked: 40, faults: [] })
})

test('what was not committed leaves no event and no gap', async t => {
  const { unit, record, sealing, verify, audit } = await openLog(t)
  await unit.transaction(() => record('a', '1'))
  const failing = unit.transaction(async () => {
    await record('a', '2')
    throw new Error('no')
  })
  await t.throwsAsync(failing)
  await unit.transaction(() => record('a', '3'))
  await sealing.idle()
  const events = await audit.inOrder('a', { from: 1, to: 10, limit: 10 })
  t.deepEqual(
    events.map(({ sequence, on }) => `${sequence} ${on.id}`),
    ['1 1', '2 3'],
  )
  t.deepEqual(events[0]?.from, { requestId: 'r-1', address: '192.0.2.7' })
  t.deepEqual((await verify('a')).faults, [])
})

test('two processes that seal at once agree on one chain', async t => {
  const { record, newSealing, verify, unit } = await openLog(t)
  const [one, other] = [newSealing(), newSealing()]
  for (let round = 0; round < 5; round += 1) {
    for (let number = 0; number < 10; number += 1)
      await unit.transaction(() => record('a', `${round}/${number}`))
    await Promise.all([one.sealAll(), other.sealAll(), one.sealAll()])
  }
  t.like(await verify('a'), { checked: 50, faults: [] })
})

test('a log that somebody has changed, thinned out or cut tells where', async t => {
  const { record, sealing, verify, rows, unit, audit } = await openLog(t)
  for (let number = 1; number <= 6; number += 1) await unit.transaction(() => record('a', String(number)))
  await sealing.idle()
  const known = await audit.head('a')
  t.deepEqual((await verify('a', known)).faults, [])
  const whole = await rows.find({}).toArray()
  const restore = async () => {
    await rows.deleteMany({})
    await rows.insertMany(whole)
  }
  const at = (sequence: number) => ({ sequence })
  const kinds = async () => (await verify('a')).faults.map(({ kind, sequence }) => `${kind} ${sequence}`)

  await rows.updateOne(at(3), { $set: { 'actor.name': 'Somebody Else' } })
  t.deepEqual(await kinds(), ['changed 3'])
  await restore()
  await rows.deleteOne(at(4))
  t.deepEqual(await kinds(), ['missing 5'])
  await restore()
  await rows.deleteMany({ sequence: { $gt: 4 } })
  t.deepEqual(await kinds(), ['end 5'])
  await restore()
  t.deepEqual(await kinds(), [])
  // The head that was written down elsewhere finds even a chain that was made anew from the beginning.
  t.deepEqual((await verify('a', { sequence: 6, hash: 'f'.repeat(64) })).faults[0], {
    kind: 'torn',
    sequence: 6,
  })
  t.deepEqual((await verify('a', { sequence: 9, hash: known.hash })).faults.length, 1)
})

test('an event that was put in beside the chain is found, whatever place it claims', async t => {
  const { record, sealing, verify, rows, unit } = await openLog(t)
  await unit.transaction(async () => {
    for (let number = 1; number <= 1001; number += 1) await record('a', String(number))
  })
  await sealing.idle()
  t.like(await verify('a'), { checked: 1001, faults: [] })
  const real = await rows.findOne({ sequence: 1000 })
  const kindsWith = async (sequence: unknown) => {
    const _id = 'zz-forged'
    await rows.insertOne({ ...real, _id, sequence, actor: { kind: 'staff', id: 'x', name: 'Forged' } })
    const { faults } = await verify('a')
    await rows.deleteOne({ _id })
    return faults.map(fault =>
      `${fault.kind} ${fault.sequence} ${fault.eventId === _id ? 'forged' : ''}`.trim(),
    )
  }
  for (const place of [0, -7, 1002, 1e9]) t.deepEqual(await kindsWith(place), [`stray ${place} forged`])
  for (const place of ['abc', true, Number.NaN, 0.5, { $: 1 }])
    t.deepEqual(await kindsWith(place), ['stray 0 forged'], JSON.stringify(place))
  for (const place of [1, 2.5, 1000, 1001]) t.true((await kindsWith(place)).length > 0, String(place))
  // More that claim one place than are read at once are told as well, and keep nobody waiting for ever.
  const many = Array.from({ length: 1100 }, (_, index) => ({ ...real, _id: `zz-${index}`, sequence: 3 }))
  await rows.insertMany(many)
  const { faults } = await verify('a')
  t.is(faults.length, 100)
  await rows.deleteMany({ _id: { $in: many.map(({ _id }) => _id) } })
  t.like(await verify('a'), { checked: 1001, faults: [] })
})

test('an event that never got its place is found after ten minutes, and one of this moment is none', async t => {
  const { audit, time, verify } = await openLog(t)
  const plain = { action: 'things.add', on: { kind: 'thing', id: '1' } }
  await audit.record(systemActor('c'), plain)
  t.deepEqual((await verify('c')).faults, [])
  time.now = new Date(time.now.getTime() + 11 * 60_000)
  t.deepEqual(
    (await verify('c')).faults.map(({ kind }) => kind),
    ['unsealed'],
  )
})

test('the log can be asked who, what, on what and when, and everything asked must hold', async t => {
  const { audit, time } = await openLog(t)
  const asta = { ...systemActor('a'), kind: 'staff', id: 's-1', name: 'Asta (Lind)' } as const
  const bo = { ...asta, id: 's-2', name: 'Bo Ek' }
  await audit.record(asta, { action: 'loans.sign', on: { kind: 'loan', id: 'l-1' } })
  time.now = new Date('2026-03-03T12:00:00Z')
  await audit.record(bo, { action: 'loans.return', on: { kind: 'loan', id: 'l-1' } })
  await audit.record(bo, { action: 'loansome.deed', on: { kind: 'loan', id: 'l-2' } })
  await audit.record(
    { ...bo, organisationId: 'b' },
    { action: 'loans.sign', on: { kind: 'loan', id: 'l-1' } },
  )
  const found = async (filter: Partial<Parameters<typeof audit.list>[1]>) =>
    (await audit.list('a', { limit: 10, ...filter })).map(({ action }) => action).sort()
  t.deepEqual(await found({ who: 'asta (l' }), ['loans.sign'])
  t.deepEqual(await found({ who: 's-2' }), ['loans.return', 'loansome.deed'])
  t.deepEqual(await found({ action: 'loans' }), ['loans.return', 'loans.sign'])
  t.deepEqual(await found({ action: 'loans.sign', who: 'Bo' }), [])
  t.deepEqual(await found({ kind: 'loan', id: 'l-2' }), ['loansome.deed'])
  t.deepEqual(await found({ from: new Date('2026-03-03T00:00:00Z') }), ['loans.return', 'loansome.deed'])
  t.deepEqual(await found({ to: new Date('2026-03-03T12:00:00Z') }), ['loans.sign'])
  t.deepEqual(await found({ who: '.*' }), [])
  await audit.record(systemActor('a'), { action: 'jobs.end', on: { kind: 'job', id: 'j-1' } })
  t.deepEqual(await found({ by: 'system' }), ['jobs.end'])
  t.deepEqual(await found({ by: 'staff', action: 'jobs' }), [])
  t.is((await found({ by: 'staff' })).length, 3)
  t.is((await found({ requestId: 'r-1' })).length, 4)
})

test('what happened in one and the same millisecond is read in the order in which it happened', async t => {
  const { record, audit } = await openLog(t)
  const ids = Array.from({ length: 30 }, (_, index) => `thing ${index}`)
  for (const id of ids) await record('a', id)
  const newest = await audit.list('a', { limit: 50 })
  t.deepEqual(
    newest.map(({ on }) => on.id),
    ids.toReversed(),
  )
})
