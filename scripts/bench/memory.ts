import { setTimeout as delay } from 'node:timers/promises'
import { resultLine } from './figures.ts'
import { startFleetUnderTest } from './fleet-under-test.ts'

const fleetSize = 500
/** Megabytes (10^6 bytes) that the server may hold at rest, with everything it has started. */
const limitMegabytes = 200
/** Time to come to rest: jobs of a minute have run, the heap has been tidied. */
const restSeconds = 75
const samples = 5

/**
 * Resident memory of the server and all its processes with 500 iPads enrolled and nobody speaking: the median of a few
 * looks. With a MongoDB of one's own (`MONGODB_URI`) the store is not counted.
 */
export async function run(): Promise<void> {
  const under = await startFleetUnderTest(fleetSize)
  try {
    const { server } = under
    const megabytes = async () => (await server.memory()) / 1e6
    console.log(`after enrolling: ${(await megabytes()).toFixed(0)} MB`)
    await delay(restSeconds * 1000)
    const seen: number[] = []
    for (let look = 0; look < samples; look++) {
      seen.push(await megabytes())
      await delay(2000)
    }
    seen.sort((one, other) => one - other)
    console.log(`at rest: ${seen.map(value => value.toFixed(0)).join(', ')} MB`)
    console.log(resultLine('memory', seen[Math.floor(samples / 2)] ?? 0, limitMegabytes))
  } finally {
    await under.close()
  }
}
