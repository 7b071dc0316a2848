import test from 'ava'
import { startTestServer } from '../support/server.ts'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf, visitor } from './visitor.ts'

// Starting makes keys for minutes of computing; the tests share one server and keep to organisations of their own.
const newOrganisation = oneServer(test)

test('a stranger is led to the sign-in page and back to where they were going', async t => {
  const server = await newOrganisation()
  const stranger = visitor(server)
  const turned = await stranger.see('/devices?lifecycle=stolen')
  t.is(turned.status, 302)
  t.is(turned.location, '/sign-in?next=%2Fdevices%3Flifecycle%3Dstolen')
  const page = await stranger.see(turned.location ?? '')
  t.regex(page.html, /name="next" value="\/devices\?lifecycle&#x3D;stolen"/)
})

test('the set-up link makes an administrator once, and shows no password again', async t => {
  // Of its own: the first administrator of the installation ends the link, whoever that is.
  const server = await startTestServer(t)
  const first = visitor(server)
  const path = `/set-up/${server.setUpSecret ?? ''}`
  t.is((await first.see(path)).status, 200)
  const typed = {
    organisationName: 'Ekeby kommun',
    name: 'Karin Dahl',
    email: 'karin@ekeby.se',
    password: 'short',
  }
  const refused = await first.send(path, typed)
  t.is(refused.status, 422)
  t.regex(refused.html, /value="karin@ekeby.se"/)
  t.notRegex(refused.html, /value="short"/)
  const made = await first.send(path, { ...typed, password: 'fyra korta vanliga ord' })
  t.like(made, { status: 303, location: '/' }, made.html.replace(/<[^>]*>/g, ' ').slice(-700))
  const start = await first.see('/')
  t.is(start.status, 200)
  t.regex(start.html, /Ekeby kommun/)
  t.regex(start.html, /You are the administrator/)
  t.notRegex((await first.see('/')).html, /You are the administrator/)
  t.is((await first.see(path)).status, 404)
})

test('whoever sets up as proposed goes on to the second step, and administrators have to have one', async t => {
  const server = await startTestServer(t)
  const first = visitor(server)
  const path = `/set-up/${server.setUpSecret ?? ''}`
  t.regex((await first.see(path)).html, /name="secondFactor" checked/)
  const made = await first.send(path, {
    organisationName: 'Ekeby kommun',
    name: 'Karin Dahl',
    email: 'karin@ekeby.se',
    password: 'fyra korta vanliga ord',
    secondFactor: 'on',
  })
  t.regex(made.location ?? '', /^\/sign-in\/second-factor\/set-up/)
  t.is((await first.see(made.location ?? '')).status, 200)
  t.is((await first.see('/settings')).status, 302, 'the password alone opens nothing')
  const admin = await server.as('admin')
  const { body } = await admin.get<{ name: string; settings: object }>('/api/v1/organisations/current')
  t.like(body, { name: 'Ekeby kommun', settings: { secondFactorFor: ['admin', 'second-line'] } })
})

test('a wrong password says so in the reader’s language and signs nobody in', async t => {
  const server = await newOrganisation()
  const person = visitor(server, 'sv')
  await person.see('/sign-in')
  const refused = await person.send('/sign-in', { email: 'nobody@ekeby.se', password: 'guess' })
  t.is(refused.status, 422)
  t.regex(refused.html, /Fel e-postadress eller lösenord/)
  t.is((await person.see('/')).status, 302)
})

test('a sign-in never leads to a foreign address', async t => {
  const server = await newOrganisation()
  const person = visitor(server)
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const page = await person.see(`/sign-in?next=${encodeURIComponent(next)}`)
    t.regex(page.html, /name="next" value="\/"/, next)
  }
})

test('a form without the token of the browser changes nothing', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'])
  const refused = await admin.send('/devices/register', {
    crumb: 'forged',
    serialNumber: 'F9FDW12345',
    origin: 'new',
  })
  t.is(refused.status, 403)
  t.regex(refused.html, /You may not do this/)
  t.notRegex((await admin.see('/devices')).html, /F9FDW12345/)
})

test('a role is refused the pages it has no right to, in plain words', async t => {
  const server = await newOrganisation()
  const finance = await signedIn(server, ['finance'], { language: 'sv' })
  for (const path of ['/people', '/hand-out', '/devices/register', '/settings']) {
    const refused = await finance.see(path)
    t.is(refused.status, 403, path)
    t.deepEqual(textsOf(refused.html, 'h1'), ['Det här får du inte göra'], path)
  }
  const sent = await finance.send('/devices/register', { serialNumber: 'F9FDW12345', origin: 'new' })
  t.is(sent.status, 403)
})

test('an unknown address keeps the desk around it for those who are signed in', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'])
  const nowhere = await admin.see('/nowhere')
  t.is(nowhere.status, 404)
  t.regex(nowhere.html, /<nav class="places"/)
  const stranger = await visitor(server).see('/nowhere')
  t.is(stranger.status, 404)
  t.notRegex(stranger.html, /<nav class="places"/)
})

test('language and dark mode are kept on the browser', async t => {
  const server = await newOrganisation()
  const person = visitor(server, 'sv')
  t.regex((await person.see('/sign-in')).html, /<html lang="sv">/)
  const chosen = await person.send('/preferences', { language: 'en', back: '/sign-in' })
  t.is(chosen.location, '/sign-in')
  await person.send('/preferences', { theme: 'dark', back: 'https://evil.example' })
  t.regex((await person.see('/sign-in')).html, /<html lang="en" data-theme="dark">/)
})

test('styles and scripts may be kept for ever under an address that changes with them', async t => {
  const server = await newOrganisation()
  const { html, headers } = await visitor(server).see('/sign-in')
  const paths = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  t.is(paths.length, 3, 'an icon, a style sheet and a script, however many files they are written in')
  for (const path of paths) {
    const asset = await visitor(server).see(path)
    t.is(asset.status, 200, path)
    t.regex(asset.headers.get('cache-control') ?? '', /max-age=31\d{6}/, path)
  }
  t.is((await visitor(server).see('/assets/other/styles.css')).status, 404)
  t.regex(headers.get('content-security-policy') ?? '', /script-src 'self'/)
  t.is(headers.get('cache-control'), 'no-store')
})

test('an empty register says how to begin, a search without luck says what to try', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'])
  t.regex((await admin.see('/devices')).html, /No iPads yet/)
  await admin.send('/devices/register', { serialNumber: 'F9FDW12346', assetTag: 'EK-1', origin: 'new' })
  t.regex((await admin.see('/devices?q=zzz')).html, /No iPad matches/)
  t.regex((await admin.see('/devices?lifecycle=nonsense')).html, /EK-1/)
})

test('a serial number that is taken stays in the form with its error', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'], { language: 'sv' })
  const typed = { serialNumber: 'F9FDW12345', assetTag: 'EK-1', model: 'iPad "mini" <6>', origin: 'new' }
  const { location } = await admin.send('/devices/register', typed)
  const page = await admin.see(location ?? '')
  t.deepEqual(textsOf(page.html, 'h1'), ['EK-1'])
  t.regex(page.html, /iPad &quot;mini&quot; &lt;6&gt;/)
  const again = await admin.send('/devices/register', { ...typed, assetTag: 'EK-2' })
  t.is(again.status, 422)
  t.regex(again.html, /Serienumret finns redan/)
  t.regex(again.html, /value="EK-2"/)
})

test('two people who correct one iPad at once: the second is told, and nothing is lost', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'])
  const typed = { serialNumber: 'F9FDW12347', assetTag: 'EK-1', model: 'iPad', origin: 'new', version: '1' }
  const { location } = await admin.send('/devices/register', typed)
  t.is((await admin.send(`${location ?? ''}/edit`, { ...typed, model: 'iPad Air' })).status, 303)
  const late = await admin.send(`${location ?? ''}/edit`, { ...typed, model: 'iPad Pro' })
  t.is(late.status, 422)
  t.regex(late.html, /Somebody else saved while you were writing/)
  t.regex((await admin.see(location ?? '')).html, /iPad Air/)
})

test('an address that cannot be read is refused with a page, not with a fault', async t => {
  const server = await newOrganisation()
  const refused = await visitor(server).see('/%zz')
  t.is(refused.status, 400)
  t.deepEqual(textsOf(refused.html, 'h1'), ['Något i det du skickade går inte att läsa'])
})
