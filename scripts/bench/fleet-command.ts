import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connectDatabase } from '../../server/database/connect.ts'
import { databaseOn } from '../../server/database/database.ts'
import { type Device } from '../../server/devices/device.ts'
import { createMongoDeviceStore } from '../../server/devices/mongo-device-store.ts'
import { type Enrolment } from '../../server/enrolment/enrolment.ts'
import { createMongoEnrolmentStore } from '../../server/enrolment/mongo-enrolment-store.ts'
import { startServerProcess } from '../server-process.ts'
import { staffApi, type StaffApi } from '../simulate/staff-api.ts'
import { startTrialApns, type TrialApns } from '../simulate/trial-apns.ts'
import { resultLine } from './figures.ts'

const sizes = [500, 10_000, 100_000]
/** What one iPad more may cost in the largest fleet, as a share of what it costs in the smallest. */
const allowed = 1.1
const lanes = 32
const pollMs = 200

/**
 * One command to a whole fleet, as a person asks for it on the list of iPads: from the request until each has its command
 * on disk and its push with the push service. What it costs for one iPad must not grow with the fleet.
 */
export async function run(): Promise<void> {
  const costs: number[] = []
  for (const size of sizes) {
    const seconds = await secondsFor(size)
    costs.push((seconds / size) * 1000)
    console.log(
      `${size} iPads: ${seconds.toFixed(1)} s, ${((seconds / size) * 1000).toFixed(2)} ms for each (${Math.round(size / seconds)}/s)`,
    )
  }
  const [smallest = 0] = costs
  console.log(resultLine('fleet-command', costs.at(-1) ?? 0, smallest * allowed))
}

async function secondsFor(size: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-bench-'))
  const apns = await startTrialApns(join(folder, 'apns'), 0)
  const uri = process.env['MONGODB_URI']
  const server = await startServerProcess({
    PORT: '0',
    ORNKOLL_DATA: join(folder, 'data'),
    ...apns.env,
    ...(uri && { MONGODB_URI: uri }),
  })
  try {
    const api = staffApi(server.url, await server.token('admin'))
    const tokens = await addFleet(join(folder, 'data'), uri, size)
    const startedAt = performance.now()
    const job = await api.post<{ id: string }>('/api/v1/devices/bulk-actions', {
      action: 'restart',
      reason: 'Measured',
      filter: {},
    })
    await done(api, job.id)
    await allPushed(apns, tokens)
    return (performance.now() - startedAt) / 1000
  } finally {
    await server.stop()
    await apns.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** iPads under management, written beside the running server: enrolling 100,000 over HTTP would measure RSA keys. */
async function addFleet(folder: string, uri: string | undefined, size: number): Promise<string[]> {
  const connected = await connectDatabase({ uri, folder: join(folder, 'database'), attach: true })
  try {
    const organisations = connected.db.collection<{ _id: string }>('organisations')
    const organisation = await organisations.findOne({})
    const organisationId = organisation?._id ?? ''
    // Nobody else is there to agree.
    await organisations.updateOne({ _id: organisationId }, { $set: { 'settings.bulkLimit': 100_000 } })
    const { tables } = databaseOn(connected.mongooseConnection)
    const devices = createMongoDeviceStore(tables)
    const enrolments = createMongoEnrolmentStore(tables)
    const fleet = Array.from({ length: size }, (_, index) => anIpad(organisationId, index))
    for (let from = 0; from < size; from += 1000) await devices.insert(...fleet.slice(from, from + 1000))
    const left = fleet.map(anEnrolment)
    const tokens = left.map(({ token = '' }) => token)
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) await enrolments.insert(next)
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    return tokens
  } finally {
    await connected.stop()
  }
}

const begun = new Date('2026-01-01T00:00:00Z')

const anIpad = (organisationId: string, index: number): Device => ({
  id: randomUUID(),
  organisationId,
  serialNumber: `DMPC${String(index).padStart(8, '0')}`,
  assetTag: `EK-${index}`,
  model: 'iPad (A16)',
  origin: 'new',
  ownership: 'organisation',
  lifecycle: 'on-loan',
  management: 'enrolled',
  lock: 'open',
  createdAt: begun,
  version: 1,
})

const anEnrolment = ({ id, organisationId, serialNumber }: Device): Enrolment => ({
  id: randomUUID(),
  organisationId,
  deviceId: id,
  udid: `00008120-${serialNumber}`,
  state: 'enrolled',
  current: true,
  certificateFingerprints: [randomBytes(32).toString('hex')],
  keyFingerprint: randomBytes(32).toString('hex'),
  topic: 'com.apple.mgmt.External.bench',
  tokenState: 'live',
  token: randomBytes(32).toString('hex'),
  pushMagic: randomUUID(),
  awaitingConfiguration: false,
  authenticatedAt: begun,
  enrolledAt: begun,
  sequence: 0,
  waiting: false,
  wakeAttempts: 0,
})

async function done(api: StaffApi, jobId: string): Promise<void> {
  for (;;) {
    const { state, counts } = await api.get<{ state: string; counts: { done: number; total: number } }>(
      `/api/v1/jobs/${jobId}`,
    )
    if (state === 'done' && counts.done === counts.total) return
    if (state !== 'running' && state !== 'preparing')
      throw new Error(`The job ended as ${state}: ${counts.done} of ${counts.total}`)
    await delay(pollMs)
  }
}

async function allPushed(apns: TrialApns, tokens: readonly string[]): Promise<void> {
  while (!tokens.every(token => apns.newest(token))) await delay(pollMs)
}
