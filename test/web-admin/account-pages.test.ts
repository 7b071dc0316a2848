import test from 'ava'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf, visitor } from './visitor.ts'

const newOrganisation = oneServer(test)
const password = 'fyra korta vanliga ord'
const next = 'sju sjösjuka sjömän'

function linkIn(html: string): string {
  return new URL(/<code>([^<]+)<\/code>/.exec(html)?.[1] ?? '').pathname
}

test('a person who is added chooses their own password by a link that is shown once', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const email = `nils@${server.organisationId}.se`
  const added = await desk.send('/settings/staff/add', {
    name: 'Nils Berg',
    email,
    language: 'sv',
    roles: 'finance',
  })
  t.is(added.status, 200)
  const path = linkIn(added.html)
  const member = /action="(\/settings\/staff\/[\w-]+)"/.exec(added.html)?.[1] ?? ''
  t.false((await desk.see(member)).html.includes(path))
  t.regex((await desk.see('/settings/staff')).html, /Has not chosen a password/)

  const newcomer = visitor(server)
  const page = await newcomer.see(path)
  t.is(page.status, 200)
  t.true(page.html.includes(email))
  const common = await newcomer.send(path, { password: 'Sommar2026!!' })
  t.is(common.status, 422)
  t.regex(common.html, /easy to guess/)
  t.is((await newcomer.send(path, { password: next })).location, '/sign-in')
  t.is((await newcomer.see(path)).status, 404)
  t.is((await newcomer.send(path, { password: 'another good one' })).status, 404)
  t.is((await newcomer.send('/sign-in', { email, password: next })).location, '/')
  t.is((await newcomer.see('/costs')).status, 200)
})

test('roles are changed on the page, and a person who has ended is signed out', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const nils = await signedIn(server, ['handout'], { name: 'Nils Berg' })
  const list = (await desk.see('/settings/staff')).html
  const [path = ''] = [...list.matchAll(/href="(\/settings\/staff\/[\w-]+)">Nils Berg/g)].map(
    ([, href]) => href ?? '',
  )
  const typed = { name: 'Nils Ek', language: 'en', roles: ['finance', 'auditor'], version: '1' }
  t.is((await desk.send(path, typed)).location, path)
  t.is((await nils.see('/costs')).status, 200)
  const late = await desk.send(path, typed)
  t.is(late.status, 422)
  t.regex(late.html, /Somebody else saved while you were writing/)
  t.is((await desk.send(path, { ...typed, version: '2', roles: 'owner' })).status, 422)
  t.is((await desk.send(`${path}/end`, { version: '2', reason: 'New work' })).location, path)
  t.is((await nils.see('/costs')).status, 302)
  t.regex((await desk.see(path)).html, /Reopen the account/)
  t.is((await desk.send(`${path}/resume`, { version: '3' })).location, path)
})

test('the only administrator reads why they cannot end themselves', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const path =
    /href="(\/settings\/staff\/[\w-]{30,})"/.exec((await desk.see('/settings/staff')).html)?.[1] ?? ''
  const refused = await desk.send(`${path}/end`, { version: '1' })
  t.is(refused.status, 422)
  t.regex(refused.html, /This is the last administrator/)
  t.is((await desk.see('/settings')).status, 200)
})

test('one sees where one is signed in, and signs out the others', async t => {
  const server = await newOrganisation()
  const here = await signedIn(server, ['handout'])
  const email = `handout.karin.dahl@${server.organisationId}.se`
  const there = visitor(server)
  await there.see('/sign-in')
  await there.send('/sign-in', { email, password })
  const { html } = await here.see('/account')
  t.is(textsOf(html, 'tr').filter(row => row.includes('127.0.0.1')).length, 2)
  t.is(textsOf(html, 'th').filter(cell => cell.includes('this one')).length, 1)
  t.is((await here.send('/account/sessions/end', {})).location, '/account')
  const turned = await there.see('/account')
  t.is(turned.status, 302)
  t.is((await here.see('/account')).status, 200)
  // Whoever was signed out is told so, with the way back; whoever signs out themselves is not told twice.
  const told = await there.see(turned.location ?? '')
  t.regex(told.html, /You are no longer signed in/)
  t.regex(told.html, /name="next" value="\/account"/)
  await here.send('/sign-out', {})
  const left = (await here.see('/sign-in')).html
  t.regex(left, /You are signed out/)
  t.notRegex(left, /no longer signed in/)
  t.notRegex((await visitor(server).see('/sign-in')).html, /no longer signed in/)
})

test('an administrator signs one device of somebody out, and the other stays', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['admin'])
  const first = await signedIn(server, ['handout'], { name: 'Nils Berg' })
  const second = visitor(server)
  await second.see('/sign-in')
  await second.send('/sign-in', { email: `handout.nils.berg@${server.organisationId}.se`, password })
  const list = (await desk.see('/settings/staff')).html
  const path = /href="(\/settings\/staff\/[\w-]+)">Nils Berg/.exec(list)?.[1] ?? ''
  const ends = [...(await desk.see(path)).html.matchAll(/action="([^"]+\/sessions\/[^"]+\/end)"/g)]
  t.is(ends.length, 2)
  await desk.send(ends[0]?.[1] ?? '', {})
  const left = [(await first.see('/account')).status, (await second.see('/account')).status]
  t.deepEqual(left.sort(), [200, 302])
  await desk.send(`${path}/sessions/end`, {})
  t.is((await first.see('/account')).status, 302)
  t.is((await second.see('/account')).status, 302)
})

test('a new password needs the old one, and signs out everywhere but here', async t => {
  const server = await newOrganisation()
  const here = await signedIn(server, ['handout'])
  const email = `handout.karin.dahl@${server.organisationId}.se`
  const there = visitor(server)
  await there.see('/sign-in')
  await there.send('/sign-in', { email, password })
  const wrong = await here.send('/account/password', { current: 'fel', password: next })
  t.is(wrong.status, 422)
  const personal = await here.send('/account/password', { current: password, password: email })
  t.regex(personal.html, /Your own name, address and organisation are easy to guess/)
  t.is((await there.see('/account')).status, 200)
  t.is((await here.send('/account/password', { current: password, password: next })).location, '/account')
  t.is((await here.see('/account')).status, 200)
  t.is((await there.see('/account')).status, 302)
  t.is((await there.send('/sign-in', { email, password })).status, 422)
  t.is((await there.send('/sign-in', { email, password: next })).location, '/')
})

test('whoever works for two organisations goes from one to the other', async t => {
  const server = await newOrganisation()
  const other = await newOrganisation()
  const nils = await signedIn(server, ['handout'], { name: 'Nils Berg' })
  const admin = await signedIn(other, ['admin'])
  const email = `handout.nils.berg@${server.organisationId}.se`
  const joined = await admin.send('/settings/staff/add', {
    name: 'X',
    email,
    language: 'sv',
    roles: 'finance',
  })
  t.regex(joined.location ?? '', /^\/settings\/staff\//)
  const waiting = (await admin.see(joined.location ?? '')).html
  t.regex(waiting, /Has not answered the invitation/)
  t.regex(waiting, /Withdraw the invitation/)
  t.notRegex(waiting, /Reopen the account|Nils/, 'who it is elsewhere is not told')
  t.is((await nils.see('/costs')).status, 403)
  const goOver = () => nils.send('/account/organisation', { organisationId: other.organisationId })
  t.is((await goOver()).status, 403, 'they are asked first')
  t.regex((await nils.see('/')).html, /Another organisation asks you to work there too/)
  t.notRegex((await nils.see('/')).html, /Change organisation/)
  t.regex((await nils.see('/account')).html, /accept/)
  const accepted = await nils.send(`/account/invitations/${other.organisationId}/accept`, {})
  t.is(accepted.location, '/account')
  const both = (await nils.see('/')).html
  t.notRegex(both, /Another organisation asks/)
  t.regex(both, /href="\/account#organisations"[^]*Change organisation/)
  t.is((await goOver()).location, '/')
  t.regex((await nils.see('/')).html, /role="status"[^]*You have changed organisation/)
  t.is((await nils.see('/costs')).status, 200)
  t.is((await nils.see('/hand-out')).status, 403)
  t.is((await nils.send('/account/organisation', { organisationId: 'somewhere' })).status, 403)
})
