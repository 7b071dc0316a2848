import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExecutionContext } from 'ava'
import { ownKeys, sharedKeys, type IdentityKeys } from '../../scripts/simulate/identity-keys.ts'
import { type IpadOptions } from '../../scripts/simulate/ipad-options.ts'
import { createSimulatedIpad, type SimulatedIpad } from '../../scripts/simulate/simulated-ipad.ts'
import { startTrialApns, type TrialApns } from '../../scripts/simulate/trial-apns.ts'
import { type ApiClient } from './api-client.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts'

export interface Simulation {
  readonly server: TestServer
  readonly apns: TrialApns
  /** An iPad that is gone when the test ends. Unless told otherwise it has a key of its own, as real ones do. */
  readonly ipad: (serialNumber: string, options?: Partial<IpadOptions>) => SimulatedIpad
}

/** Six keys for all tests of a file that need many iPads; nothing about keys may be asserted with them. */
export const fewKeys: IdentityKeys = sharedKeys(6)

/** The whole server with a push service on this machine, and simulated iPads to go with it. */
export async function startSimulation(
  t: Pick<ExecutionContext, 'teardown'>,
  options: Partial<TestServerOptions> = {},
): Promise<Simulation> {
  const apns = await startTestApns(t)
  const server = await startTestServer(t, { ...options, env: { ...options.env, ...apns.env } })
  return {
    server,
    apns,
    ipad: (serialNumber, ipadOptions) => anIpad(t, { serialNumber, pushes: apns, ...ipadOptions }),
  }
}

/** A push service of the test's own on a free port. */
export async function startTestApns(t: Pick<ExecutionContext, 'teardown'>): Promise<TrialApns> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-apns-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const apns = await startTrialApns(folder, 0)
  t.teardown(() => apns.close())
  return apns
}

/** A simulated iPad at the town square of nowhere, switched off when the test ends. */
export function anIpad(
  t: Pick<ExecutionContext, 'teardown'>,
  options: Pick<IpadOptions, 'serialNumber' | 'pushes'> & Partial<IpadOptions>,
): SimulatedIpad {
  const ipad = createSimulatedIpad({ keys: ownKeys, home: { latitude: 59.62, longitude: 14.87 }, ...options })
  t.teardown(() => ipad.stop())
  return ipad
}

/** Enrols by a link that the desk makes for the device. */
export async function enrolByLink(desk: ApiClient, deviceId: string, ipad: SimulatedIpad): Promise<void> {
  const { status, body } = await desk.post<{ url: string }>(`/api/v1/devices/${deviceId}/enrolment-link`)
  if (status !== 201) throw new Error(`No enrolment link: ${status} ${JSON.stringify(body)}`)
  await ipad.enrol(body.url)
}
