import { randomUUID } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { createApprovals } from '../../../server/approvals/approvals.ts'
import { createMongoApprovalStore } from '../../../server/approvals/mongo-approval-store.ts'
import { type AuditEntry } from '../../../server/audit/audit.ts'
import { createBulkJobs } from '../../../server/bulk-jobs/bulk-asking.ts'
import { type BulkItem, type BulkJob } from '../../../server/bulk-jobs/bulk-job.ts'
import { createBulkPurging } from '../../../server/bulk-jobs/bulk-purging.ts'
import { createBulkRunning } from '../../../server/bulk-jobs/bulk-running.ts'
import { createBulkWorks, type BulkWork } from '../../../server/bulk-jobs/bulk-work.ts'
import { createMongoBulkJobStore } from '../../../server/bulk-jobs/mongo-bulk-job-store.ts'
import { DomainError } from '../../../server/domain-error.ts'
import { type Actor } from '../../../server/staff/actor.ts'
import { openTestDatabase } from '../../support/database.ts'
import { eventually } from '../../support/eventually.ts'
import { anActor } from '../../support/lending.ts'

const actor = anActor('org')
const minute = 60_000
const day = 86_400_000

/** Instances of the product on one database, each of which does items as `doItem` says. */
async function house(t: ExecutionContext) {
  const { tables, transaction } = await openTestDatabase(t)
  const store = createMongoBulkJobStore(tables)
  const approvalStore = createMongoApprovalStore(tables)
  const time = { now: new Date('2026-11-22T09:00:00Z') }
  const asker = { mayStill: true }
  const clock = { now: () => time.now }
  const faults: string[] = []
  const told: AuditEntry[] = []
  const audit = { record: (_actor: Actor, entry: AuditEntry) => Promise.resolve(void told.push(entry)) }
  await tables.prepare()
  const shared = { jobs: store, audit, clock, newId: randomUUID, transaction, changed: () => undefined }
  const instance = (doItem: BulkWork['doItem'], lanes = 1) => {
    const works = createBulkWorks()
    works.register({ work: 'count', right: () => 'devices.write', isAtomic: false, doItem })
    const noteFault = (error: unknown) => void faults.push((error as Error).message)
    const running = createBulkRunning({
      ...shared,
      works,
      noteFault,
      lanes,
      mayStill: () => Promise.resolve(asker.mayStill),
    })
    const approvals = createApprovals({
      approvals: approvalStore,
      openersOf: () => Promise.resolve([]),
      audit,
      clock,
      newId: randomUUID,
      transaction,
    })
    return { running, jobs: createBulkJobs({ ...shared, works, running, approvals }) }
  }
  return { store, instance, asker, time, faults, told, purging: createBulkPurging(shared) }
}

const items = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    subject: { kind: 'thing', id: `t${String(at + 1)}`, label: `Thing ${String(at + 1)}` },
  }))

const wanted = { work: 'count', variant: 'count', parameters: {}, reason: 'Because' }

test('what a process that died has left is done by another one, and nothing is done twice', async t => {
  const { instance, time, store, faults } = await house(t)
  const did: string[] = []
  let died: (() => void) | undefined
  const dead = new Promise<void>(resolve => (died = resolve))
  const first = instance(async (_actor, { subject }) => {
    if (subject.id === 't3') {
      died?.()
      // It never comes back from here.
      await new Promise(() => undefined)
    }
    did.push(subject.id)
    return {}
  })
  const { id } = await first.jobs.ask(actor, { ...wanted, items: items(5) })
  await dead
  const second = instance((_actor, { subject }) => {
    did.push(subject.id)
    return Promise.resolve({})
  })
  await second.running.resume()
  t.deepEqual(did, ['t1', 't2'], 'the first one may still be alive')
  time.now = new Date(time.now.getTime() + 2 * minute)
  await second.running.resume()
  t.deepEqual(did, ['t1', 't2', 't3', 't4', 't5'])
  t.like(await store.find('org', id), { state: 'done', counts: { total: 5, done: 5, refused: 0, failed: 0 } })
  t.deepEqual(faults, [])
})

test('a few items are done beside each other, each once, and all are counted', async t => {
  const { instance, store } = await house(t)
  const did: string[] = []
  let under = 0
  let most = 0
  const { jobs, running } = instance(async (_actor, { subject }) => {
    most = Math.max(most, ++under)
    await new Promise(resolve => setImmediate(resolve))
    under -= 1
    did.push(subject.id)
    return {}
  }, 4)
  const { id } = await jobs.ask(actor, { ...wanted, items: items(10) })
  await running.idle()
  t.is(most, 4)
  t.is(new Set(did).size, 10)
  t.is(did.length, 10)
  t.like(await store.find('org', id), {
    state: 'done',
    counts: { total: 10, done: 10, refused: 0, failed: 0 },
  })
  const page = await jobs.items(actor, id, { limit: 20 })
  t.false(page.items.some(item => 'uncounted' in item))
})

test('a fault of one item is told and does not stop the others', async t => {
  const { instance, faults, store } = await house(t)
  const { jobs, running } = instance((_actor, { subject }) => {
    if (subject.id === 't1') throw new Error('broken')
    if (subject.id === 't2') throw new DomainError('conflict', 'not-so', 'It is not so.')
    return Promise.resolve({ fine: true })
  })
  const { id } = await jobs.ask(actor, { ...wanted, items: items(3) })
  await running.idle()
  t.like(await store.find('org', id), { state: 'done', counts: { done: 1, refused: 1, failed: 1 } })
  const page = await jobs.items(actor, id, { limit: 10 })
  t.deepEqual(
    page.items.map(({ state, reason }) => [state, reason?.code]),
    [
      ['failed', 'fault'],
      ['refused', 'not-so'],
      ['done', undefined],
    ],
  )
  t.deepEqual(faults, ['broken'])
})

test('a job that is stopped leaves the rest, and says how far it came', async t => {
  const { instance, store } = await house(t)
  let id = ''
  const { jobs, running } = instance(async (_actor, { subject }) => {
    if (subject.id === 't2') await jobs.cancel(actor, id)
    return {}
  })
  id = randomUUID()
  await jobs.ask(actor, { ...wanted, id, items: items(4) })
  await running.idle()
  t.like(await store.find('org', id), { state: 'cancelled', endedBy: 'Disa Desk', counts: { done: 2 } })
  const states = (await jobs.items(actor, id, { limit: 10 })).items.map(({ state }) => state)
  t.deepEqual(states, ['done', 'done', 'cancelled', 'cancelled'])
})

test('the same id asked for twice is one job, and its items are done once', async t => {
  const { instance } = await house(t)
  const did: string[] = []
  const { jobs, running } = instance((_actor, { subject }) => {
    did.push(subject.id)
    return Promise.resolve({})
  })
  const id = randomUUID()
  const [one, two] = await Promise.all([
    jobs.ask(actor, { ...wanted, id, items: items(2) }),
    jobs.ask(actor, { ...wanted, id, items: items(2) }),
  ])
  await running.idle()
  t.deepEqual([one.id, two.id], [id, id])
  t.deepEqual(did, ['t1', 't2'])
})

test('lists go on by their cursors, and made-up ones are refused', async t => {
  const { instance, time } = await house(t)
  const { jobs, running } = instance(() => Promise.resolve({}))
  for (let at = 0; at < 3; at += 1) {
    time.now = new Date(time.now.getTime() + 1000)
    await jobs.ask(actor, { ...wanted, reason: `Nr ${String(at)}`, items: items(3) })
  }
  await running.idle()
  const page = await jobs.list(actor, { limit: 2 })
  const rest = await jobs.list(actor, { limit: 2, after: page.next ?? '' })
  t.deepEqual(
    [...page.items, ...rest.items].map(({ reason }) => reason),
    ['Nr 2', 'Nr 1', 'Nr 0'],
  )
  t.is(rest.next, null)
  const first = await jobs.list(actor, { sort: 'finishedAt', limit: 2 })
  const last = await jobs.list(actor, { sort: 'finishedAt', limit: 2, after: first.next ?? '' })
  const finished = [...first.items, ...last.items].map(({ finishedAt }) => finishedAt?.getTime() ?? 0)
  t.is(new Set([...first.items, ...last.items].map(({ id }) => id)).size, 3)
  t.deepEqual(
    finished,
    finished.toSorted((a, b) => a - b),
  )
  const { id = '' } = page.items[0] ?? {}
  const some = await jobs.items(actor, id, { limit: 2 })
  const others = await jobs.items(actor, id, { limit: 2, after: some.next ?? '' })
  t.deepEqual(
    [...some.items, ...others.items].map(({ number }) => number),
    [1, 2, 3],
  )
  await t.throwsAsync(jobs.list(actor, { limit: 2, after: 'x' }), { code: 'bad-cursor' })
  await t.throwsAsync(jobs.items(actor, id, { limit: 2, after: '-1' }), { code: 'bad-cursor' })
  await t.throwsAsync(jobs.get({ ...actor, organisationId: 'other' }, id), { code: 'job-unknown' })
})

test('items that were never written down to the end are let go after a while', async t => {
  const { instance, store, time } = await house(t)
  const did: string[] = []
  const { jobs, running } = instance((_actor, { subject }) => {
    did.push(subject.id)
    return Promise.resolve({})
  })
  const { id } = await jobs.ask(actor, { ...wanted, items: items(1) })
  await running.idle()
  const job = await store.find('org', id)
  if (!job) throw new Error('There is no job')
  await store.insert({ ...job, id: 'half', state: 'preparing' })
  await running.resume()
  t.is((await store.find('org', 'half'))?.state, 'preparing')
  time.now = new Date(time.now.getTime() + 11 * minute)
  await running.resume()
  t.is((await store.find('org', 'half'))?.state, 'cancelled')
  t.deepEqual(did, ['t1'])
})

test('items of old jobs are removed and the job stays; young, running and others’ ones are left', async t => {
  const { instance, time, store, purging, told } = await house(t)
  const { jobs } = instance((_actor, { subject }) =>
    subject.id === 't2'
      ? Promise.reject(new DomainError('conflict', 'not-now', 'It is busy.'))
      : Promise.resolve({}),
  )
  const ask = async (count: number) => (await jobs.ask(actor, { ...wanted, items: items(count) })).id
  const left = async (id: string) => (await store.items('org', id, { limit: 100 })).length
  const old = await ask(3)
  const ended = async (id: string) => (await store.find('org', id))?.state === 'done'
  await eventually(() => ended(old), Boolean)
  await store.insert({ ...(await store.find('org', old)), id: 'open', state: 'waiting' } as BulkJob)
  await store.addItems([
    { ...(await store.items('org', old, { limit: 1 }))[0], id: 'i', jobId: 'open' } as BulkItem,
  ])
  time.now = new Date(time.now.getTime() + 60 * day)
  const young = await ask(2)
  await eventually(() => ended(young), Boolean)
  await purging.purge()
  t.is(await left(old), 3, 'sixty days are not old')
  time.now = new Date(time.now.getTime() + 31 * day)
  await purging.purge()
  t.is(await left(old), 0)
  t.is(await left(young), 2)
  t.is(await left('open'), 1, 'what waits keeps its items')
  const counts = { total: 3, done: 2, refused: 1, failed: 0 }
  t.like(await store.find('org', old), { state: 'done', reason: 'Because', counts, itemsRemovedAt: time.now })
  const purged = () => told.filter(({ action }) => action === 'jobs.purge')
  t.deepEqual(purged(), [{ action: 'jobs.purge', on: { kind: 'job', id: old }, after: { items: 3 } }])
  await purging.purge()
  t.is(purged().length, 1, 'once')
})

test('a job ends with the right of whoever asked for it, and what is done stays done', async t => {
  const { instance, asker, store, told } = await house(t)
  const did: string[] = []
  const { jobs, running } = instance((_actor, { subject }) => {
    did.push(subject.id)
    if (did.length === 2) asker.mayStill = false
    return Promise.resolve({})
  })
  const { id } = await jobs.ask(actor, { ...wanted, items: items(5) })
  await running.idle()
  t.deepEqual(did, ['t1', 't2'])
  t.like(await store.find('org', id), { state: 'cancelled', counts: { done: 2, total: 5 } })
  t.deepEqual(await store.items('org', id, { state: 'waiting', limit: 10 }), [])
  t.like(told.at(-1), { action: 'jobs.cancel', after: { done: 2, total: 5, askerMayNoMore: true } })
})
