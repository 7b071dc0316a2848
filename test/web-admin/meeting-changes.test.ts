import test from 'ava'
import { type Body } from '../../server/bodies/body.ts'
import { type Fields } from '../../web-admin/form.ts'
import { sayIn } from '../../web-admin/language.ts'
import { meetChanges, seenIn } from '../../web-admin/meeting-changes.ts'
import { created } from '../support/hand-out.ts'
import { oneServer } from './one-server.ts'
import { signedIn } from './visitor.ts'

const newOrganisation = oneServer(test)
const say = sayIn('en')
const fields = {
  name: { label: 'body.name' },
  type: { label: 'body.type', type: 'select', options: [{ value: 'council', text: 'Council' }] },
  isOn: { label: 'body.ends', type: 'checkbox' },
} as const satisfies Fields

const was = { name: 'Old', type: 'committee', isOn: true }

test('what only the other changed is taken over, what only the reader changed stays', t => {
  const now = { ...was, type: 'council', isOn: false }
  const { typed, theirs } = meetChanges(fields, { was, mine: { ...was, name: 'Mine', isOn: 'on' }, now }, say)
  t.deepEqual(typed, { name: 'Mine', type: 'council', isOn: false })
  t.deepEqual(theirs, [
    { label: 'Kind', theirs: 'Council', isClash: false },
    { label: 'Until', theirs: 'No', isClash: false },
  ])
})

test('what both changed keeps the reader’s words and says what the other wrote', t => {
  const now = { ...was, name: '' }
  const { typed, theirs } = meetChanges(fields, { was, mine: { ...was, name: 'Mine' }, now }, say)
  t.is(typed['name'], 'Mine')
  t.deepEqual(theirs, [{ label: 'Name', theirs: 'empty', isClash: true }])
  const same = meetChanges(
    fields,
    { was, mine: { ...was, name: 'Both' }, now: { ...was, name: 'Both' } },
    say,
  )
  t.false(same.theirs[0]?.isClash, 'the same words are no clash')
})

test('a form that does not say what it held, or lies, takes nothing over its reader’s words', t => {
  for (const seen of [undefined, '', 'null', '[1]', '{', '"x"']) t.notThrows(() => seenIn({ seen }))
  const { typed } = meetChanges(fields, { was: {}, mine: { name: 'Mine' }, now: { name: 'Theirs' } }, say)
  t.is(typed['name'], 'Mine')
})

test('two people at one body: the second reads what the first saved, and loses nothing', async t => {
  const server = await newOrganisation()
  const api = await server.as('admin', server.organisationId)
  const body = await created<Body>(api, '/api/v1/bodies', {
    ...{ name: 'Kulturnämnden', type: 'committee', costCentre: '1000', startsOn: '2026-01-01' },
  })
  const desk = await signedIn(server, ['admin'])
  const opened = (await desk.see(`/bodies/${body.id}`)).html
  const hidden = (name: string, html: string) =>
    (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x3D;', '=')
  const mine = {
    ...{
      name: 'Kultur och fritid',
      type: 'committee',
      costCentre: '1000',
      startsOn: '2026-01-01',
      endsOn: '',
    },
    ...{ version: hidden('version', opened), seen: hidden('seen', opened) },
  }
  await api.patch(`/api/v1/bodies/${body.id}`, { version: 1, costCentre: '2000', name: 'Kultur' })
  const met = await desk.send(`/bodies/${body.id}`, mine)
  t.is(met.status, 422)
  t.regex(met.html, /This is what the other changed/)
  t.regex(met.html, /<b>Cost centre<\/b>: 2000<\/li>/)
  t.regex(met.html, /<b>Name<\/b>: Kultur <span class="badge warning">/)
  t.regex(met.html, /value="Kultur och fritid"/)
  t.regex(met.html, /value="2000"/)
  const stored = async () => (await api.get<Body>(`/api/v1/bodies/${body.id}`)).body
  t.is((await stored()).name, 'Kultur', 'nothing is overwritten unseen')
  const again = {
    ...mine,
    ...{ costCentre: '2000', version: hidden('version', met.html), seen: hidden('seen', met.html) },
  }
  t.is((await desk.send(`/bodies/${body.id}`, again)).location, '/bodies')
  t.like(await stored(), { name: 'Kultur och fritid', costCentre: '2000' })
})

for (const [what, path, fields] of [
  ['an iPad', '/devices/{id}/edit', { origin: 'new', ownership: 'organisation', model: 'Mine' }],
  ['a person', '/people/{id}/edit', { givenName: 'Mine', familyName: 'Ek', language: 'sv' }],
] as const) {
  test(`the form of ${what} keeps what was typed when somebody was faster`, async t => {
    const server = await newOrganisation()
    const api = await server.as('admin', server.organisationId)
    const isDevice = what === 'an iPad'
    const made = isDevice
      ? await created<{ id: string }>(api, '/api/v1/devices', { serialNumber: 'F9FDMEET0001', model: 'Old' })
      : await created<{ id: string }>(api, '/api/v1/people', {
          ...{ givenName: 'Old', familyName: 'Ek', email: 'meet@example.se' },
        })
    const desk = await signedIn(server, ['admin'])
    const address = path.replace('{id}', made.id)
    t.regex((await desk.see(address)).html, /name="seen"/)
    const change = isDevice ? { theftMark: 'Z-1' } : { phone: '070-1' }
    await api.patch(`/api/v1/${isDevice ? 'devices' : 'people'}/${made.id}`, { version: 1, ...change })
    const mine = { ...fields, version: '1', serialNumber: 'F9FDMEET0001', email: 'meet@example.se' }
    const { status, html } = await desk.send(address, mine)
    t.is(status, 422)
    t.regex(html, /value="Mine"/)
    t.regex(html, isDevice ? /Z-1/ : /070-1/)
    t.regex(html, /name="version" value="2"/)
  })
}
