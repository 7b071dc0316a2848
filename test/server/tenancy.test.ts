import { randomUUID } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { type Document } from 'mongodb'
import { roles } from '../../server/staff/rights.ts'
import { type ApiClient } from '../support/api-client.ts'
import { liveAnApiDay, type ApiDay, type Done } from '../support/api-day.ts'
import { created } from '../support/hand-out.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { startTestApns } from '../support/simulation.ts'
import { aReceiver } from '../support/webhook-receiver.ts'

/** Collections that a day of the API leaves empty, each with the reason. A new one has to be filled or named here. */
const leftEmpty: Readonly<Record<string, string>> = {
  setUpLinks: 'only until the first administrator is there',
  scepChallenges: 'spent by the enrolment that asked for them',
  idempotentCalls: 'only with an Idempotency-Key: test/server/http/idempotency.test.ts',
  assignments: 'test/server/rollouts',
  rollouts: 'test/server/rollouts',
  placements: 'test/server/rollouts',
  rolloutRequests: 'test/server/rollouts',
  deviceInventories: 'test/server/rollouts',
  deviceLabels: 'test/server/rollouts',
  bulkJobs: 'test/server/bulk-actions',
  bulkJobItems: 'test/server/bulk-actions',
  profileDrafts: 'kept from the pages of the editor alone',
  changes: 'what open pages are told, gone within minutes: test/server/live',
  notices: 'written by jobs; test/server/notices',
  noticeReadings: 'test/server/notices',
  noticeChoices: 'test/server/notices',
  noticeMails: 'test/server/notices',
  guides: 'test/server/guides',
  guideVersions: 'test/server/guides',
  guideFiles: 'test/server/guides',
  deviceEvents: 'gone when every part has heard of them: test/server/device-channel',
  signingCertificates: 'test/server/signing',
}

interface TwoDays {
  readonly server: TestServer
  readonly day: ApiDay
  readonly otherDay: ApiDay
  readonly otherId: string
}

async function twoDays(t: ExecutionContext): Promise<TwoDays> {
  const apns = await startTestApns(t)
  const env = { ...apns.env, ORNKOLL_PRIVATE_WEBHOOKS: 'accepted' }
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

/** What moves by looking: the log, and when something was last used. */
function still(rows: Map<string, Document[]>): string {
  const moving = new Set(['audit', 'auditHeads', 'changes', 'webhookDeliveries'])
  const kept = [...rows].filter(([name]) => !moving.has(name))
  return JSON.stringify(kept, (key, value: unknown) => (/^last(Used|Seen)At$/.test(key) ? undefined : value))
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
  done: Pick<Done, 'operation' | 'path' | 'body'>,
): Promise<Told> {
  const [method = 'get'] = done.operation.split(' ')
  const answer = await fetch(new URL(done.path, server.url), {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${client.token ?? ''}`,
      ...(done.body && { 'content-type': done.body.type }),
    },
    ...(done.body && { body: done.body.text }),
  })
  return { status: answer.status, text: await answer.text() }
}

/** Code and message of a refusal, without the id of the request. */
function refusalIn({ status, text }: Told): string {
  return `${String(status)} ${text.replace(/"requestId":"[^"]*"/, '')}`
}

test('two organisations live a day each, and neither is seen, changed or confirmed to exist by the other', async t => {
  t.timeout(600_000)
  const days = await twoDays(t)
  const { server, day, otherId } = days
  const rows = await isEachRowSomebodys(t, days)

  const stranger = await server.as([...roles], otherId)
  const mine = await rowsOf(server, server.organisationId)
  const ids = new Set([...mine.values()].flat().map(row => String(row['_id'])))
  for (const row of [...(await rowsOf(server, otherId)).values()].flat()) ids.delete(String(row['_id']))
  ids.delete(server.organisationId)
  t.true(ids.size > 100)
  const before = still(mine)
  const count = { lists: 0, details: 0, deeds: 0 }

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

  // Every deed of the day that names something, done again by the stranger.
  for (const done of day.done) {
    const whole = `${done.path} ${done.body?.text ?? ''}`
    const touched = named.filter(id => whole.includes(id))
    if (touched.length === 0 || done.path.includes('/api/v1/me/')) continue
    const made = new Map(touched.map(id => [id, randomUUID() as string]))
    const swap = (text: string) => touched.reduce((so, id) => so.replaceAll(id, made.get(id) ?? id), text)
    const body = done.body && { ...done.body, text: swap(done.body.text) }
    const theirs = await ask(server, stranger, done)
    const none = await ask(server, stranger, { ...done, path: swap(done.path), ...(body && { body }) })
    count.deeds += 1
    if (theirs.status < 400) faults.push(`${done.operation} was answered ${String(theirs.status)}`)
    if (refusalIn(theirs) !== refusalIn(none))
      faults.push(`${done.operation} tells ${theirs.text} instead of ${none.text}`)
  }
  t.deepEqual(faults, [])
  t.is(
    still(await rowsOf(server, server.organisationId)),
    before,
    'nothing of the other organisation was changed',
  )
  t.true(count.deeds > 50)
  t.log(
    `${String(server.ornkoll.tables.all.length)} collections, ${String(rows)} rows; a stranger made ` +
      `${String(count.lists)} lists, ${String(count.details)} looks and ${String(count.deeds)} deeds`,
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
  const saved = await there.patch(`/api/v1/people/${id}`, { version: seen.version, familyName: 'Ek' })
  t.is(saved.status, 200)

  const { body: still } = await here.get<Record<string, unknown>>(`/api/v1/people/${id}`)
  t.like(still, { familyName: 'Ek', phone: '070-123 45 67', organisationIds: [server.organisationId] })
  const held = await here.get<{ items: { bodyId: string }[] }>(`/api/v1/mandates?personId=${id}`)
  t.deepEqual(
    held.body.items.map(({ bodyId }) => bodyId),
    [body.id],
  )
  const elsewhere = await there.get<{ items: unknown[] }>(`/api/v1/mandates?personId=${id}`)
  t.deepEqual(elsewhere.body.items, [])
})
