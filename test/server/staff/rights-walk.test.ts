import { readFile } from 'node:fs/promises'
import test, { type ExecutionContext } from 'ava'
import { rights, roles, type Right } from '../../../server/staff/rights.ts'
import { handOut, created } from '../../support/hand-out.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { oneServer } from '../../web-admin/one-server.ts'

/**
 * Who may what, from the words of the trade and not from the code: the first line takes reports and locks, the desk
 * lends, the secretary keeps people, finance counts, the auditor reads, and two of the second line wipe. A right that
 * the code gives to anybody else, or takes away, has to be changed here as well, by somebody who means it.
 */
const whoMay: Readonly<Record<Right, string>> = {
  'organisation.read': 'admin second-line helpdesk handout secretary finance auditor',
  'organisation.write': 'admin',
  'staff.write': 'admin',
  'staff.report': 'admin auditor',
  'devices.read': 'admin second-line helpdesk handout secretary finance auditor',
  'devices.write': 'admin second-line handout',
  'devices.bulk': 'admin second-line handout',
  'jobs.read': 'admin second-line helpdesk handout auditor',
  'people.read': 'admin second-line helpdesk handout secretary auditor',
  'people.write': 'admin secretary',
  'people.export': 'admin secretary auditor',
  'people.merge': 'admin secretary',
  'people.reveal': 'admin secretary',
  'bodies.read': 'admin second-line helpdesk handout secretary finance auditor',
  'bodies.write': 'admin secretary finance',
  'enrolment.write': 'admin second-line handout',
  'commands.read': 'admin second-line helpdesk handout auditor',
  'commands.send': 'admin second-line helpdesk handout',
  'passcode.clear': 'admin second-line helpdesk',
  'apps.install': 'admin second-line',
  'lost-mode.use': 'admin second-line helpdesk',
  'location.read': 'admin second-line helpdesk',
  'loans.read': 'admin second-line helpdesk handout secretary auditor',
  'loans.write': 'admin handout',
  'incidents.read': 'admin second-line helpdesk auditor',
  'incidents.report': 'admin second-line helpdesk handout',
  'incidents.work': 'admin second-line helpdesk',
  'incidents.decide': 'admin second-line',
  'wipe.request': 'admin second-line',
  'wipe.approve': 'admin second-line',
  'approvals.read': 'admin second-line helpdesk auditor',
  'approvals.decide': 'admin second-line',
  'costs.read': 'admin finance auditor',
  'costs.write': 'admin finance',
  'policies.read': 'admin second-line helpdesk handout secretary finance auditor',
  'policies.write': 'admin second-line',
  'policies.approve': 'admin second-line',
  'profiles.read': 'admin second-line helpdesk handout auditor',
  'profiles.write': 'admin second-line',
  'profiles.approve': 'admin second-line',
  'profiles.reveal': 'admin',
  'guides.write': 'admin second-line',
  'rollouts.read': 'admin second-line helpdesk handout auditor',
  'rollouts.write': 'admin',
  'rollouts.send-again': 'admin second-line helpdesk handout',
  'audit.read': 'admin auditor',
}

/** One server for the walks that make nothing. */
const walked = oneServer(test)

interface Walked {
  readonly method: string
  readonly path: string
  /** Any of them opens it. */
  readonly named: readonly Right[]
  /** The one content type that it reads, where it is neither JSON nor a form. */
  readonly takes: string | undefined
}

/** Every route of the door as it is composed, with the right it names. */
function allRoutes(server: TestServer): (Walked & { readonly isClosed: boolean })[] {
  const door = server.ornkoll.doors.staff
  if (!door) throw new Error('There is no staff door')
  const lookup = (door.auth as unknown as { lookup(of: object): false | { mode: string } }).lookup.bind(
    door.auth,
  )
  return door.table().map(route => {
    const { method, path, settings } = route
    const auth = lookup(route)
    const scope = /"selection":\[([^\]]+)\]/.exec(JSON.stringify(settings.auth ?? ''))?.[1] ?? ''
    const named = [...scope.matchAll(/"([\w.-]+)"/g)].map(([, right]) => right as Right)
    const takes = [settings.payload?.allow ?? []].flat()[0]
    return { method, path, named, takes, isClosed: auth !== false && auth.mode === 'required' }
  })
}

const closedRoutes = (server: TestServer): Walked[] => allRoutes(server).filter(({ isClosed }) => isClosed)

/** What opens a route, as route-rights.txt writes it: a right, any of two, one's `own` affairs, or `open` to strangers. */
function writtenOut({ method, path, named, isClosed }: ReturnType<typeof allRoutes>[number]): string {
  const opener = named.length > 0 ? named.join(' | ') : isClosed ? 'own' : 'open'
  // The files of a version of the product have its fingerprint in their address.
  return `${opener}: ${method} ${path.replace(/^\/assets\/[0-9a-f]{12}\//, '/assets/{version}/')}`
}

const filled = (path: string, id: string) => path.replace(/\{[^}]+\}/g, id)

const crumb = 'a'.repeat(43)

/** What people look at; what is said about the API is for them too. */
const isPage = (path: string) => !path.startsWith('/api/') || path.startsWith('/api/docs')

/** A body that the route reads, with nothing of use in it; forms bring the crumb that their browser would have. */
function bodyFor({ method, path, takes }: Walked): { type?: string; body?: string | FormData } {
  if (method === 'get') return {}
  if (takes?.startsWith('multipart')) {
    const form = new FormData()
    form.set('crumb', crumb)
    return { body: form }
  }
  if (takes !== undefined) return { type: takes, body: 'a;b' }
  return isPage(path)
    ? { type: 'application/x-www-form-urlencoded', body: `crumb=${crumb}` }
    : { type: 'application/json', body: '{}' }
}

/** One call of the route under `path` as a program with this token, or as nobody. */
async function call(server: TestServer, route: Walked, path: string, token?: string) {
  const { type, body } = bodyFor(route)
  const headers = new Headers({ cookie: `crumb=${crumb}` })
  if (token) headers.set('authorization', `Bearer ${token}`)
  if (type) headers.set('content-type', type)
  const answer = await fetch(`${server.url}${path}`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    headers,
    ...(body !== undefined && { body }),
  })
  const isStream = answer.headers.get('content-type')?.includes('event-stream') === true
  if (isStream) await answer.body?.cancel()
  return { status: answer.status, text: isStream ? '' : await answer.text() }
}

/** Whether the door itself refused: the role lacks the right. Use cases have other words for what they refuse. */
function isShut({ status, text }: { status: number; text: string }, path: string): boolean {
  if (status !== 403) return false
  if (isPage(path)) return true
  return (JSON.parse(text) as { error: { code: string } }).error.code === 'not-allowed'
}

test('each right is held by the roles that are written down for it, and by no other', t => {
  const held = Object.entries(rights).map(([right, its]) => [right, [...its].toSorted()])
  const meant = Object.entries(whoMay).map(([right, its]) => [right, its.split(' ').toSorted()])
  t.deepEqual(Object.fromEntries(held), Object.fromEntries(meant))
})

test('every route opens for the roles of its right and for nobody else', async t => {
  t.timeout(900_000)
  const server = await walked()
  const routes = closedRoutes(server)
  const written = (await readFile(new URL('route-rights.txt', import.meta.url), 'utf8')).trim().split('\n')
  const composed = allRoutes(server).map(writtenOut)
  const unwritten = composed.filter(line => !written.includes(line))
  t.deepEqual(unwritten, [], 'write in route-rights.txt what should open these')
  const gone = written.filter(line => !composed.includes(line))
  t.deepEqual(gone, [], 'these stand in route-rights.txt and are not so')
  let calls = 0
  for (const route of routes) {
    const { status } = await call(server, route, filled(route.path, 'nobody'))
    calls += 1
    const isPageLook = route.method === 'get' && isPage(route.path)
    t.is(status, isPageLook ? 302 : 401, `a stranger: ${route.method} ${route.path}`)
  }
  for (const role of roles) {
    const { token } = await server.as(role)
    for (const route of routes) {
      const { method, path, named } = route
      if (named.length === 0) continue
      const answer = await call(server, route, filled(path, 'nobody'), token)
      calls += 1
      const where = `${role}: ${method} ${path} (${named.join(', ')}) → ${answer.status}`
      const may = named.some(right => whoMay[right].split(' ').includes(role))
      t.is(isShut(answer, path), !may, where)
      t.true(answer.status < 500, where)
      t.not(answer.status, 401, where)
    }
  }
  // What names no right is about the person who asks, or leads on without showing anything.
  const own = /^\/$|^\/api\/v1\/me(\/|$)|^\/account(\/|$)|^\/confirm(\/|$)/
  const { token } = await server.as('auditor')
  for (const route of routes.filter(({ named, path }) => named.length === 0 && !own.test(path))) {
    t.is(route.method, 'get', route.path)
    const { status } = await call(server, route, filled(route.path, 'nobody'), token)
    t.is(status, 303, route.path)
    calls += 1
  }
  t.log(`${routes.length} closed routes, ${roles.length} roles and a stranger: ${calls} calls`)
  t.true(routes.length > 150)
})

/** One of everything in the first organisation, marked so that it is found again wherever it leaks. */
async function aFilledOrganisation(t: ExecutionContext) {
  const server = await startTestServer(t)
  const desk = await server.as(['admin', 'second-line'])
  const post = <T = { id: string }>(path: string, body: object) => created<T>(desk, `/api/v1/${path}`, body)
  const marker = 'Hemligby'
  const body = await post('bodies', {
    name: `${marker} nämnd`,
    type: 'committee',
    costCentre: '4711',
    startsOn: '2026-01-01',
  })
  const person = await post('people', {
    givenName: marker,
    familyName: 'Sekretess',
    email: 'hemligby@example.se',
  })
  const mandate = await post('mandates', {
    personId: person.id,
    bodyId: body.id,
    role: 'member',
    startsOn: '2026-01-01',
  })
  const device = await post('devices', { serialNumber: 'DMPHEMLIGBY1', assetTag: marker })
  const stolen = await post('devices', { serialNumber: 'DMPHEMLIGBY2' })
  const loan = await handOut(desk, person.id, device.id)
  const incident = await post('incidents', { kind: 'theft', deviceId: stolen.id, description: marker })
  const costLine = await post('cost-lines', {
    kind: 'one-off',
    fromOn: '2026-01-01',
    amountOre: 100,
    payer: { kind: 'body', bodyId: body.id },
    bearer: { kind: 'body', bodyId: body.id },
    text: marker,
    category: 'device',
  })
  await post('staff', { name: marker, email: 'hemligby.personal@example.se', roles: ['handout'] })
  await post('tokens', { name: marker, roles: ['handout'] })
  const staff = (await desk.get<{ items: { id: string }[] }>('/api/v1/staff')).body.items[0]
  const ids: readonly (readonly [RegExp, string])[] = [
    [/\/bodies\//, body.id],
    [/\/people\//, person.id],
    [/\/mandates\//, mandate.id],
    [/\/devices\//, device.id],
    [/\/loans\/|\/hand-out\//, loan.loanId],
    [/\/liability-forms\//, loan.formId],
    [/\/incidents\/|\/theft\//, incident.id],
    [/\/cost-lines\/|\/costs\/lines\//, costLine.id],
    [/\/staff\//, staff?.id ?? ''],
  ]
  return { server, desk, marker, ids }
}

test('an administrator of another organisation reads nothing of it on any route, and changes nothing', async t => {
  t.timeout(900_000)
  const { server, desk, marker, ids } = await aFilledOrganisation(t)
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const { token } = await server.as([...roles], otherId)
  const routes = closedRoutes(server)
  const lists = routes.filter(
    ({ method, path }) => method === 'get' && path.startsWith('/api/v1/') && !path.includes('{'),
  )
  // The log grows by the looking itself, the time of the last use of a token moves, and a report says when it was made.
  const steady = lists.filter(
    ({ path }) => !/\/audit|\/me|\/tokens|\/events|\/jobs|\/rights-report/.test(path),
  )
  const picture = async () => {
    const seen: Record<string, unknown> = {}
    for (const { path } of steady) {
      const { status, body } = await desk.get<unknown>(path)
      if (status === 200) seen[path] = body
    }
    return seen
  }
  const before = await picture()
  t.true(JSON.stringify(before).includes(marker), 'there is something to see at home')

  const secrets = [marker, 'DMPHEMLIGBY', ...ids.map(([, id]) => id)].filter(text => text.length > 5)
  let crossed = 0
  for (const route of routes) {
    const id = ids.find(([pattern]) => pattern.test(route.path))?.[1] ?? 'nobody'
    const path = filled(route.path, id)
    const { status, text } = await call(server, route, path, token)
    crossed += 1
    const where = `${route.method} ${path} → ${status}`
    t.true(status < 500, where)
    // What was asked for stands in the answer's own address; nothing else of it may.
    const told = text.replaceAll(path, '').replaceAll(encodeURIComponent(path), '')
    for (const secret of secrets) t.false(told.includes(secret) && secret !== id, `${where} tells ${secret}`)
    if (id === 'nobody' || !route.path.includes('{') || !path.startsWith('/api/')) continue
    const isEmpty = status === 200 && (JSON.parse(text) as { items?: unknown[] }).items?.length === 0
    const isRefused = route.method === 'get' ? status === 404 || isEmpty : status >= 400
    t.true(isRefused, where)
  }
  t.deepEqual(await picture(), before)
  t.log(`${crossed} calls by an administrator of another organisation`)
})

test('every table belongs to an organisation but those that are named here with a reason', async t => {
  const server = await walked()
  const shared = server.ornkoll.tables.all.filter(({ tenancy }) => 'sharedBecause' in tenancy)
  t.deepEqual(shared.map(({ name }) => name).sort(), [
    'organisations',
    'pushCertificates',
    'spentChallenges',
    'staff',
    'unknownTries',
  ])
  t.true(server.ornkoll.tables.all.length > 20)
})
