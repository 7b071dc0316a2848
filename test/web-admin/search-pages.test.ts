import test from 'ava'
import { created } from '../support/hand-out.ts'
import { oneServer } from './one-server.ts'
import { signedIn, textsOf } from './visitor.ts'

const newOrganisation = oneServer(test)
let made = 0

async function aDesk() {
  const server = await newOrganisation()
  const api = await server.as(['admin'], server.organisationId)
  const number = String(10_000 + (made += 1))
  const serialNumber = `F9FDS${number}`
  const device = await created<{ id: string }>(api, '/api/v1/devices', { serialNumber, assetTag: 'SÖK-1' })
  const second = { serialNumber: `F9FDT${number}`, assetTag: 'SÖK-12' }
  await created(api, '/api/v1/devices', second)
  const person = { givenName: 'Sökia', familyName: 'Prov', email: `sok${number}@example.se` }
  await created(api, '/api/v1/people', person)
  return { server, device, serialNumber, email: person.email }
}

test('every page carries the search, and a whole tag leads straight to its page', async t => {
  const { server, device, serialNumber } = await aDesk()
  const desk = await signedIn(server, ['admin'])
  for (const path of ['/', '/devices', '/people', '/settings', '/approvals', '/nowhere'])
    t.regex((await desk.see(path)).html, /<form[^>]*action="\/search" role="search"/, path)
  for (const q of ['SÖK-1', 'sök-1', serialNumber])
    t.is((await desk.see(`/search?q=${encodeURIComponent(q)}`)).location, `/devices/${device.id}`, q)
})

test('what fits in part is shown in groups, in the language of the reader', async t => {
  const { server } = await aDesk()
  const desk = await signedIn(server, ['admin'], { language: 'sv' })
  const { status, html } = await desk.see('/search?q=s%C3%B6k')
  t.is(status, 200)
  t.deepEqual(textsOf(html, 'h2'), ['iPads', 'Personer'])
  t.regex(html, /value="sök"/)
  t.regex(html, /3 träffar/)
  t.regex((await desk.see('/search?q=zzzz')).html, /Inget stämmer/)
  t.regex((await desk.see('/search')).html, /Vad letar du efter/)
  t.regex((await desk.see('/search?q=%3Cscript%3E')).html, /&lt;script&gt;/)
})

test('a role finds what it may read and nothing else, also among the suggestions', async t => {
  const { server } = await aDesk()
  const finance = await signedIn(server, ['finance'])
  t.deepEqual(textsOf((await finance.see('/search?q=s%C3%B6k')).html, 'h2'), ['iPads'])
  const read = async (who: typeof finance) =>
    JSON.parse((await who.see('/search/suggestions?q=s%C3%B6k')).html) as {
      items: { href: string }[]
      said: string
    }
  t.true((await read(finance)).items.every(({ href }) => href.startsWith('/devices/')))
  t.is((await read(finance)).items.length, 2)
  const stranger = await signedIn(await newOrganisation(), ['admin'])
  t.like(await read(stranger), { items: [], said: 'Nothing matches.' })
  t.regex((await stranger.see('/search?q=s%C3%B6k')).html, /Nothing matches/)
})
