import test from 'ava'
import { type TestServer } from '../../support/server.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf } from '../visitor.ts'

const newOrganisation = oneServer(test)

const aCost = {
  text: 'Subscriptions',
  category: 'subscription',
  kind: 'annual',
  amountOre: '1 000,01',
  vatOre: '',
  fromOn: '2025-01-01',
  toOn: '2025-12-31',
  payer: 'central',
  bearer: 'none',
}

async function withBodies(server: TestServer, names: readonly string[]) {
  const api = await server.as('admin', server.organisationId)
  const made = names.map(name =>
    api.post<{ id: string }>('/api/v1/bodies', { name, type: 'committee', startsOn: '2020-01-01' }),
  )
  return (await Promise.all(made)).map(({ body }) => body.id)
}

test('a year without costs says so and leads to the first one', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'])
  const { html, status } = await desk.see('/costs?year=2025')
  t.is(status, 200)
  t.true(textsOf(html, 'h2').includes('No costs in 2025'))
  t.regex(html, /href="\/costs\/lines\/add"/)
  t.notRegex(html, /action="\/costs\/agree"/)
})

test('a cost that is split reaches each committee to the öre', async t => {
  const server = await newOrganisation()
  const bodies = await withBodies(server, ['Alpha', 'Beta', 'Gamma'])
  const desk = await signedIn(server, ['finance'])
  const key = { name: 'Thirds', basis: 'shares', validFrom: '2025-01-01', validTo: '' }
  const parts = Object.fromEntries(bodies.map(id => [`parts-${id}`, '1']))
  t.is((await desk.send('/costs/keys/add', { ...key, ...parts })).location, '/costs/keys')
  const form = await desk.see('/costs/lines/add')
  const keyChoice = /value="(key:[^"]+)"/.exec(form.html)?.[1] ?? ''
  t.is((await desk.send('/costs/lines/add', { ...aCost, bearer: keyChoice })).location, '/costs/lines')
  const { html } = await desk.see('/costs?year=2025')
  const cells = textsOf(html, 'td').filter(text => text.startsWith('333.'))
  t.deepEqual(cells.sort(), ['333.33 kr', '333.34 kr', '333.34 kr'])
  t.regex(textsOf(html, 'tfoot').join(), /1,000\.01 kr/)
  t.is((await desk.see('/costs?year=2026')).html.includes('333.'), false)
})

test('what nobody bears is shown until somebody does', async t => {
  const server = await newOrganisation()
  const [body = ''] = await withBodies(server, ['Alpha'])
  const desk = await signedIn(server, ['finance'])
  await desk.send('/costs/lines/add', aCost)
  t.regex((await desk.see('/costs?year=2025')).html, /Nobody bears 1,000\.01.kr in annual costs/)
  const list = await desk.see('/costs/of/unattributed?year=2025')
  const line = /href="(\/costs\/lines\/[^"]+)"/.exec(list.html)?.[1] ?? ''
  const version = /name="version" value="(\d+)"/.exec((await desk.see(line)).html)?.[1] ?? ''
  t.is((await desk.send(line, { ...aCost, version, bearer: `body:${body}` })).status, 303)
  t.notRegex((await desk.see('/costs?year=2025')).html, /Nobody bears/)
  t.is((await desk.see('/costs/of/unattributed?year=2025')).status, 404)
})

test('a wrong cost is shown again with every error and what was typed, and nothing is saved', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'], { language: 'sv' })
  const wrong = { ...aCost, text: '', kind: 'one-off', amountOre: '1.234', bearer: 'everybody' }
  const { status, html } = await desk.send('/costs/lines/add', wrong)
  t.is(status, 422)
  t.regex(html, /Fyll i ”Vad”/)
  t.regex(html, /Belopp utan moms: skriv ett belopp/)
  t.regex(html, /en engångskostnad har bara en dag/)
  t.regex(html, /Bärs av: välj ett av alternativen/)
  t.regex(html, /value="1\.234"/)
  t.regex((await desk.see('/costs/lines')).html, /Inga kostnadsrader ännu/)
})

test('a payer of another organisation is refused', async t => {
  const [theirs = ''] = await withBodies(await newOrganisation(), ['Theirs'])
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'])
  const { status } = await desk.send('/costs/lines/add', { ...aCost, payer: `body:${theirs}` })
  t.is(status, 422)
  t.regex((await desk.see('/costs/lines')).html, /No cost lines yet/)
})

test('a cost is removed with a reason, and not without', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'])
  await desk.send('/costs/lines/add', aCost)
  const line =
    /href="(\/costs\/lines\/(?!add|list)[^"]+)"/.exec((await desk.see('/costs/lines')).html)?.[1] ?? ''
  const asked = await desk.send(`${line}/remove`, { reason: '', version: '1' })
  t.is(asked.status, 422)
  t.is((await desk.see(`${line}/remove`)).location, line)
  t.is((await desk.see(line)).status, 200)
  t.is(
    (await desk.send(`${line}/remove`, { reason: 'Entered twice', version: '1' })).location,
    '/costs/lines',
  )
  t.is((await desk.see(line)).status, 404)
})

test('an agreed year stays as it is and says that lines have changed since', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'], { name: 'Eva Ek' })
  await desk.send('/costs/lines/add', aCost)
  t.is((await desk.send('/costs/agree', { year: '2025' })).location, '/costs?year=2025')
  await desk.send('/costs/lines/add', { ...aCost, amountOre: '5' })
  const { html } = await desk.see('/costs?year=2025')
  t.regex(html, /by Eva Ek\./)
  t.regex(html, /Lines have changed since/)
  t.notRegex(html, /1,005\.01/)
  t.is((await desk.send('/costs/agree', { year: '2025' })).status, 409)
})

test('the files come as CSV of the year that was asked for', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'])
  await desk.send('/costs/lines/add', aCost)
  const { headers, html } = await desk.see('/costs/parts.csv?year=2025')
  t.is(headers.get('content-type'), 'text/csv; charset=utf-8')
  t.regex(headers.get('content-disposition') ?? '', /attachment; filename="[a-z-]+-2025\.csv"/)
  t.regex(html, /2025;Not allocated;;Subscriptions;Subscription;Annual;;1000,01\r\n$/)
  const auditor = await server.as('auditor', server.organisationId)
  const log = await auditor.get<{ items: { action: string; after?: object }[] }>('/api/v1/audit')
  const taken = log.body.items.find(({ action }) => action === 'costs.export')
  t.deepEqual(taken?.after, { file: 'ipad-rader', year: 2025 }, 'that it left the house is known')
})

test('who may not see costs is refused, and who may only read them changes none', async t => {
  const server = await newOrganisation()
  t.is((await (await signedIn(server, ['helpdesk'])).see('/costs')).status, 403)
  const auditor = await signedIn(server, ['auditor'])
  t.is((await auditor.see('/costs')).status, 200)
  t.is((await auditor.send('/costs/lines/add', aCost)).status, 403)
  t.notRegex((await auditor.see('/costs/lines')).html, /lines\/add/)
})

test('a form from elsewhere, without the token of the browser, saves nothing', async t => {
  const server = await newOrganisation()
  const desk = await signedIn(server, ['finance'])
  t.is((await desk.send('/costs/lines/add', { ...aCost, crumb: 'made-up' })).status, 403)
  t.regex((await desk.see('/costs/lines')).html, /No cost lines yet/)
})
