import test from 'ava'
import { rights } from '../../../server/staff/rights.ts'
import { apiClient } from '../../support/api-client.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf } from '../visitor.ts'

const newOrganisation = oneServer(test)

const settings = {
  name: 'Norrby kommun',
  number: '212000-0000',
  language: 'sv',
  lostModeMessage: 'Stolen. Please call.',
  lostModePhone: '019-21 00 00',
  version: '1',
}

test('the settings are saved, shown again, and seen on the lock screen beside them', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  t.is((await desk.send('/settings', { ...settings, fourEyes: 'on' })).location, '/settings')
  const { html } = await desk.see('/settings')
  t.regex(html, /data-echo="lostModeMessage">Stolen\. Please call\.</)
  t.regex(html, /value="212000-0000"/)
  t.notRegex(html, /one person is enough/)
  // A box that is not ticked is not sent.
  await desk.send('/settings', { ...settings, version: '2' })
  t.regex((await desk.see('/settings')).html, /one person is enough to wipe/)
})

test('a number that nobody can call and a made-up organisation number change nothing', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const wrong = { ...settings, lostModePhone: 'call me', number: '12', lostModeMessage: '' }
  const { status, html } = await desk.send('/settings', wrong)
  t.is(status, 422)
  t.regex(html, /write a phone number/)
  t.regex(html, /write it as 212000-0000/)
  t.regex(html, /value="call me"/)
  t.notRegex((await desk.see('/settings')).html, /call me/)
})

test('settings that somebody else saved meanwhile are not overwritten', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  await desk.send('/settings', settings)
  const late = await desk.send('/settings', { ...settings, name: 'Late' })
  t.is(late.status, 422)
  t.regex(late.html, /Somebody else saved while you were writing/)
  t.regex(late.html, /value="Late"/, 'what was typed stays')
})

test('nobody is added without a role or with a role that does not exist', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const person = { name: 'X', email: 'x@norrby.se', language: 'sv' }
  t.is((await desk.send('/settings/staff/add', person)).status, 422)
  t.is((await desk.send('/settings/staff/add', { ...person, roles: 'owner' })).status, 422)
  t.notRegex((await desk.see('/settings/staff')).html, /x@norrby\.se/)
})

test('a key is shown once, works, and stops working when it is revoked', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const made = await desk.send('/settings/tokens', { name: 'Label printer', days: '30', roles: 'handout' })
  t.is(made.status, 200)
  t.is(made.headers.get('cache-control'), 'no-store')
  const [token = ''] = textsOf(made.html, 'code')
  t.regex(token, /^orn_/)
  const printer = apiClient(server.url, token)
  t.is((await printer.get('/api/v1/me')).status, 200)
  const list = await desk.see('/settings/tokens')
  t.false(list.html.includes(token))
  // The one button that revokes stands behind a question.
  const [revoke = '', ...others] = [
    ...list.html.matchAll(/action="(\/settings\/tokens\/[^"]+\/revoke)"/g),
  ].map(([, action = '']) => action)
  t.deepEqual(others, [])
  t.regex(
    list.html,
    /<details class="ask danger"><summary[^>]*>Revoke<\/summary><form method="post" action="\/settings\/tokens\/[^"]+\/revoke" class="stack">[^]*?stop working at once/,
  )
  t.is((await desk.send(revoke, {})).location, '/settings/tokens')
  t.is((await printer.get('/api/v1/me')).status, 401)
  t.regex((await desk.see('/settings/tokens')).html, /No API keys/)
})

test('a neighbour under the same domain makes no key, also with the token of the form', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const key = { name: 'Theirs', days: '30', roles: 'admin' }
  const neighbour = { origin: 'https://other.ekeby.example' }
  for (const headers of [neighbour, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'cross-site' }]) {
    const refused = await desk.send('/settings/tokens', key, headers)
    t.is(refused.status, 403, JSON.stringify(headers))
    t.regex(refused.html, /came from another site/)
  }
  t.regex((await desk.see('/settings/tokens')).html, /No API keys/)
  for (const headers of [{ origin: server.url }, { 'sec-fetch-site': 'same-origin' }])
    t.is((await desk.send('/settings/tokens', key, headers)).status, 200, JSON.stringify(headers))
})

test('a key is limited to what was ticked, and every right can be ticked', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const { html } = await desk.see('/settings/tokens')
  const offered = [...html.matchAll(/name="scopes" value="([\w.-]+)"/g)].map(([, right = '']) => right)
  t.deepEqual(offered.sort(), Object.keys(rights).sort())

  const printer = { name: 'Label printer', days: '30', roles: 'handout' }
  const beyond = await desk.send('/settings/tokens', { ...printer, scopes: 'audit.read' })
  t.regex(
    beyond.html,
    /<fieldset id="field-scopes"[^>]* aria-describedby="field-scopes-hint( field-scopes-error)?"/,
  )
  t.is(beyond.status, 422)
  t.regex(beyond.html, /do not allow everything that is ticked/)
  t.regex(beyond.html, /value="audit.read" checked/)
  const made = await desk.send('/settings/tokens', { ...printer, scopes: 'devices.read' })
  const key = apiClient(server.url, textsOf(made.html, 'code')[0] ?? '')
  t.is((await key.get('/api/v1/devices')).status, 200)
  t.is((await key.post('/api/v1/devices', { serialNumber: 'DMPAAAA11111' })).status, 403)
  t.is((await key.get('/api/v1/loans')).status, 403)
  t.regex((await desk.see('/settings/tokens')).html, /Only: Read about iPads</)
})

test('a key without a role or for longer than two years is not made', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const { status, html } = await desk.send('/settings/tokens', { name: 'X', days: '731' })
  t.is(status, 422)
  t.notRegex(html, /orn_/)
  t.regex((await desk.see('/settings/tokens')).html, /No API keys/)
})

test('new terms are in force at once and the earlier ones can still be read', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const texts = { svTitle: 'Villkor', svBody: '# Ansvar\n- En punkt', enTitle: 'Terms', enBody: 'Words <b>' }
  const { location } = await desk.send('/settings/terms/new', { kind: 'agreement', ...texts })
  t.is(location, '/settings/terms')
  const { html } = await desk.see('/settings/terms')
  t.regex(html, /Version 2<\/h2>/)
  t.regex(html, /<h3>Ansvar<\/h3><ul><li>En punkt<\/li><\/ul>/)
  t.regex(html, /Words &lt;b&gt;/)
  const earlier = /href="(\/settings\/terms\/(?!new)[^"]+)"/.exec(html)?.[1] ?? ''
  t.deepEqual(textsOf((await desk.see(earlier)).html, 'h1'), ['Version 1'])
  const same = await desk.send('/settings/terms/new', { kind: 'agreement', ...texts })
  t.is(same.status, 422)
  t.regex(same.html, /in force already/)
})

test('a file that is no certificate leaves the one that is used', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const before = textsOf((await desk.see('/settings/push')).html, 'dd')
  t.is((await desk.send('/settings/push', {})).status, 422)
  const { status, html } = await desk.send('/settings/push', { certificate: 'not a certificate' })
  t.is(status, 422)
  t.regex(html, /It cannot be used/)
  t.deepEqual(textsOf((await desk.see('/settings/push')).html, 'dd'), before)
})

test('only an administrator reaches the settings', async t => {
  const server = await newOrganisation()
  const others = await signedIn(server, [
    'second-line',
    'helpdesk',
    'handout',
    'secretary',
    'finance',
    'auditor',
  ])
  for (const path of ['', '/staff', '/staff/add', '/tokens', '/terms', '/terms/new', '/push']) {
    t.is((await others.see(`/settings${path}`)).status, 403, path)
  }
  t.is((await others.send('/settings', settings)).status, 403)
  t.notRegex((await others.see('/')).html, /href="\/settings"/)
})

test('a form without the token of the browser changes nothing', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  t.is((await desk.send('/settings', { ...settings, name: 'Taken', crumb: '' })).status, 403)
  t.notRegex((await desk.see('/settings')).html, /Taken/)
})
