import test from 'ava'
import { startTestServer } from '../../support/server.ts'
import { created } from '../../support/hand-out.ts'
import { aLogo } from '../../support/a-logo.ts'
import { signedIn, visitor } from '../visitor.ts'

const version = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''

test('a colour and a logo are seen on every page and at the sign-in, and another organisation has its own', async t => {
  const server = await startTestServer(t)
  const admin = await signedIn(server, ['admin'])
  const before = await admin.see('/settings/look')
  const pale = await admin.send('/settings/look', { colour: '#f2b43c', version: version(before.html) })
  t.is(pale.status, 422)
  t.regex(pale.html, /has a contrast of 1\.8/)
  const dark = await admin.send('/settings/look', { colour: '#5B2A86', version: version(before.html) })
  t.is(dark.location, '/settings/look')

  t.is((await admin.sendFile('/settings/look/logo', Buffer.from('<svg/>'), {}, 'logo')).status, 422)
  t.regex((await admin.sendFile('/settings/look/logo', Buffer.from(''), {}, 'logo')).html, /choose a file/)
  const text = await admin.send('/settings/look/logo', { logo: 'words' })
  t.is(text.status, 422)
  t.regex(text.html, /This picture cannot be used/, 'a text was chosen, so none is asked for')
  t.is((await admin.sendFile('/settings/look/logo', aLogo(), {}, 'logo')).location, '/settings/look')
  const { html } = await admin.see('/devices')
  const [style = ''] = /\/look\/colour\/[0-9a-f]{6}/.exec(html) ?? []
  const [logo = ''] = /\/look\/logo\/[0-9a-f]{64}/.exec(html) ?? []
  const stranger = visitor(server)
  const sheet = await stranger.see(style)
  t.regex(sheet.html, /--side:#5b2a86/)
  t.regex(sheet.headers.get('content-type') ?? '', /^text\/css/)
  const picture = await fetch(new URL(logo, server.url))
  t.is(picture.headers.get('content-type'), 'image/png')
  t.is(picture.headers.get('x-content-type-options'), 'nosniff')
  t.deepEqual(Buffer.from(await picture.arrayBuffer()), Buffer.from(aLogo()))
  t.true((await stranger.see('/sign-in')).html.includes(logo))
  for (const path of ['/look/colour/f2b43c', '/look/colour/x', `/look/logo/${'0'.repeat(64)}`])
    t.is((await stranger.see(path)).status, 404, path)

  const { id } = await server.ornkoll.organisations.create({
    name: 'Grannby',
    language: 'sv',
    secondFactorFor: [],
  })
  const neighbour = await signedIn({ ...server, organisationId: id }, ['admin'])
  t.notRegex((await neighbour.see('/settings/look')).html, /\/look\/(colour|logo)\/[0-9a-f]/)
  t.false((await visitor(server).see('/sign-in')).html.includes(logo), 'with two, the sign-in is nobody’s')

  t.is((await admin.send('/settings/look/logo/remove', {})).location, '/settings/look')
  t.notRegex((await admin.see('/devices')).html, /\/look\/logo/)
})

test('prices are typed as kronor, kept as öre and shown to whoever decides a case', async t => {
  const server = await startTestServer(t)
  const admin = await signedIn(server, ['admin', 'second-line'])
  const { html } = await admin.see('/settings/prices')
  const wrong = await admin.send('/settings/prices', { version: version(html), device: 'dyr', pen: '-1' })
  t.is(wrong.status, 422)
  t.regex(wrong.html, /value="dyr"/)
  const typed = { version: version(html), device: '4 995,50', charger: '249', pen: '' }
  t.is((await admin.send('/settings/prices', typed)).location, '/settings/prices')
  const api = await server.as(['admin', 'second-line'])
  const { body } = await api.get<{ settings: { prices: object } }>('/api/v1/organisations/current')
  t.deepEqual(body.settings.prices, { device: 499_550, charger: 24_900 })
  const device = await created<{ id: string }>(api, '/api/v1/devices', { serialNumber: 'DMPPRICE0001' })
  const broken = { kind: 'damage', deviceId: device.id, description: 'Sprucken skärm.' }
  const { id } = await created<{ id: string }>(api, '/api/v1/incidents', broken)
  t.regex((await admin.see(`/theft/${id}`)).html, /Prices: iPad 4,995\.50\u00a0kr · Charger 249\.00\u00a0kr/)
})
