import test, { type ExecutionContext } from 'ava'
import { freshnessFor } from '../../server/http/fresh-sign-in.ts'
import { systemActor } from '../../server/staff/actor.ts'
import { rights, type Right } from '../../server/staff/rights.ts'
import { codeAt, stepOf } from '../../server/staff/totp.ts'
import { type Organisation } from '../../server/organisations/organisation.ts'
import { created, handOut } from '../support/hand-out.ts'
import { startTestServer } from '../support/server.ts'
import { signedIn, visitor } from './visitor.ts'

const password = 'fyra korta vanliga ord'

/** A server whose clock the test moves, with an administrator who has just signed in. */
async function anAdministrator(t: ExecutionContext) {
  const time = { now: new Date(Date.now()) }
  const server = await startTestServer(t, { clock: { now: () => time.now } })
  const later = (minutes: number) => (time.now = new Date(time.now.getTime() + minutes * 60_000))
  return { server, later, time, admin: await signedIn(server, ['admin']) }
}

const newcomer = { name: 'Nils Berg', email: 'nils@ekeby.se', language: 'sv', roles: ['helpdesk', 'finance'] }

test('a dangerous deed asks again who it is, and then does what was typed', async t => {
  const { server, later, admin } = await anAdministrator(t)
  later(6)
  t.is((await admin.see('/settings/staff')).status, 200, 'looking is free')
  const asked = await admin.send('/settings/staff/add', newcomer)
  t.is(asked.status, 403)
  t.regex(asked.html, /Confirm that it is you/)
  const kept = [...asked.html.matchAll(/<input type="hidden" name="(?!crumb)(\w+)" value="([^"]*)"/g)]
  const fields: Record<string, string[]> = {}
  for (const [, name = '', value = ''] of kept) (fields[name] ??= []).push(value)
  t.deepEqual(fields['roles'], newcomer.roles)

  const wrong = await admin.send('/confirm', { ...fields, confirmPassword: 'fel fel fel fel' })
  t.is(wrong.status, 422)
  t.regex(wrong.html, /The password is wrong\./)
  t.false((await admin.see('/settings/staff')).html.includes(newcomer.email))
  const right = await admin.send('/confirm', { ...fields, confirmPassword: password })
  t.is(right.status, 307)
  t.is(right.location, '/settings/staff/add')
  // The browser sends the same form again, as 307 asks it to.
  const done = await admin.send('/settings/staff/add', { ...fields, confirmPassword: password })
  t.is(done.status, 200)
  t.true((await admin.see('/settings/staff')).html.includes(newcomer.email))
  t.notRegex(done.html, new RegExp(password))
  later(6)
  t.is((await admin.send('/settings/staff/add', { ...newcomer, email: 'x@ekeby.se' })).status, 403)
  t.truthy(server)
})

test('whoever has a second step proves with it; the password alone does not do', async t => {
  const { server, later, admin, time } = await anAdministrator(t)
  const { secondFactor, staff } = server.ornkoll
  const [{ id } = { id: '' }] = await staff.list({
    kind: 'system',
    id: 'system',
    name: '',
    organisationId: server.organisationId,
    roles: [],
  })
  const offer = await secondFactor.offer(id)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(offer.key, letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const code = () => codeAt(secret, stepOf(time.now))
  await secondFactor.accept(id, { sealed: offer.sealed, code: code() })
  later(6)
  t.is((await admin.see('/account/second-factor')).status, 403)
  const to = { confirmTo: '/account/second-factor', confirmBy: 'get' }
  t.is((await admin.send('/confirm', { ...to, confirmPassword: password })).status, 422)
  t.is((await admin.see('/account/second-factor')).status, 403)
  t.is((await admin.send('/confirm', { ...to, confirmCode: code() })).location, '/account/second-factor')
  t.is((await admin.see('/account/second-factor')).status, 200)
})

test('a confirmation leads nowhere foreign, and nobody confirms without a session', async t => {
  const { admin, server } = await anAdministrator(t)
  const away = await admin.send('/confirm', { confirmTo: '//evil.example', confirmPassword: password })
  t.is(away.location, '/')
  const stranger = visitor(server)
  await stranger.see('/sign-in')
  t.is((await stranger.send('/confirm', { confirmPassword: password })).status, 401)
})

/** Files that anybody with the right takes along without a fresh proof, each with why. */
const nothingPersonal: Readonly<Record<string, string>> = {
  '/bodies/list': 'committees and their cost centres',
  '/costs/keys/list': 'how costs are shared between committees',
  '/devices/papers/list': 'iPads and what they lack, with no word of who holds them',
  '/import/devices/{id}/errors': 'rows of iPads',
  '/jobs/list': 'deeds on many iPads, and which colleague asked for them',
  '/profiles/apps/drift/list': 'iPads and apps, with no word of who holds them',
  '/profiles/apps/list': 'which apps a role should have',
  '/profiles/guides/list': 'documents for everybody',
  '/profiles/list': 'names and numbers of profiles, nothing of what is in them',
  '/profiles/policies/list': 'rules for everybody',
  '/profiles/rollouts/assignments/list': 'what goes to which iPads',
  '/profiles/rollouts/list': 'how far it has come',
  '/profiles/unassigned/list': 'iPads and names of profiles, with no word of who holds them',
  '/settings/webhooks/list': 'addresses of programs',
  '/settings/webhooks/{id}/list': 'ids of what happened',
}

test('every deed of a careful right and every file of people wants a fresh sign-in, and a token is let through', async t => {
  const { server, later, admin } = await anAdministrator(t)
  const careful = (Object.keys(rights) as Right[]).filter(right => 'freshSignIn' in freshnessFor(right))
  t.deepEqual(careful.toSorted(), [
    ...['approvals.decide', 'people.merge', 'people.reveal', 'profiles.reveal'],
    ...['staff.write', 'wipe.approve', 'wipe.request'],
  ])
  const table = server.ornkoll.doors.staff?.table() ?? []
  const routes = table.filter(({ settings, method }) => {
    const access = JSON.stringify(settings.auth ?? '')
    return method !== 'get' && careful.some(right => access.includes(`"${right}"`))
  })
  t.true(routes.length > 15, String(routes.length))
  for (const { path, settings } of routes) t.is(settings.plugins?.freshSignIn, 'writes', path)
  // A file leaves the house, whoever looks over the shoulder meanwhile.
  const files = table.filter(({ path, method }) => method === 'get' && /\.(csv|xlsx)$/.test(path))
  t.true(files.length > 40, String(files.length))
  const areFree = new Set<string>()
  later(6)
  for (const { path } of files) {
    const name = path.replace(/\.\w+$/, '').replace(/^\/api\/v1\/imports/, '/import')
    const { status, html } = await admin.see(path.replace('{id}', 'nobody'))
    const isAsked = status === 403 && /Confirm that it is you|fresh-sign-in-needed/.test(html)
    if (!isAsked) areFree.add(name)
    t.is(isAsked, !(name in nothingPersonal), `${path} ${String(status)}`)
  }
  t.deepEqual([...areFree].toSorted(), Object.keys(nothingPersonal))
  const program = await server.as('admin')
  const { email, name, roles } = newcomer
  t.is((await program.post('/api/v1/staff', { email, name, roles })).status, 201)
})

test('a session that is not fresh sees nobody protected, neither by an edit nor on a receipt', async t => {
  const { server, later, admin } = await anAdministrator(t)
  const program = await server.as('admin')
  const hidden = { givenName: 'Cilla', familyName: 'Dalgren', email: 'cilla@example.se' }
  const person = { ...hidden, protectedIdentity: true }
  const { id } = await created<{ id: string }>(program, '/api/v1/people', person)
  const ipad = { serialNumber: 'F9FDW10001', assetTag: 'EK-1' }
  const { formId, loanId } = await handOut(
    program,
    id,
    (await created<{ id: string }>(program, '/api/v1/devices', ipad)).id,
  )
  const back = { condition: 'A', accessories: [] }
  t.is((await program.post(`/api/v1/loans/${loanId}/return`, back)).status, 200)
  const looks = async () => {
    const { body } = await program.get<{ items: { action: string }[] }>('/api/v1/audit')
    return body.items.map(({ action }) => action).filter(one => /reveal|papers/.test(one))
  }
  const lift = { version: 1, protectedIdentity: false, reason: 'it is over' }
  const papers = [
    ...[`/api/v1/liability-forms/${formId}/receipt.pdf`, `/hand-out/${loanId}/receipt.pdf`],
    `/api/v1/loans/${loanId}/return-receipt.pdf`,
  ]
  later(6)
  const refused = [await admin.patch(`/api/v1/people/${id}`, lift)]
  refused.push(await admin.send(`/people/${id}/lift-protection`, { reason: 'it is over' }))
  for (const path of papers) refused.push(await admin.see(path))
  for (const { status, html } of refused) {
    t.is(status, 403)
    t.notRegex(html, /Cilla|Dalgren|%PDF/)
  }
  t.deepEqual(await looks(), [])
  await admin.send('/confirm', { confirmTo: '/', confirmPassword: password })
  for (const path of papers) t.is((await admin.see(path)).status, 200, path)
  t.deepEqual((await looks()).sort(), [
    ...papers.map(() => 'papers.read'),
    ...papers.map(() => 'people.reveal'),
  ])
  t.is((await admin.patch(`/api/v1/people/${id}`, lift)).status, 200)
  t.is((await looks()).filter(one => one === 'people.reveal').length, papers.length + 1)
})

test('reading on through the whole list of people wants a fresh sign-in, looking somebody up does not', async t => {
  const { server, later, admin } = await anAdministrator(t)
  const { people } = server.ornkoll
  const system = systemActor(server.organisationId)
  for (let number = 0; number < 42; number++)
    await people.register(system, {
      givenName: 'Anna',
      familyName: 'Berg',
      email: `anna.${String(number)}@example.se`,
    })
  later(6)
  for (let times = 0; times < 6; times++) t.is((await admin.see('/people')).status, 200)
  t.is((await admin.see('/people?q=anna.41')).status, 200)
  for (const path of ['/people?after=name~x', '/api/v1/people?after=name~x', '/api/v1/people?limit=200']) {
    const asked = await admin.see(path)
    t.is(asked.status, 403, path)
    t.false(asked.html.includes('@example.se'), path)
  }
  await admin.send('/confirm', { confirmTo: '/', confirmPassword: password })
  t.is((await admin.see('/people?after=name~x')).status, 200)
  const program = await server.as('auditor')
  const log = await program.get<{ items: { actor: { kind: string }; after: { shown: number } }[] }>(
    '/api/v1/audit?action=people.read-many',
  )
  t.deepEqual(
    log.body.items.map(({ actor, after }) => [actor.kind, after.shown]),
    [
      ['staff', 210],
      ['staff', 126],
    ],
  )
})

test('an erase asked for by its name wants a fresh sign-in too, other commands do not', async t => {
  const { later, admin } = await anAdministrator(t)
  const send = (requestType: string) =>
    admin.post('/api/v1/devices/none/commands', { requestType, reason: 'Sold.' })
  t.not((await send('EraseDevice')).status, 403)
  later(6)
  const asked = await send('EraseDevice')
  t.is(asked.status, 403)
  t.regex(asked.html, /fresh-sign-in-needed/)
  t.not((await send('SecurityInfo')).status, 403)
})

test('what lets one person do more alone wants a fresh sign-in, and stands in the log', async t => {
  const { server, later, admin } = await anAdministrator(t)
  const settings = { name: 'Ekeby', number: '', language: 'sv', lostModeMessage: 'Ring', lostModePhone: '' }
  const program = await server.as('admin')
  const now = async () => (await program.get<Organisation>('/api/v1/organisations/current')).body
  const save = async (limits: Readonly<Record<string, string>>) =>
    admin.send('/settings', {
      ...settings,
      bulkLimit: '25',
      disposalNeedsTwo: 'on',
      secondFactorFor: 'finance',
      ...limits,
      version: String((await now()).version),
    })
  const own = 'Ekeby.example\nskola.example'
  t.is((await save({ rolloutLimit: '50', fourEyes: 'on', mailDomains: own })).location, '/settings')
  later(6)
  const asked = await save({ rolloutLimit: '51', fourEyes: 'on', mailDomains: own })
  t.is(asked.status, 403)
  t.regex(asked.html, /Confirm that it is you/)
  t.is((await save({ rolloutLimit: '50', mailDomains: own })).status, 403)
  const instead = await save({
    rolloutLimit: '50',
    fourEyes: 'on',
    secondFactorFor: 'auditor',
    mailDomains: own,
  })
  t.is(instead.status, 403, 'a role may come in by a password alone again')
  for (const mailDomains of [`${own}\nfree-mail.example`, 'hemby.example', ''])
    t.is((await save({ rolloutLimit: '50', fourEyes: 'on', mailDomains })).status, 403, mailDomains)
  t.like((await now()).settings, { rolloutLimit: 50, fourEyes: true, secondFactorFor: ['finance'] })
  t.is(
    (await save({ rolloutLimit: '40', fourEyes: 'on', mailDomains: 'it.ekeby.example' })).location,
    '/settings',
    'to be more careful is free',
  )
  const { version } = await now()
  t.is(
    (await program.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit: 60 } }))
      .status,
    200,
  )
  const log = await program.get<{
    items: { before?: { settings?: object }; after?: { settings?: object } }[]
  }>('/api/v1/audit?action=organisations.edit')
  t.like(log.body.items[0], {
    before: { settings: { rolloutLimit: 40 } },
    after: { settings: { rolloutLimit: 60 } },
  })
})
