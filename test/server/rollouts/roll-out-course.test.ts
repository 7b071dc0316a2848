import anyTest, { type TestFn } from 'ava'
import { clipIdentifier, profileDesk, webClip, type ProfileDesk } from '../../support/approved-profile.ts'
import { type Answer, type ApiClient } from '../../support/api-client.ts'
import { eventually } from '../../support/eventually.ts'
import { created, handOut } from '../../support/hand-out.ts'
import {
  anEnrolled,
  contentsOf,
  has,
  rolloutOnce,
  type BegunAnswer,
  type ContentAnswer,
  type RegisteredIpad,
} from '../../support/roll-out.ts'
import { enrolByLink, fewKeys, startSimulation, type Simulation } from '../../support/simulation.ts'

interface Refusal {
  readonly error: { readonly code: string }
}

interface World {
  readonly simulation: Simulation
  readonly desk: ProfileDesk
  readonly admin: ApiClient
  readonly enrolled: (options?: Parameters<Simulation['ipad']>[1]) => Promise<RegisteredIpad>
  /** An approved profile with an identifier of its own. */
  readonly profile: (title?: string) => Promise<{ id: string; identifier: string }>
  readonly assign: (id: string, ipads: readonly RegisteredIpad[], more?: object) => Promise<BegunAnswer>
}

const test = anyTest as TestFn<World>
const ends: (() => unknown)[] = []
const alone = { waves: [] }

/** What the one content of the iPad has come to. */
const only = async (admin: ApiClient, { deviceId }: RegisteredIpad): Promise<ContentAnswer | undefined> =>
  (await contentsOf(admin, deviceId))[0]

const onceIs = (admin: ApiClient, ipad: RegisteredIpad, state: string) =>
  eventually(
    () => only(admin, ipad),
    content => content?.state === state,
  )

test.before(async t => {
  const simulation = await startSimulation({ teardown: end => void ends.push(end) })
  const desk = await profileDesk(simulation.server)
  const { admin } = desk
  let made = 0
  t.context = {
    simulation,
    desk,
    admin,
    enrolled: options =>
      anEnrolled(simulation, admin, `DMPR${String((made += 1)).padStart(8, '0')}`, {
        keys: fewKeys,
        ...options,
      }),
    profile: async (title = 'Intranät') => {
      const identifier = `${clipIdentifier}.${(made += 1)}`
      return { id: await desk.profile(title, webClip(title, identifier)), identifier }
    },
    assign: (id, ipads, more = {}) =>
      created<BegunAnswer>(admin, '/api/v1/assignments', {
        content: { id },
        target: { kind: 'devices', deviceIds: ipads.map(({ deviceId }) => deviceId) },
        plan: alone,
        ...more,
      }),
  }
})
test.after.always(async () => {
  for (const end of ends.reverse()) await end()
})

test('more failures than the plan bears stop a roll-out before the next wave; it goes on at a word', async t => {
  const { admin, desk, enrolled, profile, assign } = t.context
  const refuses = ['InstallProfile']
  const ipads = [await enrolled({ refuses }), await enrolled({ refuses }), await enrolled({ refuses })]
  const { id } = await profile()
  const one = { kind: 'count', count: 1 }
  const { rollout } = await assign(id, ipads, {
    plan: { waves: [one, one], stopAfter: { kind: 'count', count: 0 } },
  })
  const stopped = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'stopped')
  t.is(stopped.stopped?.because, 'failures')
  t.deepEqual([stopped.figures['failed'], stopped.figures['waiting']], [1, 2])
  const { items } = (
    await admin.get<{ items: ContentAnswer[] }>(`/api/v1/rollouts/${rollout.id}/devices?state=failed`)
  ).body
  t.is(items[0]?.fault?.words, 'Profile Installation Failed')
  const noticesOf = async (who: ApiClient) =>
    (await who.get<{ items: { kind: string; href: string }[] }>('/api/v1/me/notices')).body.items.filter(
      ({ href }) => href.includes(rollout.id),
    )
  // Gathered at most every few seconds.
  const told = await eventually(
    () => noticesOf(admin),
    ({ length }) => length > 0,
  )
  t.like(told, [{ kind: 'rollout', href: `/profiles/rollouts/${rollout.id}?state=failed` }])
  t.deepEqual(await noticesOf(desk.writer), [], 'it is told to those who can let it go on')
  const tried = () =>
    ipads.filter(({ ipad }) => ipad.answers.some(each => refuses.includes(each.requestType)))
  t.is(tried().length, 1, 'the second wave never came')
  const early = await admin.post<Refusal>(`/api/v1/rollouts/${rollout.id}/next-wave`)
  t.is(early.body.error.code, 'rollout-stopped')

  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/resume`)).status, 200)
  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/next-wave`)).status, 200)
  const again = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'stopped')
  t.deepEqual([again.figures['failed'], again.figures['waiting']], [2, 1], 'the first failure was borne')
  t.is(tried().length, 2)
})

test('what failed is sent again and proven when the iPad takes it', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const one = await enrolled()
  await one.ipad.become('broken')
  const { id, identifier } = await profile()
  const { rollout } = await assign(id, [one])
  await onceIs(admin, one, 'failed')
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  await one.ipad.become('awake')
  const before = (await only(admin, one))?.commandId
  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/send-failed-again`)).status, 200)
  const proven = await onceIs(admin, one, 'proven')
  t.not(proven?.commandId, before)
  t.true(has(one, identifier))
})

test('the newest approved version follows by itself, and one act brings the former back', async t => {
  const { admin, desk, enrolled, profile, assign } = t.context
  const one = await enrolled()
  const { id, identifier } = await profile('Ett')
  const { assignment, rollout } = await assign(id, [one])
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  const title = () => one.ipad.state().profiles.find(installed => installed.identifier === identifier)?.uuid
  const first = title()

  t.is(await desk.draft(id, 1, webClip('Två', identifier)), 2)
  t.is((await only(admin, one))?.number, 1, 'nobody has approved it')
  await desk.approve(id, 2)
  const second = await eventually(
    () => only(admin, one),
    content => content?.number === 2 && content.state === 'proven',
  )
  t.is(second?.want, 'installed')
  t.not(title(), first, 'the maker kept one UUID, the iPad tells the versions apart')
  const { items } = (
    await admin.get<{ items: { id: string; state: string; to: number }[] }>(
      `/api/v1/rollouts?assignmentId=${assignment.id}`,
    )
  ).body
  t.deepEqual(
    items.map(({ to }) => to),
    [2, 1],
  )

  const newest = items[0]?.id ?? ''
  const bare = await admin.post(`/api/v1/rollouts/${newest}/roll-back`, {})
  t.is(bare.status, 400, 'a reason is needed')
  const back = await created<BegunAnswer>(admin, `/api/v1/rollouts/${newest}/roll-back`, {
    reason: 'Ikonen leder fel',
  })
  t.is(back.rollout.kind, 'roll-back')
  t.is(back.assignment.pinned, 1)
  await eventually(
    () => only(admin, one),
    content => content?.number === 1 && content.state === 'proven',
  )
  t.is(title(), first)
  t.is((await admin.get<{ state: string }>(`/api/v1/rollouts/${newest}`)).body.state, 'rolled-back')
  const twice = await admin.post<Refusal>(`/api/v1/rollouts/${newest}/roll-back`, { reason: 'Igen, tack' })
  t.is(twice.body.error.code, 'rollout-overtaken')
})

test('a profile that somebody takes off an iPad has drifted, and comes back when it is sent again', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const one = await enrolled()
  const { id, identifier } = await profile()
  await assign(id, [one])
  await onceIs(admin, one, 'proven')
  await created(admin, `/api/v1/devices/${one.deviceId}/commands`, {
    requestType: 'RemoveProfile',
    Identifier: identifier,
  })
  await one.ipad.answered('RemoveProfile')
  await created(admin, `/api/v1/devices/${one.deviceId}/commands`, { requestType: 'ProfileList' })
  t.is((await onceIs(admin, one, 'drifted'))?.fault?.code, 'gone')
  const again = await admin.post(`/api/v1/devices/${one.deviceId}/contents/profile/${id}/send-again`)
  t.is(again.status, 204)
  await onceIs(admin, one, 'proven')
  t.true(has(one, identifier))
})

test('without a mail address nothing is sent; it comes when somebody with one borrows the iPad', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const [lent, unlent] = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile('{{person.email}}')
  const target = { kind: 'devices', deviceIds: [lent.deviceId, unlent.deviceId] }
  const rehearsed = await admin.post<{ counts: Record<string, number>; ipads: ContentAnswer[] }>(
    '/api/v1/assignments?dryRun=true',
    { content: { id }, target },
  )
  t.is(rehearsed.body.counts['stopped'], 2)
  t.deepEqual(rehearsed.body.ipads[0]?.hindrance, { code: 'value-missing', missing: ['person.email'] })
  await assign(id, [lent, unlent])
  t.deepEqual((await onceIs(admin, lent, 'blocked'))?.hindrance?.missing, ['person.email'])
  await onceIs(admin, unlent, 'blocked')

  const person = await created<{ id: string }>(admin, '/api/v1/people', {
    ...{ givenName: 'Eva', familyName: 'Ek', email: 'eva.ek@ekeby.example.se' },
  })
  await admin.post(`/api/v1/devices/${lent.deviceId}/lifecycle`, { to: 'prepared' })
  const { loanId } = await handOut(admin, person.id, lent.deviceId)
  await onceIs(admin, lent, 'proven')
  t.true(has(lent, identifier))
  t.is((await only(admin, unlent))?.state, 'blocked')
  t.false(has(unlent, identifier))
  t.is((await admin.post(`/api/v1/loans/${loanId}/return`, { condition: 'A', accessories: [] })).status, 200)
  t.is((await onceIs(admin, lent, 'blocked'))?.hindrance?.code, 'value-missing')
})

test('what is no longer assigned goes, and its absence is proven; a narrower assignment keeps it', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const [one, kept] = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile()
  for (const { deviceId } of [one, kept])
    await admin.put(`/api/v1/devices/${deviceId}/labels`, { labels: ['Mötesrum '] })
  const wide = await created<BegunAnswer>(admin, '/api/v1/assignments', {
    ...{ content: { id }, target: { kind: 'label', label: 'mötesrum' }, plan: alone },
  })
  await rolloutOnce(admin, wide.rollout.id, ({ state }) => state === 'completed')
  await assign(id, [kept])
  await onceIs(admin, kept, 'proven')
  const path = `/api/v1/assignments/${wide.assignment.id}/end`
  t.is((await admin.post(path, {})).status, 400, 'a reason is needed')
  const rehearsed = await admin.post<{ counts: Record<string, number> }>(`${path}?dryRun=true`, {
    reason: 'Behövs inte mer',
  })
  t.is(rehearsed.body.counts['removed'], 1)
  const { rollout } = await created<BegunAnswer>(admin, path, { reason: 'Behövs inte mer' })
  const done = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is(done.figures['proven'], 1)
  t.is((await only(admin, one))?.want, 'removed')
  t.false(has(one, identifier))
  t.true(has(kept, identifier))
  t.is((await only(admin, kept))?.state, 'proven')
})

test('an iPad that is left out loses it, and gets it back when it is let in again', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const [one, two] = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile()
  const { assignment, rollout } = await assign(id, [one, two])
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  const current = async () =>
    (await admin.get<{ version: number }>(`/api/v1/assignments/${assignment.id}`)).body.version
  const exclude = async (deviceIds: readonly string[]) =>
    admin.put(`/api/v1/assignments/${assignment.id}/excluded`, { version: await current(), deviceIds })
  t.is((await exclude([one.deviceId])).status, 200)
  await eventually(
    () => only(admin, one),
    content => content?.want === 'removed' && content.state === 'proven',
  )
  t.false(has(one, identifier))
  t.true(has(two, identifier))
  t.is((await exclude([])).status, 200)
  await eventually(
    () => only(admin, one),
    content => content?.want === 'installed' && content.state === 'proven',
  )
  t.true(has(one, identifier))
})

test('an erased iPad that enrols again gets what is assigned to it once more', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const one = await enrolled()
  const { id, identifier } = await profile()
  await assign(id, [one])
  const before = await onceIs(admin, one, 'proven')
  one.ipad.erase()
  t.false(has(one, identifier))
  await enrolByLink(admin, one.deviceId, one.ipad)
  await eventually(
    () => only(admin, one),
    content => content?.state === 'proven' && content.commandId !== before?.commandId,
  )
  t.true(has(one, identifier))
})

test('a locked iPad keeps it pending until somebody unlocks it, and a repeated report changes nothing', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const one = await enrolled()
  await one.ipad.become('locked')
  const { id } = await profile()
  const { rollout } = await assign(id, [one])
  await one.ipad.answered(
    ({ requestType, status }) => requestType === 'InstallProfile' && status === 'NotNow',
  )
  t.is((await only(admin, one))?.state, 'pending')
  t.is((await rolloutOnce(admin, rollout.id, () => true)).state, 'running')
  one.ipad.loseNextAnswer()
  await one.ipad.become('awake')
  const proven = await onceIs(admin, one, 'proven')
  await one.ipad.repeatLastReport()
  t.deepEqual(await only(admin, one), proven)
})

test('stopped by hand, what no iPad has fetched is held back and comes when it goes on', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const one = await enrolled()
  await one.ipad.become('offline')
  const { id, identifier } = await profile()
  const { rollout } = await assign(id, [one])
  await onceIs(admin, one, 'pending')
  await eventually(
    async () =>
      (
        await admin.get<{ items: { state: string }[] }>(
          `/api/v1/devices/${one.deviceId}/commands?requestType=InstallProfile`,
        )
      ).body.items,
    items => items.length === 1,
  )
  const stopped = await admin.post<{ state: string; figures: Record<string, number> }>(
    `/api/v1/rollouts/${rollout.id}/stop`,
    { reason: 'Vi väntar till i morgon' },
  )
  t.deepEqual([stopped.body.state, stopped.body.figures['held']], ['stopped', 1])
  await one.ipad.become('awake')
  t.false(has(one, identifier))
  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/resume`)).status, 200)
  await onceIs(admin, one, 'proven')
})

test('a profile with a secret goes out encrypted for the very iPad', async t => {
  const { admin, desk, enrolled, assign } = t.context
  const one = await enrolled()
  const id = await desk.profile(
    'Wi-Fi',
    webClip('x', 'se.example.ekeby.secret', {
      ...{ PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Ekeby', EncryptionType: 'WPA2' },
      ...{ Password: 'vinterdäck', HIDDEN_NETWORK: false, AutoJoin: true },
    }),
  )
  await assign(id, [one])
  const proven = await onceIs(admin, one, 'proven')
  const installed = one.ipad
    .state()
    .profiles.find(({ identifier }) => identifier === 'se.example.ekeby.secret')
  t.deepEqual(
    installed?.payloads.map(({ type }) => type),
    ['com.apple.wifi.managed'],
    'it could open what was for it',
  )
  const sent = await admin.get<{ parameters: { Payload: string } }>(
    `/api/v1/commands/${proven?.commandId ?? ''}`,
  )
  const carried = Buffer.from(sent.body.parameters.Payload, 'base64').toString('latin1')
  t.true(carried.includes('EncryptedPayloadContent'))
  t.false(carried.includes('vinterd'))
})

interface Stranding {
  readonly counts: Readonly<Record<string, number>>
  readonly stranded: object
  readonly ipads: readonly ContentAnswer[]
}

test('two profiles that together lock the user out: the second is not sent, and the dry run says on how many', async t => {
  const { admin, desk, enrolled, assign } = t.context
  const one = await enrolled()
  const demand = { PayloadType: 'com.apple.mobiledevice.passwordpolicy', forcePIN: true }
  const lock = { PayloadType: 'com.apple.applicationaccess', allowPasscodeModification: false }
  const code = await desk.profile('Lösenkod', webClip('x', 'se.example.ekeby.code', demand))
  const locked = await desk.profile('Låst', webClip('x', 'se.example.ekeby.locked', lock))
  const demanded = await assign(code, [one])
  await onceIs(admin, one, 'proven')
  const target = { kind: 'devices', deviceIds: [one.deviceId] }
  const { body } = await admin.post<Stranding>('/api/v1/assignments?dryRun=true', {
    content: { id: locked },
    target,
  })
  t.is(body.counts['cannot'], 1)
  t.deepEqual(body.ipads[0]?.hindrance, { code: 'passcode-loop' })
  const { rollout } = await assign(locked, [one])
  const done = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is(done.figures['blocked'], 1)
  t.false(has(one, 'se.example.ekeby.locked'))
  // The way out lets it come by itself.
  await created(admin, `/api/v1/assignments/${demanded.assignment.id}/end`, { reason: 'Ny policy' })
  await eventually(
    () => Promise.resolve(!has(one, 'se.example.ekeby.code')),
    isGone => isGone,
  )
  const { rounds } = t.context.simulation.server.ornkoll.rollingOut
  await eventually(
    async () => {
      await rounds.settle(t.context.simulation.server.organisationId)
      return has(one, 'se.example.ekeby.locked')
    },
    isThere => isThere,
  )
})

test('a version without the only network does not follow by itself; a person is told and may send it', async t => {
  const { admin, desk, enrolled, assign, simulation } = t.context
  const one = await enrolled()
  const identifier = 'se.example.ekeby.only'
  const network = (name: string) => ({
    ...{ PayloadType: 'com.apple.wifi.managed', SSID_STR: name, EncryptionType: 'WPA2' },
    ...{ Password: 'vinterdäck', HIDDEN_NETWORK: false, AutoJoin: true },
  })
  const id = await desk.profile('Nät', webClip('x', identifier, network('Ekeby')))
  const { assignment, rollout } = await assign(id, [one])
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  await desk.draft(id, 1, webClip('Utan nät', identifier))
  await desk.approve(id, 2)
  const { rounds } = simulation.server.ornkoll.rollingOut
  await rounds.settle(simulation.server.organisationId)
  t.is((await only(admin, one))?.number, 1)
  const path = `/api/v1/assignments/${assignment.id}`
  t.is((await admin.get<{ heldVersion?: number }>(path)).body.heldVersion, 2)
  const { body } = await admin.post<Stranding>(`${path}/roll-out?dryRun=true`, {})
  t.deepEqual(body.stranded, { 'no-network-left': 1 })

  const sent = await created<BegunAnswer>(admin, `${path}/roll-out`, {})
  t.is(sent.rollout.to, 2)
  await rolloutOnce(admin, sent.rollout.id, ({ state }) => state === 'completed')
  t.is((await admin.get<{ heldVersion?: number }>(path)).body.heldVersion, undefined)
})

test('what cannot be rolled out is refused with the reason', async t => {
  const { admin, desk, enrolled, profile, assign, simulation } = t.context
  const [one, two] = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile()
  const refused = async (answering: Promise<Answer<Refusal>>, status: number, code: string) => {
    const answer = await answering
    t.deepEqual([answer.status, (answer.body as Partial<Refusal>).error?.code], [status, code])
  }
  const ask = (more: object) =>
    admin.post<Refusal>('/api/v1/assignments', {
      content: { id },
      target: { kind: 'devices', deviceIds: [one.deviceId] },
      ...more,
    })
  await desk.draft(id, 1, webClip('Två', identifier))
  await refused(ask({ pinned: 2 }), 409, 'content-not-approved')
  await refused(ask({ pinned: 9 }), 404, 'version-unknown')
  await refused(ask({ content: { id: 'nothing' } }), 404, 'profile-unknown')
  await refused(ask({ target: { kind: 'body', bodyId: 'nobody' } }), 404, 'body-unknown')
  await refused(ask({ target: { kind: 'devices', deviceIds: [] } }), 422, 'target-empty')

  const { organisations } = simulation.server.ornkoll
  const other = await organisations.create({ name: 'Grannby', language: 'sv' })
  const stranger = await simulation.server.as('admin', other.id)
  const theirs = await created<{ id: string }>(stranger, '/api/v1/devices', { serialNumber: 'DMPRSTRANGER' })
  await refused(ask({ target: { kind: 'devices', deviceIds: [theirs.id] } }), 409, 'device-foreign')
  await refused(ask({ excludedDeviceIds: [theirs.id] }), 409, 'device-foreign')
  const foreign = await stranger.post<Refusal>('/api/v1/assignments', {
    ...{ content: { id }, target: { kind: 'organisation' } },
  })
  t.is(foreign.status, 404)

  const begun = await assign(id, [one, two], { plan: { waves: [{ kind: 'count', count: 1 }] } })
  await refused(
    ask({ target: { kind: 'devices', deviceIds: [two.deviceId, one.deviceId] } }),
    409,
    'assigned-already',
  )
  const path = `/api/v1/assignments/${begun.assignment.id}`
  await refused(admin.post(`${path}/end`, { reason: 'Mitt i en våg' }), 409, 'rollout-running')
  await refused(admin.post(`${path}/roll-out`, {}), 409, 'rollout-running')
  t.is((await stranger.get(`/api/v1/rollouts/${begun.rollout.id}`)).status, 404)
  t.is((await stranger.post(`/api/v1/rollouts/${begun.rollout.id}/stop`)).status, 404)
  const helpdesk = await simulation.server.as('helpdesk')
  t.is((await helpdesk.post(`/api/v1/rollouts/${begun.rollout.id}/stop`)).status, 403)
  t.is((await admin.post(`/api/v1/rollouts/${begun.rollout.id}/next-wave`)).status, 200)
  await refused(admin.post(`/api/v1/rollouts/${begun.rollout.id}/next-wave`), 409, 'rollout-last-wave')
  await rolloutOnce(admin, begun.rollout.id, ({ state }) => state === 'completed')
})
