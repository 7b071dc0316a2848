import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { enrolFleet, simulatedSerials } from '../simulate/fleet.ts'
import { sharedKeys } from '../simulate/identity-keys.ts'
import { type SimulatedIpad } from '../simulate/simulated-ipad.ts'
import { staffApi, type StaffApi } from '../simulate/staff-api.ts'
import { startTrialApns, type TrialApns } from '../simulate/trial-apns.ts'

export interface BenchIpad {
  readonly ipad: SimulatedIpad
  readonly deviceId: string
}

/** A server of its own process with a fleet that has enrolled over HTTP and waits for pushes. */
export interface FleetUnderTest {
  readonly server: ServerProcess
  readonly apns: TrialApns
  readonly api: StaffApi
  readonly fleet: readonly BenchIpad[]
  /** Everything ends and the data folder is gone. */
  close(): Promise<void>
}

/** Keys that the fleet takes turns with; making one for each would measure nothing but prime numbers. */
const keysMade = 16
const enrolAtOnce = 8
const home = { latitude: 59.62, longitude: 14.87 }

/** Starts both; `MONGODB_URI` decides about the store as it does for the product. Throws when an iPad cannot enrol. */
export async function startFleetUnderTest(count: number): Promise<FleetUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-bench-'))
  const apns = await startTrialApns(join(folder, 'apns'), 0)
  const uri = process.env['MONGODB_URI']
  const server = await startServerProcess({
    PORT: '0',
    ORNKOLL_DATA: join(folder, 'data'),
    ...apns.env,
    ...(uri && { MONGODB_URI: uri }),
  })
  const fleet: BenchIpad[] = []
  const close = async () => {
    await Promise.all(fleet.map(({ ipad }) => ipad.stop()))
    await server.stop()
    await apns.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const api = staffApi(server.url, await server.token('admin'))
    const startedAt = performance.now()
    await enrolFleet(simulatedSerials(count), {
      api,
      keys: sharedKeys(keysMade),
      pushes: apns,
      home,
      atOnce: enrolAtOnce,
      onEnrolled: (ipad, deviceId) => void fleet.push({ ipad, deviceId }),
      onRefused: (_, fault) => {
        throw fault
      },
    })
    const seconds = (performance.now() - startedAt) / 1000
    console.log(
      `${count} iPads enrolled in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(1)} per second)`,
    )
    return { server, apns, api, fleet, close }
  } catch (error) {
    await close()
    throw error
  }
}
