import test from 'ava'
import { type BulkItem, type BulkJob } from '../../../server/bulk-jobs/bulk-job.ts'
import { type BulkPlan } from '../../../server/bulk-actions/bulk-actions.ts'
import { type Device } from '../../../server/devices/device.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { apiClient, type ApiClient } from '../../support/api-client.ts'
import { deviceWorld, until } from '../../support/device-world.ts'
import { send, type ProtocolIpad } from '../../support/protocol-ipad.ts'

const world = deviceWorld(test)
const path = '/api/v1/devices/bulk-actions'

type Job = BulkJob & { readonly left: number }
interface Refused {
  readonly error: { readonly code: string; readonly fields?: readonly { readonly path: string }[] }
}
interface List<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** An organisation with so many iPads in stock, and two administrators. */
async function aFleet(count: number, settings: object = {}) {
  const { server } = world()
  const { id } = await server.ornkoll.organisations.create({ name: 'Sörby', language: 'sv' })
  const [desk, other] = [await server.as('admin', id), await server.as('second-line', id)]
  const devices: Device[] = []
  for (let number = 1; number <= count; number += 1) {
    const serialNumber = `DMPBULK${id.replaceAll('-', '').slice(0, 4)}${String(number).padStart(3, '0')}`
    const assetTag = `B-${String(number).padStart(3, '0')}`
    devices.push((await desk.post<Device>('/api/v1/devices', { serialNumber, assetTag })).body)
  }
  const { version } = (await desk.get<{ version: number }>('/api/v1/organisations/current')).body
  await desk.patch('/api/v1/organisations/current', { version, settings })
  const ids = devices.map(device => device.id)
  const states = async () =>
    (await desk.get<List<Device>>('/api/v1/devices?limit=200')).body.items.map(({ lifecycle }) => lifecycle)
  return { desk, other, ids, states, organisationId: id }
}

async function ended(desk: ApiClient, { id }: { id: string }): Promise<Job> {
  let job: Job | undefined
  await until(async () => {
    job = (await desk.get<Job>(`/api/v1/jobs/${id}`)).body
    return ['done', 'refused', 'cancelled'].includes(job.state)
  })
  if (!job) throw new Error('There is no job')
  return job
}

const itemsOf = async (desk: ApiClient, { id }: { id: string }, query = '') =>
  (await desk.get<List<BulkItem>>(`/api/v1/jobs/${id}/items?${query}`)).body.items

const waitingOf = async (desk: ApiClient) =>
  (await desk.get<List<{ id: string; kind: string; facts: object }>>('/api/v1/approvals?state=waiting')).body
    .items

test('a dry run says how many it would reach and why not the others, and changes nothing', async t => {
  const { desk, ids, states } = await aFleet(3)
  await desk.post(`/api/v1/devices/${ids[0] ?? ''}/lifecycle`, { to: 'broken', reason: 'Fell' })
  const asked = { action: 'move', to: 'broken', reason: 'Stock-taking', deviceIds: [...ids, 'nobody'] }
  const plan = await desk.post<BulkPlan>(`${path}?dryRun=true`, asked)
  t.like(plan, { status: 200, body: { total: 4, willAct: 2, refusedCount: 2, needsTwo: null, limit: 25 } })
  t.deepEqual(
    plan.body.refused.map(({ assetTag, reason }) => [assetTag, reason.code]),
    [
      ['B-001', 'bulk-there-already'],
      ['nobody', 'bulk-unknown'],
    ],
  )
  t.deepEqual(await states(), ['broken', 'in-stock', 'in-stock'])
  t.is((await desk.get<List<Job>>('/api/v1/jobs')).body.items.length, 0)
})

test('a job does each item, says what came of it, and is taken back once', async t => {
  const { desk, ids, states } = await aFleet(3)
  await desk.post(`/api/v1/devices/${ids[2] ?? ''}/lifecycle`, { to: 'broken', reason: 'Fell' })
  const begun = await desk.post<Job>(path, {
    action: 'move',
    to: 'broken',
    reason: 'Water in the store',
    filter: { lifecycle: 'in-stock' },
  })
  t.like(begun, { status: 202, body: { work: 'devices.move', variant: 'move-broken' } })
  const job = await ended(desk, begun.body)
  t.like(job, { state: 'done', left: 0, counts: { total: 2, done: 2, refused: 0, failed: 0 } })
  t.deepEqual(await states(), ['broken', 'broken', 'broken'])
  const items = await itemsOf(desk, job)
  t.deepEqual(
    items.map(({ number, subject, state, detail }) => [number, subject.label, state, detail]),
    ['B-001', 'B-002'].map((tag, at) => [at + 1, tag, 'done', { before: 'in-stock', after: 'broken' }]),
  )
  // One of them goes on in its life before somebody sees the mistake.
  await desk.post(`/api/v1/devices/${ids[1] ?? ''}/lifecycle`, { to: 'in-repair' })
  const undo = await desk.post<Job>(`/api/v1/jobs/${job.id}/undo`)
  t.is(undo.status, 202)
  const undone = await ended(desk, undo.body)
  t.like(undone, { undoes: job.id, counts: { total: 2, done: 1, refused: 1 } })
  t.deepEqual(await states(), ['in-stock', 'in-repair', 'broken'])
  t.is((await itemsOf(desk, undone, 'state=refused'))[0]?.reason?.code, 'device-moved-since')
  t.like(await desk.post<Refused>(`/api/v1/jobs/${job.id}/undo`), {
    status: 409,
    body: { error: { code: 'job-not-undoable' } },
  })
  const log = await desk.get<List<{ action: string }>>('/api/v1/audit?action=jobs')
  t.deepEqual(log.body.items.map(({ action }) => action).sort(), [
    'jobs.ask',
    'jobs.ask',
    'jobs.done',
    'jobs.done',
  ])
})

test('fields of many iPads are changed, and come back unless somebody has changed them since', async t => {
  const { desk, ids } = await aFleet(2)
  const device = async (at: number) => (await desk.get<Device>(`/api/v1/devices/${ids[at] ?? ''}`)).body
  const begun = await desk.post<Job>(path, {
    action: 'edit',
    warrantyEndsOn: '2028-12-31',
    reason: 'Extended',
    deviceIds: ids,
  })
  const job = await ended(desk, begun.body)
  t.is((await device(0)).warrantyEndsOn, '2028-12-31')
  await desk.patch(`/api/v1/devices/${ids[1] ?? ''}`, { version: 2, theftMark: 'Z1' })
  const undone = await ended(desk, (await desk.post<Job>(`/api/v1/jobs/${job.id}/undo`)).body)
  t.like(undone.counts, { done: 1, refused: 1 })
  t.is((await device(0)).warrantyEndsOn, undefined)
  t.like(await device(1), { warrantyEndsOn: '2028-12-31', theftMark: 'Z1' })
})

test('more than the limit waits for a second person, who is not the first', async t => {
  const { desk, other, ids, states } = await aFleet(3, { bulkLimit: 2 })
  const asked = { action: 'move', to: 'broken', reason: 'Water in the store', deviceIds: ids }
  t.is((await desk.post<BulkPlan>(`${path}?dryRun=true`, asked)).body.needsTwo, 'over-limit')
  const { body: job } = await desk.post<Job>(path, asked)
  t.is(job.state, 'waiting')
  const [request] = await waitingOf(other)
  t.like(request, { kind: 'bulk-action', facts: { variant: 'move-broken', count: 3 } })
  const approve = (who: ApiClient) => who.post<Refused>(`/api/v1/approvals/${request?.id ?? ''}/approve`)
  t.like(await approve(desk), { status: 403, body: { error: { code: 'approval-own' } } })
  t.deepEqual(await states(), ['in-stock', 'in-stock', 'in-stock'])
  t.is((await approve(other)).status, 200)
  t.like(await ended(desk, job), { state: 'done', counts: { done: 3 } })
  t.deepEqual(await states(), ['broken', 'broken', 'broken'])
})

/** Two keys of one person. */
async function twoKeysOfKarin(organisationId: string) {
  const { server } = world()
  const { staff, tokens } = server.ornkoll
  const account = {
    name: 'Karin',
    email: `karin@${organisationId}.se`,
    language: 'sv',
    roles: ['admin'],
  } as const
  const { id } = await staff.add(systemActor(organisationId), account)
  const actor = { kind: 'staff', id, name: 'Karin', organisationId, roles: ['admin'] } as const
  const key = async () =>
    apiClient(server.url, (await tokens.issue(actor, { name: 'own', roles: ['admin'], days: 1 })).token)
  return [await key(), await key()] as const
}

test('in parts one person does no more alone in a day than at once, also with two keys at one moment', async t => {
  const { other, ids, organisationId } = await aFleet(7, { bulkLimit: 3 })
  const [one, another] = await twoKeysOfKarin(organisationId)
  const move = (from: number, to: number, state = 'broken') => ({
    action: 'move',
    to: state,
    reason: 'Water in the store',
    deviceIds: ids.slice(from, to),
  })
  const begun = await Promise.all([one.post<Job>(path, move(0, 2)), another.post<Job>(path, move(2, 4))])
  t.deepEqual(begun.map(({ body }) => body.state === 'waiting').sort(), [false, true], 'they are four')
  const own = begun.findIndex(({ body }) => body.state !== 'waiting')
  await ended(one, begun[own]?.body ?? { id: '' })
  const plan = async (client: ApiClient, asked: object) =>
    (await client.post<BulkPlan>(`${path}?dryRun=true`, asked)).body
  t.like(await plan(another, move(4, 6)), { needsTwo: 'over-day-limit', lately: 2, limit: 3 })
  t.like(await plan(another, move(4, 5)), { needsTwo: null, lately: 2 })
  // The same iPads again add nothing, what somebody else did neither, and a field may be corrected on any number.
  t.like(await plan(one, move(own * 2, own * 2 + 2, 'in-repair')), { needsTwo: null, lately: 0 })
  t.like(await plan(other, move(4, 6)), { needsTwo: null, lately: 0 })
  const edit = { action: 'edit', warrantyEndsOn: '2028-12-31', reason: 'Extended', deviceIds: ids.slice(4) }
  t.like(await plan(one, edit), { needsTwo: null, lately: 0 })

  const [request] = await waitingOf(other)
  t.like(request, { kind: 'bulk-action', facts: { count: 2, lately: 2 } })
  t.is((await other.post(`/api/v1/approvals/${request?.id ?? ''}/approve`)).status, 200)
  t.is((await plan(one, move(4, 5))).lately, 2, 'what a second person agreed to is not added')
})

test('a no ends the job with its reason, and nothing was done', async t => {
  const { desk, other, ids, states } = await aFleet(2, { bulkLimit: 1 })
  const asked = { action: 'move', to: 'broken', reason: 'Water in the store', deviceIds: ids }
  const { body: job } = await desk.post<Job>(path, asked)
  const [request] = await waitingOf(other)
  await other.post(`/api/v1/approvals/${request?.id ?? ''}/refuse`, { note: 'Look at them first' })
  t.like(await ended(desk, job), { state: 'refused', note: 'Look at them first', counts: { done: 0 } })
  t.deepEqual(await states(), ['in-stock', 'in-stock'])
  t.deepEqual(
    (await itemsOf(desk, job)).map(({ state }) => state),
    ['cancelled', 'cancelled'],
  )
})

test('a disposal takes two even for one iPad, on every way to it', async t => {
  const { desk, other, ids, states } = await aFleet(1)
  const single = await desk.post<Refused>(`/api/v1/devices/${ids[0] ?? ''}/lifecycle`, { to: 'retired' })
  t.like(single, { status: 409, body: { error: { code: 'disposal-needs-two' } } })
  const asked = { action: 'move', to: 'retired', reason: 'Five years old', deviceIds: ids }
  const { body: job } = await desk.post<Job>(path, asked)
  t.deepEqual([job.state, await states()], ['waiting', ['in-stock']])
  const [request] = await waitingOf(other)
  t.is(request?.kind, 'disposal')
  await other.post(`/api/v1/approvals/${request?.id ?? ''}/approve`)
  t.is((await ended(desk, job)).state, 'done')
  t.deepEqual(await states(), ['retired'])
  // Gone for good is gone for good.
  t.is((await desk.post(`/api/v1/jobs/${job.id}/undo`)).status, 409)
})

test('where one may dispose alone, both ways do it at once', async t => {
  const { desk, ids, states } = await aFleet(2, { disposalNeedsTwo: false })
  t.is((await desk.post(`/api/v1/devices/${ids[0] ?? ''}/lifecycle`, { to: 'retired' })).status, 200)
  const asked = { action: 'move', to: 'retired', reason: 'Five years old', deviceIds: ids }
  t.like(await ended(desk, (await desk.post<Job>(path, asked)).body), { counts: { done: 1, refused: 1 } })
  t.deepEqual(await states(), ['retired', 'retired'])
})

test('a job that waits can be stopped, and its request goes with it', async t => {
  const { desk, other, ids, states } = await aFleet(2, { bulkLimit: 1 })
  const asked = { action: 'move', to: 'broken', reason: 'Water in the store', deviceIds: ids }
  const { body: job } = await desk.post<Job>(path, asked)
  t.like(await desk.post<Job>(`/api/v1/jobs/${job.id}/cancel`), { status: 200, body: { state: 'cancelled' } })
  t.deepEqual(await waitingOf(other), [])
  t.deepEqual(await states(), ['in-stock', 'in-stock'])
  t.like(await desk.post<Refused>(`/api/v1/jobs/${job.id}/cancel`), {
    status: 409,
    body: { error: { code: 'job-ended' } },
  })
})

test('each iPad gets its command once, also when the request is sent again', async t => {
  const { desk } = world()
  const ipads: ProtocolIpad[] = [await world().enrolledIpad(), await world().enrolledIpad()]
  const unenrolled = await world().newIpad()
  const deviceIds = [...ipads, unenrolled].map(({ deviceId }) => deviceId)
  const asked = { action: 'restart', reason: 'New profile', deviceIds }
  const key = { 'idempotency-key': `restart-${deviceIds[0] ?? ''}` }
  const [first, again] = [await desk.post<Job>(path, asked, key), await desk.post<Job>(path, asked, key)]
  t.deepEqual([first.status, first.body.id], [202, again.body.id])
  t.like(await ended(desk, first.body), { counts: { total: 3, done: 2, refused: 1, failed: 0 } })
  const [refused] = await itemsOf(desk, first.body, 'state=refused')
  t.like(refused, { subject: { id: unenrolled.deviceId }, reason: { code: 'bulk-unenrolled' } })
  for (const ipad of ipads) {
    const handed = await ipad.idle()
    t.is(handed?.requestType, 'RestartDevice')
    t.is(await ipad.report(handed?.uuid ?? '', 'Acknowledged'), undefined)
  }
})

test('an iPad that was locked in between is refused by its own item', async t => {
  const { desk } = world()
  const ipad = await world().enrolledIpad()
  const asked = { action: 'lost-mode', reason: 'A van was stolen', deviceIds: [ipad.deviceId] }
  await send(desk, ipad.deviceId, 'EnableLostMode', { Message: 'Ring oss' })
  t.like(await desk.post<Refused>(path, asked), { status: 422, body: { error: { code: 'bulk-nothing' } } })
  await send(desk, ipad.deviceId, 'DisableLostMode')
})

test('roles without the right, other organisations and broken requests reach nothing', async t => {
  const { desk, ids, states, organisationId } = await aFleet(1)
  const { server } = world()
  const [id = ''] = ids
  const move = { action: 'move', to: 'broken', reason: 'No', deviceIds: ids }
  t.is((await (await server.as('helpdesk', organisationId)).post(path, move)).status, 403)
  const lost = { ...move, action: 'lost-mode', to: undefined }
  t.like(await (await server.as('handout', organisationId)).post<Refused>(path, lost), {
    status: 403,
    body: { error: { code: 'not-allowed' } },
  })
  const stranger = await server.as('admin')
  t.like(await stranger.post<BulkPlan>(`${path}?dryRun=true`, move), {
    status: 200,
    body: { willAct: 0, refused: [{ deviceId: id, reason: { code: 'bulk-unknown' } }] },
  })
  const { body: job } = await desk.post<Job>(path, { ...move, to: 'prepared' })
  await ended(desk, job)
  t.is((await stranger.get(`/api/v1/jobs/${job.id}`)).status, 404)
  t.is((await stranger.get(`/api/v1/jobs/${job.id}/items`)).status, 404)
  t.is((await stranger.post(`/api/v1/jobs/${job.id}/cancel`)).status, 404)
  const codeOf = async (body: object) => (await desk.post<Refused>(path, body)).body.error.code
  t.is(await codeOf({ ...move, filter: {} }), 'bulk-selection')
  t.is(await codeOf({ action: 'refresh', reason: 'No' }), 'bulk-selection')
  t.is(await codeOf({ ...move, to: undefined }), 'bulk-input')
  t.is(await codeOf({ action: 'edit', reason: 'No', deviceIds: ids }), 'bulk-input')
  t.is(
    await codeOf({ action: 'edit', warrantyEndsOn: '2026-02-30', reason: 'No', deviceIds: ids }),
    'bulk-input',
  )
  t.is((await desk.post(path, { ...move, action: 'wipe' })).status, 400)
  t.is((await desk.post(path, { ...move, reason: '' })).status, 400)
  t.deepEqual(await states(), ['prepared'])
})
