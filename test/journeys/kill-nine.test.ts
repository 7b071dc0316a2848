import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { type Db } from 'mongodb'
import { verifySignedData } from '../../profiles/cms/verify-signed-data.ts'
import { freePort, startServerProcess, type ServerProcess } from '../../scripts/server-process.ts'
import { type SimulatedIpad } from '../../scripts/simulate/simulated-ipad.ts'
import { type Answered } from '../../scripts/simulate/ipad-options.ts'
import { connectDatabase, type DatabaseSettings } from '../../server/database/connect.ts'
import { apiClient, type ApiClient } from '../support/api-client.ts'
import { profileDesk, webClip } from '../support/approved-profile.ts'
import { eventually } from '../support/eventually.ts'
import { created, handOut } from '../support/hand-out.ts'
import { rolloutOnce, type BegunAnswer } from '../support/roll-out.ts'
import { anIpad, enrolByLink, fewKeys, startTestApns } from '../support/simulation.ts'

interface Installation {
  readonly apns: Awaited<ReturnType<typeof startTestApns>>
  /** Kills the server with all it has started, lets somebody look at what is left, and starts it again on that. */
  crash(look?: (db: Db) => Promise<void>, next?: Settings): Promise<void>
}

/** Settings of one server alone, until it dies. */
type Settings = Readonly<Record<string, string>>
/** A minute between two iPads: the kill comes when the first stands in its queue and the others do not. */
const slow: Settings = { ORNKOLL_ROLLOUT_PAUSE: '60000' }

/** A server on an address that outlives it, as iPads need one: they never learn another. */
async function install(
  t: ExecutionContext,
  first: Settings = {},
): Promise<Installation & { server: () => ServerProcess }> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'ornkoll-kill-'))
  t.teardown(() => rm(dataFolder, { recursive: true, force: true }))
  const apns = await startTestApns(t)
  const uri = process.env['TEST_MONGODB_URI']
  const database = uri ? { MONGODB_URI: databaseOf(uri, dataFolder) } : undefined
  const env = { PORT: String(await freePort()), ORNKOLL_DATA: dataFolder, ...apns.env, ...database }
  let server = await startServerProcess({ ...env, ...first })
  t.teardown(() => server.kill())
  return {
    apns,
    server: () => server,
    async crash(look, next = {}) {
      await server.kill()
      if (look) await lookedAt({ uri: database?.MONGODB_URI, folder: join(dataFolder, 'database') }, look)
      server = await startServerProcess({ ...env, ...next })
    },
  }
}

async function lookedAt(settings: DatabaseSettings, look: (db: Db) => Promise<void>): Promise<void> {
  const connected = await connectDatabase(settings)
  try {
    await look(connected.db)
  } finally {
    await connected.stop()
  }
}

function databaseOf(uri: string, dataFolder: string): string {
  const own = new URL(uri)
  own.pathname = `/${createHash('sha256').update(dataFolder).digest('hex').slice(0, 20)}`
  return own.href
}

async function seen<T>(client: ApiClient, path: string): Promise<T> {
  const { status, body } = await client.get<T>(path)
  if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(body)}`)
  return body
}

async function bytesOf(url: string, { token = '' }: ApiClient, path: string): Promise<Buffer> {
  const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } })
  return Buffer.from(await response.arrayBuffer())
}

async function borrower(admin: ApiClient, familyName: string): Promise<string> {
  const email = `${familyName.toLowerCase()}@kommun.example`
  return (await created<{ id: string }>(admin, '/api/v1/people', { givenName: 'Ebbe', familyName, email })).id
}

async function enrolled(t: ExecutionContext, desk: ApiClient, serialNumber: string, { apns }: Installation) {
  const ipad: SimulatedIpad = anIpad(t, { serialNumber, pushes: apns, keys: fewKeys })
  const { id } = await created<{ id: string }>(desk, '/api/v1/devices', { serialNumber })
  await enrolByLink(desk, id, ipad)
  return { ipad, deviceId: id }
}

test('kill -9 during a journey loses nothing that was answered, and the stolen iPad ends locked and erased', async t => {
  t.timeout(400_000)
  const installation = await install(t)
  const { url } = installation.server()
  const admin = apiClient(url, await installation.server().token('admin'))
  const approver = apiClient(url, await installation.server().token('second-line'))
  const { ipad, deviceId } = await enrolled(t, admin, 'KILLNINE0001', installation)
  const personId = await borrower(admin, 'Frosthage')

  // A reservation is answered, and the server dies before the terms are shown.
  const loan = await created<{ id: string }>(admin, '/api/v1/loans', { personId, deviceId })
  await installation.crash()
  t.is((await seen<{ state: string }>(admin, `/api/v1/loans/${loan.id}`)).state, 'reserved')
  await created(admin, `/api/v1/loans/${loan.id}/call-off`, { reason: 'Begin anew.' })

  // The signature is answered, and the server dies.
  const { loanId, formId, pdfSha256 } = await handOut(admin, personId, deviceId)
  await installation.crash()
  const receipt = `/api/v1/liability-forms/${formId}/receipt.pdf`
  const form = await bytesOf(url, admin, receipt)
  t.is(createHash('sha256').update(form).digest('hex'), pdfSha256)
  t.is((await seen<{ state: string }>(admin, `/api/v1/loans/${loanId}`)).state, 'active')
  t.is((await seen<{ lifecycle: string }>(admin, `/api/v1/devices/${deviceId}`)).lifecycle, 'on-loan')

  // Commands are answered while the iPad is away, and the server dies; they wait in their order.
  await ipad.become('offline')
  const waiting: string[] = []
  for (const requestType of [
    'SecurityInfo',
    'ProfileList',
    'DeviceInformation',
    'InstalledApplicationList',
  ]) {
    const command = await created<{ commandUUID: string }>(admin, `/api/v1/devices/${deviceId}/commands`, {
      requestType,
    })
    waiting.push(command.commandUUID)
  }
  await installation.crash()
  await ipad.become('awake')
  await ipad.answered(({ uuid }) => uuid === waiting.at(-1))
  const done = ipad.answers.map(({ uuid }) => uuid).filter(uuid => waiting.includes(uuid))
  t.deepEqual(done, waiting, 'each once, in the order of asking')

  // The theft is answered, and the server dies: perhaps before the push, perhaps in the middle of the iPad's answer.
  const incident = await created<{ id: string }>(admin, '/api/v1/incidents', {
    kind: 'theft',
    deviceId,
    description: 'Gone from the car.',
  })
  await installation.crash()
  await ipad.answered('EnableLostMode')
  await ipad.answered('DeviceLocation')
  t.truthy(ipad.state().lostMode)
  const caseOf = () => seen<{ state: string; loanId: string }>(admin, `/api/v1/incidents/${incident.id}`)
  // The report may have been committed by the server that died: what follows from it is taken up by the next one.
  const locked = await eventually(caseOf, ({ state }) => state === 'lost-mode')
  t.is(locked.loanId, loanId)

  // The wipe is asked for, and the server dies; it is approved, and the server dies again.
  const asked = await created<{ wipe: { approvalId: string } }>(
    admin,
    `/api/v1/incidents/${incident.id}/request-wipe`,
    { reason: 'Papers on it.' },
  )
  await installation.crash()
  await created(approver, `/api/v1/approvals/${asked.wipe.approvalId}/approve`)
  await installation.crash()
  await ipad.answered('EraseDevice')
  t.is(ipad.management(), 'new')
  await eventually(caseOf, ({ state }) => state === 'wiped')

  // It comes back to life, and the server dies in the middle of that.
  const { url: link } = await created<{ url: string }>(admin, `/api/v1/devices/${deviceId}/enrolment-link`)
  const [first] = ipad.answers.filter(({ requestType }) => requestType === 'EnableLostMode')
  const enrolling = ipad.enrol(link)
  await installation.crash()
  await enrolling
  await ipad.answered(({ requestType, uuid }) => requestType === 'EnableLostMode' && uuid !== first?.uuid)
  t.truthy(ipad.state().lostMode)

  t.deepEqual(await bytesOf(url, admin, receipt), form, 'the signed form is the same, byte for byte')
  t.is(ipad.answers.filter(({ requestType }) => requestType === 'EraseDevice').length, 1)
  t.is((await seen<{ state: string }>(admin, `/api/v1/loans/${loanId}`)).state, 'disputed')
})

test('a server that dies while an iPad reports gets the report again, and does nothing twice', async t => {
  t.timeout(400_000)
  const installation = await install(t)
  const { url } = installation.server()
  const admin = apiClient(url, await installation.server().token('admin'))
  const { ipad, deviceId } = await enrolled(t, admin, 'KILLNINE0002', installation)
  for (let round = 0; round < 3; round++) {
    await ipad.become('offline')
    const { commandUUID } = await created<{ commandUUID: string }>(
      admin,
      `/api/v1/devices/${deviceId}/commands`,
      {
        requestType: 'SecurityInfo',
      },
    )
    const talking = ipad.become('awake')
    await installation.crash()
    await talking
    await ipad.answered(({ uuid }) => uuid === commandUUID)
    const command = await seen<{ state: string }>(admin, `/api/v1/commands/${commandUUID}`)
    t.is(command.state, 'acknowledged', `round ${round}`)
    t.is(ipad.answers.filter(({ uuid }) => uuid === commandUUID).length, 1)
  }
})

/** The label of the web clip that an answered command brought; undefined when it brought another profile. */
function clipIn({ requestType, parameters }: Answered, identifier: string): string | undefined {
  const { Payload: payload } = parameters
  if (requestType !== 'InstallProfile' || !(payload instanceof Uint8Array)) return undefined
  const xml = Buffer.from(verifySignedData(payload).content).toString()
  if (!xml.includes(`<string>${identifier}</string>`)) return undefined
  return /<key>Label<\/key>\s*<string>([^<]*)/.exec(xml)?.[1]
}

/** Two people who roll out, and iPads that are away, with a profile that says on each whose it is. */
async function rolling(t: ExecutionContext, installation: Installation & { server: () => ServerProcess }) {
  const { url } = installation.server()
  const desk = await profileDesk({
    url,
    as: async role => apiClient(url, await installation.server().token(role)),
  })
  const ipads: Awaited<ReturnType<typeof enrolled>>[] = []
  for (const number of [1, 2, 3, 4])
    ipads.push(await enrolled(t, desk.admin, `KILLROLL000${number}`, installation))
  const identifier = 'se.example.ekeby.own'
  const id = await desk.profile('Egen', webClip('{{device.serial}}', identifier))
  const become = (state: 'awake' | 'offline') => Promise.all(ipads.map(({ ipad }) => ipad.become(state)))
  await become('offline')
  return {
    admin: desk.admin,
    ipads,
    identifier,
    become,
    begin: () =>
      created<BegunAnswer>(desk.admin, '/api/v1/assignments', {
        content: { id },
        target: { kind: 'organisation' },
        plan: { waves: [] },
      }),
    /** Resolves once the first of these commands stands in a queue. */
    firstQueued: (requestType: string) =>
      eventually(
        async () => {
          const path = (one: string) =>
            `/api/v1/devices/${one}/commands?requestType=${requestType}&state=queued`
          const pages = ipads.map(({ deviceId }) => seen<{ items: unknown[] }>(desk.admin, path(deviceId)))
          return (await Promise.all(pages)).flatMap(({ items }) => items)
        },
        ({ length }) => length > 0,
      ),
    /** That the server that died had saved all, and queued one. */
    mustBeHalfway: async (db: Db) => {
      const placements = await db
        .collection('placements')
        .find({ contentKey: `profile/${id}` })
        .toArray()
      const ids = placements.flatMap(({ commandId }) => (typeof commandId === 'string' ? [commandId] : []))
      const queued = await db.collection<{ _id: string }>('commands').countDocuments({ _id: { $in: ids } })
      t.is(ids.length, ipads.length, 'all was saved that was answered')
      t.is(queued, 1, 'and the kill came in between')
    },
    /** The labels that came to each iPad, in order. */
    labels: () => ipads.map(({ ipad }) => ipad.answers.flatMap(answer => clipIn(answer, identifier) ?? [])),
    own: ipads.map(({ ipad }) => [ipad.serialNumber]),
  }
}

test('killed between saving and queueing a roll-out, each iPad gets its own profile once all the same', async t => {
  t.timeout(400_000)
  const installation = await install(t, slow)
  const { admin, ipads, become, begin, firstQueued, mustBeHalfway, labels, own } = await rolling(
    t,
    installation,
  )
  const { rollout } = await begin()
  await firstQueued('InstallProfile')
  await installation.crash(mustBeHalfway)
  await become('awake')
  const done = await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is(done.figures['proven'], ipads.length)
  t.deepEqual(labels(), own, 'its own, and once')
})

test('killed while a roll-out is stopped and while it is taken away, both come to their end, and nothing is done twice', async t => {
  t.timeout(400_000)
  const installation = await install(t, slow)
  const { admin, ipads, identifier, become, begin, firstQueued, mustBeHalfway, labels, own } = await rolling(
    t,
    installation,
  )
  const { rollout, assignment } = await begin()
  await firstQueued('InstallProfile')

  // The stop is saved, and the server dies before or while it takes back what is under way.
  const stopping = admin
    .post(`/api/v1/rollouts/${rollout.id}/stop`, { reason: 'Vi väntar' })
    .catch(() => 'cut off')
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'stopped')
  await installation.crash()
  await stopping
  await rolloutOnce(admin, rollout.id, ({ figures }) => figures['held'] === ipads.length)
  await become('awake')
  for (const { ipad, deviceId } of ipads) {
    const { commandUUID } = await created<{ commandUUID: string }>(
      admin,
      `/api/v1/devices/${deviceId}/commands`,
      { requestType: 'SecurityInfo' },
    )
    await ipad.answered(({ uuid }) => uuid === commandUUID)
  }
  t.deepEqual(labels().flat(), [], 'what is stopped stays so')
  t.is((await admin.post(`/api/v1/rollouts/${rollout.id}/resume`)).status, 200)
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.deepEqual(labels(), own, 'its own, and once')

  // The removal is answered, and the server dies when the first iPad is to be told of it and the others are not.
  await become('offline')
  await installation.crash(undefined, slow)
  const removal = await created<BegunAnswer>(admin, `/api/v1/assignments/${assignment.id}/end`, {
    reason: 'Behövs inte mer',
  })
  await firstQueued('RemoveProfile')
  await installation.crash(mustBeHalfway)
  await become('awake')
  const gone = await rolloutOnce(admin, removal.rollout.id, ({ state }) => state === 'completed')
  t.is(gone.figures['proven'], ipads.length)
  for (const { ipad } of ipads) {
    t.false(ipad.state().profiles.some(profile => profile.identifier === identifier))
    t.is(ipad.answers.filter(({ requestType }) => requestType === 'RemoveProfile').length, 1)
  }
  const ended = await seen<{ state: string }>(admin, `/api/v1/assignments/${assignment.id}`)
  t.is(ended.state, 'ended')
})
