import test from 'ava'
import { apiClient } from '../../support/api-client.ts'
import { startTestServer } from '../../support/server.ts'
import { signedIn } from '../../web-admin/visitor.ts'

/** Every route that needs no sign-in. A new one must be added here on purpose. */
const openRoutes = [
  'get /assets/{version}/signature_pad.js',
  'get /assets/{version}/styles.css',
  'get /assets/{version}/{file*}',
  'get /look/colour/{colour}',
  'get /look/logo/{sha256}',
  'get /accessibility',
  'get /health/live',
  'get /health/ready',
  'get /choose-password/{token}',
  'get /set-up/{token}',
  'get /sign-in',
  'get /sign-in/passkey',
  'get /sign-in/single-sign-on/answer',
  'get /sign-in/signed-out',
  'get /sign-in/single-sign-on/{organisationId}',
  'get /sign-in/single-sign-on/{organisationId}/sign-out',
  'get /sign-in/second-factor',
  'get /sign-in/second-factor/set-up',
  'get /sign-in/second-factor/set-up/passkey',
  'get /{path*}',
  'post /sign-out',
  'post /preferences',
  'post /choose-password/{token}',
  'post /set-up/{token}',
  'post /sign-in',
  'post /sign-in/passkey',
  'post /sign-in/second-factor',
  'post /sign-in/second-factor/set-up',
  'post /sign-in/second-factor/set-up/passkey',
]

test('every route of the staff door is closed but those on the list', async t => {
  const server = await startTestServer(t)
  const door = server.ornkoll.doors.staff
  const open = (door?.table() ?? []).filter(route => {
    // `lookup` is missing from Hapi's types; false means that the route asks nobody who they are.
    const rules = door?.auth as unknown as { lookup(of: typeof route): false | { mode: string } }
    const auth = rules.lookup(route)
    return auth === false || auth.mode !== 'required'
  })
  const names = open.map(
    ({ method, path }) => `${method} ${path.replace(/^\/assets\/[^/]+/, '/assets/{version}')}`,
  )
  t.deepEqual(names.sort(), openRoutes.toSorted())
})

test('a closed API route names a right, or is about oneself alone', async t => {
  const server = await startTestServer(t)
  const without = (server.ornkoll.doors.staff?.table() ?? []).filter(
    ({ path, settings }) =>
      path.startsWith('/api/v1/') && !JSON.stringify(settings.auth ?? '').includes('scope'),
  )
  t.deepEqual(
    [...new Set(without.map(({ path }) => path))].filter(path => !/^\/api\/v1\/me(\/|$)/.test(path)),
    [],
  )
})

test('a page asks a stranger to sign in and remembers where they wanted to go', async t => {
  const server = await startTestServer(t)
  const answer = await apiClient(server.url, undefined).get('/devices?limit=5')
  t.is(answer.status, 302)
  t.is(answer.headers.get('location'), '/sign-in?next=%2Fdevices%3Flimit%3D5')
})

test('a cookie used by another site on the API is refused', async t => {
  const server = await startTestServer(t)
  const foreign = [
    { origin: 'https://evil.example' },
    { referer: 'https://evil.example/form' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  const ask = async (headers: Record<string, string>) =>
    (await apiClient(server.url, undefined).post('/api/v1/tokens', {}, { ...headers, cookie: 'ornkoll=x' }))
      .status
  for (const headers of foreign) t.is(await ask(headers), 403, JSON.stringify(headers))
  for (const headers of foreign)
    t.is(
      await ask({ ...headers, authorization: 'Basic YTpi' }),
      403,
      'a cookie counts beside what is no token',
    )
  for (const headers of [{ origin: server.url }, { referer: `${server.url}/settings` }, {}])
    t.is(await ask(headers), 401, 'it is its cookie that opens nothing')
})

test('answers carry a policy without inline script, and nothing personal is cached', async t => {
  const server = await startTestServer(t)
  const { headers } = await apiClient(server.url, undefined).get('/sign-in')
  t.regex(headers.get('content-security-policy') ?? '', /script-src 'self'/)
  t.notRegex(headers.get('content-security-policy') ?? '', /unsafe/)
  t.is(headers.get('cache-control'), 'no-store')
  t.is(headers.get('x-frame-options'), 'DENY')
})

test('what another product left in the browser locks nobody out', async t => {
  const server = await startTestServer(t)
  for (const cookie of ['a=%%%;;==', 'x="unterminated', 'foo=bar baz']) {
    const stranger = apiClient(server.url, undefined)
    const page = await fetch(`${server.url}/sign-in`, { headers: { cookie } })
    t.is(page.status, 200, cookie)
    const device = await fetch(`${server.url}/scep?operation=GetCACaps`, { headers: { cookie } })
    t.is(device.status, 200, cookie)
    t.is((await stranger.post('/api/v1/tokens', {}, { cookie })).status, 401, cookie)
  }
})

test('a request without a body names what is missing, and does what needs no word more', async t => {
  const admin = await (await startTestServer(t)).as('admin')
  const empty = await admin.post<{ error: { fields: { path: string }[] } }>('/api/v1/bodies')
  t.is(empty.status, 400)
  t.true(empty.body.error.fields.some(({ path }) => path === 'name'))
  const deed = await admin.post<{ error: { code: string } }>('/api/v1/devices/nobody/actions/refresh')
  t.is(deed.status, 404)
})

test('the API takes JSON, keys that it knows and text that can be written; forms lose what was pasted along', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  interface Refused {
    readonly error: { readonly message: string; readonly fields?: readonly { readonly path: string }[] }
  }
  const anna = { givenName: 'Anna', familyName: 'Berg', email: 'anna@example.se' }
  for (const givenName of ['A\0b', 'A\u001bb', 'A\u202eb', 'A\ud800']) {
    const { status, body } = await admin.post<Refused>('/api/v1/people', { ...anna, givenName })
    t.is(status, 400)
    t.deepEqual(body.error.fields, [
      { path: 'givenName', message: 'This holds a character that cannot be written.' },
    ] as never)
  }
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`key${String(number)}`, 1]))
  const told = await admin.post<Refused>('/api/v1/people', many)
  t.is(told.body.error.fields?.length, 50)
  t.regex(told.body.error.message, /^Give the given name\. Give the family name\. /)
  const types = ['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream']
  for (const type of types) {
    const sent = await admin.post('/api/v1/people', anna, { 'content-type': type })
    t.is(sent.status, 415, type)
  }
  const xml = await admin.post<Refused>('/api/v1/people', anna, { 'content-type': 'application/xml' })
  t.regex(xml.body.error.message, /Send JSON/)
  t.is((await admin.get('/api/v1/assignments?limit=-1')).status, 400)
  const stranger = apiClient(server.url, undefined)
  t.is((await stranger.post('/api/v1/people', anna, { 'content-type': 'text/plain' })).status, 401)
  const people = async () =>
    (await admin.get<{ items: { givenName: string }[] }>('/api/v1/people')).body.items
  t.deepEqual(await people(), [])
  const person = await signedIn(server, ['admin'])
  const typed = { ...anna, givenName: 'An\u000bna', language: 'sv' }
  t.is((await person.send('/people/add', typed)).status, 303)
  t.deepEqual(
    (await people()).map(({ givenName }) => givenName),
    ['Anna'],
  )
})

test('health tells of each part without a sign-in, and no door prints the words of a fault', async t => {
  const server = await startTestServer(t)
  for (const door of ['device', 'staff'] as const) t.is(server.ornkoll.doors[door]?.settings.debug, false)
  const live = await apiClient(server.url, undefined).get('/health/live')
  t.is(live.status, 200)
  const ready = await apiClient(server.url, undefined).get<{ store: { state: string } }>('/health/ready')
  t.is(ready.status, 200)
  t.is(ready.body.store.state, 'up')
})

test('both doors leave the connection open for what the caller asks next', async t => {
  const server = await startTestServer(t)
  for (const path of ['/health/live', '/mdm/unknown'])
    t.is((await fetch(`${server.url}${path}`)).headers.get('connection'), 'keep-alive', path)
})

test('an unknown path of the device door is never answered with 401 or 403', async t => {
  const server = await startTestServer(t)
  for (const path of ['/mdm/unknown', '/enroll/', '/guides/x']) {
    const { status } = await fetch(`${server.url}${path}`, { method: 'PUT', body: 'x' })
    t.false([401, 403].includes(status), path)
    t.true(status >= 400, path)
  }
})

test('a path of the API with a method that it does not take is told from one that there is not', async t => {
  const server = await startTestServer(t)
  const token = (await server.as('admin')).token ?? ''
  const ask = async (method: string, path: string) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${server.url}${path}`, { method, headers })
    return { status: answer.status, allow: answer.headers.get('allow') }
  }
  for (const [method, path, allow] of [
    ['PUT', '/api/v1/devices', 'GET, HEAD, POST'],
    ['POST', '/api/v1/devices/x', 'GET, HEAD, PATCH'],
    ['GET', '/api/v1/devices/x/enrolment-link', 'POST'],
    ['OPTIONS', '/api/v1/me', 'GET, HEAD'],
  ] as const)
    t.like(await ask(method, path), { status: 405, allow }, `${method} ${path}`)
  for (const [method, path] of [
    ['POST', '/api/v1/nowhere'],
    ['GET', '/api/v1/nowhere'],
    ['GET', '/api/v1/devices/x'],
    ['PUT', '/devices'],
    ['OPTIONS', '/api/v1/devices/%ff'],
    ['PROPFIND', '/api/v1/devices/%E0%A4%A'],
  ] as const)
    t.like(await ask(method, path), { status: 404, allow: null }, `${method} ${path}`)
  const { body } = await (await server.as('admin')).put<{ error: object }>('/api/v1/devices', {})
  t.like(body.error, { code: 'method-not-allowed' })
})
