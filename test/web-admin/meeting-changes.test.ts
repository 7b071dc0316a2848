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
    name: 'Kulturnämnden',
    type: 'committee',
    costCentre: '1000',
    startsOn: '2026-01-01',
  })
  const desk = await signedIn(server, ['admin'])
  const opened = (await desk.see(`/bodies/${body.id}`)).html
  const hidden = (name: string, html: string) =>
    (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x3D;', '=')
  const mine = {
    name: 'Kultur och fritid',
    type: 'committee',
    costCentre: '1000',
    startsOn: '2026-01-01',
    endsOn: '',
    version: hidden('version', opened),
    seen: hidden('seen', opened),
  }
  await api.patch(`/api/v1/bodies/${body.id}`, { version: 1, costCentre: '2000', name: 'Kultur' })
  const met = await desk.send(`/bodies/${body.id}`, mine)
  t.is(met.status, 422)
  t.regex(met.html, /This is what the other person changed/)
  t.regex(met.html, /<b>Cost centre<\/b>: 2000<\/li>/)
  t.regex(met.html, /<b>Name<\/b>: Kultur <span class="badge warning">/)
  t.regex(met.html, /value="Kultur och fritid"/)
  t.regex(met.html, /value="2000"/)
  const stored = async () => (await api.get<Body>(`/api/v1/bodies/${body.id}`)).body
  t.is((await stored()).name, 'Kultur', 'nothing is overwritten unseen')
  const again = {
    ...mine,
    costCentre: '2000',
    version: hidden('version', met.html),
    seen: hidden('seen', met.html),
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
          givenName: 'Old',
          familyName: 'Ek',
          email: 'meet@example.se',
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

test('costs, keys, accounts, webhooks, prices and the provider meet what somebody else saved, too', async t => {
  const server = await newOrganisation()
  const api = await server.as('admin', server.organisationId)
  const desk = await signedIn(server, ['admin', 'finance'])
  const begins = { type: 'committee', startsOn: '2026-01-01' }
  const culture = await created<Body>(api, '/api/v1/bodies', { ...begins, name: 'Kulturnämnden' })
  const school = await created<Body>(api, '/api/v1/bodies', { ...begins, name: 'Skolnämnden' })
  const hidden = (name: string, html: string) =>
    (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x3D;', '=')
      .replaceAll('&amp;', '&')

  /** Opens the form, lets somebody else save, and sends it with `mine`; saving what comes back must then do. */
  async function meets(
    path: string,
    mine: Readonly<Record<string, string | readonly string[]>>,
    {
      theirs,
      shows,
    }: { readonly theirs: () => Promise<{ status: number }>; readonly shows: readonly RegExp[] },
  ) {
    const opened = await desk.see(path)
    const held = (html: string) => ({ version: hidden('version', html), seen: hidden('seen', html) })
    const saved = await theirs()
    t.true(saved.status < 300, `${path}: the other saves, ${saved.status}`)
    const met = await desk.send(path, { ...mine, ...held(opened.html) })
    t.is(met.status, 422, path)
    for (const words of [/This is what the other person changed/, ...shows]) t.regex(met.html, words, path)
    t.notRegex(met.html, /hemlig klient/, path)
    const again = await desk.send(path, { ...mine, ...held(met.html) })
    t.is(again.status, 303, `${path}: ${/class="wrong-words">.*?<span>(.*?)</.exec(again.html)?.[1] ?? ''}`)
  }

  const line = {
    kind: 'annual',
    fromOn: '2026-01-01',
    amountOre: 10_000,
    text: 'Abonnemang',
    category: 'subscription',
    payer: { kind: 'central' },
    bearer: { kind: 'body', bodyId: culture.id },
  }
  const cost = await created<{ id: string }>(api, '/api/v1/cost-lines', line)
  const typedCost = { kind: 'annual', fromOn: '2026-01-01', amountOre: '100,00', category: 'subscription' }
  await meets(
    `/costs/lines/${cost.id}`,
    { ...typedCost, text: 'Mina ord', payer: 'central', bearer: `body:${culture.id}` },
    {
      theirs: () =>
        api.put(`/api/v1/cost-lines/${cost.id}`, {
          ...line,
          version: 1,
          bearer: { kind: 'body', bodyId: school.id },
        }),
      shows: [/<\/b>: Skolnämnden<\/li>/, /value="Mina ord"/],
    },
  )

  const shares = (parts: number) => ({
    name: 'Nyckel',
    basis: 'shares',
    validFrom: '2026-01-01',
    shares: [{ bodyId: culture.id, parts }],
  })
  const key = await created<{ id: string }>(api, '/api/v1/allocation-keys', shares(1))
  await meets(
    `/costs/keys/${key.id}`,
    { name: 'Min nyckel', basis: 'shares', validFrom: '2026-01-01', [`parts-${culture.id}`]: '1' },
    {
      theirs: () => api.put(`/api/v1/allocation-keys/${key.id}`, { ...shares(5), version: 1 }),
      shows: [/<b>Kulturnämnden<\/b>: 5<\/li>/, /value="5"/, /value="Min nyckel"/],
    },
  )

  const colleague = await created<{ id: string }>(api, '/api/v1/staff', {
    name: 'Anna Gammal',
    email: 'anna.meet@example.se',
    language: 'sv',
    roles: ['helpdesk'],
  })
  await meets(
    `/settings/staff/${colleague.id}`,
    { name: 'Anna Gammal', language: 'sv', roles: ['helpdesk', 'auditor'] },
    {
      theirs: () => api.patch(`/api/v1/staff/${colleague.id}`, { version: 1, name: 'Anna Ny' }),
      shows: [/<b>Name<\/b>: Anna Ny<\/li>/, /value="Anna Ny"/, /value="auditor" checked/],
    },
  )

  const told = { url: 'https://example.se/hook', events: ['loan.signed'] }
  const hook = await created<{ id: string }>(api, '/api/v1/webhooks', told)
  await meets(
    `/settings/webhooks/${hook.id}`,
    { url: 'https://example.se/mine', events: ['loan.signed'], active: 'on' },
    {
      theirs: () => api.put(`/api/v1/webhooks/${hook.id}`, { ...told, active: false, version: 1 }),
      shows: [/<\/b>: No<\/li>/, /value="https:\/\/example\.se\/mine"/],
    },
  )

  const prices = (charger: number) => ({ settings: { prices: { charger } } })
  const { body: known } = await api.get<{ version: number }>('/api/v1/organisations/current')
  await meets(
    '/settings/prices',
    { device: '4 995', charger: '' },
    {
      theirs: () => api.patch('/api/v1/organisations/current', { ...prices(24_900), version: known.version }),
      shows: [/<\/b>: 249(,00)?<\/li>/, /value="4 995"/, /value="249(,00)?"/],
    },
  )

  const provider = {
    name: 'Norrby',
    issuer: 'https://inloggning.example.se',
    clientId: 'ornkoll',
    enabled: false,
    groupClaim: 'groups',
    groupRoles: [],
    clientSecret: 'hemlig klient',
  }
  const own = '/api/v1/organisations/current/identity-provider'
  t.is((await api.put(own, { ...provider, version: 0 })).status, 200)
  await meets(
    '/settings/single-sign-on',
    {
      name: 'Mitt namn',
      issuer: provider.issuer,
      clientId: 'ornkoll',
      groupClaim: 'groups',
      groupRoles: '',
      assurance: '',
      clientSecret: 'hemlig klient två',
    },
    {
      theirs: () => api.put(own, { ...provider, clientId: 'annan', version: 1 }),
      shows: [/<\/b>: annan<\/li>/, /value="Mitt namn"/],
    },
  )
})
