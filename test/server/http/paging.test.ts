import test from 'ava'
import { placeText, readTextPlace, readTimePlace } from '../../../server/http/list-order.ts'
import { fromGreatest, pageOfAll } from '../../../server/http/paging.ts'
import { startTestServer } from '../../support/server.ts'

const people = ['Öberg', 'Ek', 'Ångström', 'Zetterberg', 'ek'].map((name, at) => ({ name, id: String(at) }))
const placeOf = ({ name, id }: (typeof people)[number]) => [name, id]

function walk(rows: readonly (typeof people)[number][], limit: number): string[] {
  const names: string[] = []
  for (let after: string | undefined; ;) {
    const page = pageOfAll(rows, { limit, ...(after !== undefined && { after }) }, placeOf)
    names.push(...page.items.map(({ name }) => name))
    if (page.next === null) return names
    after = page.next
  }
}

test('pages of any size make the whole list in Swedish order', t => {
  for (const limit of [1, 2, 3, 5, 9])
    t.deepEqual(walk(people, limit), ['ek', 'Ek', 'Zetterberg', 'Ångström', 'Öberg'], String(limit))
})

test('a row that goes or comes between two pages moves no other', t => {
  const first = pageOfAll(people, { limit: 2 }, placeOf)
  t.deepEqual(
    first.items.map(({ name }) => name),
    ['ek', 'Ek'],
  )
  const now = [...people.filter(({ name }) => name !== 'Ek'), { name: 'Adler', id: '9' }]
  const rest = pageOfAll(now, { limit: 9, after: first.next ?? '' }, placeOf)
  t.deepEqual(
    rest.items.map(({ name }) => name),
    ['Zetterberg', 'Ångström', 'Öberg'],
  )
  t.is(rest.next, null)
})

test('a cursor that was made up is refused', t => {
  for (const after of ['x', '', 'W10x', Buffer.from('{"a":1}').toString('base64url'), 'WzFd'])
    t.throws(() => pageOfAll(people, { limit: 2, after }, placeOf), { code: 'bad-cursor' }, after)
})

test('what begins with the greatest stays in that order beyond ten', t => {
  const numbers = [2, 11, 100, 9].map(number => ({ number }))
  const page = pageOfAll(numbers, { limit: 9 }, ({ number }) => [fromGreatest(number)])
  t.deepEqual(
    page.items.map(({ number }) => number),
    [100, 11, 9, 2],
  )
})

test('the short lists of the API are walked one by one, and tell each thing once', async t => {
  const server = await startTestServer(t, { env: { ORNKOLL_WEBHOOKS_PRIVATE: 'accepted' } })
  const admin = await server.as('admin')
  const add = async (path: string, ...bodies: object[]) => {
    for (const body of bodies) t.is((await admin.post(`/api/v1/${path}`, body)).status, 201, path)
  }
  const body = { type: 'committee', startsOn: '2026-01-01' }
  await add('bodies', { ...body, name: 'Ölandsnämnden' }, { ...body, name: 'Alnämnden' })
  await add('tokens', { name: 'a', roles: ['handout'] }, { name: 'b', roles: ['handout'] })
  const member = { name: 'N', roles: ['handout'] }
  await add('staff', { ...member, email: 'a@example.se' }, { ...member, email: 'b@example.se' })
  await add('policies', { title: 'Ett', text: 'Ett' }, { title: 'Två', text: 'Två' })
  const hook = { events: ['loan.signed'] }
  await add('webhooks', { ...hook, url: 'https://a.example/' }, { ...hook, url: 'https://b.example/' })
  for (const path of ['bodies', 'tokens', 'staff', 'policies', 'webhooks', 'profiles']) {
    const whole = (await admin.get<{ items: { id: string }[] }>(`/api/v1/${path}`)).body.items
    const seen: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: { body: { items: { id: string }[]; next: string | null } } = await admin.get(
        `/api/v1/${path}?limit=1${next ? `&after=${next}` : ''}`,
      )
      seen.push(...page.body.items.map(({ id }) => id))
      next = page.body.next
    }
    t.deepEqual(
      seen,
      whole.map(({ id }) => id),
      path,
    )
    t.true(path === 'profiles' || seen.length >= 2, path)
    t.is((await admin.get(`/api/v1/${path}?after=made-up`)).status, 422, path)
    t.is((await admin.get(`/api/v1/${path}?limit=201`)).status, 400, path)
  }
})

test('a cursor belongs to one order of its list, and to a thing that there is', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const neighbour = await server.as('admin', otherId)
  for (const at of ['1', '2', '3']) {
    const device = { serialNumber: `DMPORDER000${at}`, assetTag: `O-${at}` }
    t.is((await admin.post('/api/v1/devices', device)).status, 201)
    const person = { givenName: 'Asta', familyName: `Lind${at}`, email: `asta${at}@example.se` }
    t.is((await admin.post('/api/v1/people', person)).status, 201)
  }
  const orders = {
    devices: ['assetTag', '-assetTag', 'serialNumber', 'lifecycle'],
    people: ['name', '-name', 'email', '-email'],
    audit: ['at', '-at'],
  }
  for (const [path, sorts] of Object.entries(orders))
    for (const sort of sorts) {
      const address = `/api/v1/${path}?limit=1&sort=`
      const { next } = (await admin.get<{ next: string }>(`${address}${sort}`)).body
      for (const other of sorts) {
        const { status, body } = await admin.get<{ error?: { code: string } }>(
          `${address}${other}&after=${encodeURIComponent(next)}`,
        )
        t.is(status, other === sort ? 200 : 422, `${path} ${sort} in ${other}`)
        t.is(body.error?.code, other === sort ? undefined : 'bad-cursor')
      }
    }
  const [own] = (await admin.get<{ items: { id: string }[] }>('/api/v1/devices')).body.items
  for (const part of ['commands', 'contents']) {
    const path = `/api/v1/devices/${own?.id ?? ''}/${part}`
    t.is((await admin.get(path)).status, 200, part)
    t.is((await neighbour.get(path)).status, 404, `${part} of another organisation`)
    t.is((await admin.get(`/api/v1/devices/none/${part}`)).status, 404, part)
  }
})

test('a place that is not of its list is refused, whether by time, by text or by number', t => {
  const at = new Date('2026-11-22T10:00:00Z')
  t.deepEqual(readTimePlace(placeText(at, 'a')), { at, id: 'a' })
  t.deepEqual(readTextPlace(placeText('2026-11-22', 'a')), { text: '2026-11-22', id: 'a' })
  const foreign = ['x', '', `${at.toISOString()}_a`, `${String(at.getTime())}.a`, placeText(undefined, 'a')]
  for (const text of [...foreign, placeText('soon', 'a')])
    t.throws(() => readTimePlace(text), { code: 'bad-cursor' }, text)
  for (const text of [...foreign, placeText(at, 'a')])
    t.throws(() => readTextPlace(text), { code: 'bad-cursor' }, text)
})
