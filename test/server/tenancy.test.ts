import { randomUUID } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { type Document } from 'mongodb'
import { roles } from '../../server/staff/rights.ts'
import { reloadTag } from '../../web-admin/reloads.ts'
import { type ApiClient } from '../support/api-client.ts'
import { type Done } from '../support/api-calls.ts'
import { aSignedInAdministrator, liveAnApiDay, type ApiDay } from '../support/api-day.ts'
import { created } from '../support/hand-out.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { startTestApns } from '../support/simulation.ts'
import { aReceiver } from '../support/webhook-receiver.ts'

/** Collections that a day of the API leaves empty, each with the reason. A new one has to be filled or named here. */
const leftEmpty: Readonly<Record<string, string>> = {
  setUpLinks: 'only until the first administrator is there',
  changes: 'what open pages are told, gone within minutes: test/server/live',
  deviceEvents: 'gone when every part has heard of them: test/server/device-channel',
}

interface TwoDays {
  readonly server: TestServer
  readonly day: ApiDay
  readonly otherDay: ApiDay
  readonly otherId: string
}

async function twoDays(t: ExecutionContext): Promise<TwoDays> {
  const apns = await startTestApns(t)
  const mail = await startMailServer(t)
  const env = { ...apns.env, ...mail.env, ORNKOLL_PRIVATE_WEBHOOKS: 'accepted' }
  const server = await startTestServer(t, { env })
  const { url: receiverUrl } = await aReceiver(t)
  const { id: otherId } = await server.ornkoll.organisations.create({
    name: 'Grannby',
    language: 'sv',
    secondFactorFor: [],
  })
  const { organisationId } = server
  const day = await liveAnApiDay(t, { server, organisationId, mark: 'Hemlig', receiverUrl })
  const otherDay = await liveAnApiDay(t, { server, organisationId: otherId, mark: 'Grannb', receiverUrl })
  await server.ornkoll.noticing.mail.tellAll()
  return { server, day, otherDay, otherId }
}

/** Every row of one organisation, by collection. */
async function rowsOf(server: TestServer, organisationId: string): Promise<Map<string, Document[]>> {
  const rows = new Map<string, Document[]>()
  for (const { name, tenancy } of server.ornkoll.tables.all) {
    if ('sharedBecause' in tenancy) continue
    const collection = server.ornkoll.connected.db.collection(name)
    const field = tenancy.belongsTo === 'organisations' ? 'organisationIds' : 'organisationId'
    rows.set(name, await collection.find({ [field]: organisationId }, { sort: { _id: 1 } }).toArray())
  }
  return rows
}

/** Leaves out what moves by looking or by itself: the log, what is told and mailed, last uses, the waking of iPads. */
function still(rows: Map<string, Document[]>): string {
  const moving = new Set(['audit', 'auditHeads', 'changes', 'deviceEvents', 'webhookDeliveries'])
  for (const name of ['mails', 'noticeMails', 'noticeChoices', 'personalReads']) moving.add(name)
  const kept = [...rows].filter(([name]) => !moving.has(name))
  return JSON.stringify(kept, (key, value: unknown) =>
    /^last(Used|Seen)At$|^wake/.test(key) ? undefined : value,
  )
}

async function isEachRowSomebodys(t: ExecutionContext, { server, otherId }: TwoDays): Promise<number> {
  const mine = await rowsOf(server, server.organisationId)
  const theirs = await rowsOf(server, otherId)
  let count = 0
  const empty: string[] = []
  for (const { name, tenancy } of server.ornkoll.tables.all) {
    if ('sharedBecause' in tenancy) continue
    const all = await server.ornkoll.connected.db.collection(name).countDocuments()
    const [own = 0, other = 0] = [mine.get(name)?.length, theirs.get(name)?.length]
    t.is(own + other, all, `${name} has rows of nobody, or of both`)
    if (name in leftEmpty) continue
    if (own === 0 || other === 0) empty.push(`${name}: ${String(own)} and ${String(other)} rows`)
    count += all
  }
  const unknown = Object.keys(leftEmpty).filter(name => !mine.has(name))
  t.deepEqual(unknown, [], 'there are no such collections any more')
  t.deepEqual(empty, [], 'fill these in test/support/api-day.ts, or say above why a day leaves them empty')
  return count
}

interface Told {
  readonly status: number
  readonly text: string
}

async function ask(
  server: TestServer,
  client: ApiClient,
  done: Pick<Done, 'operation' | 'path' | 'body' | 'key'>,
): Promise<Told> {
  const [method = 'get'] = done.operation.split(' ')
  const answer = await fetch(new URL(done.path, server.url), {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${client.token ?? ''}`,
      ...(done.body && { 'content-type': done.body.type }),
      ...(done.key !== undefined && { 'idempotency-key': done.key }),
    },
    ...(done.body && { body: bytesOf(done.body.text) }),
  })
  return { status: answer.status, text: await answer.text() }
}

const bytesOf = (text: string | Uint8Array) => (typeof text === 'string' ? text : Buffer.from(text))

/** Code and message of a refusal, without the id of the request. */
function refusalIn({ status, text }: Told): string {
  return `${String(status)} ${text.replace(/"requestId":"[^"]*"/, '')}`
}

interface Mixed {
  /** Which of the ids it is. */
  readonly at: string
  readonly theirs: Pick<Done, 'operation' | 'path' | 'body'>
  readonly none: Pick<Done, 'operation' | 'path' | 'body'>
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/**
 * One's own deed with each of its ids in turn swapped for what stood there when the other organisation did the same, and
 * for an id of nothing. A single id in the address is the whole deed of another, which is tried elsewhere.
 */
function mixedWith(own: Done, twin: Done | undefined, foreign: ReadonlySet<string>): Mixed[] {
  const idsOf = ({ path, body }: Done) => {
    const text = typeof body?.text === 'string' ? body.text : ''
    return [...path.matchAll(uuid), ...text.matchAll(uuid)].map(([id]) => id)
  }
  if (twin?.operation !== own.operation || own.path.includes('/api/v1/me/')) return []
  const mine = idsOf(own)
  const theirs = idsOf(twin)
  if (mine.length !== theirs.length) return []
  return mine.flatMap((id, index) => {
    const other = theirs[index] ?? ''
    const isWhole = mine.length === 1 && own.path.includes(id)
    if (isWhole || !foreign.has(other) || mine.indexOf(id) !== index) return []
    const swapped = (to: string) => ({
      operation: own.operation,
      path: own.path.replaceAll(id, to),
      ...(typeof own.body?.text === 'string' && {
        body: { ...own.body, text: own.body.text.replaceAll(id, to) },
      }),
    })
    return [{ at: `id ${String(index + 1)}`, theirs: swapped(other), none: swapped(randomUUID()) }]
  })
}

/** An answer without what differs from one request to the next. */
const withoutIds = (told: Told) =>
  refusalIn(told)
    .replace(uuid, 'id')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')

/** The word of the API for what a page is about, where the page's address calls it something else. */
const ofPages: Readonly<Record<string, string>> = {
  'costs/keys': 'allocation-keys',
  'costs/lines': 'cost-lines',
  'costs/of': 'bodies',
  'hand-out': 'loans',
  'import/devices': 'imports/devices',
  'import/people': 'imports/people',
  'profiles/apps': 'app-sets',
  'profiles/drafts': 'drafts',
  'profiles/guides': 'guides',
  'profiles/policies': 'policies',
  'profiles/rollouts': 'rollouts',
  'profiles/rollouts/assignments': 'assignments',
  'profiles/rollouts/requests': 'rollout-requests',
  'settings/staff': 'staff',
  'settings/terms': 'liability-terms',
  'settings/webhooks': 'webhooks',
  theft: 'incidents',
}

/** The addresses of the pages about one thing, to be filled with its id. */
function pagesOfThings(server: TestServer, { ids }: ApiDay) {
  const table = server.ornkoll.doors.staff?.table() ?? []
  return (
    table
      .filter(({ method, path }) => method === 'get' && /^\/(?!api\/).*\{(id|draft)\}/.test(path))
      // Where a form is sent that has no page of its own.
      .filter(({ settings }) => !(settings.tags ?? []).includes(reloadTag))
      .flatMap(({ path }) => {
        const area = path.slice(1, path.indexOf('/{'))
        const id = ids[ofPages[area] ?? area]
        const fill = (own: string) =>
          path
            .replace(/\{(id|draft)\}/, own)
            .replace('{otherId}', ids['otherPeople'] ?? 'none')
            .replace('{index}', '0')
            .replace(/\{[^}]+\}/g, '1')
        return [{ path, id, fill }]
      })
  )
}

/** What a page answers to whoever has this session: its status, heading and text. */
async function look(server: TestServer, cookie: string, path: string) {
  const answer = await fetch(new URL(path, server.url), { redirect: 'manual', headers: { cookie } })
  const text = await answer.text()
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1] ?? answer.headers.get('location') ?? ''
  return { status: answer.status, heading, text }
}

test('two organisations live a day each, and neither is seen, changed or confirmed to exist by the other', async t => {
  t.timeout(600_000)
  const days = await twoDays(t)
  const { server, day, otherDay, otherId } = days
  const rows = await isEachRowSomebodys(t, days)

  const stranger = await server.as([...roles], otherId)
  const [ownPerson, strangePerson] = [
    await aSignedInAdministrator({ server, organisationId: server.organisationId, mark: 'Egen' }),
    await aSignedInAdministrator({ server, organisationId: otherId, mark: 'Annan' }),
  ]
  const mine = await rowsOf(server, server.organisationId)
  const ids = new Set([...mine.values()].flat().map(row => String(row['_id'])))
  for (const row of [...(await rowsOf(server, otherId)).values()].flat()) ids.delete(String(row['_id']))
  ids.delete(server.organisationId)
  t.true(ids.size > 100)
  const before = still(mine)
  const count = { lists: 0, details: 0, pages: 0, deeds: 0, mixed: 0 }

  // What can be listed or shown without an id holds nothing of the other.
  const table = server.ornkoll.doors.staff?.table() ?? []
  const looks = table
    .filter(({ method, path }) => method === 'get' && path.startsWith('/api/v1/'))
    .map(({ path }) => path)
  for (const path of looks.filter(each => !each.includes('{'))) {
    const { text } = await ask(server, stranger, { operation: 'get', path })
    count.lists += 1
    t.false(text.includes(day.mark), `${path} tells of the other organisation`)
    const told = [...ids].find(id => text.includes(id))
    t.is(told, undefined, `${path} tells an id of the other organisation`)
  }

  // A thing of the other is refused in the very words of one that does not exist.
  const faults: string[] = []
  const named = [...new Set([...ids].filter(id => /^[\w-]{16,}$/.test(id)))]
  const byArea = (area: string) => Object.entries(day.ids).find(([kind]) => kind === area)?.[1]
  for (const path of looks.filter(each => each.includes('{'))) {
    const area = path.slice('/api/v1/'.length, path.indexOf('/{'))
    const id = byArea(area.startsWith('contents') ? 'profiles' : area) ?? named[0] ?? ''
    const query = path.endsWith('/compare') ? '?from=1&to=2' : ''
    const filled = (own: string) =>
      path
        .replace('{id}', own)
        .replace('{kind}', 'profile')
        .replace(/\{[^}]+\}/g, '1') + query
    const theirs = await ask(server, stranger, { operation: 'get', path: filled(id) })
    const none = await ask(server, stranger, { operation: 'get', path: filled(randomUUID()) })
    count.details += 1
    // Figures of what nobody here has are all naught.
    const isEmpty = /"items":\[\]|"planned":0,.*"of":0/.test(theirs.text)
    if (refusalIn(theirs) !== refusalIn(none))
      faults.push(`${path} tells ${theirs.text} instead of ${none.text}`)
    if (theirs.text.includes(day.mark)) faults.push(`${path} tells of the other organisation`)
    if (!isEmpty && ![404, 422].includes(theirs.status)) faults.push(`${path} → ${theirs.text}`)
  }
  t.deepEqual(faults, [])

  // Nor does a page say more of it than of nothing at all, though it is there for its own people.
  for (const { path, id, fill } of pagesOfThings(server, day)) {
    if (id === undefined) {
      faults.push(`${path} is about nothing that the day has made`)
      continue
    }
    const own = await look(server, ownPerson.cookie, fill(id))
    const theirs = await look(server, strangePerson.cookie, fill(id))
    const nobody = randomUUID() as string
    const none = await look(server, strangePerson.cookie, fill(nobody))
    count.pages += 1
    if (own.status >= 400) faults.push(`${path} is ${String(own.status)} for its own people`)
    if (theirs.status !== none.status || theirs.heading !== none.heading.replace(nobody, id))
      faults.push(`${path} says ${theirs.heading} instead of ${none.heading}`)
    if (theirs.text.includes(day.mark)) faults.push(`${path} tells of the other organisation`)
    if (theirs.status < 300) faults.push(`${path} is shown to a stranger`)
  }
  t.deepEqual(faults, [])

  // Every deed of the day that names something, done again by the stranger.
  for (const done of day.done) {
    const text = typeof done.body?.text === 'string' ? done.body.text : ''
    const whole = `${done.path} ${text}`
    const touched = named.filter(id => whole.includes(id))
    if (touched.length === 0 || done.path.includes('/api/v1/me/')) continue
    const made = new Map(touched.map(id => [id, randomUUID() as string]))
    const swap = (text: string) => touched.reduce((so, id) => so.replaceAll(id, made.get(id) ?? id), text)
    const body = done.body && { ...done.body, ...(text !== '' && { text: swap(text) }) }
    const theirs = await ask(server, stranger, done)
    const none = await ask(server, stranger, { ...done, path: swap(done.path), ...(body && { body }) })
    count.deeds += 1
    if (theirs.status < 400) faults.push(`${done.operation} was answered ${String(theirs.status)}`)
    if (refusalIn(theirs) !== refusalIn(none))
      faults.push(`${done.operation} tells ${theirs.text} instead of ${none.text}`)
  }
  t.deepEqual(faults, [])

  // Nor does it help to hide one thing of the other among things of one's own.
  for (const [index, own] of otherDay.done.entries()) {
    const mixed = mixedWith(own, day.done[index], new Set(named))
    for (const { at, theirs: foreign, none: nothing } of mixed) {
      const theirs = await ask(server, stranger, foreign)
      const none = await ask(server, stranger, nothing)
      count.mixed += 1
      if (withoutIds(theirs) !== withoutIds(none))
        faults.push(`${own.operation} (${at}) tells ${refusalIn(theirs)} instead of ${refusalIn(none)}`)
      if (theirs.text.includes(day.mark))
        faults.push(`${own.operation} (${at}) tells of the other organisation`)
    }
  }
  t.deepEqual(faults, [])
  t.true(count.mixed > 50, String(count.mixed))
  t.is(
    still(await rowsOf(server, server.organisationId)),
    before,
    'nothing of the other organisation was changed',
  )
  t.true(count.deeds > 50)
  t.log(
    `${String(server.ornkoll.tables.all.length)} collections, ${String(rows)} rows; a stranger made ` +
      `${String(count.lists)} lists, ${String(count.details)} looks, ${String(count.pages)} of pages, ${String(count.deeds)} deeds, and ` +
      `${String(count.mixed)} with one foreign id`,
  )
})

test('saving a person whom two organisations share strips nothing that the editor cannot see', async t => {
  const server = await startTestServer(t)
  const { id: otherId } = await server.ornkoll.organisations.create({ name: 'Grannby', language: 'sv' })
  const [here, there] = [await server.as([...roles]), await server.as([...roles], otherId)]
  const anna = { givenName: 'Anna', familyName: 'Berg', email: 'anna@example.se' }
  const { id } = await created<{ id: string }>(here, '/api/v1/people', { ...anna, phone: '070-123 45 67' })
  const committee = { name: 'Kulturnämnden', type: 'committee', startsOn: '2026-01-01' }
  const body = await created<{ id: string }>(here, '/api/v1/bodies', committee)
  const seat = { personId: id, bodyId: body.id, role: 'chair', startsOn: '2026-01-01' }
  await created(here, '/api/v1/mandates', seat)
  t.is((await created<{ id: string }>(there, '/api/v1/people', anna)).id, id)

  const { body: seen } = await there.get<Record<string, unknown> & { version: number }>(
    `/api/v1/people/${id}`,
  )
  t.deepEqual(seen['organisationIds'], [otherId])
  const forged = await there.patch(`/api/v1/people/${id}`, {
    version: seen.version,
    organisationIds: [otherId],
  })
  t.is(forged.status, 400, 'which organisations know a person is nothing that can be sent')
  const rename = () => there.patch(`/api/v1/people/${id}`, { version: seen.version, familyName: 'Ek' })
  t.is((await rename()).status, 409, 'whoever has only typed the address changes nothing')
  const own = await created<{ id: string }>(there, '/api/v1/bodies', committee)
  const seatThere = await created<{ id: string }>(there, '/api/v1/mandates', { ...seat, bodyId: own.id })
  t.is((await rename()).status, 200)

  const { body: still } = await here.get<Record<string, unknown>>(`/api/v1/people/${id}`)
  t.like(still, { familyName: 'Ek', phone: '070-123 45 67', organisationIds: [server.organisationId] })
  const held = await here.get<{ items: { bodyId: string }[] }>(`/api/v1/mandates?personId=${id}`)
  t.deepEqual(
    held.body.items.map(({ bodyId }) => bodyId),
    [body.id],
  )
  const elsewhere = await there.get<{ items: { id: string }[] }>(`/api/v1/mandates?personId=${id}`)
  t.deepEqual(
    elsewhere.body.items.map(each => each.id),
    [seatThere.id],
  )
})
