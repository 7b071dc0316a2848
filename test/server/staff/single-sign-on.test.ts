import { once } from 'node:events'
import { createServer } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { systemActor } from '../../../server/staff/actor.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { apiClient } from '../../support/api-client.ts'
import { startIdentityProvider } from '../../support/identity-provider.ts'
import { startTestServer } from '../../support/server.ts'
import { visitor } from '../../web-admin/visitor.ts'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

const settings = {
  version: 0,
  name: 'Ekeby kommun',
  clientId: 'ornkoll',
  clientSecret: 'hemlig klient',
  groupClaim: 'groups',
  groupRoles: [
    { group: 'IT-support', role: 'helpdesk' },
    { group: 'Ekonomi', role: 'finance' },
    { group: 'Drift', role: 'admin' },
  ],
  assurance: '',
  createsAccounts: true,
  enabled: true,
} as const

/** An organisation whose people sign in at a real provider. */
async function anOrganisation(t: ExecutionContext, changes: Record<string, unknown> = {}) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startTestServer(t, {
    env: { PORT: String(port), ORNKOLL_URL: url, ORNKOLL_PRIVATE_PROVIDERS: 'accepted' },
  })
  const provider = await startIdentityProvider(t, `${url}/sign-in/single-sign-on/answer`)
  const admin = await server.as('admin')
  const path = '/api/v1/organisations/current/identity-provider'
  const saved = await admin.put(path, { ...settings, issuer: provider.issuer, ...changes })
  t.is(saved.status, 200, JSON.stringify(saved.body))
  const begin = `/sign-in/single-sign-on/${server.organisationId}`
  return { server, provider, admin, path, begin, url }
}

/** Follows the browser through the provider, with its cookies there; gives where it is sent back to. */
async function throughProvider(start: string, cookies = new Map<string, string>()): Promise<URL> {
  let at = new URL(start)
  const { origin } = at
  for (let hop = 0; hop < 10; hop += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null)
      throw new Error(`The provider stopped with ${answer.status}: ${await answer.text()}`)
    at = new URL(location, at)
    if (at.origin !== origin) return at
  }
  throw new Error('The provider goes round in circles')
}

const own = (url: URL) => url.pathname + url.search
const asta = {
  sub: 'asta-1',
  email: 'asta@ekeby.se',
  email_verified: true,
  name: 'Asta Lind',
  groups: ['IT-support', 'Fiske'],
}

test('whoever signs in at the provider gets the roles of their groups, each time anew', async t => {
  const { server, provider, begin, admin } = await anOrganisation(t)
  provider.person = asta
  const person = visitor(server)
  const page = await person.see('/sign-in?next=/devices')
  t.regex(page.html, /Sign in with Ekeby kommun/)
  const away = await person.see(`${begin}?next=%2Fdevices`)
  const asked = new URL(away.location ?? '')
  t.is(asked.origin, provider.issuer)
  t.is(asked.searchParams.get('code_challenge_method'), 'S256')
  const back = await throughProvider(asked.href)
  t.is((await person.see(own(back))).location, '/devices')
  t.is((await person.see('/devices')).status, 200)
  t.is((await person.see('/costs')).status, 403)

  provider.person = { ...asta, groups: 'Ekonomi' }
  const again = visitor(server)
  await again.see(own(await throughProvider((await again.see(begin)).location ?? '')))
  t.is((await again.see('/costs')).status, 200)
  const { body } = await admin.get<{ items: { name: string; roles: Role[] }[] }>('/api/v1/staff')
  t.deepEqual(
    body.items.map(({ name, roles }) => [name, roles]),
    [['Asta Lind', ['finance']]],
    'one account, however often',
  )

  // A key that was made by an administrator does not outlive the group that made one of them.
  const bo = { name: 'Bo', email: 'bo@ekeby.se', language: 'sv', roles: ['admin'] } as const
  await server.ornkoll.staff.add(systemActor(server.organisationId), bo)
  const come = async (groups: string[]) => {
    provider.person = { ...asta, groups }
    const session = visitor(server)
    await session.see(own(await throughProvider((await session.see(begin)).location ?? '')))
    return session
  }
  const ruler = await come(['Drift'])
  const made = await ruler.send('/settings/tokens', { name: 'mine', days: '1', roles: ['admin'] })
  const [token = ''] = /orn_[\w-]{43}/.exec(made.html) ?? []
  const program = apiClient(server.url, token)
  t.is((await program.get('/api/v1/me')).status, 200)
  await come(['Drift'])
  t.is((await program.get('/api/v1/me')).status, 200)
  await come(['Ekonomi'])
  t.is((await program.get('/api/v1/me')).status, 401)
})

test('nobody comes in without a group that has a role', async t => {
  const { server, provider, begin, admin } = await anOrganisation(t)
  for (const groups of [undefined, [], ['Fiske'], ['it-support'], { 0: 'IT-support' }]) {
    provider.person = { ...asta, groups }
    const person = visitor(server)
    const refused = await person.see(own(await throughProvider((await person.see(begin)).location ?? '')))
    t.is(refused.status, 403)
    t.regex(refused.html, /None of your groups/)
    t.is((await person.see('/devices')).status, 302)
  }
  t.is((await admin.get<{ items: unknown[] }>('/api/v1/staff')).body.items.length, 0)
})

test('an answer is taken once, in the browser that asked, as it was given', async t => {
  const { server, provider, begin } = await anOrganisation(t)
  provider.person = asta
  const person = visitor(server)
  const back = await throughProvider((await person.see(begin)).location ?? '')

  const stranger = visitor(server)
  t.is((await stranger.see(own(back))).status, 403, 'another browser')
  t.is((await stranger.see('/devices')).status, 302)

  for (const [name, value] of [
    ['state', 'made-up'],
    ['code', 'made-up'],
    ['iss', 'https://evil.example'],
  ] as const) {
    const other = visitor(server)
    const changed = await throughProvider((await other.see(begin)).location ?? '')
    changed.searchParams.set(name, value)
    const refused = await other.see(own(changed))
    t.is(refused.status, 403, name)
    t.regex(refused.html, /could not be trusted/, name)
    t.is((await other.see('/devices')).status, 302, name)
  }

  t.is((await person.see(own(back))).location, '/')
  t.is((await person.see(own(back))).status, 403, 'a second time')
})

test('the same attempt cannot be answered twice, also when the browser keeps its cookie', async t => {
  const { server, provider, url } = await anOrganisation(t)
  provider.person = asta
  const { singleSignOn } = server.ornkoll
  const from = { address: '', agent: '' }
  const { url: asked, attempt } = await singleSignOn.begin(server.organisationId, '/')
  const back = await throughProvider(asked)
  t.true(back.href.startsWith(`${url}/sign-in/single-sign-on/answer`))
  t.truthy(await singleSignOn.finish(attempt, back.search, from))
  await t.throwsAsync(singleSignOn.finish(attempt, back.search, from), { code: 'single-sign-on-refused' })
  await t.throwsAsync(singleSignOn.finish('v1.AAAA', back.search, from), { code: 'sign-in-over' })
})

test('an ID token for another question is refused', async t => {
  const { server, provider } = await anOrganisation(t)
  provider.person = asta
  const { singleSignOn } = server.ornkoll
  const { url, attempt } = await singleSignOn.begin(server.organisationId, '/')
  const tampered = new URL(url)
  tampered.searchParams.set('nonce', 'of-somebody-else')
  const back = await throughProvider(tampered.href)
  await t.throwsAsync(singleSignOn.finish(attempt, back.search, { address: '', agent: '' }), {
    code: 'single-sign-on-refused',
  })
})

test('an issuer that is not who it says, does not answer or has no TLS is not saved', async t => {
  const { admin, provider, path } = await anOrganisation(t)
  const port = new URL(provider.issuer).port
  for (const [issuer, code] of [
    [`http://localhost:${port}`, 'issuer-unreachable'],
    [`${provider.issuer}/elsewhere`, 'issuer-unreachable'],
    ['http://127.0.0.1:1', 'issuer-unreachable'],
    ['http://login.example.se', 'identity-provider-invalid'],
    ['ftp://login.example.se', 'identity-provider-invalid'],
    ['login', 'identity-provider-invalid'],
  ] as const) {
    const answer = await admin.put<{ error: { code: string } }>(path, { ...settings, version: 1, issuer })
    t.is(answer.status, 422, issuer)
    t.is(answer.body.error.code, code, issuer)
  }
  for (const changed of [{ clientId: 'another' }, { issuer: 'https://evil.example' }]) {
    const kept = { ...settings, issuer: provider.issuer, version: 1, clientSecret: '', ...changed }
    const answer = await admin.put<{ error: { code: string } }>(path, kept)
    t.is(answer.status, 422)
    t.is(answer.body.error.code, 'client-secret-needed', 'a secret goes to no other client or issuer')
  }
  const { body } = await admin.get<{ issuer: string; hasSecret: boolean }>(path)
  t.is(body.issuer, provider.issuer)
  t.notRegex(JSON.stringify(body), /hemlig klient|clientSecret/)
  const { body: log } = await admin.get<object>('/api/v1/audit')
  t.notRegex(JSON.stringify(log), /hemlig klient/)
})

test('the assurance level that is asked for has to be reached, and stays on the session and in the log', async t => {
  const { server, provider, admin } = await anOrganisation(t, { assurance: 'urn:high' })
  provider.person = asta
  const { singleSignOn, signIn } = server.ornkoll
  const from = { address: '', agent: '' }
  const finish = async () => {
    const { url, attempt } = await singleSignOn.begin(server.organisationId, '/')
    t.is(new URL(url).searchParams.get('acr_values'), 'urn:high')
    return singleSignOn.finish(attempt, (await throughProvider(url)).search, from)
  }
  for (const acr of [undefined, 'urn:low']) {
    provider.acr = acr
    await t.throwsAsync(finish, { code: 'single-sign-on-assurance' })
  }
  provider.acr = 'urn:high'
  const known = await signIn.whoHas((await finish()).secret ?? '')
  t.is(known?.session.acr, 'urn:high')
  t.deepEqual(known?.session.methods, ['single-sign-on'])
  interface Told {
    readonly items: readonly { readonly after?: object }[]
  }
  const { body } = await admin.get<Told>('/api/v1/audit?action=staff.sign-in&limit=1')
  t.like(body.items[0]?.after, { methods: ['single-sign-on'], assurance: 'urn:high' })
})

test('a provider speaks for its own organisation alone', async t => {
  const { server, provider, admin, path } = await anOrganisation(t)
  const { organisations, staff, singleSignOn, signIn, sessions } = server.ornkoll
  const other = await organisations.create({ name: 'Grannby', language: 'sv', secondFactorFor: [] })
  const password = 'ett eget lösenord i Grannby'
  const add = (organisationId: string, roles: readonly Role[], email: string) =>
    staff.add(systemActor(organisationId), { name: 'Bo', email, language: 'sv', roles, password })
  await add(other.id, ['admin'], 'bo@grannby.se')
  await add(other.id, ['admin'], 'both@ekeby.se')
  const shared = await add(server.organisationId, ['handout'], 'both@ekeby.se')
  const stranger = visitor(server)
  const unknown = await stranger.see('/sign-in')
  t.notRegex(unknown.html, /Ekeby kommun/, 'whose page it is has not been said')
  const asked = (email: string) => stranger.send('/sign-in', { email, password: '', do: 'provider' })
  for (const email of ['', 'bo@grannby.se']) t.is((await asked(email)).status, 422)
  const changed = { version: 1, settings: { mailDomains: ['ekeby.se'] } }
  t.is((await admin.patch('/api/v1/organisations/current', changed)).status, 200)
  t.is((await asked('bo@grannby.se')).status, 422)
  t.regex((await asked('asta@ekeby.se')).html, /Sign in with Ekeby kommun/)
  t.regex((await stranger.see('/sign-in')).html, /Sign in with Ekeby kommun/, 'the browser remembers it')
  t.notRegex((await stranger.see('/sign-in?organisation=')).html, /Ekeby kommun/)
  t.notRegex((await stranger.see('/sign-in')).html, /Ekeby kommun/, 'and forgets it')
  const told = await visitor(server).see(`/sign-in?organisation=${server.organisationId}`)
  t.regex(told.html, /Sign in with Ekeby kommun/)
  const from = { address: '', agent: '' }
  const finish = async () => {
    const { url, attempt } = await singleSignOn.begin(server.organisationId, '/')
    return singleSignOn.finish(attempt, (await throughProvider(url)).search, from)
  }

  provider.person = { ...asta, sub: 'thief', email: 'bo@grannby.se' }
  await t.throwsAsync(finish, { code: 'single-sign-on-unknown' })
  // The same words whether the address has an account or would get one.
  for (const email of ['both@ekeby.se', 'nobody@ekeby.se', undefined]) {
    for (const email_verified of [false, 'false', undefined]) {
      provider.person = { ...asta, sub: 'unproved', email, email_verified }
      await t.throwsAsync(finish, { code: 'single-sign-on-unproved' }, `${email} ${email_verified}`)
    }
  }
  t.is(await server.ornkoll.connected.db.collection('staff').countDocuments({ email: 'nobody@ekeby.se' }), 0)
  const { body: saved } = await admin.get<{ version: number }>(path)
  const vouched = { ...settings, ...saved, hasSecret: undefined, vouchesForAddresses: true, clientSecret: '' }
  t.is((await admin.put(path, vouched)).status, 200)
  provider.person = { ...asta, sub: 'denied', email: 'both@ekeby.se', email_verified: false }
  await t.throwsAsync(finish, { code: 'single-sign-on-unproved' }, 'what the provider says counts more')
  provider.person = { ...asta, sub: 'both', email: 'both@ekeby.se', email_verified: undefined }
  const { secret = '' } = await finish()
  t.is((await signIn.whoHas(secret))?.actor.id, shared.id)
  provider.person = { ...asta, sub: 'who came after', email: 'both@ekeby.se', email_verified: true }
  await t.throwsAsync(
    finish,
    { code: 'single-sign-on-unknown' },
    'the address is that of somebody else there',
  )
  const links = await admin.get<{ items: { action: string }[] }>('/api/v1/audit?action=staff.link-provider')
  t.is(links.body.items.length, 1, 'the first time is in the log')
  provider.person = { ...asta, sub: 'both', email: 'both@ekeby.se' }
  await t.throwsAsync(signIn.workIn(secret, other.id), { code: 'no-membership' })
  const elsewhere = await staff.get(systemActor(other.id), shared.id)
  t.deepEqual(elsewhere.roles, ['admin'], 'what it is elsewhere stays')

  await signIn.signIn({ email: 'both@ekeby.se', password })
  const bound = await signIn.whoHas(secret)
  if (!bound) throw new Error('The session is over')
  t.is((await sessions.list(bound.actor, bound.session)).length, 1, 'where else one is signed in is not told')
  t.is(await sessions.revokeAll(bound.actor, bound.session, bound.session.id), 0)
  t.is((await sessions.list(bound.actor, { staffId: shared.id })).length, 2, 'and no such session is ended')
  // Whoever can open sessions through a provider must not find out the password that opens the other organisation.
  const { confirming } = server.ornkoll
  for (const guess of [password, 'a guess'])
    await t.throwsAsync(confirming.confirm(bound.session, { password: guess }), { code: 'proof-at-provider' })
  t.like(await confirming.ways(bound.session), { password: false, code: false, passkey: undefined })

  // Somebody whom the provider names anew is linked again once they have used a password link.
  const sole = await add(server.organisationId, ['handout'], 'sole@ekeby.se')
  const comes = async (sub: string) => {
    provider.person = { ...asta, sub, email: 'sole@ekeby.se', email_verified: true }
    return (await signIn.whoHas((await finish()).secret ?? ''))?.actor.id
  }
  t.is(await comes('sole'), sole.id)
  await t.throwsAsync(comes('sole, named anew'), { code: 'single-sign-on-unknown' })
  const { passwords } = server.ornkoll
  const ruler = { ...systemActor(server.organisationId), roles: ['admin'] } as const
  const { secret: link } = await passwords.newLink(ruler, sole.id)
  await passwords.chooseByLink(link, 'sju sjösjuka sjömän sover')
  t.is(await comes('sole, named anew'), sole.id)
  await server.ornkoll.connected.db
    .collection('staff')
    .updateOne({ _id: sole.id as never }, { $set: { 'identities.0.clientId': 'an earlier client' } })
  t.is(await comes('sole, named for this client'), sole.id)
})

test('the provider of one organisation plants no key on an account, and takes lists along', async t => {
  const { server, provider, begin } = await anOrganisation(t)
  provider.person = { ...asta, groups: ['Drift'] }
  const person = visitor(server)
  await person.see(own(await throughProvider((await person.see(begin)).location ?? '')))
  t.is((await person.see('/account')).status, 200)
  t.is((await person.see('/account/second-factor')).status, 403)
  t.is((await person.send('/account/recovery-codes', {})).status, 403)
  const lists = ['/people/list.csv', '/settings/staff/list.csv', '/settings/tokens/list.csv']
  for (const path of lists) t.is((await person.see(path)).status, 200, path)
  const long = new Date(Date.now() - 3_600_000)
  await server.ornkoll.connected.db.collection('sessions').updateMany({}, { $set: { confirmedAt: long } })
  for (const path of lists) t.regex((await person.see(path)).html, /Confirm at Ekeby kommun/, path)
})

test('whoever signs in at a provider proves there again who they are, and takes a lent screen back', async t => {
  const { server, provider, begin, admin } = await anOrganisation(t)
  provider.person = asta
  const person = visitor(server)
  await person.see(own(await throughProvider((await person.see(begin)).location ?? '')))
  t.is((await person.see('/devices')).status, 200)
  const sessions = server.ornkoll.connected.db.collection('sessions')
  const long = new Date(Date.now() - 3_600_000)
  await sessions.updateMany({}, { $set: { lentFor: 'a-loan', confirmedAt: long } })

  const asked = await person.see('/devices')
  t.is(asked.status, 403)
  t.notRegex(asked.html, /confirmPassword|confirmCode/, 'there is no password to ask for')
  const [, link = ''] = /href="(\/confirm\/provider[^"]+)"/.exec(asked.html) ?? []
  t.regex(asked.html, /Confirm at Ekeby kommun/)
  const through = async () => {
    const away = new URL((await person.see(link.replaceAll('&#x3D;', '='))).location ?? '')
    t.is(away.searchParams.get('prompt'), 'login')
    t.is(away.searchParams.get('max_age'), '0')
    return person.see(own(await throughProvider(away.href)))
  }

  provider.person = { ...asta, sub: 'berit-1', email: 'berit@ekeby.se' }
  t.is((await through()).status, 403, 'somebody else with the right group')
  t.is((await person.see('/devices')).status, 403, 'the screen is still lent')

  provider.person = asta
  t.is((await through()).location, '/devices')
  t.is((await person.see('/devices')).status, 200)
  const [session] = await sessions.find().toArray()
  t.true((session?.['confirmedAt'] as Date) > long)
  t.false('lentFor' in (session ?? {}))
  t.is(await sessions.countDocuments(), 1, 'nobody signed in anew')
  const { body } = await admin.get<{ items: { action: string }[] }>('/api/v1/audit?action=staff')
  const told = body.items.map(({ action }) => action)
  t.true(told.includes('staff.confirm') && told.includes('staff.single-sign-on-refused'))
})

test('whoever signs out may sign out at the provider too, and then comes in as nobody again', async t => {
  const { server, provider, begin, url } = await anOrganisation(t)
  const browser = new Map<string, string>()
  const signIn = async () => {
    const person = visitor(server)
    await person.see(own(await throughProvider((await person.see(begin)).location ?? '', browser)))
    return person
  }
  const nameOf = async (person: Awaited<ReturnType<typeof signIn>>) =>
    /Asta Lind|Bo Ek/.exec((await person.see('/devices')).html)?.[0]
  provider.person = asta
  const person = await signIn()
  t.is(await nameOf(person), 'Asta Lind')
  const out = await person.send('/sign-out', {})
  t.is(out.location, `/sign-in/signed-out?from=${server.organisationId}`)
  t.is((await person.see('/devices')).status, 302, 'signed out here, whatever follows')
  const offer = await person.see(out.location ?? '')
  t.regex(offer.html, /Sign out of Ekeby kommun too/)

  // The next one at this screen: the provider still knows who was here before.
  provider.person = {
    sub: 'bo-1',
    email: 'bo@ekeby.se',
    email_verified: true,
    name: 'Bo Ek',
    groups: ['IT-support'],
  }
  t.like(await server.ornkoll.staff.list(systemActor(server.organisationId)), { length: 1 })
  await signIn()
  t.like(await server.ornkoll.staff.list(systemActor(server.organisationId)), { length: 1 })

  const away = new URL((await person.see(`${begin}/sign-out`)).location ?? '')
  t.is(away.origin, provider.issuer)
  t.is(away.searchParams.get('client_id'), 'ornkoll')
  t.is(away.searchParams.get('post_logout_redirect_uri'), `${url}/sign-in/signed-out`)
  t.false(away.searchParams.has('id_token_hint'), 'nothing of the person is kept for it')
  const cookie = () => [...browser].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') browser.delete(name)
      else browser.set(name, value)
    }
  }
  const asked = await fetch(away, { headers: { cookie: cookie() } })
  keep(asked)
  const html = await asked.text()
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? []
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? []
  const ended = await fetch(new URL(action, away), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookie() },
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  })
  keep(ended)
  t.is(ended.headers.get('location'), `${url}/sign-in/signed-out`)
  t.is(await nameOf(await signIn()), 'Bo Ek', 'the provider had to ask who it is')

  t.is((await person.see('/sign-in/single-sign-on/nobody/sign-out')).status, 404)
  const local = await person.see('/sign-in/signed-out?from=nobody')
  t.is(local.status, 200)
  t.notRegex(local.html, /Sign out of/)
})
