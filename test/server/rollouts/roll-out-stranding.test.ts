import { webClip } from '../../support/approved-profile.ts'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import { onceIs, only, rollOutTests } from '../../support/roll-out-world.ts'
import { contentsOf, has, rolloutOnce, type BegunAnswer, type ContentAnswer } from '../../support/roll-out.ts'
import { type Simulation } from '../../support/simulation.ts'
import { signedIn } from '../../web-admin/visitor.ts'

const test = rollOutTests()

let visitor: ReturnType<typeof signedIn> | undefined
/** Who looks at pages; the same in all tests. */
const aVisitor = ({ server }: Simulation) => (visitor ??= signedIn(server, ['admin']))

interface Stranding {
  readonly counts: Readonly<Record<string, number>>
  readonly stranded: object
  readonly ipads: readonly ContentAnswer[]
}

interface Papers {
  readonly deviceId: string
  readonly conditions: readonly { readonly code: string; readonly met: boolean }[]
}

const network = (name: string) => ({
  PayloadType: 'com.apple.wifi.managed',
  SSID_STR: name,
  EncryptionType: 'WPA2',
  Password: 'vinterdäck',
  HIDDEN_NETWORK: false,
  AutoJoin: true,
})

test('two profiles that together lock the user out: the second is not sent, and the dry run says on how many', async t => {
  const { admin, desk, enrolled, assign } = t.context
  const one = await enrolled()
  const demand = { PayloadType: 'com.apple.mobiledevice.passwordpolicy', forcePIN: true }
  const lock = { PayloadType: 'com.apple.applicationaccess', allowPasscodeModification: false }
  const code = await desk.profile('Lösenkod', webClip('x', 'se.example.ekeby.code', demand))
  const locked = await desk.profile('Låst', webClip('x', 'se.example.ekeby.locked', lock))
  const lacking = async () => {
    const { body } = await admin.get<Papers>(`/api/v1/devices/${one.deviceId}/confidential-papers`)
    return body.conditions.flatMap(({ code: condition, met }) => (met ? [] : [condition]))
  }
  t.true((await lacking()).includes('security-profile'))
  const demanded = await assign(code, [one])
  await onceIs(admin, one, 'proven')
  t.false((await lacking()).includes('security-profile'), 'a proven demand for a passcode counts')
  const listed = async (eligible: boolean) =>
    (
      await admin.get<{ items: Papers[] }>(
        `/api/v1/confidential-papers?limit=200&eligible=${String(eligible)}`,
      )
    ).body.items.map(({ deviceId }) => deviceId)
  t.true((await listed(false)).includes(one.deviceId), 'nobody has signed for it')
  t.false((await listed(true)).includes(one.deviceId))
  const page = async (eligible: string) =>
    (await (await aVisitor(t.context.simulation)).see(`/devices/papers?eligible=${eligible}`)).html
  const row = new RegExp(`/devices/${one.deviceId}#papers`)
  t.regex(await page('false'), row)
  t.notRegex(await page('true'), row)
  t.regex(await page('no-such'), row, 'an old bookmark shows all')
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
  await eventually(lacking, codes => codes.includes('security-profile'))
  const { rounds } = t.context.simulation.server.ornkoll.rollingOut
  await eventually(
    async () => {
      await rounds.settle(t.context.simulation.server.organisationId)
      return has(one, 'se.example.ekeby.locked')
    },
    isThere => isThere,
  )
})

test('a version that is still there after the next one failed counts, and is shown', async t => {
  const { admin, desk, enrolled, assign, simulation } = t.context
  const one = await enrolled()
  const identifier = 'se.example.ekeby.still'
  const demand = { PayloadType: 'com.apple.mobiledevice.passwordpolicy', forcePIN: true }
  const lock = { PayloadType: 'com.apple.applicationaccess', allowPasscodeModification: false }
  const id = await desk.profile('Kod', webClip('x', identifier, demand))
  const { assignment } = await assign(id, [one])
  t.like(await onceIs(admin, one, 'proven'), { has: { number: 1 } })
  await one.ipad.become('broken')
  await desk.draft(id, 1, webClip('Utan kod', identifier))
  await desk.approve(id, 2)
  const failed = await onceIs(admin, one, 'failed')
  t.like(failed, { number: 2, has: { number: 1 } })
  const target = { kind: 'devices', deviceIds: [one.deviceId] }
  const locked = await desk.profile('Låst kod', webClip('x', 'se.example.ekeby.still.locked', lock))
  const { body } = await admin.post<Stranding>('/api/v1/assignments?dryRun=true', {
    content: { id: locked },
    target,
  })
  t.deepEqual(body.ipads[0]?.hindrance, { code: 'passcode-loop' })
  const person = await aVisitor(simulation)
  t.regex((await person.see(`/devices/${one.deviceId}`)).html, /Still has version 1\./)
  const end = `/api/v1/assignments/${assignment.id}/end`
  const removal = await admin.post<Stranding>(`${end}?dryRun=true`, { reason: 'Behövs inte mer' })
  t.is(removal.body.counts['removed'], 1)
  await one.ipad.become('awake')
  await created(admin, end, { reason: 'Behövs inte mer' })
  t.is((await onceIs(admin, one, 'proven'))?.has, undefined)
  t.false(has(one, identifier))
})

test('a version without the only network does not follow by itself; a person is told and may send it', async t => {
  const { admin, desk, enrolled, assign, simulation } = t.context
  const one = await enrolled()
  const identifier = 'se.example.ekeby.only'
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
  const held = await eventually(
    async () =>
      (
        await admin.get<{ items: { variant: string; href: string }[] }>('/api/v1/me/notices')
      ).body.items.filter(({ variant }) => variant === 'held-version'),
    ({ length }) => length > 0,
  )
  t.deepEqual(
    held.map(({ href }) => href),
    [`/profiles/rollouts/assignments/${assignment.id}`],
  )
  const { body } = await admin.post<Stranding>(`${path}/roll-out?dryRun=true`, {})
  t.deepEqual(body.stranded, { 'no-network-left': 1 })

  const sent = await created<BegunAnswer>(admin, `${path}/roll-out`, {})
  t.is(sent.rollout.to, 2)
  await rolloutOnce(admin, sent.rollout.id, ({ state }) => state === 'completed')
  t.is((await admin.get<{ heldVersion?: number }>(path)).body.heldVersion, undefined)
})

test('a move that takes the last network off an iPad does not: it stays, and whoever moved it is told', async t => {
  const { admin, desk, enrolled, assign, simulation } = t.context
  const one = await enrolled()
  const identifier = 'se.example.ekeby.hall'
  const wifi = await desk.profile('Nät i salen', webClip('x', identifier, network('Salen')))
  const clip = await desk.profile('Salen', webClip('Salen', 'se.example.ekeby.hall.clip'))
  const path = `/api/v1/devices/${one.deviceId}/labels`
  const put = async (labels: readonly string[]) =>
    (await admin.put<{ kept: { content: { id: string }; why: string }[] }>(path, { labels })).body.kept
  t.deepEqual(await put(['sal']), [])
  const target = { kind: 'label', label: 'sal' }
  const begun = await assign(wifi, [], { target })
  await assign(clip, [], { target })
  const stateOf = async (id: string) =>
    (await contentsOf(admin, one.deviceId)).find(({ content }) => content.id === id)
  for (const id of [wifi, clip])
    await eventually(
      () => stateOf(id),
      content => content?.state === 'proven',
    )
  await rolloutOnce(admin, begun.rollout.id, ({ state }) => state === 'completed')

  t.deepEqual(await put([]), [{ content: { kind: 'profile', id: wifi }, why: 'no-network-left' }])
  await eventually(
    () => stateOf(clip),
    content => content?.want === 'removed' && content.state === 'proven',
  )
  t.like(
    await eventually(
      () => stateOf(wifi),
      content => content?.keeps !== undefined,
    ),
    {
      want: 'installed',
      state: 'proven',
      keeps: 'no-network-left',
    },
  )
  t.true(has(one, identifier))
  const notices = await eventually(
    async () =>
      (await admin.get<{ items: { variant: string; href: string }[] }>('/api/v1/me/notices')).body.items,
    items => items.some(({ variant }) => variant === 'kept'),
  )
  t.true(notices.some(({ href }) => href === `/devices/${one.deviceId}`))
  const person = await aVisitor(simulation)
  t.regex((await person.see(`/devices/${one.deviceId}`)).html, /it gives the iPad its last network/)

  // With another network that it has shown, the old one goes.
  const other = await desk.profile('Nät i huset', webClip('x', 'se.example.ekeby.house', network('Huset')))
  await assign(other, [one])
  const { rounds } = simulation.server.ornkoll.rollingOut
  await eventually(
    async () => {
      await rounds.settle(simulation.server.organisationId)
      return has(one, identifier)
    },
    isThere => !isThere,
  )
  t.true(has(one, 'se.example.ekeby.house'))
})

test('a managed profile that nothing assigns is told of, and goes when somebody says why', async t => {
  const { admin, enrolled, profile, assign, simulation } = t.context
  const one = await enrolled()
  const rolledOut = await profile()
  await assign(rolledOut.id, [one])
  await onceIs(admin, one, 'proven')
  const identifier = 'se.example.ekeby.stray'
  const path = `/api/v1/devices/${one.deviceId}`
  const Payload = Buffer.from(webClip('Vilse', identifier, network('Fristad'))).toString('base64')
  const sent = { requestType: 'InstallProfile', Payload, reason: 'Prov' }
  const { commandUUID } = await created<{ commandUUID: string }>(admin, `${path}/commands`, sent)
  await one.ipad.answered(({ uuid }) => uuid === commandUUID)
  await created(admin, `${path}/commands`, { requestType: 'ProfileList' })
  interface Unassigned {
    readonly deviceId: string
    readonly profiles: readonly { readonly identifier: string; readonly mayHoldNetwork: boolean }[]
    readonly reportedAt?: string
  }
  const onIt = async () => (await admin.get<Unassigned>(`${path}/unassigned-profiles`)).body
  const found = await eventually(onIt, ({ profiles }) => profiles.length > 0)
  t.like(found, { profiles: [{ identifier }] })
  t.is(found.profiles.length, 1, 'neither the management nor what is rolled out')
  t.truthy(found.reportedAt)
  const all = async () =>
    (await admin.get<{ items: Unassigned[] }>('/api/v1/unassigned-profiles?limit=200')).body.items
  t.deepEqual(
    (await all()).find(({ deviceId }) => deviceId === one.deviceId),
    found,
  )
  const person = await aVisitor(simulation)
  t.regex((await person.see('/profiles/unassigned')).html, new RegExp(`/devices/${one.deviceId}#contents`))
  t.regex((await person.see('/profiles/unassigned/list.csv')).html, /;\d{4}-\d{2}-\d{2} \d{2}:\d{2}\r\n/)
  t.regex(
    (await person.see(`/devices/${one.deviceId}`)).html,
    /no assignment covers them[^]*Remove the profile/,
  )

  const remove = `${path}/unassigned-profiles/remove`
  const secondLine = await simulation.server.as('second-line')
  t.is((await secondLine.post(remove, { identifier, reason: 'Fel' })).status, 403)
  t.is((await admin.post(remove, { identifier })).status, 400, 'a reason is wanted')
  const assigned = { identifier: rolledOut.identifier, reason: 'Fel' }
  t.is(
    (await admin.post<{ error: { code: string } }>(remove, assigned)).body.error.code,
    'profile-not-unassigned',
  )
  const onPage = `/devices/${one.deviceId}/unassigned-profiles/remove`
  t.is((await person.send(onPage, { identifier, reason: ' ' })).status, 422)
  t.true(has(one, identifier), 'nothing was done')
  t.is(
    (await person.send(onPage, { identifier, reason: 'Hör inte hit' })).location,
    `/devices/${one.deviceId}`,
  )
  await eventually(onIt, ({ profiles }) => profiles.length === 0)
  t.false(has(one, identifier))
  t.true(has(one, rolledOut.identifier))
  t.false((await all()).some(({ deviceId }) => deviceId === one.deviceId))
  const log = await admin.get(`/api/v1/audit?kind=device&id=${one.deviceId}&limit=20`)
  t.regex(JSON.stringify(log.body), /Hör inte hit/)
})
