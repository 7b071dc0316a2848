import { crc32, inflateRawSync } from 'node:zlib'
import test from 'ava'
import { type Device } from '../../server/devices/device.ts'
import { chosenColumns, readChoices, writeChoices, type Column } from '../../web-admin/tables/columns.ts'
import { sortedRows } from '../../web-admin/tables/table-view.ts'
import { xlsxOf } from '../../web-admin/xlsx.ts'
import { created, handOut } from '../support/hand-out.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf } from './visitor.ts'

const newOrganisation = oneServer(test)
let made = 0

/** An iPad on loan, one in stock, a borrower and somebody with a protected identity who has one too. */
async function aLendingDesk(server: TestServer) {
  const desk = await server.as(['admin', 'second-line'], server.organisationId)
  const number = String(10_000 + (made += 1))
  const post = <T = { id: string }>(path: string, body: object) => created<T>(desk, `/api/v1/${path}`, body)
  const device = await post('devices', {
    serialNumber: `F9FDL${number}`,
    assetTag: '=1+1',
    model: 'iPad (A16)',
    purchase: { on: '2026-01-15', priceOre: 499_550, supplier: '0012' },
  })
  const hidden = await post('devices', { serialNumber: `F9FDM${number}`, assetTag: 'L-2' })
  await post('devices', { serialNumber: `F9FDN${number}`, assetTag: 'L-3' })
  const person = { givenName: 'Åsa', familyName: 'Öberg', email: `asa${number}@example.se`, phone: '070-1' }
  const borrower = await post('people', person)
  const secret = await post('people', {
    givenName: 'Hemlig',
    familyName: 'Sekretsson',
    email: `hemlig${number}@example.se`,
    protectedIdentity: true,
  })
  await handOut(desk, borrower.id, device.id)
  await handOut(desk, secret.id, hidden.id)
  return { desk, device, borrower }
}

/** The files of an archive, found by its directory as a reader would, each checked by its sum. */
function unzipped(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [named, extra, said] = [28, 30, 32].map(field => bytes.readUInt16LE(at + field))
    const name = bytes.toString('utf8', at + 46, at + 46 + (named ?? 0))
    const local = bytes.readUInt32LE(at + 42)
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const content = inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(at + 20)))
    if (crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error(`${name} is damaged`)
    files.set(name, content.toString())
    at += 46 + (named ?? 0) + (extra ?? 0) + (said ?? 0)
  }
  return files
}

const bodyFacts = { type: 'committee', costCentre: '1', startsOn: '2024-01-01' }
const lines = (csv: string) => csv.replace('\uFEFF', '').trimEnd().split('\r\n')

test('the list of people is narrowed to those who sit in a body today, and so is its file', async t => {
  const server = await newOrganisation()
  const { desk, borrower } = await aLendingDesk(server)
  const aBody = async (name: string) =>
    (await created<{ id: string }>(desk, '/api/v1/bodies', { ...bodyFacts, name })).id
  const [theirs, former] = [await aBody('Kulturnämnden'), await aBody('Skolnämnden')]
  const seat = { personId: borrower.id, role: 'member', startsOn: '2024-01-01' }
  await created(desk, '/api/v1/mandates', { ...seat, bodyId: theirs })
  await created(desk, '/api/v1/mandates', { ...seat, bodyId: former, endsOn: '2024-12-31' })
  const admin = await signedIn(server, ['admin'], { language: 'sv' })
  const inBody = async (id: string) => (await admin.see(`/people?body=${id}&sort=email`)).html
  const listed = await inBody(theirs)
  t.regex(listed, /Öberg, Åsa/)
  t.notRegex(listed, /Skyddad person P-/, 'who sits elsewhere, or nowhere')
  t.notRegex(await inBody(former), /Öberg, Åsa/, 'who sat there once')
  t.regex(await inBody(former), /Ingen person stämmer/)
  const [, ...rows] = lines((await admin.see(`/people/list.csv?body=${theirs}`)).html)
  t.is(rows.length, 1)
  t.regex(rows[0] ?? '', /^Öberg, Åsa;Kulturnämnden;/)
})

test('a list is taken along as Nordic spreadsheets read it, just as it is filtered and ordered', async t => {
  const server = await newOrganisation()
  await aLendingDesk(server)
  const admin = await signedIn(server, ['admin'], { language: 'sv' })
  const file = await admin.see('/devices/list.csv?lifecycle=on-loan&sort=-assetTag')
  t.is(file.status, 200)
  t.is(file.headers.get('content-type'), 'text/csv; charset=utf-8')
  t.regex(file.headers.get('content-disposition') ?? '', /attachment; filename="devices\.csv"/)
  const [head, first, second, ...rest] = lines(file.html)
  t.is(head, 'Märkning;Serienummer;Modell;Låntagare;Läge;Senaste kontakt')
  t.regex(first ?? '', /^L-2;F9FDM\d+;iPad;Skyddad person P-[0-9A-F]{6};Utlånad;/)
  t.regex(second ?? '', /^'=1\+1;F9FDL\d+;iPad \(A16\);Åsa Öberg;/, 'nothing is taken for a formula')
  t.deepEqual(rest, [])
  t.notRegex(file.html, /Sekretsson/)
  const english = await signedIn(server, ['admin'], { name: 'Eva Ek' })
  t.regex((await english.see('/devices?lifecycle=on-loan')).html, /Protected person P-[0-9A-F]{6}/)
  t.regex((await english.see('/loans')).html, /Protected person P-[0-9A-F]{6}/)
})

test('the columns that somebody chose are kept, shown and taken along', async t => {
  const server = await newOrganisation()
  await aLendingDesk(server)
  const admin = await signedIn(server, ['admin'])
  const chosen = { list: 'devices', column: ['price', 'supplier', 'nonsense'], back: '/devices?lock=open' }
  t.is((await admin.send('/columns', chosen)).location, '/devices?lock=open')
  const { html } = await admin.see('/devices?sort=assetTag')
  t.deepEqual(textsOf(html, 'th').slice(1, 4), ['Tag ↑', 'Price excluding VAT', 'Supplier'])
  t.regex(html, /aria-sort="ascending"/)
  const csv = (await admin.see('/devices/list.csv')).html
  t.deepEqual(lines(csv).slice(0, 2), ['Tag;Price excluding VAT;Supplier', "'=1+1;4995,50;0012"])
  t.is((await admin.see('/people')).status, 200, 'other lists keep theirs')
  await admin.send('/columns', { list: 'devices', reset: 'yes', back: 'https://elsewhere.example' })
  t.is(textsOf((await admin.see('/devices')).html, 'th')[2], 'Serial number')
})

test('a workbook holds texts as texts and amounts as numbers', async t => {
  const bytes = await xlsxOf('Lista: /nr 1', [
    ['Tag', 'Price', 'Count'],
    ['=1+1', { ore: 499_550 }, 3],
    ['0012', undefined, 0],
    ['a\u0001b', { ore: -50 }, undefined],
    ['<b> & c', undefined, undefined],
  ])
  const sheet = unzipped(bytes).get('xl/worksheets/sheet1.xml') ?? ''
  t.notRegex(sheet, /<f>/, 'no formula at all')
  t.regex(sheet, /<v>4995\.5<\/v>/)
  t.regex(sheet, /<v>-0\.5<\/v>/)
  t.regex(sheet, /state="frozen"/)
  for (const words of ['=1+1', '0012', 'ab', '&lt;b&gt; &amp; c']) t.true(sheet.includes(`>${words}<`), words)
  t.regex(sheet, /<c r="A2" s="3" t="inlineStr">/)
  t.regex(unzipped(bytes).get('xl/workbook.xml') ?? '', /<sheet name="Lista {3}nr 1"/)
})

test('a workbook counts days and times as days and times, and leaves what only looks like one', async t => {
  const files = unzipped(
    await xlsxOf('Lista', [
      ['2026-01-01'],
      ['2026-11-24', '2026-11-24 18:00', '2026-11-24 05:02:37'],
      ['2026-02-31', '2026-0033', '1899-12-31'],
      ['2026-11-24 18:00 Bo Ek', '2026-11-24 24:00', ' 2026-11-24'],
    ]),
  )
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
  t.true(sheet.includes('<c r="A1" s="1" t="inlineStr">'), 'the head stays words')
  t.true(sheet.includes('<c r="A2" s="4"><v>46350</v></c><c r="B2" s="5"><v>46350.75</v></c>'))
  const seconds = Number(/<c r="C2" s="6"><v>([\d.]+)<\/v>/.exec(sheet)?.[1])
  t.is(Math.round((seconds - 46_350) * 86_400), 5 * 3600 + 2 * 60 + 37)
  t.is((sheet.match(/<c r="[A-C][34]" s="3" t="inlineStr">/g) ?? []).length, 6)
  const styles = files.get('xl/styles.xml') ?? ''
  const formats = [...(/<cellXfs.*<\/cellXfs>/.exec(styles)?.[0] ?? '').matchAll(/<xf numFmtId="(\d+)"/g)]
  t.is(formats[4]?.[1], '164')
  t.true(styles.includes('<numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'))
})

test('the same list comes as a workbook from its page', async t => {
  const server = await newOrganisation()
  const { desk } = await aLendingDesk(server)
  const admin = await signedIn(server, ['admin'])
  const { html } = await admin.see('/loans')
  t.regex(html, /href="\/loans\/list\.xlsx"/)
  const file = await admin.see('/loans/list.xlsx?state=open')
  t.is(file.status, 200)
  t.regex(file.headers.get('content-type') ?? '', /spreadsheetml/)
  t.true(file.html.startsWith('PK'))
  const log = await desk.get<{ items: { action: string; after: object; on: object }[] }>(
    '/api/v1/audit?action=lists.export',
  )
  t.like(log.body.items[0], {
    on: { kind: 'list', id: 'loans' },
    after: { form: 'xlsx', rows: 2, filter: { state: 'open' } },
  })
})

test('names leave the house with those alone who may take people along, and only when they are fresh', async t => {
  const time = { now: new Date(Date.now()) }
  const server = await startTestServer(t, { clock: { now: () => time.now } })
  const { desk } = await aLendingDesk(server)
  const handout = await signedIn(server, ['handout'], { name: 'Olle Ek' })
  t.is((await handout.see('/people/list.csv')).status, 403)
  t.notRegex((await handout.see('/people')).html, /list\.csv/)
  for (const path of ['/devices/list.csv', '/loans/list.csv']) {
    const { status, html } = await handout.see(path)
    t.is(status, 200, path)
    t.notRegex(html, /Öberg|Skyddad/, path)
  }
  const admin = await signedIn(server, ['admin'])
  t.regex((await admin.see('/people/list.csv')).html, /Öberg, Åsa/)
  time.now = new Date(time.now.getTime() + 6 * 60_000)
  for (const path of ['/people/list.csv', '/devices/list.xlsx', '/loans/list.csv', '/theft/cases/list.csv']) {
    const { status, html } = await admin.see(path)
    t.is(status, 403, path)
    t.notRegex(html, /Öberg/, path)
    t.regex(html, /Confirm that it is you/, path)
  }
  t.is((await admin.see('/devices')).status, 200, 'looking is free')
  const log = await desk.get<{ items: object[] }>('/api/v1/audit?action=lists.export')
  t.is(log.body.items.length, 3, 'what was refused did not leave')
})

test('loans and cases are narrowed, go on page by page, and say when nothing fits', async t => {
  const server = await newOrganisation()
  const empty = await signedIn(server, ['admin'], { name: 'Första Dag' })
  t.regex((await empty.see('/loans')).html, /No loans yet/)
  t.regex((await empty.see('/theft/cases')).html, /No cases yet/)
  const { desk, device } = await aLendingDesk(server)
  await created(desk, '/api/v1/incidents', { kind: 'damage', deviceId: device.id, description: 'Sprucken' })
  const admin = await signedIn(server, ['admin'])
  t.is(textsOf((await admin.see('/loans')).html, 'tr').length, 3)
  t.regex((await admin.see('/loans?state=returned')).html, /No loans match/)
  t.regex((await admin.see('/loans?state=open')).html, /Öberg/)
  t.regex((await admin.see('/theft/cases?kind=damage')).html, /&#x3D;1\+1/)
  t.regex(
    (await admin.see('/theft')).html,
    /<td>\d+\u00A0\S+\u00A0\d{4} \d{2}:\d{2}<\/td>/,
    'no row of five lines',
  )
  t.regex((await admin.see('/theft/cases?kind=theft')).html, /No cases match/)
  const strange = ['/loans?after=x', '/loans?state=$ne&body[]=1', '/devices?sort=$where&after=x']
  for (const path of strange) t.true([200, 400, 422].includes((await admin.see(path)).status), path)
  const stranger = await signedIn(await newOrganisation(), ['admin'])
  t.regex((await stranger.see('/loans')).html, /No loans yet/)
  t.is(lines((await stranger.see('/devices/list.csv')).html).length, 1, 'the head alone')
})

test('profiles, policies and keys for programs are searched, ordered and taken along as other lists are', async t => {
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin', 'second-line'])
  for (const [name, days] of [
    ['Etikettskrivare', '30'],
    ['Arkiv', '365'],
  ] as const)
    await admin.send('/settings/tokens', { name, days, roles: ['helpdesk'] })
  const heads = (html: string) => textsOf(html, 'th').filter(text => /^(Arkiv|Etikettskrivare)$/.test(text))
  t.deepEqual(heads((await admin.see('/settings/tokens')).html), ['Arkiv', 'Etikettskrivare'])
  const byEnd = await admin.see('/settings/tokens?sort=expires')
  t.deepEqual(heads(byEnd.html), ['Etikettskrivare', 'Arkiv'])
  t.regex(byEnd.html, /action="\/settings\/tokens\/[^"]+\/revoke"/)
  t.deepEqual(
    heads((await admin.see('/settings/tokens?q=karin+ARK')).html),
    ['Arkiv'],
    'any column, any order',
  )
  t.regex((await admin.see('/settings/tokens?q=nowhere')).html, /Nothing matches/)
  const [head, ...keys] = lines((await admin.see('/settings/tokens/list.csv?q=etikett')).html)
  t.is(head, 'Key;May do;Only;Created;Created by;Last used;Valid until')
  t.is(keys.length, 1)
  t.regex(keys[0] ?? '', /^Etikettskrivare;.*;Karin Dahl;/)

  const policy = { text: 'Lösenkod krävs.' }
  await admin.send('/profiles/policies/write', { ...policy, title: 'Policy ett' })
  await admin.send('/profiles/policies/write', { ...policy, title: 'Policy två', basedOn: '1' })
  const titles = (html: string) => textsOf(html, 'th').filter(text => text.startsWith('Policy '))
  t.deepEqual(titles((await admin.see('/profiles/policies')).html), ['Policy två', 'Policy ett'])
  t.deepEqual(titles((await admin.see('/profiles/policies?sort=number')).html), ['Policy ett', 'Policy två'])
  await admin.send('/columns', { list: 'policies', column: ['number'], back: '/profiles/policies' })
  t.deepEqual(lines((await admin.see('/profiles/policies/list.csv?sort=title')).html), [
    'Title;Version',
    'Policy ett;1',
    'Policy två;2',
  ])
  t.regex((await admin.see('/profiles')).html, /No profiles yet/)
  t.is(lines((await admin.see('/profiles/rollouts/list.csv')).html).length, 1)
})

test('costs, keys, jobs, guides and webhooks are narrowed, ordered and taken along too', async t => {
  const server = await newOrganisation()
  const desk = await server.as(['admin', 'finance'], server.organisationId)
  const post = (path: string, body: object) => created<{ id: string }>(desk, `/api/v1/${path}`, body)
  const line = { payer: { kind: 'central' }, bearer: { kind: 'none' }, category: 'subscription' }
  await post('cost-lines', { ...line, kind: 'annual', fromOn: '2025-01-01', amountOre: 4550, text: '=SUM' })
  await post('cost-lines', { ...line, kind: 'one-off', fromOn: '2026-02-01', amountOre: -50, text: 'Såld' })
  const key = { basis: 'equal', validFrom: '2026-01-01' }
  await post('allocation-keys', { ...key, name: 'Österut' })
  await post('allocation-keys', { ...key, name: 'Åt alla', validTo: '2026-06-30' })
  await post('webhooks', { url: 'https://b.example/hook', events: ['loan.signed'] })
  await post('webhooks', { url: 'https://a.example/hook', events: ['loan.signed'] })
  const { id } = await post('devices', { serialNumber: 'F9FDLJOBS01', assetTag: 'J-1' })
  await post('devices/bulk-actions', { action: 'move', to: 'broken', reason: 'Vatten', deviceIds: [id] })
  const person = await signedIn(server, ['admin', 'finance', 'second-line'])
  const csv = async (path: string) => lines((await person.see(path)).html)

  t.deepEqual(await csv('/costs/lines/list.csv'), [
    'What;Category;Amount excluding VAT;Kind;When;Last day;Borne by;Paid by',
    'Såld;Subscription;-0,50;One-off;2026-02-01;;Nobody yet;Central office',
    "'=SUM;Subscription;45,50;Annual;2025-01-01;;Nobody yet;Central office",
  ])
  t.is((await csv('/costs/lines/list.csv?kind=annual&year=2026')).length, 2, 'it comes each year')
  t.is((await csv('/costs/lines/list.csv?year=2024')).length, 1)
  const none = await person.see('/costs/lines?kind=annual&year=2024')
  t.regex(none.html, /href="\/costs\/lines">/)
  t.notRegex(none.html, /No cost lines yet/)
  t.is((await person.see('/costs/lines?kind=nonsense&year=20x6&after=')).status, 200)

  t.deepEqual(
    (await csv('/costs/keys/list.csv?sort=name')).map(row => row.split(';')[0]),
    ['Name', 'Åt alla', 'Österut'],
  )
  t.regex((await person.see('/costs/keys?q=alla')).html, /Ended/)
  t.deepEqual(
    (await csv('/settings/webhooks/list.csv?sort=url')).map(row => row.split(';')[0]),
    ['Address', 'https://a.example/hook', 'https://b.example/hook'],
  )
  t.deepEqual((await csv('/jobs/list.csv')).length, 2)
  t.regex((await csv('/jobs/list.csv'))[1] ?? '', /^Mark as broken;/)
  t.deepEqual((await csv('/jobs/list.csv?state=refused')).length, 1)
  t.regex((await person.see('/jobs?state=refused')).html, /Nothing matches/)
  t.is((await csv('/profiles/guides/list.csv')).length, 1)

  const other = await signedIn(server, ['handout'])
  t.is((await other.see('/costs/lines/list.csv')).status, 403)
  t.is((await other.see('/settings/webhooks/list.csv')).status, 403)
})

test('a cookie that was tampered with chooses no columns, and the first one stays', t => {
  const columns = ['a', 'b', 'c'].map((key, at): Column<object> => ({
    key,
    text: 'device.tag',
    isSpare: at === 2,
    show: () => key,
    file: () => key,
  }))
  const keys = (chosen?: readonly string[]) => chosenColumns(columns, chosen).map(({ key }) => key)
  t.deepEqual(keys(), ['a', 'b'])
  t.deepEqual(keys([]), ['a'])
  t.deepEqual(keys(['c', 'x']), ['a', 'c'])
  for (const cookie of [undefined, '', '<x>', 'devices.a;b', '__proto__.a', 'x'.repeat(5000)])
    t.is(readChoices(cookie).get('devices'), undefined, String(cookie).slice(0, 20))
  const both = writeChoices(readChoices('people.name'), 'devices', ['model', 'holder'])
  t.deepEqual(
    [...readChoices(both)],
    [
      ['people', ['name']],
      ['devices', ['model', 'holder']],
    ],
  )
  t.is(writeChoices(readChoices('people.name'), 'people', undefined), '')
})

test('rows that are read as a whole are ordered as Swedes order, numbers as numbers', t => {
  const rows = [
    { name: 'Öland', count: 2 },
    { name: 'Åre', count: 10 },
    { name: 'Ale', count: 9 },
  ]
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'name', text: 'body.name', sort: 'name', show: ({ name }) => name, file: ({ name }) => name },
    { key: 'count', text: 'body.mandates', sort: 'count', show: () => '', file: ({ count }) => count },
  ]
  const order = (sort: string) => sortedRows(rows, columns, sort).map(({ name }) => name)
  t.deepEqual(order('name'), ['Ale', 'Åre', 'Öland'])
  t.deepEqual(order('-name'), ['Öland', 'Åre', 'Ale'])
  t.deepEqual(order('count'), ['Öland', 'Ale', 'Åre'])
  t.deepEqual(order('$where'), ['Öland', 'Åre', 'Ale'])
})

test('several are chosen on the list, and all that fit are counted', async t => {
  const server = await newOrganisation()
  const { device } = await aLendingDesk(server)
  const admin = await signedIn(server, ['admin'])
  const { html } = await admin.see('/devices?q=L-')
  t.regex(html, /All 2 that match the filter/)
  t.regex(html, /<input type="hidden" name="q" value="L-">/)
  const chosen = await admin.send('/devices/bulk', { device: [device.id], deed: 'edit' })
  t.regex(chosen.html, /Change warranty or owner: one iPad/)
  const all = await admin.send('/devices/bulk', { all: 'on', lifecycle: 'on-loan', deed: 'move-retired' })
  t.regex(all.html, /any of the selected/)
  t.regex(all.html, /2: The state cannot be changed from on loan to retired/i)
  const helpdesk = await signedIn(server, ['helpdesk'], { name: 'Tove Ek' })
  t.notRegex((await helpdesk.see('/devices')).html, /data-bulk/)
  t.true((await helpdesk.see('/devices')).html.includes('L-3'))
  const state = (
    await (await server.as('admin', server.organisationId)).get<Device>(`/api/v1/devices/${device.id}`)
  ).body.lifecycle
  t.is(state, 'on-loan', 'looking changed nothing')
})

test('those who work here are ordered by any column and taken along by whoever rules them', async t => {
  const server = await newOrganisation()
  const api = await server.as('admin', server.organisationId)
  for (const [name, email] of [
    ['Örjan Ek', 'orjan'],
    ['Alva Berg', 'alva'],
  ])
    await created(api, '/api/v1/staff', {
      name,
      email: `${email ?? ''}@${server.organisationId}.se`,
      roles: ['handout'],
    })
  const admin = await signedIn(server, ['admin'])
  const names = async (query: string) =>
    textsOf((await admin.see(`/settings/staff${query}`)).html, 'th')
      .slice(3)
      .map(text => text.split(' ').slice(0, 2).join(' '))
  t.deepEqual(await names('?sort=-name'), ['Örjan Ek', 'Karin Dahl', 'Alva Berg'])
  const csv = (await admin.see('/settings/staff/list.csv?sort=name')).html
  t.is(lines(csv).length, 4)
  t.true(lines(csv)[1]?.startsWith('Alva Berg;'))
  const helpdesk = await signedIn(server, ['helpdesk'], { name: 'Tove Ek' })
  t.is((await helpdesk.see('/settings/staff/list.csv')).status, 403)
})
