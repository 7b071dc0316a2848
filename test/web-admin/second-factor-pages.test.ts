import test from 'ava'
import { codeAt, stepOf } from '../../server/staff/totp.ts'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf, visitor } from './visitor.ts'

const newOrganisation = oneServer(test)
const password = 'fyra korta vanliga ord'

function offerIn(html: string): { sealed: string; secret: Buffer } {
  const sealed = /name="sealed" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const key = /mono link-text">([A-Z2-7 ]+)</.exec(html)?.[1]?.replaceAll(' ', '') ?? ''
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(key, letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  return { sealed, secret }
}

const current = (secret: Buffer, ahead = 0) => codeAt(secret, stepOf(new Date(Date.now())) + ahead)

test('an app is set up on one’s own page, and from then on the second step stands between', async t => {
  const server = await newOrganisation()
  const person = await signedIn(server, ['handout'])
  const email = `handout.karin.dahl@${server.organisationId}.se`
  const { html } = await person.see('/account/second-factor')
  const { sealed, secret } = offerIn(html)
  t.regex(html, /<svg/)
  const wrong = await person.send('/account/second-factor', { sealed, code: '000000' })
  t.is(wrong.status, 422)
  t.is(
    offerIn(wrong.html).secret.toString('hex'),
    secret.toString('hex'),
    'the same secret stays on the page',
  )
  const done = await person.send('/account/second-factor', { sealed, code: current(secret) })
  const codes = textsOf(done.html, 'li').filter(text => /^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/.test(text))
  t.is(codes.length, 10)
  t.is(done.headers.get('cache-control'), 'no-store')
  t.regex((await person.see('/account')).html, /10 recovery codes are left/)

  const there = visitor(server)
  await there.see('/sign-in')
  const begun = await there.send('/sign-in', { email, password, next: '/devices' })
  t.is(begun.location, '/sign-in/second-factor?next=%2Fdevices')
  t.is((await there.see('/devices')).status, 302, 'the password alone opens nothing')
  t.notRegex((await there.see('/sign-in')).html, /no longer signed in/, 'nor was anybody signed in')
  t.is((await there.send('/sign-in/second-factor', { code: '000000' })).status, 422)
  const opened = await there.send('/sign-in/second-factor', { code: current(secret, 1), next: '/devices' })
  t.is(opened.location, '/devices')
  t.is((await there.see('/devices')).status, 200)
})

test('nobody stands at the second step without the first', async t => {
  const server = await newOrganisation()
  const stranger = visitor(server)
  t.is((await stranger.see('/sign-in/second-factor')).location, '/sign-in')
  t.is((await stranger.see('/sign-in/second-factor/set-up')).location, '/sign-in')
  t.is((await stranger.send('/sign-in/second-factor', { code: '123456' })).location, '/sign-in')
})

test('a role that has to sign in in two steps sets its app up first', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'])
  const settings = { name: 'Norrby kommun', language: 'sv', lostModeMessage: 'Ring oss.', version: '1' }
  await admin.send('/settings', { ...settings, fourEyes: 'on', secondFactorFor: ['handout', 'second-line'] })
  const shown = (await admin.see('/settings')).html
  t.regex(shown, /name="secondFactorFor" value="handout" checked/)
  t.notRegex(shown, /name="secondFactorFor" value="admin" checked/)

  const person = await signedIn(server, ['handout'])
  t.is((await person.see('/devices')).status, 302)
  const page = await person.see('/sign-in/second-factor/set-up')
  t.is(page.status, 200)
  const { sealed, secret } = offerIn(page.html)
  t.regex(page.html, /href="otpauth:\/\/totp\//, 'an app on the same screen opens by a link')
  const wrong = await person.send('/sign-in/second-factor/set-up', { sealed, code: '000000' })
  t.is(wrong.status, 422)
  t.deepEqual(offerIn(wrong.html).secret, secret, 'the app has read this key already')
  const forged = await person.send('/sign-in/second-factor/set-up', { sealed: 'x', code: '000000' })
  t.is(forged.status, 422)
  t.regex(forged.html, /Scan the new QR code/)
  t.notDeepEqual(offerIn(forged.html).secret, secret)
  const done = await person.send('/sign-in/second-factor/set-up', { sealed, code: current(secret) })
  t.is(done.status, 200)
  t.regex(done.html, /Save your recovery codes/)
  t.is((await person.see('/devices')).status, 200)
  t.notRegex((await person.see('/account')).html, /Remove the app/)
  t.is((await person.send('/account/second-factor/remove', {})).status, 403)

  // A reload of the codes, or a second tab: the person is in, and is not asked to come in again.
  t.is((await person.see('/sign-in/second-factor/set-up')).location, '/sign-in')
  t.is((await person.see('/sign-in')).location, '/')
  t.notRegex((await person.see('/')).html, /Sign in again/)
})

test('the first administrator of an added organisation connects an app before anything opens', async t => {
  const server = await newOrganisation()
  const email = `bo@${server.organisationId}.se`
  const admin = { name: 'Bo Ek', email }
  const added = await server.ornkoll.addOrganisation({ name: 'Grannby', language: 'en', admin })
  const person = visitor(server)
  const choose = `/choose-password/${added.link?.secret ?? ''}`
  await person.see(choose)
  await person.send(choose, { password, again: password })
  await person.see('/sign-in')
  const begun = await person.send('/sign-in', { email, password, next: '/devices' })
  t.is(begun.location, '/sign-in/second-factor/set-up?next=%2Fdevices')
  t.is((await person.see('/devices')).status, 302, 'the password alone opens nothing')
  const { sealed, secret } = offerIn((await person.see(begun.location ?? '')).html)
  await person.send('/sign-in/second-factor/set-up', { sealed, code: current(secret), next: '/devices' })
  t.is((await person.see('/devices')).status, 200)
  const again = await server.ornkoll.addOrganisation({ name: 'Fjärrby', language: 'sv', admin })
  t.is(again.link, undefined, 'somebody with an account keeps their password')
})

test('whoever goes over to where two steps are asked for by now takes the second one first', async t => {
  const server = await newOrganisation()
  const other = await newOrganisation()
  const nils = await signedIn(server, ['handout'], { name: 'Nils Berg' })
  const admin = await signedIn(other, ['admin'])
  const email = `handout.nils.berg@${server.organisationId}.se`
  await admin.send('/settings/staff/add', { name: 'X', email, language: 'sv', roles: 'finance' })
  await nils.send(`/account/invitations/${other.organisationId}/accept`, {})
  const settings = { name: 'Norrby kommun', language: 'sv', lostModeMessage: 'Ring oss.', version: '1' }
  await admin.send('/settings', { ...settings, fourEyes: 'on', secondFactorFor: ['finance'] })
  t.is((await nils.see('/hand-out')).status, 200)
  const led = await nils.send('/account/organisation', { organisationId: other.organisationId })
  t.is(led.location, '/sign-in/second-factor/set-up')
  t.is((await nils.see('/costs')).status, 302)
  t.is((await nils.see('/hand-out')).status, 302, 'the session of the password alone is over')
  const { sealed, secret } = offerIn((await nils.see('/sign-in/second-factor/set-up')).html)
  const done = await nils.send('/sign-in/second-factor/set-up', { sealed, code: current(secret) })
  t.is(done.status, 200)
  t.is((await nils.see('/costs')).status, 200, 'it opens where the person was going')
  const home = { organisationId: server.organisationId }
  t.is((await nils.send('/account/organisation', home)).location, '/', 'with two steps nothing more is asked')
})
