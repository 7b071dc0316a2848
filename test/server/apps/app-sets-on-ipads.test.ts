import test from 'ava'
import { deviceWorld } from '../../support/device-world.ts'
import { eventually } from '../../support/eventually.ts'
import { send } from '../../support/protocol-ipad.ts'
import { signedIn } from '../../web-admin/visitor.ts'

const world = deviceWorld(test)

interface Shown {
  readonly requestType: string
  readonly reason?: string
  readonly parameters?: Record<string, unknown>
}
interface Refused {
  readonly error: { readonly code: string }
}

const show = async (uuid: string) => (await world().desk.get<Shown>(`/api/v1/commands/${uuid}`)).body

test('managed apps are compared with the app sets, and put right when somebody asks', async t => {
  const ipad = await world().enrolledIpad()
  const { desk, server } = world()
  interface Apps {
    readonly wanted?: readonly { readonly identifier: string }[]
    readonly drift?: {
      readonly missing: readonly { readonly why: string }[]
      readonly extra: readonly string[]
    }
  }
  const apps = async () => (await desk.get<Apps>(`/api/v1/devices/${ipad.deviceId}/apps`)).body
  const other = await world().enrolledIpad()
  const tell = async (told: Record<string, string>, teller = ipad) => {
    const uuid = await send(desk, teller.deviceId, 'ManagedApplicationList')
    await teller.idle()
    const list = Object.fromEntries(Object.entries(told).map(([app, Status]) => [app, { Status }]))
    await teller.report(uuid, 'Acknowledged', { ManagedApplicationList: list })
  }
  const putRight = (wanted: object, client = desk) =>
    client.post<Partial<Refused> & { commands?: readonly { requestType: string; commandUUID: string }[] }>(
      `/api/v1/devices/${ipad.deviceId}/apps/put-right`,
      wanted,
    )
  await tell({ 'se.malmby.game': 'Managed' })
  const unset = await apps()
  t.deepEqual([unset.wanted, unset.drift], [undefined, undefined], 'no set reaches it')
  t.is((await putRight({})).body.error?.code, 'apps-not-told')

  const content = {
    apps: [
      { identifier: 'se.malmby.papers', name: 'Handlingar' },
      { identifier: 'se.malmby.mail', name: 'E-post', storeId: 77 },
    ],
    target: { kind: 'devices', deviceIds: [ipad.deviceId, other.deviceId] },
  }
  const twice = { ...content, apps: [content.apps[0], content.apps[0]], name: 'Dubbel' }
  t.is((await desk.post<Refused>('/api/v1/app-sets', twice)).body.error.code, 'app-set-invalid')
  const elsewhere = { ...content, name: 'Fel', target: { kind: 'body', bodyId: 'no-such' } }
  t.is((await desk.post('/api/v1/app-sets', elsewhere)).status, 404)
  const made = await desk.post<{ set: { id: string } }>('/api/v1/app-sets', { ...content, name: 'Ledamöter' })
  t.is(made.status, 201)
  const path = `/api/v1/app-sets/${made.body.set.id}`
  t.like(await apps(), {
    drift: { missing: [{ why: 'absent' }, { why: 'absent' }], extra: ['se.malmby.game'] },
  })
  const drifted = await desk.get<{ items: readonly { deviceId: string }[] }>('/api/v1/app-drift?limit=200')
  t.true(drifted.body.items.some(({ deviceId }) => deviceId === ipad.deviceId))

  const appNotices = async (client = desk) =>
    (
      await client.get<{ items: { kind: string; count?: number; href: string }[] }>('/api/v1/me/notices')
    ).body.items.filter(({ kind }) => kind === 'apps')
  t.like(await appNotices(), [{ href: '/profiles/apps/drift' }])
  t.true(((await appNotices())[0]?.count ?? 0) > 0)

  const helpdesk = await server.as('helpdesk')
  t.deepEqual(await appNotices(helpdesk), [], 'who may not put it right is not told')
  t.is((await putRight({}, helpdesk)).status, 403)
  const allRight = '/api/v1/app-drift/put-right'
  const all = { missing: true, extra: true, reason: 'Efter mötet' }
  t.is((await helpdesk.post(allRight, all)).status, 403)
  t.is((await desk.post(allRight, { missing: true })).status, 400, 'a reason is wanted')
  const { status, body: plan } = await desk.post<object>(`${allRight}?dryRun=true`, all)
  t.like(
    { status, plan },
    { status: 200, plan: { total: 1, willAct: 1, installs: 2, removals: 1, needsTwo: false } },
  )
  const jobs = (await desk.get<{ items: { work: string }[] }>('/api/v1/jobs')).body.items
  t.false(
    jobs.some(({ work }) => work === 'apps.put-right'),
    'a dry run does nothing',
  )
  const { body } = await putRight({})
  t.deepEqual(
    body.commands?.map(({ requestType }) => requestType),
    ['InstallApplication', 'InstallApplication', 'ManagedApplicationList'],
    'nothing is removed unless somebody says so',
  )
  const asked = await show(body.commands?.[0]?.commandUUID ?? '')
  t.like(asked.parameters, { iTunesStoreID: 77, ChangeManagementState: 'Managed' })
  for (let next = await ipad.idle(); next; next = await ipad.report(next.uuid, 'Acknowledged', {}));

  await tell({ 'se.malmby.game': 'Managed', 'se.malmby.papers': 'Managed', 'se.malmby.mail': 'Installing' })
  t.like(await apps(), { drift: { missing: [], extra: ['se.malmby.game'] } })
  t.is((await putRight({ missing: true })).body.error?.code, 'nothing-to-put-right')
  const removing = await putRight({ missing: false, extra: true })
  const removal = await show(removing.body.commands?.[0]?.commandUUID ?? '')
  t.like(removal, { requestType: 'RemoveApplication', parameters: { Identifier: 'se.malmby.game' } })

  for (let next = await ipad.idle(); next; next = await ipad.report(next.uuid, 'Acknowledged', {}));

  // A second person agrees to just these apps: what differs by then besides is left alone.
  interface Job {
    readonly id: string
    readonly state: string
    readonly counts: object
  }
  const patch = async (settings: object) => {
    const { version } = (await desk.get<{ version: number }>('/api/v1/organisations/current')).body
    await desk.patch('/api/v1/organisations/current', { version, settings })
  }
  await patch({ bulkLimit: 1 })
  const withGame = { 'se.malmby.game': 'Managed', 'se.malmby.papers': 'Managed', 'se.malmby.mail': 'Managed' }
  for (const each of [ipad, other]) await tell(withGame, each)
  const visitor = await signedIn(server, ['admin'])
  t.regex((await visitor.see('/profiles/apps/drift')).html, /href="\/profiles\/apps\/put-right\?what=extra"/)
  const place = '/profiles/apps/put-right'
  const preview = (await visitor.see(`${place}?what=extra`)).html
  t.regex(preview, /Remove apps that are too many: 2 iPads[^]*2 apps are removed[^]*Ask for approval/)
  const attempt = /name="attempt" value="([^"]+)"/.exec(preview)?.[1] ?? ''
  const unsaid = await visitor.send(place, { what: 'extra', attempt, reason: '' })
  t.is(unsaid.status, 422, 'a reason is wanted here too')
  t.regex(unsaid.html, /name="what" value="extra"/)
  t.is(
    (await visitor.send(place, { what: 'missing', attempt, reason: 'x' })).status,
    422,
    'nothing is missing',
  )
  const waiting = (await desk.post<Job>(allRight, { missing: false, extra: true, reason: 'Spel' })).body
  t.like(waiting, { state: 'waiting', variant: 'remove-extra-apps', counts: { total: 2 } })
  await tell({ 'se.malmby.game': 'Managed', 'se.malmby.chess': 'Managed', 'se.malmby.papers': 'Managed' })
  const [request] = (await desk.get<{ items: { id: string }[] }>('/api/v1/approvals?state=waiting')).body
    .items
  t.is(
    (await desk.post(`/api/v1/approvals/${request?.id ?? ''}/approve`)).status,
    403,
    'nobody agrees with themselves',
  )
  const second = await server.as('second-line')
  t.is((await second.post(`/api/v1/approvals/${request?.id ?? ''}/approve`)).status, 200)
  const ended = await eventually(
    async () => (await desk.get<Job>(`/api/v1/jobs/${waiting.id}`)).body,
    job => job.state === 'done',
  )
  t.like(ended, { counts: { done: 2, refused: 0, failed: 0 } })
  const told = await ipad.idle()
  t.like(await show(told?.uuid ?? ''), { parameters: { Identifier: 'se.malmby.game' }, reason: 'Spel' })
  const next = await ipad.report(told?.uuid ?? '', 'Acknowledged')
  t.is(next?.requestType, 'ManagedApplicationList', 'the other game stays')
  await ipad.report(next?.uuid ?? '', 'Acknowledged', {})
  for (let left = await other.idle(); left; left = await other.report(left.uuid, 'Acknowledged', {}));
  await tell({ 'se.malmby.papers': 'Managed', 'se.malmby.mail': 'Managed' }, other)
  await patch({ bulkLimit: 25 })
  await tell({ 'se.malmby.game': 'Managed', 'se.malmby.papers': 'Managed', 'se.malmby.mail': 'Installing' })

  t.is((await desk.post(`${path}/versions`, { ...content, basedOn: 2 })).status, 409, 'another was seen')
  const less = { ...content, apps: content.apps.slice(0, 1), basedOn: 1 }
  t.is((await desk.post(`${path}/versions`, less)).status, 201)
  t.deepEqual((await apps()).drift?.extra, ['se.malmby.game', 'se.malmby.mail'], 'the newest version holds')
  t.is((await desk.post(`${path}/end`)).status, 200)
  t.is((await apps()).drift, undefined)
  t.is((await desk.post<Refused>(allRight, all)).body.error.code, 'apps-all-right')
  t.is(
    (await desk.post<Refused>(`${path}/versions`, { ...less, basedOn: 2 })).body.error.code,
    'app-set-ended',
  )
})
