import anyTest, { type TestFn } from 'ava'
import { signedIn } from '../../web-admin/visitor.ts'
import { type ApiClient } from '../../support/api-client.ts'
import { clipIdentifier, profileDesk, webClip, type ProfileDesk } from '../../support/approved-profile.ts'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import {
  anEnrolled,
  contentsOf,
  has,
  rolloutOnce,
  type BegunAnswer,
  type RegisteredIpad,
} from '../../support/roll-out.ts'
import { fewKeys, startSimulation, type Simulation } from '../../support/simulation.ts'

interface World {
  readonly simulation: Simulation
  readonly desk: ProfileDesk
  readonly ipads: RegisteredIpad[]
}

interface Asked {
  readonly request: RequestAnswer & { readonly id: string; readonly count: number }
}
interface Refusal {
  readonly error: { readonly code: string; readonly fields?: readonly { readonly path: string }[] }
}
interface RequestAnswer {
  readonly state: string
  readonly rolloutId?: string
  readonly approvalId: string
  readonly fault?: { readonly code: string }
}

const test = anyTest as TestFn<World>
const ends: (() => unknown)[] = []
/** By how many milliseconds the server's clock is ahead, for a moment. */
let ahead = 0

test.before(async t => {
  const simulation = await startSimulation(
    { teardown: end => void ends.push(end) },
    { clock: { now: () => new Date(Date.now() + ahead) } },
  )
  const desk = await profileDesk(simulation.server)
  const ipads = []
  for (const number of [1, 2, 3, 4])
    ipads.push(await anEnrolled(simulation, desk.admin, `DMPQ0000000${number}`, { keys: fewKeys }))
  t.context = { simulation, desk, ipads }
})
test.after.always(async () => {
  for (const end of ends.reverse()) await end()
})

test.serial('an approved profile comes to every iPad in waves, and each proves that it has it', async t => {
  t.timeout(180_000)
  const { simulation, desk, ipads } = t.context
  const { admin, profile } = desk
  const id = await profile('Intranät', webClip('Intranät'))
  const asked = {
    content: { id },
    target: { kind: 'organisation' },
    plan: { waves: [{ kind: 'count', count: 1 }] },
  }
  const rehearsed = await admin.post<{ counts: Record<string, number>; waves: number[] }>(
    '/api/v1/assignments?dryRun=true',
    asked,
  )
  t.is(rehearsed.status, 200)
  t.is(rehearsed.body.counts['added'], 4)
  t.deepEqual(rehearsed.body.waves, [1, 3])
  t.like(rehearsed.body, { willAct: 4, needsTwo: null, limit: 50 })
  t.deepEqual(
    (await admin.get<{ items: unknown[] }>('/api/v1/assignments')).body.items,
    [],
    'nothing is saved',
  )

  const { rollout } = await created<BegunAnswer>(admin, '/api/v1/assignments', asked)
  const first = await rolloutOnce(admin, rollout.id, ({ figures }) => figures['proven'] === 1)
  t.is(first.state, 'running')
  t.is(first.figures['waiting'], 3)
  t.is(ipads.filter(ipad => has(ipad, clipIdentifier)).length, 1, 'only the first wave has it')

  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/next-wave`)).status, 200)
  const done = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is(done.figures['proven'], 4)
  t.true(ipads.every(ipad => has(ipad, clipIdentifier)))
  t.deepEqual(
    ipads[0]?.ipad
      .state()
      .profiles.flatMap(each => (each.identifier === clipIdentifier ? each.displayName : [])),
    ['Intranät, version 1'],
    'whoever holds it reads the version in its settings',
  )
  for (const { deviceId } of ipads)
    t.deepEqual(
      (await contentsOf(admin, deviceId)).map(({ state, number }) => [state, number]),
      [['proven', 1]],
    )

  const late = await anEnrolled(simulation, admin, 'DMPQ00000009', { keys: fewKeys })
  const seen = await eventually(
    () => contentsOf(admin, late.deviceId),
    ([one]) => one?.state === 'proven',
  )
  t.is(seen.length, 1, 'an iPad that enrols later gets what is assigned to it')
})

const waitingApproval = async (client: ApiClient) =>
  (
    await client.get<{ items: { id: string; kind: string; facts: object }[] }>(
      '/api/v1/approvals?state=waiting',
    )
  ).body.items[0]

const requestOnce = (client: ApiClient, id: string, state: string) =>
  eventually(
    async () => (await client.get<RequestAnswer>(`/api/v1/rollout-requests/${id}`)).body,
    request => request.state === state,
  )

test.serial(
  'above the limit a second person lets a roll-out begin; stopping and going back wait for none',
  async t => {
    t.timeout(180_000)
    const { simulation, desk, ipads } = t.context
    const { admin, writer: second, profile } = desk
    const { version } = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
    await admin.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit: 2 } })
    const identifier = 'se.example.ekeby.large'
    const id = await profile('Stor', webClip('Ett', identifier))
    const three = ipads.slice(0, 3)
    const asked = {
      content: { id },
      target: { kind: 'devices', deviceIds: three.map(({ deviceId }) => deviceId) },
      plan: { waves: [] },
    }
    const rehearsed = await admin.post('/api/v1/assignments?dryRun=true', asked)
    t.like(rehearsed.body, { willAct: 3, needsTwo: 'over-limit', limit: 2 })
    t.like(await admin.post<Refusal>('/api/v1/assignments', asked), {
      status: 422,
      body: { error: { code: 'rollout-reason', fields: [{ path: 'reason' }] } },
    })

    const reason = 'Alla ska nå intranätet'
    const answer = await admin.post<Asked>('/api/v1/assignments', { ...asked, reason })
    t.is(answer.status, 202)
    t.like(answer.body.request, { state: 'waiting', count: 3 })
    const twice = await admin.post<Refusal>('/api/v1/assignments', { ...asked, reason })
    t.is(twice.body.error.code, 'rollout-asked-already')
    const approval = await waitingApproval(second)
    t.like(approval, { kind: 'roll-out', facts: { variant: 'assign', count: 3, number: 1 } })
    const path = `/api/v1/approvals/${approval?.id ?? ''}`
    t.like(await admin.post<Refusal>(`${path}/approve`), {
      status: 403,
      body: { error: { code: 'approval-own' } },
    })
    t.deepEqual(
      (await admin.get<{ items: { content: { id: string } }[] }>('/api/v1/assignments')).body.items.filter(
        each => each.content.id === id,
      ),
      [],
      'nothing is assigned before',
    )

    const colleague = await signedIn(simulation.server, ['second-line'])
    t.regex((await colleague.see('/approvals')).html, /Roll-out: Stor, 3 iPads/)
    const page = `/profiles/rollouts/requests/${answer.body.request.id}`
    const { html } = await colleague.see(page)
    t.regex(html, /Alla ska nå intranätet/)
    t.regex(html, /3 iPads are affected/)
    t.regex((await colleague.see('/profiles/rollouts')).html, new RegExp(page))
    t.false(three.some(ipad => has(ipad, identifier)))

    t.is((await second.post(`${path}/approve`)).status, 200)
    const { rolloutId = '' } = await requestOnce(admin, answer.body.request.id, 'begun')
    await rolloutOnce(admin, rolloutId, ({ state }) => state === 'completed')
    t.true(three.every(ipad => has(ipad, identifier)))
    t.is((await second.post(`${path}/approve`)).status, 200, 'said twice')
    const begun = await admin.get<{ items: { content: { id: string } }[] }>('/api/v1/rollouts')
    t.is(begun.body.items.filter(each => each.content.id === id).length, 1, 'and begun once')

    // A removal waits; a no leaves everything as it is.
    const assignmentId = (await admin.get<BegunAnswer['rollout']>(`/api/v1/rollouts/${rolloutId}`)).body
      .assignmentId
    const end = await admin.post<Asked>(`/api/v1/assignments/${assignmentId}/end`, {
      reason: 'Behövs inte mer',
    })
    t.is(end.status, 202)
    const removal = await waitingApproval(second)
    await second.post(`/api/v1/approvals/${removal?.id ?? ''}/refuse`, { note: 'Jo, den behövs' })
    await requestOnce(admin, end.body.request.id, 'refused')
    t.true(three.every(ipad => has(ipad, identifier)))
    const nobody = { version: 9, deviceIds: [] }
    t.is((await admin.put(`/api/v1/assignments/${assignmentId}/excluded`, nobody)).status, 409)

    // What was approved and cannot begin any more says why.
    const late = await admin.post<Asked>(`/api/v1/assignments/${assignmentId}/end`, { reason: 'Ändå borta' })
    const back = await created<BegunAnswer>(admin, `/api/v1/rollouts/${rolloutId}/roll-back`, {
      reason: 'Ikonen leder fel',
    })
    t.is(back.rollout.kind, 'remove', 'rolling back needs no second person')
    await rolloutOnce(admin, back.rollout.id, ({ state }) => state === 'completed')
    t.false(three.some(ipad => has(ipad, identifier)))
    const overtaken = await waitingApproval(second)
    await second.post(`/api/v1/approvals/${overtaken?.id ?? ''}/approve`)
    const failed = await requestOnce(admin, late.body.request.id, 'failed')
    t.is(failed.fault?.code, 'assignment-ended')

    const log = await admin.get<{ items: { action: string }[] }>('/api/v1/audit?action=roll-out')
    t.deepEqual(log.body.items.map(({ action }) => action).sort(), [
      ...['roll-out.approved', 'roll-out.approved', 'roll-out.failed', 'roll-out.own-decision-refused'],
      ...['roll-out.refused', 'roll-out.request', 'roll-out.request', 'roll-out.request'],
    ])
  },
)

test.serial('what begins is what was agreed to, however things have gone on meanwhile', async t => {
  t.timeout(180_000)
  const { desk, ipads, simulation } = t.context
  const { admin, writer: second } = desk
  const three = ipads.slice(0, 3)
  const deviceIds = three.map(({ deviceId }) => deviceId)
  const label = async (id: string, labels: readonly string[]) =>
    t.is((await admin.put(`/api/v1/devices/${id}/labels`, { labels })).status, 200)
  const upToTwo = async (rolloutLimit: number) => {
    const { version } = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
    await admin.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit } })
  }
  const agree = async () => {
    const waiting = await waitingApproval(second)
    t.is((await second.post(`/api/v1/approvals/${waiting?.id ?? ''}/approve`)).status, 200)
  }
  for (const id of deviceIds) await label(id, ['Avtal'])
  const ask = async (id: string) =>
    (
      await admin.post<Asked>('/api/v1/assignments', {
        content: { id },
        target: { kind: 'label', label: 'Avtal' },
        plan: { waves: [] },
        reason: 'Alla i avtalet',
      })
    ).body.request

  const identifier = 'se.example.ekeby.agreed'
  const id = await desk.profile('Avtalad', webClip('Ett', identifier))
  const first = await ask(id)
  await desk.draft(id, 1, webClip('Två', identifier))
  await desk.approve(id, 2)
  await agree()
  const { rolloutId = '' } = await requestOnce(admin, first.id, 'begun')
  t.is((await admin.get<BegunAnswer['rollout']>(`/api/v1/rollouts/${rolloutId}`)).body.to, 1)

  // Nobody is brought back to what was the newest when it was asked for.
  const { assignmentId } = (await admin.get<BegunAnswer['rollout']>(`/api/v1/rollouts/${rolloutId}`)).body
  const roll = `/api/v1/assignments/${assignmentId}/roll-out`
  await upToTwo(50)
  const pinned = await created<BegunAnswer>(admin, roll, { pinned: 1 })
  await rolloutOnce(admin, pinned.rollout.id, ({ state }) => state === 'completed')
  await upToTwo(2)
  const outrun = await admin.post<Asked>(roll, { reason: 'Alltid den nyaste' })
  t.is(outrun.status, 202)
  await desk.draft(id, 2, webClip('Tre', identifier))
  await desk.approve(id, 3)
  await upToTwo(50)
  await created<BegunAnswer>(admin, roll, { pinned: 3 })
  await upToTwo(2)
  await agree()
  t.is((await requestOnce(admin, outrun.body.request.id, 'failed')).fault?.code, 'rollout-outrun')

  // Networks: A is to go; meanwhile B does, and whoever is bound to given networks would lose the last one.
  const network = (name: string) => ({
    PayloadType: 'com.apple.wifi.managed',
    SSID_STR: name,
    EncryptionType: 'WPA2',
    Password: 'vinterdäck',
    HIDDEN_NETWORK: false,
    AutoJoin: true,
  })
  const binds = { PayloadType: 'com.apple.applicationaccess', forceWiFiToAllowedNetworksOnly: true }
  const rolledOut = async (name: string, more: object, target: object) => {
    const made = await desk.profile(name, webClip('x', `se.example.ekeby.${name}`, { ...more }))
    const begun = await created<BegunAnswer>(admin, '/api/v1/assignments', {
      content: { id: made },
      target,
      plan: { waves: [] },
    })
    await rolloutOnce(
      admin,
      begun.rollout.id,
      ({ state, figures }) => state === 'completed' && figures['proven'] === figures['of'],
    )
    return `/api/v1/assignments/${begun.assignment.id}`
  }
  await upToTwo(50)
  const those = { kind: 'devices', deviceIds }
  const a = await rolledOut('a', network('Ekeby'), { kind: 'organisation' })
  const b = await rolledOut('b', network('Gäst'), those)
  await rolledOut('bunden', binds, those)
  await upToTwo(2)
  const removal = await admin.post<Asked>(`${a}/end`, { reason: 'Gammalt nät' })
  t.is(removal.status, 202)
  await upToTwo(50)
  const gone = await created<BegunAnswer>(admin, `${b}/end`, { reason: 'Gästnätet läggs ner' })
  await rolloutOnce(admin, gone.rollout.id, ({ state }) => state === 'completed')
  await upToTwo(2)
  await agree()
  t.is((await requestOnce(admin, removal.body.request.id, 'failed')).fault?.code, 'rollout-strands')

  // An end is refused as it is asked for, and nothing waits for anybody.
  const dry = await admin.post<{ stranded: object }>(`${a}/end?dryRun=true`, { reason: 'Gammalt nät' })
  t.like(dry.body.stranded, { 'no-allowed-network': 3 })
  const ended = await admin.post<Refusal>(`${a}/end`, { reason: 'Gammalt nät' })
  t.deepEqual([ended.status, ended.body.error.code], [409, 'rollout-strands'])
  t.is(await waitingApproval(second), undefined)

  // To leave iPads out takes the network from them just as well.
  const { version } = (await admin.get<{ version: number }>(a)).body
  const left = await admin.put<Refusal & { error: { message: string } }>(`${a}/excluded`, {
    version,
    deviceIds: deviceIds.slice(0, 2),
  })
  t.deepEqual([left.status, left.body.error.code], [409, 'rollout-strands'])
  t.regex(left.body.error.message, /strand iPads \(2\)/)
  t.like((await admin.get(a)).body, { state: 'active', version, excludedDeviceIds: [] })
  t.true(three.every(ipad => has(ipad, 'se.example.ekeby.a')))

  // Small ones one after the other count like a large one; so does everybody left out and let in a few at a time.
  const fourth = ipads[3]?.deviceId ?? ''
  const slice = (deviceId: string) => ({
    content: { id },
    target: { kind: 'devices', deviceIds: [deviceId] },
    plan: { waves: [] },
  })
  const sliced = '/api/v1/assignments?dryRun=true'
  t.like((await admin.post(sliced, slice(fourth))).body, {
    willAct: 1,
    lately: 4,
    needsTwo: 'over-day-limit',
    limit: 2,
  })
  const tooMany = await admin.post<Refusal & { error: { message: string } }>(
    '/api/v1/assignments',
    slice(fourth),
  )
  t.deepEqual([tooMany.status, tooMany.body.error.code], [422, 'rollout-reason'])
  t.regex(tooMany.body.error.message, /With the \d others that you changed in the last 24 hours/)
  const fresh = await simulation.server.as('admin')
  t.like((await fresh.post(sliced, slice(fourth))).body, { lately: 0, needsTwo: null })
  const all = await admin.get<{ items: { id: string }[] }>('/api/v1/devices')
  const everybody = all.body.items.map(({ id: each }) => each)
  const small = await created<BegunAnswer>(fresh, '/api/v1/assignments', {
    content: { id: await desk.profile('Smått', webClip('Smått', 'se.example.ekeby.small')) },
    target: { kind: 'organisation' },
    excludedDeviceIds: everybody,
  })
  // Its end is written into the assignment too.
  await rolloutOnce(admin, small.rollout.id, ({ state }) => state === 'completed')
  const path = `/api/v1/assignments/${small.assignment.id}/excluded`
  const letIn = async (count: number, at: number) =>
    fresh.put<Refusal>(path, { version: at, deviceIds: everybody.slice(count) })
  const begunAt = (await admin.get<{ version: number }>(path.replace('/excluded', ''))).body.version
  t.is((await letIn(2, begunAt)).status, 200)
  const third = await letIn(3, begunAt + 1)
  t.deepEqual([third.status, third.body.error.code], [409, 'exclude-over-limit'])

  const grown = await ask(await desk.profile('Växer', webClip('Växer', 'se.example.ekeby.grows')))
  t.is(grown.count, 3)
  const more: string[] = []
  const manage = async (deviceId: string, ...course: readonly ('pending' | 'enrolled' | 'unenrolled')[]) => {
    const { devices } = simulation.server.ornkoll
    for (const to of course) await devices.setManagement(simulation.server.organisationId, deviceId, to)
  }
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const serialNumber = `DMPQ0000010${number}`
    const { id: added } = await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber })
    await label(added, ['Avtal'])
    await manage(added, 'pending', 'enrolled')
    more.push(added)
  }
  t.is((await second.post(`/api/v1/approvals/${grown.approvalId}/approve`)).status, 200)
  t.is((await requestOnce(admin, grown.id, 'failed')).fault?.code, 'rollout-grown')
  t.false(three.some(ipad => has(ipad, 'se.example.ekeby.grows')))
  for (const added of more) await manage(added, 'unenrolled')
  await simulation.server.ornkoll.rollingOut.rounds.settle(simulation.server.organisationId)
})

test.serial(
  'a label that is filled afterwards asks a second person before more than the limit follow',
  async t => {
    t.timeout(180_000)
    const { simulation, desk, ipads } = t.context
    const { admin, writer: second, profile } = desk
    const identifier = 'se.example.ekeby.filled'
    const id = await profile('Salen', webClip('Salen', identifier))
    const begun = await created<BegunAnswer>(admin, '/api/v1/assignments', {
      content: { id },
      target: { kind: 'label', label: 'salen' },
      plan: { waves: [] },
    })
    await rolloutOnce(admin, begun.rollout.id, ({ state }) => state === 'completed')
    const limited = async (rolloutLimit: number) => {
      const { version } = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
      await admin.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit } })
    }
    await limited(1)
    const label = (labels: readonly string[]) =>
      Promise.all(ipads.map(({ deviceId }) => admin.put(`/api/v1/devices/${deviceId}/labels`, { labels })))
    await label(['Salen'])
    type Waiting = RequestAnswer & {
      id: string
      content: { id: string }
      asked: { deed: string; input: { deviceIds: string[] } }
    }
    const waiting = async () =>
      (await admin.get<{ items: Waiting[] }>('/api/v1/rollout-requests?state=waiting')).body.items.find(
        ({ asked, content }) => asked.deed === 'follow' && content.id === id,
      )
    const { rounds } = simulation.server.ornkoll.rollingOut
    const heldIds = (request: Waiting | undefined) => request?.asked.input.deviceIds ?? []
    const those = () => ipads.filter(ipad => has(ipad, identifier))
    // One may go before the others are there; nobody goes beyond the limit.
    const request = await eventually(waiting, found => heldIds(found).length >= ipads.length - 1)
    await rounds.settle(simulation.server.organisationId)
    t.true(those().length <= 1)
    t.false(those().some(({ deviceId }) => heldIds(request).includes(deviceId)))
    t.is((await waiting())?.id, request?.id, 'it is asked once')

    const path = `/api/v1/approvals/${request?.approvalId ?? ''}`
    const colleague = await signedIn(simulation.server, ['second-line'], { name: 'Lo Å' })
    t.regex((await colleague.see('/approvals')).html, /Let them change/)
    const page = await colleague.see(`/profiles/rollouts/requests/${request?.id ?? ''}`)
    t.regex(page.html, /They are kept as they are until a colleague has approved/)
    t.is((await admin.post<Refusal>(`${path}/approve`)).body.error.code, 'approval-own', 'they filled it')
    const read = (await admin.get<{ version: number; facts: { count: number } }>(path)).body
    t.is(read.facts.count, heldIds(request).length, 'it says how many they are by now')
    const early = await second.post<Refusal>(`${path}/approve`, { version: read.version + 1 })
    t.is(early.body.error.code, 'approval-changed')

    // Taken back they stay as they are, and whoever wants them to change after all asks again.
    t.is((await admin.post(`${path}/withdraw`)).status, 200)
    await rounds.settle(simulation.server.organisationId)
    t.is(await waiting(), undefined, 'nobody is asked against their will')
    const own = `/profiles/rollouts/requests/${request?.id ?? ''}`
    t.regex((await colleague.see(own)).html, /These iPads are kept as they are/)
    const boss = await signedIn(simulation.server, ['admin'], { name: 'Mo Ek' })
    t.regex((await boss.see(own)).html, /Ask again/)
    const sent = await boss.send(`${own}/ask-again`, {})
    t.regex(sent.location ?? '', /^\/profiles\/rollouts\/requests\//)
    const repeated = await waiting()
    t.deepEqual(new Set(heldIds(repeated)), new Set(heldIds(request)))
    t.notRegex((await boss.see(own)).html, /Ask again/)
    const twice = await admin.post<Refusal>(`/api/v1/rollout-requests/${request?.id ?? ''}/ask-again`)
    t.is(twice.body.error.code, 'rollout-request-empty')

    // Nobody answers in time: it is asked again by itself, and no silence lets them change.
    ahead = 73 * 3_600_000
    await simulation.server.ornkoll.approvals.expireOverdue()
    ahead = 0
    await requestOnce(admin, repeated?.id ?? '', 'expired')
    await rounds.settle(simulation.server.organisationId)
    const last = await waiting()
    t.not(last?.id, repeated?.id)
    t.deepEqual(new Set(heldIds(last)), new Set(heldIds(request)))
    t.false(those().some(({ deviceId }) => heldIds(last).includes(deviceId)))
    t.is((await second.post(`/api/v1/approvals/${last?.approvalId ?? ''}/approve`)).status, 200)
    await requestOnce(admin, last?.id ?? '', 'begun')
    await eventually(
      () => Promise.resolve(those().length),
      count => count === ipads.length,
    )

    // Emptied again: refused, they keep it; filled once more there is nothing to hold.
    await label([])
    const emptied = await eventually(waiting, found => heldIds(found).length >= ipads.length - 1)
    await second.post(`/api/v1/approvals/${emptied?.approvalId ?? ''}/refuse`, { note: 'De ska ha den' })
    await rounds.settle(simulation.server.organisationId)
    t.true(those().length >= ipads.length - 1)
    t.is(await waiting(), undefined, 'a no is not asked about again')
    await label(['Salen'])
    await eventually(
      async () => {
        await rounds.settle(simulation.server.organisationId)
        return (await requestOnce(admin, emptied?.id ?? '', 'refused')) as Waiting
      },
      found => heldIds(found).length === 0,
    )
    await limited(2)
  },
)

test.serial('the page of a new roll-out asks for the reason that the second person reads', async t => {
  const { simulation, desk, ipads } = t.context
  const id = await desk.profile('På papper', webClip('Papper', 'se.example.ekeby.paper'))
  const tags = []
  for (const { deviceId } of ipads.slice(0, 3))
    tags.push((await desk.admin.get<{ assetTag: string }>(`/api/v1/devices/${deviceId}`)).body.assetTag)
  const admin = await signedIn(simulation.server, ['admin'])
  const form = { profile: `profile/${id}`, whom: 'devices', tags: tags.join(' '), waves: '', stopAfter: '' }
  const tried = await admin.send('/profiles/rollouts/new', { ...form, do: 'try' })
  t.regex(tried.html, /There are more than 2, so a colleague has to approve/)
  t.regex(tried.html, /name="reason"/)
  const bare = await admin.send('/profiles/rollouts/new', { ...form, do: 'start' })
  t.is(bare.status, 422)
  t.regex(bare.html, /Write why, so that they can decide/)
  t.regex(bare.html, /name="do" value="start"/, 'they can go on')
  const sent = await admin.send('/profiles/rollouts/new', { ...form, do: 'start', reason: 'Till mötet' })
  t.regex(sent.location ?? '', /^\/profiles\/rollouts\/requests\//)
  t.regex((await admin.see(sent.location ?? '')).html, /Waiting for approval/)
})

test.serial('the page of an assignment chooses its version and the iPads that it leaves out', async t => {
  const { simulation, desk, ipads } = t.context
  const [one, two] = ipads as [RegisteredIpad, RegisteredIpad]
  const { version } = (await desk.admin.get<{ version: number }>('/api/v1/organisations/current')).body
  await desk.admin.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit: 50 } })
  const identifier = 'se.example.ekeby.page'
  const id = await desk.profile('Sida', webClip('Ett', identifier))
  const { assignment, rollout } = await created<BegunAnswer>(desk.admin, '/api/v1/assignments', {
    content: { id },
    plan: { waves: [] },
    target: { kind: 'devices', deviceIds: [one.deviceId, two.deviceId] },
  })
  await rolloutOnce(desk.admin, rollout.id, ({ state }) => state === 'completed')
  const admin = await signedIn(simulation.server, ['admin'], { name: 'Siv Ek' })
  const path = `/profiles/rollouts/assignments/${assignment.id}`
  const listed = await admin.see('/profiles/rollouts/assignments')
  t.regex(listed.html, new RegExp(path))
  t.false((await admin.see('/profiles/rollouts/assignments?q=nothing-like-it')).html.includes(path))
  const tried = await admin.send(`${path}/version`, { do: 'try', pinned: '1' })
  t.regex(tried.html, /2 iPads are affected/)
  const begun = await admin.send(`${path}/version`, { do: 'start', pinned: '1' })
  t.regex(begun.location ?? '', /^\/profiles\/rollouts\/[^/]+$/)
  const now = async () =>
    (
      await desk.admin.get<{ pinned?: number; version: number; excludedDeviceIds: string[] }>(
        `/api/v1/assignments/${assignment.id}`,
      )
    ).body
  t.is((await now()).pinned, 1)
  t.regex((await admin.see(path)).html, /value="1" selected/)
  t.is((await admin.send(`${path}/version`, { do: 'start', pinned: '7' })).status, 404)

  await rolloutOnce(
    desk.admin,
    (begun.location ?? '').split('/').at(-1) ?? '',
    ({ state }) => state === 'completed',
  )
  const { body } = await desk.admin.get<{ assetTag: string }>(`/api/v1/devices/${one.deviceId}`)
  const unknown = await admin.send(`${path}/excluded`, {
    excluded: 'INGEN-SÅDAN',
    version: String((await now()).version),
  })
  t.is(unknown.status, 422)
  t.regex(unknown.html, /INGEN-SÅDAN/)
  const wouldLeave = await admin.send(`${path}/excluded`, {
    do: 'try',
    excluded: body.assetTag,
    version: String((await now()).version),
  })
  t.regex(wouldLeave.html, /1 iPad is affected[\s\S]*Nothing has been sent/)
  t.deepEqual((await now()).excludedDeviceIds, [])
  const left = await admin.send(`${path}/excluded`, {
    excluded: body.assetTag,
    version: String((await now()).version),
  })
  t.is(left.location, path)
  t.deepEqual((await now()).excludedDeviceIds, [one.deviceId])
  await eventually(
    () => Promise.resolve(has(one, identifier)),
    isThere => !isThere,
  )
  t.true(has(two, identifier))
  t.regex((await admin.see(path)).html, new RegExp(`>${body.assetTag}</textarea>`))
  t.is(
    (
      await (
        await signedIn(simulation.server, ['helpdesk'], { name: 'Bo Ås' })
      ).send(`${path}/version`, { do: 'start' })
    ).status,
    403,
  )
})
