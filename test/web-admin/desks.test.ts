import test from 'ava'
import { type TestServer } from '../support/server.ts'
import { oneServer } from './one-server.ts'
import { backAtDesk, signedIn, textsOf, type Visitor } from './visitor.ts'

// Starting makes keys for minutes of computing; the tests share one server and keep to organisations of their own.
const newOrganisation = oneServer(test)

let serial = 0

/** A person and an iPad in the registers, and the loan of one to the other when it is signed. */
async function lent(server: TestServer, { sign = true } = {}) {
  const api = await server.as('admin', server.organisationId)
  const number = (serial += 1)
  const person = await api.post<{ id: string }>('/api/v1/people', {
    givenName: 'Nils',
    familyName: 'Åkesson',
    email: `nils.${number}@norrby.se`,
  })
  const device = await api.post<{ id: string }>('/api/v1/devices', {
    serialNumber: `F9FDW${10_000 + number}`,
    assetTag: `EK-${1000 + number}`,
  })
  const made = { personId: person.body.id, deviceId: device.body.id, tag: `EK-${1000 + number}` }
  const desk = await signedIn(server, ['handout'])
  if (!sign) return { ...made, desk, loanId: '' }
  const begun = await desk.send('/hand-out', begin(made))
  const loanId = /^\/hand-out\/([^/]+)\/terms/.exec(begun.location ?? '')?.[1] ?? ''
  const signed = await signWith(desk, loanId, { name: 'Nils Åkesson' })
  if (signed.location !== `/hand-out/${loanId}/done`) throw new Error(`Not signed: ${signed.status}`)
  await backAtDesk(desk)
  return { ...made, desk, loanId }
}

const begin = ({ personId, deviceId }: { personId: string; deviceId: string }) => ({
  person: personId,
  device: deviceId,
  identity: 'known',
  language: 'sv',
  accessories: ['charger', 'case'],
})

async function signWith(desk: Visitor, loanId: string, fields: Record<string, string>) {
  const { html } = await desk.see(`/hand-out/${loanId}/sign`)
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
  const sent = { attemptId: hidden('attemptId'), termsSha256: hidden('termsSha256'), identity: 'known' }
  return desk.send(`/hand-out/${loanId}/sign`, { ...sent, ...fields })
}

test('a scan chooses the iPad, a name the person, and both stay chosen', async t => {
  const server = await newOrganisation()
  const { desk, personId, deviceId, tag } = await lent(server, { sign: false })
  t.is((await desk.see('/hand-out?q=nils')).location, `/hand-out?person=${personId}`)
  const both = await desk.see(`/hand-out?person=${personId}&q=${tag.toLowerCase()}`)
  t.is(both.location, `/hand-out?person=${personId}&device=${deviceId}`)
  t.regex((await desk.see('/hand-out?q=zzz')).html, /Nothing matches “zzz”/)
  t.regex(
    (await desk.see(both.location ?? '')).html,
    /aria-describedby="scan-told"[^]*id="scan-told"[^>]*>Person: Nils [^<]*iPad: /,
    'the field that the focus returns to tells whoever sees no page what was chosen',
  )
})

test('an iPad is on loan when it is signed for, and not before', async t => {
  const server = await newOrganisation()
  const { desk, personId, deviceId, tag } = await lent(server, { sign: false })
  const begun = await desk.send('/hand-out', begin({ personId, deviceId }))
  const path = begun.location ?? ''
  const loanId = /^\/hand-out\/([^/]+)/.exec(path)?.[1] ?? ''
  t.regex((await desk.see(path)).html, /<html lang="sv">/)
  const office = await signedIn(server, ['handout'], { name: 'Nils Berg' })
  t.regex((await office.see(`/devices/${deviceId}`)).html, /Waiting for a signature/)

  const empty = await signWith(desk, loanId, { name: '', drawing: '' })
  t.is(empty.status, 422)
  t.regex(empty.html, /Skriv under i rutan/)
  t.regex(empty.html, /typed-way" open/, 'the field for the name is still open')
  const another = await signWith(desk, loanId, { name: 'Eva Ek' })
  t.is(another.status, 422)
  t.regex(another.html, /inte namnet på den som lånar/)
  t.regex(another.html, /value="Eva Ek"/, 'what was typed can be put right')
  t.notRegex((await office.see(`/devices/${deviceId}`)).html, /On loan/)

  const strokes = [
    {
      points: [
        { x: 20, y: 90 },
        { x: 300, y: 40 },
        { x: 560, y: 120 },
      ],
    },
  ]
  const drawing = JSON.stringify({ width: 600, height: 200, strokes })
  t.is((await signWith(desk, loanId, { name: '', drawing })).location, `/hand-out/${loanId}/done`)
  const done = await desk.see(`/hand-out/${loanId}/done`)
  t.deepEqual(textsOf(done.html, 'h1'), ['Tack!'])
  const device = await office.see(`/devices/${deviceId}`)
  t.deepEqual(textsOf(device.html, 'h1'), [tag])
  t.regex(device.html, /On loan/)
  t.regex(device.html, /Nils Åkesson/)
})

test('the borrower’s pages lead nowhere but to the signature', async t => {
  const server = await newOrganisation()
  const { desk, personId, deviceId } = await lent(server, { sign: false })
  const begun = await desk.send('/hand-out', begin({ personId, deviceId }))
  const { html } = await desk.see(begun.location ?? '')
  t.notRegex(html, /<nav|href="\/devices|href="\/people|action="\/sign-out/)
})

test('a borrower with the desk’s screen reaches no page but their own before the desk proves that it has it', async t => {
  const server = await newOrganisation()
  const other = await lent(server)
  const { desk } = other
  const api = await server.as('admin', server.organisationId)
  const tag = 'EK-9001'
  const device = await api.post<{ id: string }>('/api/v1/devices', {
    serialNumber: 'F9FDW99001',
    assetTag: tag,
  })
  const wanted = { ...begin({ personId: other.personId, deviceId: device.body.id }), second: 'on' }
  const begun = await desk.send('/hand-out', wanted)
  const path = begun.location ?? ''
  const loanId = /^\/hand-out\/([^/]+)/.exec(path)?.[1] ?? ''
  t.is((await desk.see(path)).status, 200)

  const elsewhere = ['/', '/devices', '/hand-out', `/people/${other.personId}`, '/account', '/no-such-page']
  const others = [`/hand-out/${other.loanId}/done`, `/hand-out/${other.loanId}/receipt.pdf`, '/api/v1/people']
  for (const one of [...elsewhere, ...others]) {
    const { status, html } = await desk.see(one)
    t.is(status, 403, one)
    t.false(html.includes(other.tag) || html.includes('<nav'), one)
  }
  t.is((await desk.send(`/hand-out/${loanId}/call-off`, {})).status, 403)
  t.is((await desk.send(`/hand-out/${other.loanId}/undo`, {})).status, 403)
  t.is((await desk.send('/confirm', { confirmTo: '/', confirmPassword: 'fel fel fel fel' })).status, 422)
  t.is((await desk.see('/devices')).status, 403)

  t.is((await signWith(desk, loanId, { name: 'Nils Åkesson' })).location, `/hand-out/${loanId}/done`)
  t.is((await desk.see('/devices')).status, 403, 'signing gives the desk to nobody')
  const receipt = await desk.see(`/hand-out/${loanId}/receipt.pdf`)
  t.is(receipt.headers.get('content-type'), 'application/pdf', 'one’s own receipt')
  const asked = await desk.see(`/hand-out/${loanId}/back`)
  t.is(asked.status, 200)
  t.deepEqual(textsOf(asked.html, 'h1'), ['Back to the desk'])
  await backAtDesk(desk)
  t.is((await desk.see('/devices')).status, 200)
  t.is((await desk.see(`/hand-out/${loanId}/back`)).location, '/hand-out')
})

test('an address alone hands no screen over: that is pressed', async t => {
  const server = await newOrganisation()
  const { desk, personId, deviceId } = await lent(server, { sign: false })
  const begun = await desk.send('/hand-out', begin({ personId, deviceId }))
  const loanId = /^\/hand-out\/([^/]+)/.exec(begun.location ?? '')?.[1] ?? ''
  const colleague = await signedIn(server, ['handout'], { name: 'Siv Holm' })
  for (const page of ['terms', 'sign']) {
    const { location } = await colleague.see(`/hand-out/${loanId}/${page}`)
    t.is(location, `/hand-out?person=${personId}&device=${deviceId}`, page)
    t.is((await colleague.see('/devices')).status, 200, 'the screen is still at the desk')
  }
  const { html } = await colleague.see(`/hand-out?person=${personId}&device=${deviceId}`)
  const press = `<form method="post" action="/hand-out/${loanId}/terms">`
  t.is(html.split(press).length, 3, 'in the queue, and where it says what keeps the iPad')
  const versionOf = async () => {
    const api = await server.as('admin', server.organisationId)
    return (await api.get<{ version: number }>(`/api/v1/loans/${loanId}`)).body.version
  }
  const before = await versionOf()
  const pressed = await colleague.send(`/hand-out/${loanId}/terms`, {})
  t.is(pressed.location, `/hand-out/${loanId}/terms?identity=known`)
  t.regex((await colleague.see(pressed.location ?? '')).html, /<html lang="sv">/)
  t.is((await colleague.see('/devices')).status, 403)
  t.is(await versionOf(), before, 'the terms stay as they were shown')
})

test('a drawing that is none, and terms that were not the ones shown, sign nothing', async t => {
  const server = await newOrganisation()
  const { desk, personId, deviceId } = await lent(server, { sign: false })
  const begun = await desk.send('/hand-out', begin({ personId, deviceId }))
  const loanId = /^\/hand-out\/([^/]+)/.exec(begun.location ?? '')?.[1] ?? ''
  t.is((await signWith(desk, loanId, { drawing: '{"__proto__":1}' })).status, 422)
  const other = await signWith(desk, loanId, { name: 'Nils Åkesson', termsSha256: 'a'.repeat(64) })
  t.is(other.status, 422)
  t.regex(other.html, /Villkoren har ändrats/)
  t.is((await desk.see(`/hand-out/${loanId}/done`)).location, '/hand-out')
  t.is((await desk.see(`/hand-out/${loanId}/receipt.pdf`)).location, `/hand-out/${loanId}/terms`)
})

test('what was gone through at a hand-out is ticked with who and when, and counted for the day', async t => {
  const server = await newOrganisation()
  const early = await signedIn(server, ['handout'], { name: 'Tove Alm' })
  t.regex((await early.see('/hand-out')).html, /id="today" data-live[^]*No iPad has been handed out today/)
  const { desk, loanId, deviceId } = await lent(server)
  const path = `/hand-out/${loanId}/checklist`
  const atDesk = (await desk.see('/hand-out')).html
  t.regex(atDesk, /Lathunden är utlämnad: 0 of 1/)
  t.true(atDesk.includes(`<a class="button" href="${path}">`), 'it is the next thing to do')
  t.true((await desk.see(`/devices/${deviceId}`)).html.includes(path))
  t.is((await desk.send(path, { done: ['E-posten fungerar'] })).location, '/hand-out')
  const helper = await signedIn(server, ['handout'], { name: 'Ada Lind' })
  t.is(
    (await helper.send(path, { done: ['Lathunden är utlämnad'], seen: [] })).status,
    303,
    'on a page from before',
  )
  const ticked = (await desk.see(path)).html
  t.regex(ticked, /value="Lathunden är utlämnad" checked><span>[^<]*<small>Ada Lind, /)
  t.notRegex(ticked, /value="E-posten fungerar" checked><span>[^<]*<small>Ada Lind/, 'hers was first')
  t.regex(ticked, /2 of 4 done/)
  t.regex(ticked, /type="hidden" name="seen" value="Lathunden är utlämnad"/)
  const refused = await desk.send(path, { done: ['Kaffe', 'En tekniker har hjälpt till'], seen: [] })
  t.is(refused.status, 422)
  t.regex(refused.html, /value="En tekniker har hjälpt till" checked/, 'what was ticked stays')
  t.notRegex((await desk.see(path)).html, /value="En tekniker har hjälpt till" checked/)
  t.regex((await desk.see('/hand-out')).html, /Lathunden är utlämnad: 1 of 1/)

  await desk.send('/returns', { loan: loanId, device: deviceId, condition: 'A', accessories: [] })
  const after = await desk.see('/hand-out')
  t.regex(after.html, /Lathunden är utlämnad: 1 of 1/, 'it was handed out today all the same')
  t.regex(after.html, /2 of 4 done · back again/)
  t.notRegex((await desk.see(path)).html, /type="checkbox"/)
  const late = await desk.send(path, { done: ['En tekniker har hjälpt till'], seen: [] })
  t.is(late.status, 422)
  t.regex(late.html, /The loan is over/)
})

test('who holds an iPad already gets a second one only when the desk says so', async t => {
  const server = await newOrganisation()
  const { desk, personId } = await lent(server)
  const api = await server.as('admin', server.organisationId)
  serial += 1
  const second = await api.post<{ id: string }>('/api/v1/devices', {
    serialNumber: `F9FDW${10_000 + serial}`,
  })
  const wanted = begin({ personId, deviceId: second.body.id })
  const refused = await desk.send('/hand-out', wanted)
  t.is(refused.status, 422)
  t.regex(refused.html, /already has an iPad/)
  t.regex(refused.html, /value="known" checked/)
  const live = /id="chosen-device" data-live="([^"]+)"/.exec(refused.html)?.[1] ?? ''
  const address = live.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')
  t.regex(
    (await desk.see(address)).html,
    /id="chosen-device" data-live/,
    'what follows the iPad keeps the choice',
  )
  t.is((await desk.send('/hand-out', { ...wanted, second: 'on' })).status, 303)
})

test('a return keeps condition and accessories, and asks for the condition', async t => {
  const server = await newOrganisation()
  const { desk, loanId, deviceId, tag } = await lent(server)
  t.is((await desk.see(`/returns?q=${tag}`)).location, `/returns?device=${deviceId}`)
  const asked = await desk.send('/returns', { loan: loanId, device: deviceId, note: 'A scratch' })
  t.is(asked.status, 422)
  t.regex(asked.html, />A scratch</)
  t.regex(asked.html, /href="#field-condition"/)
  const nothing = await desk.send('/returns', { loan: loanId })
  t.is(nothing.status, 422)
  t.notRegex(nothing.html, /href="#field-/, 'there are no fields where no iPad is known')
  const taken = await desk.send('/returns', {
    loan: loanId,
    device: deviceId,
    condition: 'B',
    accessories: ['charger'],
  })
  t.is(taken.location, `/returns?done=${loanId}`)
  const page = await desk.see(taken.location ?? '')
  t.regex(page.html, new RegExp(`${tag} has been taken back`))
  const receipt = await desk.see(/href="([^"]+return-receipt\.pdf)"/.exec(page.html)?.[1] ?? '')
  t.is(receipt.headers.get('content-type'), 'application/pdf')
  const again = await desk.send('/returns', { loan: loanId, device: deviceId, condition: 'B' })
  t.is(again.status, 422)
})

test('a return and a change of state are undone from what the page says of them', async t => {
  const server = await newOrganisation()
  const { desk, loanId, deviceId } = await lent(server)
  await desk.send('/returns', { loan: loanId, device: deviceId, condition: 'A', accessories: ['charger'] })
  const done = await desk.see(`/returns?done=${loanId}`)
  t.true(done.html.includes(`action="/returns/${loanId}/undo"`))
  t.is((await desk.send(`/returns/${loanId}/undo`, {})).location, `/returns?device=${deviceId}`)
  const again = await desk.see(`/returns?device=${deviceId}`)
  t.regex(again.html, /The return has been undone/)
  t.true(again.html.includes(`name="loan" value="${loanId}"`), 'it can be returned again')
  t.is((await desk.send(`/returns/${loanId}/undo`, {})).status, 409)
  await desk.send('/returns', { loan: loanId, device: deviceId, condition: 'D', accessories: [] })

  const page = `/devices/${deviceId}`
  const person = await signedIn(server, ['admin'])
  const long = 'mötesrum och sammanträdessalar i hela kommunhuset'
  const refused = await person.send(`${page}/labels`, { labels: long })
  t.is(refused.status, 422, 'told on the page of the iPad')
  t.regex(refused.html, new RegExp(`<details class="ask" open>[^]*value="${long}"[^>]*aria-invalid="true"`))
  await person.send(`${page}/lifecycle`, { to: 'in-repair', reason: 'Screen' })
  t.regex((await person.see(page)).html, /changed from Returned to Being repaired/)
  const other = await signedIn(server, ['second-line'], { name: 'Olle Ek' })
  t.notRegex((await other.see(page)).html, /take-back/, 'it is nobody else’s to undo')
  t.is((await person.send(`${page}/lifecycle/take-back`, {})).location, page)
  const back = await person.see(page)
  t.regex(back.html, /The change has been undone/)
  t.notRegex(back.html, /take-back/)
  t.is((await person.send(`${page}/lifecycle/take-back`, {})).status, 409)
})

test('an iPad with a case goes back through the return desk: the case ends, the loan goes on, it is handed in', async t => {
  const server = await newOrganisation()
  const { desk, loanId, deviceId, tag } = await lent(server)
  const report = { device: deviceId, kind: 'theft', description: 'Out of a bag', reportedVia: 'phone' }
  const second = await signedIn(server, ['second-line'])
  await second.send('/theft/report', report)
  const held = await desk.see(`/returns?device=${deviceId}`)
  t.regex(held.html, new RegExp(`${tag} has a case: theft`))
  t.regex(held.html, /call the helpdesk/)
  t.notRegex(held.html, /action="\/theft|name="condition"/, 'the hand-out desk ends no case')
  const refused = await desk.send('/returns', { loan: loanId, device: deviceId, condition: 'B' })
  t.is(refused.status, 422)

  const both = await signedIn(server, ['second-line', 'handout'])
  const offered = await both.see(`/returns?device=${deviceId}`)
  const path = /action="(\/theft\/[^"]+\/recover)"/.exec(offered.html)?.[1] ?? ''
  const next = `/returns?device=${deviceId}`
  t.is((await both.send(path, { close: 'on', next })).location, next)
  t.regex((await desk.see(next)).html, /name="condition"/)
  t.is((await desk.send('/returns', { loan: loanId, device: deviceId, condition: 'B' })).status, 303)
  t.is((await both.send(path, { close: 'on', next: 'https://elsewhere.example' })).status, 422)
})

test('a theft is found by name and reported in one form; the wipe needs somebody else', async t => {
  const server = await newOrganisation()
  const { tag } = await lent(server)
  const asker = await signedIn(server, ['second-line'], { name: 'Karin Dahl' })
  const found = await asker.see('/theft?q=nils')
  t.regex(found.html, new RegExp(tag))
  const path =
    /href="(\/theft\/report\?device&#x3D;[^"]+|\/theft\/report\?device=[^"]+)"/.exec(found.html)?.[1] ?? ''
  const device = path.replace('&#x3D;', '=').split('device=')[1] ?? ''
  const form = { device, kind: 'theft', description: 'Out of a car', reportedVia: 'phone' }

  const wrong = await asker.send('/theft/report', { ...form, policeNumber: 'soon' })
  t.is(wrong.status, 422)
  t.regex(wrong.html, />Out of a car</)
  t.regex((await asker.see('/theft')).html, /No open cases/)

  const { location } = await asker.send('/theft/report', { ...form, policeNumber: '5000-K1234567-26' })
  const casePath = location ?? ''
  t.regex((await asker.see(casePath)).html, /5000-K1234567-26/)

  const firstLine = await signedIn(server, ['helpdesk'], { name: 'Tove Falk' })
  t.regex(
    (await firstLine.see('/')).html,
    /href="\/theft\/cases\?state(=|&#x3D;)open&amp;line(=|&#x3D;)first"/,
  )
  t.is((await firstLine.send(`${casePath}/escalate`, { reason: '' })).status, 422)
  t.is((await firstLine.send(`${casePath}/escalate`, { reason: 'Papers on it' })).status, 303)
  t.is((await asker.send(`${casePath}/take`, {})).status, 303)
  t.regex((await firstLine.see(casePath)).html, /Second line<\/b> · With <b>Karin Dahl/)
  const queue = async (line: string) => (await asker.see(`/theft/cases?state=open&line=${line}`)).html
  t.regex(await queue('second'), /Second line · Karin Dahl/)
  t.regex(await queue('first'), /No cases match/)
  t.is((await asker.send(`${casePath}/request-wipe`, { reason: '' })).status, 422)
  t.is(
    (await asker.send(`${casePath}/request-wipe`, { reason: 'Secret papers', papersChecked: 'on' })).status,
    303,
  )

  const own = await asker.see('/approvals')
  t.regex(own.html, /A colleague has to decide/)
  const id = /action="\/approvals\/([^/]+)\/withdraw"/.exec(own.html)?.[1] ?? ''
  t.is((await asker.send(`/approvals/${id}/approve`, {})).status, 403)
  t.notRegex((await asker.see(casePath)).html, /Wipe approved/)

  const other = await signedIn(server, ['second-line'], { name: 'Lars Ek' })
  t.is((await other.send(`/approvals/${id}/approve`, {})).status, 303)
  t.regex((await asker.see(casePath)).html, /Wipe approved/)

  // Where nobody else has to agree, it is not said to wait for anybody.
  const admin = await server.as('admin', server.organisationId)
  const { version } = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
  const alone = await admin.patch('/api/v1/organisations/current', { version, settings: { fourEyes: false } })
  t.is(alone.status, 200)
  const next = await admin.post<{ id: string }>('/api/v1/devices', { serialNumber: 'DMPALONE0001' })
  const second = { ...form, device: next.body.id }
  const nextCase = (await asker.send('/theft/report', second)).location ?? ''
  const wipe = { reason: 'Secret papers', papersChecked: 'on' }
  const sent = await asker.send(`${nextCase}/request-wipe`, wipe)
  t.is(sent.status, 303)
  const { html } = await asker.see(sent.location ?? '')
  t.regex(html, /The wipe is being sent to the iPad/)
  t.notRegex(html, /waiting for another person/)
})

test('positions are shown only on asking, and each look is logged', async t => {
  const server = await newOrganisation()
  const { deviceId } = await lent(server)
  const desk = await signedIn(server, ['second-line'])
  const report = { device: deviceId, kind: 'loss', description: 'On a train', reportedVia: 'borrower' }
  const casePath = (await desk.send('/theft/report', report)).location ?? ''
  await desk.see(casePath)
  await desk.see(casePath)
  const looks = async () => {
    const audit = await (await server.as('admin', server.organisationId)).get('/api/v1/audit')
    return JSON.stringify(audit.body).split('look-at-positions').length - 1
  }
  t.is(await looks(), 0)
  t.regex((await desk.send(`${casePath}/positions`, {})).html, /No position has come in yet/)
  t.is(await looks(), 1)
})

test('a file is previewed row by row, and nothing is saved before it is taken in', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['secretary'])
  await desk.see('/import/people')
  const none = await desk.send('/import/people', { file: '' })
  t.is(none.status, 422)
  t.regex(none.html, /CSV file/)
})

test('a file that would do something else by now shows what, and is taken in as it is shown then', async t => {
  const server = await newOrganisation()
  const admin = await server.as('admin', server.organisationId)
  const { body: device } = await admin.post<{ id: string; version: number }>('/api/v1/devices', {
    serialNumber: 'F9FDWIMP01',
    model: 'iPad',
  })
  const uploaded = await fetch(new URL('/api/v1/imports/devices', server.url), {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${String(admin.token)}` },
    body: 'Serienummer;Modell\nF9FDWIMP01;iPad Pro\n',
  })
  const path = `/import/devices/${((await uploaded.json()) as { id: string }).id}`
  const desk = await signedIn(server, ['admin'])
  const markIn = (html: string) => /name="plan" value="([^"]*)"/.exec(html)?.[1] ?? ''
  const plan = markIn((await desk.see(path)).html)
  await admin.patch(`/api/v1/devices/${device.id}`, { model: 'iPad Air', version: device.version })
  const refused = await desk.send(path, { plan })
  t.is(refused.status, 422)
  t.regex(refused.html, /Something has changed since the preview/)
  t.not(markIn(refused.html), plan)
  t.is((await desk.send(path, { plan: markIn(refused.html) })).location, '/devices')
  t.like((await admin.get(`/api/v1/devices/${device.id}`)).body, { model: 'iPad Pro' })
})

test('a protected identity is masked on every page, and shown once for a reason', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['secretary'])
  const typed = {
    givenName: 'Elsa',
    familyName: 'Holm',
    email: `elsa.${server.organisationId}@norrby.se`,
    language: 'sv',
  }
  const path = (await desk.send('/people/add', { ...typed, protectedIdentity: 'on' })).location ?? ''
  t.notRegex((await desk.see(path)).html, /Elsa|Holm|elsa\./)
  t.notRegex((await desk.see('/people')).html, /Elsa|Holm/)
  const shown = await desk.send(`${path}/reveal`, { reason: 'She asked for her receipt' })
  t.regex(shown.html, /Elsa Holm/)
  t.notRegex((await desk.see(path)).html, /Elsa|Holm/)
  t.is(
    (await (await signedIn(server, ['helpdesk'])).send(`${path}/reveal`, { reason: 'curious' })).status,
    403,
  )
})

test('a form that hides who somebody is changes nothing, and the protection is taken away for a reason', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['secretary'])
  const email = `siv.${server.organisationId}@norrby.se`
  const typed = { givenName: 'Siv', familyName: 'Alm', email, language: 'sv' }
  const path = (await desk.send('/people/add', typed)).location ?? ''
  const id = path.split('/').at(-1) ?? ''
  const api = await server.as('admin', server.organisationId)
  await api.patch(`/api/v1/people/${id}`, { version: 1, protectedIdentity: true })
  // The form was open before the mark: what it holds is neither saved nor met with what is hidden.
  const stale = await desk.send(`${path}/edit`, {
    ...typed,
    phone: '',
    version: '1',
    protectedIdentity: 'on',
  })
  t.is(stale.status, 409)
  t.notRegex(stale.html, /Skyddad person|value="P-/)
  t.is((await desk.see(`${path}/edit`)).status, 409)
  t.is((await desk.send(`${path}/lift-protection`, { reason: '' })).status, 422)
  t.notRegex((await desk.see(path)).html, /Siv Alm/)
  t.is((await desk.send(`${path}/lift-protection`, { reason: 'The court has decided' })).location, path)
  t.regex((await desk.see(path)).html, /Siv Alm/)
  t.is((await desk.see(`${path}/edit`)).status, 200)
})

test('a borrower with a protected identity reads their own receipt, and the desk does not', async t => {
  const server = await newOrganisation()
  const { desk, personId, deviceId } = await lent(server, { sign: false })
  const api = await server.as('admin', server.organisationId)
  await api.patch(`/api/v1/people/${personId}`, { version: 1, protectedIdentity: true })
  const begun = await desk.send('/hand-out', begin({ personId, deviceId }))
  const loanId = /^\/hand-out\/([^/]+)/.exec(begun.location ?? '')?.[1] ?? ''
  await signWith(desk, loanId, { name: 'Nils Åkesson' })
  const receipt = `/hand-out/${loanId}/receipt.pdf`
  t.is((await desk.see(receipt)).status, 200)
  await backAtDesk(desk)
  t.is((await desk.see(receipt)).status, 403)
  t.notRegex(JSON.stringify(await api.get('/api/v1/audit')), /people\.reveal|papers\.read/)
})

test('the first page shows what waits for the role, and first steps where nothing is', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'])
  t.regex((await admin.see('/')).html, /Get started in \d steps/)
  const { desk, deviceId } = await lent(server, { sign: false })
  t.regex((await desk.see('/')).html, /Nothing is waiting for you/)
  await admin.send('/theft/report', {
    device: deviceId,
    kind: 'theft',
    description: 'Gone',
    reportedVia: 'phone',
  })
  t.regex((await admin.see('/')).html, /case in the first line/)
  t.notRegex((await desk.see('/')).html, /case in the first line/)
})

test('a mandate that was ended by mistake is taken back from the message, and nobody’s later change with it', async t => {
  const server = await newOrganisation()
  const api = await server.as('admin', server.organisationId)
  const post = async (path: string, body: object) =>
    (await api.post<{ id: string }>(`/api/v1/${path}`, body)).body.id
  const person = { givenName: 'Maj', familyName: 'Lund', email: 'maj.lund@norrby.se' }
  const personId = await post('people', person)
  const bodyId = await post('bodies', { name: 'Valnämnden', type: 'committee', startsOn: '2020-01-01' })
  const until = '2030-12-31'
  const mandateId = await post('mandates', { personId, bodyId, startsOn: '2026-01-01', endsOn: until })
  const stored = async () =>
    (await api.get<{ endsOn?: string; version: number }>(`/api/v1/mandates/${mandateId}`)).body
  const desk = await signedIn(server, ['admin'])
  const path = `/people/${personId}/mandates/${mandateId}`

  const crafted = `/people/${personId}?ended=${mandateId}&version=1&until=2031-01-01`
  t.notRegex((await desk.see(crafted)).html, /has ended\./, 'it has not')
  t.is((await desk.send(`${path}/resume`, { version: '1', until: '2031-01-01' })).status, 422)
  t.like(await stored(), { endsOn: until, version: 1 })

  const ended = (await desk.send(`${path}/end`, {})).location ?? ''
  t.true(((await stored()).endsOn ?? until) < until)
  const { html } = await desk.see(ended)
  t.regex(html, /The mandate in Valnämnden has ended/)
  t.true(html.includes(`action="${path}/resume"`))
  // What it goes back to stands in the log; a link or a form that says another day changes nothing of that.
  const undo = { version: String((await stored()).version), until: '2099-12-31' }
  t.is((await desk.send(`${path}/resume`, undo)).location, `/people/${personId}`)
  t.is((await stored()).endsOn, until)
  t.notRegex((await desk.see(ended)).html, /has ended\./, 'the message is over')

  const again = (await desk.send(`${path}/end`, {})).location ?? ''
  const { version } = await stored()
  await api.patch(`/api/v1/mandates/${mandateId}`, { version, costWeight: 3 })
  t.notRegex((await desk.see(again)).html, /has ended\./, 'somebody changed it since')
  t.is((await desk.send(`${path}/resume`, { version: String(version), until })).status, 422)
  t.not((await stored()).endsOn, until)
  const other = await signedIn(server, ['helpdesk'])
  t.is((await other.send(`${path}/resume`, undo)).status, 403)
})
