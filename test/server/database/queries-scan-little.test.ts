import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { type Db, type Document, MongoClient, ObjectId } from 'mongodb'
import { startEmbedded } from '../../../server/database/embedded/start.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { profileDesk, webClip } from '../../support/approved-profile.ts'
import { rolloutOnce, type BegunAnswer, type RolloutAnswer } from '../../support/roll-out.ts'
import { enrolByLink, fewKeys, startSimulation, type Simulation } from '../../support/simulation.ts'
import { openRecordingDoor } from './recording-door.ts'

/** Rows of another organisation, and as many of our own about other things, for each row that the day leaves. */
const decoys = 200
/** What a query may read beside its answer and the rows that are really there. */
const slack = 10

/** Tables that are small by their nature and may be read as a whole, with the reason. */
const readWhole: Readonly<Record<string, string>> = {
  organisations: 'a municipality has a handful',
}

test('no query of a day reads the rows of others', async t => {
  t.timeout(240_000)
  const folder = await mkdtemp(join(tmpdir(), 'scans-'))
  const engine = await startEmbedded({ folder, port: 0 })
  const door = await openRecordingDoor(Number(new URL(engine.uri).port))
  const client = await MongoClient.connect(engine.uri)
  t.teardown(async () => {
    await client.close()
    door.close()
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const uri = `mongodb://127.0.0.1:${door.port}/ornkoll?directConnection=true`
  const simulation = await startSimulation(t, { env: { MONGODB_URI: uri } })
  // What was asked until it stood is of a start and its migrations, which go through everything once.
  const atStart = door.commands.length
  await liveADay(simulation)
  await lookAtEverything(t, simulation)
  await simulation.server.stop()

  const asked = distinct(door.commands.slice(atStart).flatMap(statementsOf))
  t.true(asked.length > 60, `${asked.length} kinds of queries are enough to judge by`)
  const db = client.db('ornkoll')
  const rows = await addDecoys(t, db)
  const faults: string[] = []
  for (const each of asked) {
    const { real, own } = rows.get(each.collection) ?? { real: 0, own: 0 }
    if (real === 0 || each.collection in readWhole) continue
    const explained = await db.command({ explain: each.command, verbosity: 'executionStats' })
    const stats = statsOf(explained)
    const most = real + stats.nReturned + slack + (namesOne(each.filter) ? 0 : own)
    const examined = Math.max(stats.totalDocsExamined, stats.totalKeysExamined)
    if (examined > most) faults.push(`${each.shape} reads ${examined} of at most ${most}`)
  }
  t.deepEqual(faults, [])
})

/** One of each thing that the product does with rows. */
async function liveADay(simulation: Simulation): Promise<void> {
  const { server, ipad } = simulation
  const [admin, desk, helpdesk] = await Promise.all([
    server.as('admin'),
    server.as('handout'),
    server.as('helpdesk'),
  ])
  await admin.patch('/api/v1/organisations/current', {
    version: 1,
    settings: { lostModePhone: '08-465 004 00' },
  })
  const body = await created<{ id: string }>(admin, '/api/v1/bodies', {
    name: 'Kulturnämnden',
    type: 'committee',
    startsOn: '2026-01-01',
  })
  for (const [index, serialNumber] of ['SCAN00000001', 'SCAN00000002'].entries()) {
    const device = await created<{ id: string }>(admin, '/api/v1/devices', {
      serialNumber,
      assetTag: `SC-${index}`,
      model: 'iPad (A16)',
    })
    const person = await created<{ id: string }>(admin, '/api/v1/people', {
      givenName: 'Alva',
      familyName: `Provsson ${index}`,
      email: `alva${index}@example.test`,
      language: 'sv',
    })
    await created(admin, '/api/v1/mandates', {
      personId: person.id,
      bodyId: body.id,
      role: 'member',
      startsOn: '2026-01-01',
    })
    const own = ipad(serialNumber, { keys: fewKeys })
    await enrolByLink(desk, device.id, own)
    await handOut(desk, person.id, device.id)
    if (index === 0)
      await created(helpdesk, '/api/v1/incidents', {
        kind: 'theft',
        deviceId: device.id,
        description: 'Borta',
      })
    await created(admin, `/api/v1/devices/${device.id}/commands`, {
      requestType: 'DeviceInformation',
      Queries: ['OSVersion'],
    })
  }
  await rollOut(simulation)
}

/** A profile in two waves, stopped in between. */
async function rollOut({ server }: Simulation): Promise<void> {
  const { admin, profile } = await profileDesk(server)
  const { rollout } = await created<BegunAnswer>(admin, '/api/v1/assignments', {
    content: { id: await profile('Ikon', webClip('Ikon')) },
    target: { kind: 'organisation' },
    plan: { waves: [{ kind: 'count', count: 1 }] },
  })
  const reached = ({ figures }: RolloutAnswer) => (figures['proven'] ?? 0) + (figures['pending'] ?? 0) > 0
  await rolloutOnce(admin, rollout.id, reached)
  await created(admin, `/api/v1/rollouts/${rollout.id}/stop`, { reason: 'Vi väntar' })
  await created(admin, `/api/v1/rollouts/${rollout.id}/resume`)
  await created(admin, `/api/v1/rollouts/${rollout.id}/next-wave`)
  await admin.get(`/api/v1/rollouts/${rollout.id}/devices?state=proven`)
}

/** Every list and every thing that the API shows, with the ids that the lists give. */
async function lookAtEverything(t: ExecutionContext, { server }: Simulation): Promise<void> {
  const admin = await server.as(['admin', 'second-line', 'finance', 'auditor', 'secretary'])
  const paths = (server.ornkoll.doors.staff?.table() ?? [])
    .filter(({ method, path }) => method === 'get' && path.startsWith('/api/v1/'))
    .map(({ path }) => path)
  const ids = new Map<string, string>()
  for (const path of paths.filter(each => !each.includes('{'))) {
    const { status, body } = await admin.get<{ items?: readonly { id?: string }[] }>(path)
    if (status >= 500) t.fail(`${path} was answered ${status}`)
    const id = body.items?.find(item => item.id !== undefined)?.id
    if (id !== undefined) ids.set(path, id)
  }
  for (const path of paths.filter(each => each.includes('{'))) {
    const list = path.slice(0, path.indexOf('/{'))
    const { status } = await admin.get(path.replaceAll(/\{[^}]*\}/g, ids.get(list) ?? 'unknown'))
    if (status >= 500) t.fail(`${path} was answered ${status}`)
  }
}

interface Asked {
  readonly collection: string
  readonly shape: string
  readonly filter: Document
  /** As `explain` takes it. */
  readonly command: Document
}

/** What a command asks of a collection: each statement of a write by itself. */
function statementsOf(command: Document): readonly Asked[] {
  const [name = ''] = Object.keys(command)
  const collection: unknown = command[name]
  if (typeof collection !== 'string' || command['$db'] !== 'ornkoll') return []
  const one = (filter: unknown, sort: unknown, rest: Document): Asked => ({
    collection,
    filter: filter ?? {},
    shape: `${name} ${collection} ${JSON.stringify(shapeOf(filter))} ${JSON.stringify(sort ?? {})}`,
    command: { [name]: collection, ...rest },
  })
  const picked = (...fields: string[]) =>
    Object.fromEntries(
      fields.filter(field => field in command).map(field => [field, command[field] as unknown]),
    )
  switch (name) {
    case 'find':
      return [one(command['filter'], command['sort'], picked('filter', 'sort', 'skip', 'limit'))]
    case 'count':
      return [one(command['query'], undefined, picked('query', 'limit'))]
    case 'distinct':
      return [one(command['query'], undefined, picked('key', 'query'))]
    case 'findAndModify':
      return [
        one(
          command['query'],
          command['sort'],
          picked('query', 'sort', 'update', 'remove', 'upsert', 'arrayFilters'),
        ),
      ]
    case 'update':
      return (command['updates'] as Document[]).map(each => one(each['q'], undefined, { updates: [each] }))
    case 'delete':
      return (command['deletes'] as Document[]).map(each => one(each['q'], undefined, { deletes: [each] }))
    case 'aggregate': {
      const pipeline = command['pipeline'] as Document[]
      const filter: unknown = pipeline[0]?.['$match']
      return [
        one(
          filter,
          pipeline.slice(1).map(stage => Object.keys(stage)[0]),
          { pipeline, cursor: {} },
        ),
      ]
    }
    default:
      return []
  }
}

/** The names in a filter, with its values left out. */
function shapeOf(filter: unknown): unknown {
  if (Array.isArray(filter)) return filter.some(each => typeof each === 'object') ? filter.map(shapeOf) : '…'
  if (filter === null || typeof filter !== 'object' || Object.getPrototypeOf(filter) !== Object.prototype)
    return '…'
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, shapeOf(value)]))
}

const distinct = (asked: readonly Asked[]) => [...new Map(asked.map(each => [each.shape, each])).values()]

/** Whether the filter is about one thing that it names by an id, and not about all of an organisation. */
const namesOne = (filter: Document): boolean =>
  Object.entries(filter).some(
    ([name, value]) =>
      (name === '_id' || name.endsWith('Id')) && name !== 'organisationId' && typeof value === 'string',
  ) ||
  (Array.isArray(filter['$and']) && (filter['$and'] as Document[]).some(namesOne))

interface Rows {
  /** What the day left. */
  readonly real: number
  /** Decoys in our own organisation. */
  readonly own: number
}

/** Copies what the day left: for another organisation, and for our own about other things. */
async function addDecoys(t: ExecutionContext, db: Db): Promise<ReadonlyMap<string, Rows>> {
  const rows = new Map<string, Rows>()
  for (const { name } of await db.listCollections().toArray()) {
    const collection = db.collection(name)
    const found = await collection.find().toArray()
    const unique = (await collection.indexes())
      .filter(index => index.unique)
      .flatMap(index => Object.keys(index.key))
    const before = found.length
    const copies = found.flatMap(row =>
      Array.from({ length: Math.ceil(decoys / before) }, (_, at) => [
        copyOf(row, `o${at}`, unique, true),
        copyOf(row, `s${at}`, unique, false),
      ]).flat(),
    )
    if (before > 0) await collection.insertMany(copies, { ordered: false }).catch(() => undefined)
    const added = (await collection.countDocuments()) - before
    if (before > 0 && added < decoys) t.log(`${name}: only ${added} decoys could be added`)
    rows.set(name, { real: before, own: Math.ceil(decoys / Math.max(before, 1)) * before })
  }
  const empty = [...rows].filter(([, { real }]) => real === 0).map(([name]) => name)
  if (empty.length > 0) t.log(`not judged, because the day leaves no rows there: ${empty.join(', ')}`)
  return rows
}

function copyOf(row: Document, mark: string, unique: readonly string[], foreign: boolean): Document {
  const marked = (name: string, value: unknown): unknown => {
    if (name === '_id') return typeof value === 'string' ? `${value}-${mark}` : new ObjectId()
    if (name === 'organisationId') return foreign ? `decoy-${mark}` : value
    if (name === 'organisationIds') return foreign ? [`decoy-${mark}`] : value
    if (unique.includes(name) && typeof value === 'boolean') return undefined
    const isName = unique.includes(name) || name.endsWith('Id')
    if (isName && Array.isArray(value)) return value.map(each => marked(name, each))
    if (isName && typeof value === 'string') return `${value}-${mark}`
    return unique.includes(name) && typeof value === 'number' ? value + 1000 + Number(mark.slice(1)) : value
  }
  const fields = Object.entries(row).map(([name, value]) => [name, marked(name, value)] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

interface Stats {
  readonly nReturned: number
  readonly totalDocsExamined: number
  readonly totalKeysExamined: number
}

function statsOf(explained: Document): Stats {
  const direct: unknown = explained['executionStats']
  const [first] = (explained['stages'] ?? []) as { $cursor?: { executionStats: Stats } }[]
  return (direct ?? first?.$cursor?.executionStats) as Stats
}
