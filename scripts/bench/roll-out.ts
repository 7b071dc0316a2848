import { setTimeout as delay } from 'node:timers/promises'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { forEachOf } from '../simulate/fleet.ts'
import { staffApi } from '../simulate/staff-api.ts'
import { resultLine } from './figures.ts'
import { startFleetUnderTest, type BenchIpad, type FleetUnderTest } from './fleet-under-test.ts'

/** As many as the municipality had. */
const fleetSize = 469
/** Programs that send the bare commands at the same time. */
const senders = 8
/** How much longer than the bare commands a roll-out may take until every iPad has proved it. */
const limitFactor = 1.5
const everyMs = 250

interface Figures {
  readonly delivered: number
  readonly proven: number
  readonly failed: number
  readonly of: number
}

/**
 * A profile rolled out to 469 enrolled iPads at once, from the click to the last one that has proved it, beside its peer
 * in the same run: a program that sends each of them the same two commands by the API and keeps no account of them.
 */
export async function run(): Promise<void> {
  const under = await startFleetUnderTest(fleetSize)
  try {
    const peerSeconds = await bareCommands(under)
    console.log(`bare commands to ${fleetSize} iPads: all answered after ${peerSeconds.toFixed(1)} s`)
    const { delivered, proven } = await rollOut(under)
    console.log(
      `roll-out to ${fleetSize} iPads: delivered ${delivered.toFixed(1)} s, proven ${proven.toFixed(1)} s`,
    )
    console.log(resultLine('roll-out', proven, peerSeconds * limitFactor))
  } finally {
    await under.close()
  }
}

async function bareCommands({ api, fleet }: FleetUnderTest): Promise<number> {
  const payload = Buffer.from(profileNamed('se.example.bench.bare')).toString('base64')
  const startedAt = performance.now()
  const answered = fleet.map(({ ipad }) => ipad.answered('ProfileList'))
  await forEachOf(fleet, senders, async ({ deviceId }) => {
    const path = `/api/v1/devices/${deviceId}/commands`
    await api.post(path, { requestType: 'InstallProfile', Payload: payload })
    await api.post(path, { requestType: 'ProfileList' })
  })
  await Promise.all(answered)
  return (performance.now() - startedAt) / 1000
}

async function rollOut(under: FleetUnderTest): Promise<{ delivered: number; proven: number }> {
  const { api, fleet } = under
  const id = await approvedProfile(under)
  // Nobody else is there to agree.
  const { version } = await api.get<{ version: number }>('/api/v1/organisations/current')
  await api.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit: 100_000 } })
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  let delivered = 0
  void Promise.all(fleet.map(installed)).then(() => (delivered = seconds()))
  const { rollout } = await api.post<{ rollout: { id: string } }>('/api/v1/assignments', {
    content: { kind: 'profile', id },
    target: { kind: 'organisation' },
    plan: { waves: [] },
  })
  for (;;) {
    const { figures } = await api.get<{ figures: Figures }>(`/api/v1/rollouts/${rollout.id}`)
    if (figures.failed > 0) throw new Error(`${figures.failed} iPads failed`)
    if (figures.proven === fleetSize) return { delivered, proven: seconds() }
    await delay(everyMs)
  }
}

/** When the iPad has acknowledged the profile of the roll-out, which is signed, unlike the bare one. */
const installed = ({ ipad }: BenchIpad): Promise<unknown> =>
  ipad.answered(({ requestType, parameters }) => {
    const payload = parameters['Payload']
    return requestType === 'InstallProfile' && payload instanceof Uint8Array && payload[0] === 0x30
  })

async function approvedProfile({ server, api }: FleetUnderTest): Promise<string> {
  const writer = await server.token('second-line')
  const policy = await staffApi(server.url, writer).post<{ id: string }>('/api/v1/policies', {
    title: 'Bench',
    text: 'Bench',
    checklist: [{ question: 'Bench?', answer: 'yes' }],
  })
  await api.post(`/api/v1/policies/${policy.id}/approve`)
  const response = await fetch(new URL('/api/v1/profiles?name=Bench', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${writer}`, 'content-type': 'application/x-apple-aspen-config' },
    body: Buffer.from(profileNamed('se.example.bench')),
  })
  if (!response.ok) throw new Error(`The profile was answered ${response.status}: ${await response.text()}`)
  const { profile } = (await response.json()) as { profile: { id: string } }
  await api.post(`/api/v1/profiles/${profile.id}/versions/1/approve`, { policyId: policy.id })
  return profile.id
}

/** A small profile: a web clip. */
const profileNamed = (identifier: string): Uint8Array =>
  writePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: '00000000-0000-4000-8000-000000000001',
    PayloadContent: [
      {
        PayloadType: 'com.apple.webClip.managed',
        PayloadVersion: 1,
        PayloadIdentifier: `${identifier}.clip`,
        PayloadUUID: '00000000-0000-4000-8000-000000000002',
        Label: 'Bench',
        URL: 'https://ekeby.example.se/',
      },
    ],
  })
