import test, { type ExecutionContext } from 'ava'
import { createApprovals } from '../../../server/approvals/approvals.ts'
import { type Approval } from '../../../server/approvals/approval.ts'
import { createMongoApprovalStore } from '../../../server/approvals/mongo-approval-store.ts'
import { type AuditEntry } from '../../../server/audit/audit.ts'
import { type Actor } from '../../../server/staff/actor.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { openTestDatabase } from '../../support/database.ts'

const staff = (id: string, roles: Role[], organisationId = 'org'): Actor => ({
  kind: 'staff',
  id,
  name: id,
  organisationId,
  roles,
})
const maja = staff('maja', ['second-line'])
const omar = staff('omar', ['second-line'])
const sara = staff('sara', ['admin'])
const tove = staff('tove', ['helpdesk'])

async function desk(t: ExecutionContext) {
  const { tables, transaction } = await openTestDatabase(t)
  const store = createMongoApprovalStore(tables)
  const log: (AuditEntry & { by: string })[] = []
  const followed: string[] = []
  const afterwards: string[] = []
  let now = new Date('2026-03-02T12:00:00Z')
  let ids = 0
  const marks = tables.define<{ _id: string; organisationId: string }>({
    name: 'marks',
    tenancy: { belongsTo: 'organisation' },
    fields: {},
    indexes: [],
  })
  await tables.prepare()
  const approvals = createApprovals({
    approvals: store,
    openersOf: ({ id, behind }) => Promise.resolve(openers.get(behind?.id ?? id) ?? []),
    audit: { record: (actor, entry) => Promise.resolve(void log.push({ ...entry, by: actor.id })) },
    clock: { now: () => now },
    newId: () => `approval-${String(++ids)}`,
    transaction,
  })
  const openers = new Map<string, readonly string[]>()
  let failing: boolean | string = false
  approvals.register({
    kind: 'wipe',
    mayAsk: 'wipe.request',
    mayDecide: 'wipe.approve',
    hours: 72,
    async ended(approval) {
      await marks.within('org').insert({ _id: `${approval.id}-${approval.state}`, organisationId: 'org' })
      if (failing === true || failing === approval.subject.id) throw new Error('the slice failed')
      followed.push(approval.state)
    },
    afterwards: approval => Promise.resolve(void afterwards.push(approval.state)),
  })
  const ask = (actor: Actor = maja, id = 'i1') =>
    approvals.request(actor, {
      kind: 'wipe',
      subject: { kind: 'incident', id, label: '2026-0001' },
      reason: 'Stolen on a train',
    })
  return {
    approvals,
    store,
    ask,
    opened: (account: Actor, by: readonly Actor[]) =>
      void openers.set(
        account.id,
        by.map(({ id }) => id),
      ),
    standing: async (actor: Actor, approval: Approval) => (await approvals.standingOf(actor))(approval),
    log,
    followed,
    afterwards,
    marks: () => marks.within('org').count({}),
    later: (hours: number) => void (now = new Date(now.getTime() + hours * 3_600_000)),
    fail: (value: boolean | string) => void (failing = value),
  }
}

const states = async (d: Awaited<ReturnType<typeof desk>>, a: Approval) =>
  (await d.approvals.get(maja, a.id)).state

test('a second person approves once, and only that follows', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  t.is(asked.state, 'waiting')
  t.deepEqual(asked.expiresAt, new Date('2026-03-05T12:00:00Z'))
  t.is(await d.standing(omar, asked), 'may')
  t.is(await d.standing(maja, asked), 'may-not')
  await d.approvals.approve(omar, asked.id)
  const again = await d.approvals.approve(omar, asked.id)
  t.is(again.state, 'approved')
  t.is(again.version, 2)
  t.deepEqual(d.followed, ['approved'])
  t.deepEqual(
    d.log.map(({ action, by }) => `${action} by ${by}`),
    ['wipe.request by maja', 'wipe.approved by omar'],
  )
})

test('approving one’s own request is refused, changes nothing and is in the audit log', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  await t.throwsAsync(d.approvals.approve(maja, asked.id), { message: /yourself/ })
  await t.throwsAsync(d.approvals.refuse(maja, asked.id, 'changed my mind'), { message: /yourself/ })
  t.deepEqual(await d.approvals.get(maja, asked.id), asked)
  t.deepEqual(d.followed, [])
  t.deepEqual(d.afterwards, [])
  t.is(d.log.filter(({ action, by }) => action === 'wipe.own-decision-refused' && by === 'maja').length, 2)
})

test('whoever opened the asker’s account, or had theirs opened by them, decides nothing, and it is in the log', async t => {
  const d = await desk(t)
  d.opened(omar, [maja])
  const asked = await d.ask()
  t.is(await d.standing(omar, asked), 'own-account')
  t.is(await d.standing(tove, asked), 'may-not')
  await t.throwsAsync(d.approvals.approve(omar, asked.id), { code: 'approval-own-account' })
  await t.throwsAsync(d.approvals.refuse(omar, asked.id, 'No'), { code: 'approval-own-account' })
  t.deepEqual(await d.approvals.get(maja, asked.id), asked)
  const tried = d.log.filter(({ action }) => action === 'wipe.own-account-decision-refused')
  t.deepEqual(
    tried.map(({ by }) => by),
    ['omar', 'omar'],
  )

  const byOmar = await d.ask(omar, 'i2')
  t.is(await d.standing(maja, byOmar), 'own-account')
  // It stays so: the request was made while it was open to them.
  d.opened(omar, [])
  await t.throwsAsync(d.approvals.approve(maja, byOmar.id), { code: 'approval-own-account' })
  t.is((await d.approvals.approve(sara, byOmar.id)).state, 'approved')
  t.is((await d.approvals.approve(omar, asked.id)).state, 'approved')
})

test('a role without the right neither asks nor decides', async t => {
  const d = await desk(t)
  await t.throwsAsync(d.ask(tove), { message: /role/ })
  const asked = await d.ask()
  await t.throwsAsync(d.approvals.approve(tove, asked.id), { message: /role/ })
  t.is(await states(d, asked), 'waiting')
})

test('another organisation sees nothing of it', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  const stranger = staff('stranger', ['admin'], 'other')
  await t.throwsAsync(d.approvals.approve(stranger, asked.id), { message: /no such request/ })
  t.deepEqual((await d.approvals.list(stranger, { limit: 50 })).items, [])
})

test('of two who decide at once one is told that it is decided', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  const results = await Promise.allSettled([
    d.approvals.approve(omar, asked.id),
    d.approvals.refuse(sara, asked.id, 'Wait for the police'),
  ])
  t.is(results.filter(result => result.status === 'fulfilled').length, 1)
  t.is(await d.marks(), 1)
})

test('a decision whose consequences fail is not made', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  d.fail(true)
  await t.throwsAsync(d.approvals.approve(omar, asked.id), { message: 'the slice failed' })
  t.is(await states(d, asked), 'waiting')
  t.is(await d.marks(), 0)
  t.deepEqual(d.afterwards, [])
  d.fail(false)
  t.is((await d.approvals.approve(omar, asked.id)).state, 'approved')
})

test('the same cannot wait twice, but can be asked for again after a no', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  await t.throwsAsync(d.ask(sara), { message: /already/ })
  t.is((await d.ask(maja, 'i2')).state, 'waiting')
  await d.approvals.refuse(omar, asked.id, 'It was found')
  t.is((await d.ask(sara)).state, 'waiting')
})

test('what nobody decided runs out and cannot be approved any more', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  d.later(71)
  await d.approvals.expireOverdue()
  t.is(await states(d, asked), 'waiting')
  d.later(1)
  await t.throwsAsync(d.approvals.approve(omar, asked.id), { message: /time to decide has passed/ })
  await d.approvals.expireOverdue()
  await d.approvals.expireOverdue()
  t.is(await states(d, asked), 'expired')
  t.deepEqual(d.followed, ['expired'])
})

test('only the one who asked takes it back', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  await t.throwsAsync(d.approvals.withdraw(omar, asked.id), { message: /Only the person who asked/ })
  await d.approvals.withdraw(maja, asked.id)
  t.is(await states(d, asked), 'withdrawn')
  await t.throwsAsync(d.approvals.approve(omar, asked.id), { message: /withdrawn already/ })
  t.deepEqual(d.followed, ['withdrawn'])
})

test('a slice drops what it needs no more, without hearing of it', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  await d.approvals.dropFor(omar, 'wipe', 'i1')
  await d.approvals.dropFor(omar, 'wipe', 'i1')
  t.is(await states(d, asked), 'withdrawn')
  t.deepEqual(d.followed, [])
})

test('the list goes on where it ended', async t => {
  const d = await desk(t)
  for (const id of ['i1', 'i2', 'i3']) {
    await d.ask(maja, id)
    d.later(1)
  }
  const first = await d.approvals.list(maja, { limit: 2, state: 'waiting' })
  t.deepEqual(
    first.items.map(({ subject }) => subject.id),
    ['i3', 'i2'],
  )
  const second = await d.approvals.list(maja, { limit: 2, state: 'waiting', after: first.next ?? '' })
  t.deepEqual(
    second.items.map(({ subject }) => subject.id),
    ['i1'],
  )
  t.is(second.next, null)
  await t.throwsAsync(d.approvals.list(maja, { limit: 2, after: 'x.y' }), { code: 'bad-cursor' })
})

test('a request that cannot be ended keeps no other from running out, and the job says so', async t => {
  const { approvals, ask, later, fail } = await desk(t)
  const stuck = await ask(maja, 'i1')
  const other = await ask(maja, 'i2')
  later(73)
  fail('i1')
  await t.throwsAsync(approvals.expireOverdue(), { instanceOf: AggregateError })
  t.is((await approvals.get(maja, stuck.id)).state, 'waiting')
  t.is((await approvals.get(maja, other.id)).state, 'expired')
  fail(false)
  await approvals.expireOverdue()
  t.is((await approvals.get(maja, stuck.id)).state, 'expired')
})

test('who watches hears of a request and of its end, and nothing when either fails', async t => {
  const d = await desk(t)
  const heard: string[] = []
  d.approvals.watch((approval, by) => Promise.resolve(void heard.push(`${approval.state} by ${by.id}`)))
  const { id } = await d.ask()
  await t.throwsAsync(d.approvals.approve(maja, id), { code: 'approval-own' })
  await d.approvals.refuse(omar, id, 'Wait')
  t.deepEqual(heard, ['waiting by maja', 'refused by omar'])
  await d.ask(maja, 'i2')
  await d.approvals.dropFor(omar, 'wipe', 'i2')
  t.deepEqual(heard.slice(2), ['waiting by maja', 'withdrawn by omar'])
  t.is(d.approvals.rightToDecide('wipe'), 'wipe.approve')
})

test('what a request says of its size is kept with it and stands in the log', async t => {
  const d = await desk(t)
  const subject = { kind: 'job', id: 'j1', label: 'Restart' }
  const asked = await d.approvals.request(maja, {
    kind: 'wipe',
    subject,
    reason: 'Stock-taking',
    facts: { variant: 'restart', count: 40 },
  })
  t.deepEqual((await d.approvals.get(omar, asked.id)).facts, { variant: 'restart', count: 40 })
  t.deepEqual(d.log.at(-1)?.after, { subject: 'j1', variant: 'restart', count: 40 })
})

test('a request of a kind that nobody registers any more can be read and decided by nobody', async t => {
  const d = await desk(t)
  const asked = await d.ask()
  await d.store.save({ ...asked, kind: 'gone', version: 2 })
  const [only] = (await d.approvals.list(omar, { limit: 10 })).items
  t.is(only?.kind, 'gone')
  t.is(only && (await d.standing(omar, only)), 'may-not')
})
