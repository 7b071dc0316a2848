import { type Answer } from '../../support/api-client.ts'
import { webClip } from '../../support/approved-profile.ts'
import { eventually } from '../../support/eventually.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { alone, onceIs, only, rollOutTests, type Refusal } from '../../support/roll-out-world.ts'
import { has, rolloutOnce, type BegunAnswer, type ContentAnswer } from '../../support/roll-out.ts'
import { signedIn } from '../../web-admin/visitor.ts'
import { enrolByLink } from '../../support/simulation.ts'

const test = rollOutTests()

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
  const again = `/api/v1/devices/${unlent.deviceId}/contents/profile/${id}/send-again`
  t.is((await admin.post(again)).status, 204, 'it may be tried now')
  t.is((await only(admin, unlent))?.hindrance?.code, 'value-missing', 'and still stands against it')

  const person = await created<{ id: string }>(admin, '/api/v1/people', {
    givenName: 'Eva',
    familyName: 'Ek',
    email: 'eva.ek@ekeby.example.se',
  })
  await admin.post(`/api/v1/devices/${lent.deviceId}/lifecycle`, { to: 'prepared' })
  const { loanId } = await handOut(admin, person.id, lent.deviceId)
  await onceIs(admin, lent, 'proven')
  t.true(has(lent, identifier))
  t.is((await only(admin, unlent))?.state, 'blocked')
  t.false(has(unlent, identifier))
  t.is((await admin.post(`/api/v1/loans/${loanId}/return`, { condition: 'A', accessories: [] })).status, 200)
  t.is((await onceIs(admin, lent, 'blocked'))?.hindrance?.code, 'value-missing')
  t.false(has(lent, identifier), 'what was made for the former borrower does not stay')
})

test('an iPad that has not told whether it is supervised is asked, and its answer decides', async t => {
  const { admin, desk, enrolled, assign } = t.context
  const [one, open] = [await enrolled(), await enrolled({ supervised: false })]
  const identifier = 'se.example.ekeby.lock-screen'
  const part = { PayloadType: 'com.apple.shareddeviceconfiguration', LockScreenFootnote: 'Ekeby kommun' }
  const id = await desk.profile('Låst skärm', webClip('Låst skärm', identifier, part))
  const { rollout } = await assign(id, [one, open])
  const { figures } = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.deepEqual([figures['proven'], figures['blocked']], [1, 1], 'it was not over before they had answered')
  t.true(has(one, identifier))
  const refused = await only(admin, open)
  t.is(refused?.hindrance?.code, 'not-supervised')
  t.deepEqual([refused?.state, refused?.commandId], ['blocked', undefined])
  t.false(has(open, identifier))

  // A dry run judges the keys for just the iPads that it is about.
  interface Judged {
    readonly of: number
    readonly unavailable: readonly { readonly code: string; readonly ipads?: object }[]
  }
  const other = await desk.profile('Låst igen', webClip('Låst igen', `${identifier}.again`, part))
  const dryRun = async ({ deviceId }: typeof one) =>
    (
      await admin.post<Judged>('/api/v1/assignments?dryRun=true', {
        content: { id: other },
        target: { kind: 'devices', deviceIds: [deviceId] },
      })
    ).body.unavailable
  t.deepEqual(await dryRun(one), [])
  const [unknown] = await dryRun(open)
  t.like(unknown, { code: 'unavailable', ipads: { affected: 1, of: 1 } })

  // So does a trial run, also for one label or role.
  await admin.put(`/api/v1/devices/${open.deviceId}/labels`, { labels: ['Provbänk'] })
  const trial = async (query: string) =>
    (await admin.get<Judged>(`/api/v1/profiles/${other}/versions/1/trial-run?${query}`)).body
  const bench = await trial(`label=${encodeURIComponent(' PROVBÄNK')}`)
  t.is(bench.of, 1)
  t.like(bench.unavailable, [{ code: 'unavailable', ipads: { affected: 1, of: 1 } }])
  t.is((await trial(`label=provb%C3%A4nk&deviceIds=${one.deviceId}`)).of, 0)
  t.is((await trial('role=chair')).of, 0)
  const desktop = await signedIn(t.context.simulation.server, ['admin'], { name: 'Pia Prov' })
  const profilePage = await desktop.see(`/profiles/${other}`)
  t.regex(profilePage.html, /<option value="provbänk">/)
  const tried = await desktop.see(`/profiles/${other}/versions/1/trial?body=&role=&label=provb%C3%A4nk`)
  t.regex(tried.html, /Chosen: The label “provbänk”\./)
  t.regex(tried.html, /1 iPad is affected\. Nothing has been sent\./)
})

test('of two profiles with a part of which an iPad can have one, it keeps the first, and gets the other when that goes', async t => {
  const { admin, desk, enrolled, assign, simulation } = t.context
  const one = await enrolled()
  const first = 'se.example.ekeby.usage.1'
  const second = 'se.example.ekeby.usage.2'
  const part = { PayloadType: 'com.apple.cellular', AttachAPN: { Name: 'ekeby.example' } }
  const standard = await desk.profile('Standard', webClip('Standard', first, part))
  const begun = await assign(standard, [one])
  await onceIs(admin, one, 'proven')
  const other = await desk.profile('Förtroendevald', webClip('Förtroendevald', second, part))
  const target = { kind: 'devices', deviceIds: [one.deviceId] }
  const rehearsed = await admin.post<{ ipads: ContentAnswer[]; willAct: number }>(
    '/api/v1/assignments?dryRun=true',
    {
      content: { id: other },
      target,
    },
  )
  t.deepEqual(rehearsed.body.ipads[0]?.hindrance, { code: 'only-one', other: 'Standard' })
  t.is(rehearsed.body.willAct, 0, 'an iPad that gets nothing counts towards no limit')
  const trial = `/api/v1/profiles/${other}/versions/1/trial-run?deviceIds=${one.deviceId}`
  t.like((await admin.get(trial)).body, { of: 1, counts: { cannot: 1 }, ipads: rehearsed.body.ipads })
  const { rollout } = await assign(other, [one])
  const { figures } = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is(figures['blocked'], 1)
  t.true(has(one, first))
  t.false(has(one, second))
  await created(admin, `/api/v1/assignments/${begun.assignment.id}/end`, { reason: 'Byter profil' })
  const { rounds } = simulation.server.ornkoll.rollingOut
  await eventually(
    async () => {
      await rounds.settle(simulation.server.organisationId)
      return has(one, second)
    },
    isThere => isThere,
  )
  t.false(has(one, first))
})

test('what is no longer assigned goes, and its absence is proven; a narrower assignment keeps it', async t => {
  const { admin, enrolled, profile, assign, simulation } = t.context
  const [one, kept] = [await enrolled(), await enrolled()]
  const { id, identifier } = await profile()
  for (const { deviceId } of [one, kept])
    await admin.put(`/api/v1/devices/${deviceId}/labels`, { labels: ['Mötesrum '] })
  const wide = await created<BegunAnswer>(admin, '/api/v1/assignments', {
    content: { id },
    target: { kind: 'label', label: 'mötesrum' },
    plan: alone,
  })
  await rolloutOnce(admin, wide.rollout.id, ({ state }) => state === 'completed')
  const narrow = await assign(id, [kept])
  await onceIs(admin, kept, 'proven')
  const path = `/api/v1/assignments/${wide.assignment.id}/end`
  t.is((await admin.post(path, {})).status, 400, 'a reason is needed')
  const rehearsed = await admin.post<{ counts: Record<string, number> }>(`${path}?dryRun=true`, {
    reason: 'Behövs inte mer',
  })
  t.is(rehearsed.body.counts['removed'], 1)
  const both = await Promise.all(
    ['Behövs inte mer', 'Behövs inte mer, sa jag'].map(reason => admin.post<BegunAnswer>(path, { reason })),
  )
  t.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409], 'one removal, however many ask for it')
  const begun = both.flatMap(({ status, body }) => (status === 201 ? [body.rollout.id] : []))
  const done = await rolloutOnce(admin, begun[0] ?? '', ({ state }) => state === 'completed')
  t.is(done.figures['proven'], 1)
  t.is((await only(admin, one))?.want, 'removed')
  t.false(has(one, identifier))
  t.true(has(kept, identifier))
  t.is((await only(admin, kept))?.state, 'proven')

  // It can be retired when nothing assigns it and no iPad has it, and not before.
  const inUse = await admin.post<Refusal>(`/api/v1/profiles/${id}/retire`)
  t.deepEqual([inUse.status, inUse.body.error.code], [409, 'profile-in-use'])
  t.regex(inUse.body.error.message, /assignments 1, iPads 1/)
  await kept.ipad.become('offline')
  const ending = `/api/v1/assignments/${narrow.assignment.id}/end`
  const last = await created<BegunAnswer>(admin, ending, { reason: 'Behövs inte mer' })
  const twice = await admin.post<Refusal>(ending, { reason: 'Behövs inte mer' })
  t.deepEqual([twice.status, twice.body.error.code], [409, 'rollout-running'])
  const page = await (
    await signedIn(simulation.server, ['admin'])
  ).see(`/profiles/rollouts/${narrow.rollout.id}`)
  t.notRegex(page.html, /\/(?:roll-back|remove)"/, 'what can only be refused is not offered')
  await kept.ipad.become('awake')
  await rolloutOnce(admin, last.rollout.id, ({ state }) => state === 'completed')
  t.is((await admin.post(`/api/v1/profiles/${id}/retire`)).status, 200)
  const again = await admin.post<Refusal>('/api/v1/assignments', {
    content: { id },
    target: { kind: 'devices', deviceIds: [one.deviceId] },
  })
  t.deepEqual([again.status, again.body.error.code], [409, 'profile-retired'])
  const listed = async (query: string) => {
    const { body } = await admin.get<{ items: { profile: { id: string } }[] }>(
      `/api/v1/profiles?limit=200${query}`,
    )
    return body.items.some(({ profile: each }) => each.id === id)
  }
  t.deepEqual([await listed(''), await listed('&retired=true')], [false, true])
  t.is((await admin.post(`/api/v1/profiles/${id}/bring-back`)).status, 200)
  t.deepEqual([await listed(''), await listed('&retired=true')], [true, false])
})

test('a profile that is retired and assigned at the same moment is one of the two', async t => {
  const { admin, enrolled, profile } = t.context
  const { deviceId } = await enrolled()
  for (let time = 0; time < 3; time += 1) {
    const { id } = await profile()
    const [retired, assigned] = await Promise.all([
      admin.post<Partial<Refusal>>(`/api/v1/profiles/${id}/retire`),
      admin.post<Partial<Refusal>>('/api/v1/assignments', {
        content: { id },
        target: { kind: 'devices', deviceIds: [deviceId] },
        plan: alone,
      }),
    ])
    t.deepEqual(
      [retired.body.error?.code, assigned.body.error?.code],
      retired.status === 200 ? [undefined, 'profile-retired'] : ['profile-in-use', undefined],
    )
  }
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
  const tried = await admin.put<{ counts: Record<string, number>; ipads: { deviceId: string }[] }>(
    `/api/v1/assignments/${assignment.id}/excluded?dryRun=true`,
    { version: await current(), deviceIds: [one.deviceId] },
  )
  t.deepEqual([tried.status, tried.body.counts['removed'], tried.body.ipads.length], [200, 1, 1])
  t.is(tried.body.ipads[0]?.deviceId, one.deviceId, 'the others stay as they are')
  t.true(has(one, identifier), 'nothing is taken away by asking')
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

  const erase = { requestType: 'EraseDevice', reason: 'Ska till en annan' }
  t.is((await admin.post(`/api/v1/devices/${one.deviceId}/commands`, erase)).status, 202)
  await eventually(
    () => only(admin, one),
    content => content?.state === 'blocked' && content.hindrance?.code === 'not-enrolled',
  )
  await enrolByLink(admin, one.deviceId, one.ipad)
  await onceIs(admin, one, 'proven')
  t.true(has(one, identifier))
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
    content: { id },
    target: { kind: 'organisation' },
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
