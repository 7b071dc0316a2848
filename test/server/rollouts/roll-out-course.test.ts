import { systemActor } from '../../../server/staff/actor.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { type ApiClient } from '../../support/api-client.ts'
import { webClip } from '../../support/approved-profile.ts'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import { onceIs, only, rollOutTests, type Refusal } from '../../support/roll-out-world.ts'
import {
  has,
  rolloutOnce,
  type BegunAnswer,
  type ContentAnswer,
  type RolloutAnswer,
} from '../../support/roll-out.ts'
import { signedIn } from '../../web-admin/visitor.ts'

const test = rollOutTests()

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

test('a roll-out that waits for a lost iPad is closed with a reason, and the iPad gets it when it is back', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const [one, lost] = [await enrolled(), await enrolled()]
  await lost.ipad.become('offline')
  const { id, identifier } = await profile()
  const { rollout } = await assign(id, [one, lost], { plan: { waves: [{ kind: 'count', count: 1 }] } })
  const close = (reason?: string) =>
    admin.post<Partial<Refusal> & { state?: string; closed?: { reason: string } }>(
      `/api/v1/rollouts/${rollout.id}/close`,
      reason === undefined ? {} : { reason },
    )
  t.is((await close('Vi väntar inte')).body.error?.code, 'rollout-waves-left')
  await admin.post(`/api/v1/rollouts/${rollout.id}/next-wave`)
  await onceIs(admin, one, 'proven')
  await onceIs(admin, lost, 'pending')
  t.is((await close()).status, 400, 'a reason is needed')
  const { body } = await close('En iPad är borttappad')
  t.deepEqual([body.state, body.closed?.reason], ['completed', 'En iPad är borttappad'])
  t.is((await close('En gång till')).body.error?.code, 'rollout-ended')
  const visitor = await signedIn(t.context.simulation.server, ['admin'], { name: 'Pia Lod' })
  t.regex((await visitor.see('/profiles/rollouts')).html, /Closed, 1 not reached/)
  const assigned = await visitor.see(`/profiles/rollouts/assignments/${rollout.assignmentId}`)
  const way = `href="/profiles/rollouts/${rollout.id}"`
  t.true(assigned.html.includes(way), 'what is over is still where it is taken off')
  t.false(has(lost, identifier))
  await lost.ipad.become('awake')
  await onceIs(admin, lost, 'proven')
  t.true(has(lost, identifier))
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

  // The same version once more: going back still leads to the one before it.
  const again = await created<BegunAnswer>(admin, `/api/v1/assignments/${assignment.id}/roll-out`, {})
  t.like(again.rollout, { to: 2, from: 2, backTo: 1 })
  await eventually(
    () => admin.get<{ state: string }>(`/api/v1/rollouts/${again.rollout.id}`),
    ({ body }) => body.state === 'completed',
  )
  const newest = again.rollout.id
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

test('the same version sent once more in waves takes nobody back to the one before it', async t => {
  const { admin, desk, enrolled, profile, assign } = t.context
  const ipads = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile('Ett')
  const { assignment, rollout } = await assign(id, ipads)
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  await desk.draft(id, 1, webClip('Två', identifier))
  await desk.approve(id, 2)
  const isOnBoth = async () =>
    (await Promise.all(ipads.map(ipad => only(admin, ipad)))).every(
      content => content?.number === 2 && content.state === 'proven',
    )
  await eventually(isOnBoth, Boolean)
  const path = `/api/v1/assignments/${assignment.id}/roll-out`
  const again = await created<BegunAnswer>(admin, path, {
    plan: { waves: [{ kind: 'count', count: 1 }] },
  })
  t.like(again.rollout, { to: 2, from: 2, backTo: 1, waves: 2 })
  const { organisationId, ornkoll } = t.context.simulation.server
  await ornkoll.rollingOut.rounds.settle(organisationId)
  t.true(await isOnBoth(), 'whose wave has not come keeps what there is')
  const reason = { reason: 'Det räcker' }
  t.is((await admin.post(`/api/v1/rollouts/${again.rollout.id}/stop`, reason)).status, 200)
  await ornkoll.rollingOut.rounds.settle(organisationId)
  t.true(await isOnBoth(), 'nor does stopping it')
})

test('a stopped roll-out is taken back once; going back again takes nothing off the iPads', async t => {
  const { admin, desk, enrolled, profile } = t.context
  const ipads = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile('Ett')
  await desk.draft(id, 1, webClip('Två', identifier))
  const deviceIds = ipads.map(({ deviceId }) => deviceId)
  const { assignment, rollout } = await created<BegunAnswer>(admin, '/api/v1/assignments', {
    content: { kind: 'profile', id },
    target: { kind: 'devices', deviceIds },
    pinned: 1,
  })
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  await desk.approve(id, 2)
  const second = await created<BegunAnswer>(admin, `/api/v1/assignments/${assignment.id}/roll-out`, {
    pinned: 2,
    plan: { waves: [{ kind: 'count', count: 1 }] },
  })
  await rolloutOnce(admin, second.rollout.id, ({ figures }) => figures['proven'] === 1)
  const at = (one: BegunAnswer, deed: string) => `/api/v1/rollouts/${one.rollout.id}/${deed}`
  const reason = { reason: 'Ikonen leder fel' }
  t.is((await admin.post(at(second, 'stop'), reason)).status, 200)
  const back = await created<BegunAnswer>(admin, at(second, 'roll-back'), reason)
  t.like(back.rollout, { kind: 'roll-back', to: 1, from: 1 })
  await rolloutOnce(admin, back.rollout.id, ({ state }) => state === 'completed')
  const further = await admin.post<Refusal>(at(back, 'roll-back'), reason)
  t.deepEqual([further.status, further.body.error.code], [409, 'rollout-same-version'])
  t.deepEqual(
    ipads.map(ipad => has(ipad, identifier)),
    [true, true],
  )
})

test('a profile that has gone from its iPad is sent again once by itself, then waits for a person, and is told', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const { server } = t.context.simulation
  const one = await enrolled()
  const { id, identifier } = await profile()
  const { assignment } = await assign(id, [one])
  await onceIs(admin, one, 'proven')
  const byHand = (command: object) =>
    admin.post<Refusal>(`/api/v1/devices/${one.deviceId}/commands`, { reason: 'Prov', ...command })
  const Payload = Buffer.from(webClip('Annat', identifier)).toString('base64')
  for (const command of [
    { requestType: 'RemoveProfile', Identifier: identifier },
    { requestType: 'InstallProfile', Payload },
  ])
    t.is((await byHand(command)).body.error.code, 'profile-rolled-out')
  const system = systemActor(server.organisationId)
  const { commands } = server.ornkoll.management
  /** Somebody takes it off on the iPad itself. */
  const takenOff = async () => {
    const gone = await commands.queue(system, {
      deviceId: one.deviceId,
      requestType: 'RemoveProfile',
      parameters: { Identifier: identifier },
    })
    await one.ipad.answered(({ uuid }) => uuid === gone.id)
    await created(admin, `/api/v1/devices/${one.deviceId}/commands`, { requestType: 'ProfileList' })
  }
  await takenOff()
  await eventually(
    () => only(admin, one),
    found => found?.mendedAt !== undefined && found.state === 'proven',
  )
  t.true(has(one, identifier), 'it is back')

  await takenOff()
  t.is((await onceIs(admin, one, 'drifted'))?.fault?.code, 'gone')
  t.false(has(one, identifier), 'by itself it comes once')
  const again = await admin.post(`/api/v1/devices/${one.deviceId}/contents/profile/${id}/send-again`)
  t.is(again.status, 204)
  t.is((await onceIs(admin, one, 'proven'))?.mendedAt, undefined)
  t.true(has(one, identifier))

  // What was removed and comes back is told too, and is left to a person.
  const { rollout } = await created<BegunAnswer>(admin, `/api/v1/assignments/${assignment.id}/end`, {
    reason: 'Behövs inte mer',
  })
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  const back = await created<{ commandUUID: string }>(admin, `/api/v1/devices/${one.deviceId}/commands`, {
    requestType: 'InstallProfile',
    Payload,
  })
  await one.ipad.answered(({ uuid }) => uuid === back.commandUUID)
  await created(admin, `/api/v1/devices/${one.deviceId}/commands`, { requestType: 'ProfileList' })
  const told = async () =>
    (await admin.get<{ items: { id: string; href: string }[] }>('/api/v1/me/notices')).body.items.filter(
      ({ href, id: notice }) => href === `/devices/${one.deviceId}` && notice.startsWith('came-back '),
    )
  await eventually(told, ({ length }) => length > 0)
  t.like(await only(admin, one), { want: 'removed', state: 'drifted', fault: { code: 'still-there' } })
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

/** What came of deeds at the same moment. */
const outcomesOf = (answers: readonly { readonly status: number; readonly body: object }[]) =>
  answers
    .map(({ status, body }) => (status < 300 ? 'done' : `${status} ${(body as Refusal).error.code}`))
    .toSorted()

test('two who take the same off the iPads at the same moment begin one removal', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const one = await enrolled()
  const { id } = await profile()
  const { assignment } = await assign(id, [one])
  await onceIs(admin, one, 'proven')
  await one.ipad.become('offline')
  const both = ['Behövs inte mer', 'Det har jag också tänkt'].map(reason =>
    admin.post<object>(`/api/v1/assignments/${assignment.id}/end`, { reason }),
  )
  t.deepEqual(outcomesOf(await Promise.all(both)), ['409 rollout-running', 'done'])
  const path = `/api/v1/rollouts?assignmentId=${assignment.id}`
  const { items } = (await admin.get<{ items: RolloutAnswer[] }>(path)).body
  t.deepEqual(items.map(({ kind }) => kind).toSorted(), ['install', 'remove'])
})

test('two who open the next wave at the same moment open one, and a page of before opens none', async t => {
  const { admin, enrolled, profile, assign, simulation } = t.context
  const { id } = await profile('Tre vågor')
  const one = { kind: 'count', count: 1 }
  const ipads = [await enrolled(), await enrolled(), await enrolled()]
  const { rollout } = await assign(id, ipads, { plan: { waves: [one, one] } })
  const path = `/profiles/rollouts/${rollout.id}`
  const person = await signedIn(simulation.server, ['admin'], { name: 'Eva Ek' })
  const [, wave = ''] = /name="wave" value="(\d+)"/.exec((await person.see(path)).html) ?? []
  const both = [rollout, rollout].map(({ wave: open }) =>
    admin.post<object>(`/api/v1/rollouts/${rollout.id}/next-wave`, { wave: open }),
  )
  t.deepEqual(outcomesOf(await Promise.all(both)), ['409 rollout-wave-open', 'done'])
  const late = await person.send(`${path}/next-wave`, { wave })
  t.is(late.status, 422)
  t.regex(late.html, /This wave has been opened meanwhile/)
  t.is((await rolloutOnce(admin, rollout.id, () => true)).wave, 1)
  t.is((await person.send(`${path}/next-wave`, { wave: '1' })).status, 303)
  t.is((await rolloutOnce(admin, rollout.id, () => true)).wave, 2)
})

test('what somebody lets go on at the same moment is not taken away in its midst', async t => {
  const { admin, enrolled, profile, assign } = t.context
  const { id } = await profile()
  const { assignment, rollout } = await assign(id, [await enrolled(), await enrolled()], {
    plan: { waves: [{ kind: 'count', count: 1 }] },
  })
  await admin.post(`/api/v1/rollouts/${rollout.id}/stop`)
  const both = await Promise.all([
    admin.post<object>(`/api/v1/assignments/${assignment.id}/end`, { reason: 'Behövs inte mer' }),
    admin.post<object>(`/api/v1/rollouts/${rollout.id}/resume`),
  ])
  const { state } = await rolloutOnce(admin, rollout.id, () => true)
  const refusal = state === 'running' ? '409 rollout-running' : '409 rollout-ended'
  t.deepEqual(outcomesOf(both), [refusal, 'done'])
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
  const { server } = t.context.simulation
  const page = `/devices/${one.deviceId}`
  const offers = async (role: Role) =>
    /\/commands\/[^/]+\/cancel/.test((await (await signedIn(server, [role])).see(page)).html)
  t.deepEqual([await offers('helpdesk'), await offers('admin')], [false, true], 'as they may take it back')
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
      PayloadType: 'com.apple.wifi.managed',
      SSID_STR: 'Ekeby',
      EncryptionType: 'WPA2',
      Password: 'vinterdäck',
      HIDDEN_NETWORK: false,
      AutoJoin: true,
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
  const { ornkoll, organisationId } = t.context.simulation.server
  const commandId = proven?.commandId ?? ''
  const sent = await ornkoll.management.commands.get(systemActor(organisationId), commandId)
  const payload = Buffer.from(sent.parameters['Payload'] as string, 'base64')
  const carried = payload.toString('latin1')
  t.true(carried.includes('EncryptedPayloadContent'))
  t.false(carried.includes('vinterd'))
  const shown = await admin.get<{ parameters: Record<string, unknown> }>(`/api/v1/commands/${commandId}`)
  t.like(shown.body.parameters, { Payload: { bytes: payload.length } }, 'the API tells its size alone')
})
