import { randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { createSecretBox } from '../../server/certificates/secret-box.ts'
import { type Command } from '../../server/commands/command.ts'
import { createMongoCommandStore } from '../../server/commands/mongo-command-store.ts'
import { connectDatabase } from '../../server/database/connect.ts'
import { databaseOn } from '../../server/database/database.ts'
import { createMongoEnrolmentStore } from '../../server/enrolment/mongo-enrolment-store.ts'
import { startServerProcess } from '../server-process.ts'
import { readEnrolmentProfile } from '../simulate/enrolment-profile.ts'
import { sharedKeys } from '../simulate/identity-keys.ts'
import { mdmSignature } from '../simulate/mdm-signature.ts'
import { requestIdentity } from '../simulate/scep-identity.ts'
import { staffApi, type StaffApi } from '../simulate/staff-api.ts'
import { createTransport } from '../simulate/transport.ts'
import { resultLine } from './figures.ts'

const ipads = 20
const finishedEach = 6_000
const connections = 32
const secondsEach = 4
const rounds = 3

/** An iPad that always says the same, signed once: what is measured is the server. */
interface Poller {
  readonly deviceId: string
  readonly body: Buffer
  readonly signature: string
}

/**
 * Signed Idle polls over HTTP against the store that the product uses: first with no history, then with 6,000 finished
 * commands per iPad; the best of three rounds each. The ratio is the rate with the history over the rate without. Beside
 * it the same for polls that find a command, which is where a history could cost something.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-polls-'))
  const uri = process.env['MONGODB_URI']
  const data = join(folder, 'data')
  const server = await startServerProcess({
    PORT: '0',
    ORNKOLL_DATA: data,
    // Nothing listens there: pushes play no part in this.
    APNS_HOST: '127.0.0.1',
    APNS_PORT: '9',
    ...(uri && { MONGODB_URI: uri }),
  })
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    const api = staffApi(server.url, await server.token('admin'))
    const pollers = await enrolled(server.url, api)
    const measure = async (what: string, wanted: 'empty' | 'command') => {
      const load = { url: server.url, pid: server.pid, agent, pollers, wanted }
      const rate = await bestRate(load)
      console.log(
        `${what}: ${Math.round(rate)} ${wanted === 'empty' ? 'idle polls' : 'polls that find a command'}/s`,
      )
      return rate
    }
    const none = await measure('no history', 'empty')
    await addHistory(data, uri, pollers)
    const history = `${finishedEach} finished commands per iPad`
    const many = await measure(history, 'empty')
    for (const { deviceId } of pollers)
      await api.post(`/api/v1/devices/${deviceId}/commands`, { requestType: 'SecurityInfo' })
    await measure(history, 'command')
    console.log(resultLine('device-polls', many, none))
  } finally {
    agent.destroy()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const now = () => new Date(Date.now())
const transport = createTransport({
  signal: new AbortController().signal,
  wait: () => Promise.resolve(),
  retryAfterMs: () => undefined,
})

async function enrolled(url: string, api: StaffApi): Promise<Poller[]> {
  const keys = sharedKeys(4)
  const pollers: Poller[] = []
  for (let index = 0; index < ipads; index++) {
    const serialNumber = `DMPB${String(index).padStart(8, '0')}`
    const { id: deviceId } = await api.post<{ id: string }>('/api/v1/devices', { serialNumber })
    const link = await api.post<{ url: string }>(`/api/v1/devices/${deviceId}/enrolment-link`)
    const { body } = await transport.get(link.url)
    const { scep, mdm } = readEnrolmentProfile(body)
    const identity = await identityOf(scep, await keys(2048))
    const UDID = `00008120-${serialNumber}`
    const common = { UDID, Topic: mdm.topic }
    await checkIn(url, identity, { ...common, MessageType: 'Authenticate', SerialNumber: serialNumber })
    const token = { Token: randomBytes(32), PushMagic: randomUUID() }
    await checkIn(url, identity, { ...common, MessageType: 'TokenUpdate', ...token })
    const idle = Buffer.from(writePlist({ Status: 'Idle', UDID }))
    pollers.push({ deviceId, body: idle, signature: mdmSignature(idle, identity, 'attributes', now()) })
  }
  return pollers
}

const identityOf = (scep: Parameters<typeof requestIdentity>[0], key: KeyObject): Promise<Signer> =>
  requestIdentity(scep, key, { transport, now, randomBytes })

async function checkIn(url: string, identity: Signer, message: PlistDictionary): Promise<void> {
  const body = writePlist(message)
  const signature = mdmSignature(body, identity, 'attributes', now())
  const { status } = await transport.put(`${url}/mdm/checkin`, body, { 'mdm-signature': signature })
  if (status !== 200) throw new Error(`A check-in was answered ${status}`)
}

interface Load {
  readonly url: string
  /** Of the server, whose processor time is read on Linux: a figure that other work on the machine does not change. */
  readonly pid: number
  readonly agent: Agent
  readonly pollers: readonly Poller[]
  readonly wanted: 'empty' | 'command'
}

/** Answered polls a second in the best round. Throws when an answer is not the expected one. */
async function bestRate(load: Load): Promise<number> {
  await rateOf(load, 1)
  let best = 0
  for (let round = 0; round < rounds; round++) best = Math.max(best, await rateOf(load, secondsEach))
  return best
}

async function rateOf(load: Load, seconds: number): Promise<number> {
  const startedAt = performance.now()
  const cpuBefore = cpuMs(load.pid)
  const endsAt = startedAt + seconds * 1000
  let answered = 0
  const lane = async (from: number) => {
    for (let turn = from; performance.now() < endsAt; turn++) {
      const poller = load.pollers[turn % load.pollers.length]
      if (poller) await poll(load, poller)
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, index) => lane(index)))
  const rate = answered / ((performance.now() - startedAt) / 1000)
  const cpuUs = ((cpuMs(load.pid) - cpuBefore) / answered) * 1000
  console.log(`  ${Math.round(rate)}/s, ${Math.round(cpuUs)} µs of processor time in the server each`)
  return rate
}

const ticksPerSecond = 100

/** Processor time of a process so far, in milliseconds; NaN where the system does not tell. */
function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000
  } catch {
    return NaN
  }
}

function poll({ url, agent, wanted }: Load, { body, signature }: Poller): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'mdm-signature': signature, 'content-length': body.length }
    const sent = request(`${url}/mdm/connect`, { method: 'PUT', agent, headers }, answer => {
      let length = 0
      answer.on('data', (piece: Buffer) => (length += piece.length))
      answer.on('end', () => {
        const right = answer.statusCode === 200 && (wanted === 'empty' ? length === 0 : length > 0)
        if (right) resolve()
        else reject(new Error(`A poll was answered ${answer.statusCode ?? 0} with ${length} bytes`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Writes the history into the same database, beside the running server. */
async function addHistory(
  folder: string,
  uri: string | undefined,
  pollers: readonly Poller[],
): Promise<void> {
  const connected = await connectDatabase({ uri, folder: join(folder, 'database'), attach: true })
  try {
    const { tables } = databaseOn(connected.mongooseConnection)
    const commands = createMongoCommandStore(tables, createSecretBox(randomBytes(32), randomBytes))
    const enrolments = createMongoEnrolmentStore(tables)
    const organisation = await connected.db.collection('enrolments').findOne({})
    const organisationId = String(organisation?.['organisationId'])
    for (const { deviceId } of pollers) {
      const enrolment = await enrolments.currentOf(organisationId, deviceId)
      if (!enrolment) throw new Error('An iPad has no enrolment')
      const aFinished = (index: number): Command => ({
        id: randomUUID(),
        organisationId,
        deviceId,
        enrolmentId: enrolment.id,
        requestType: 'SecurityInfo',
        parameters: {},
        state: 'acknowledged',
        result: { SecurityInfo: { PasscodePresent: true, HardwareEncryptionCaps: 3 } },
        requestedBy: { kind: 'system', id: 'system', name: 'bench' },
        sequence: -finishedEach + index,
        times: { queuedAt: now(), sentAt: now(), finishedAt: now() },
      })
      for (let done = 0; done < finishedEach; done += 1000)
        await commands.insert(...Array.from({ length: 1000 }, (_, index) => aFinished(done + index)))
    }
  } finally {
    await connected.stop()
  }
}
