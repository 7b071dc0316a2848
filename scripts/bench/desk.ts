import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startServerProcess } from '../server-process.ts'
import { forEachOf } from '../simulate/fleet.ts'
import { staffApi, type StaffApi } from '../simulate/staff-api.ts'
import { percentile, resultLine } from './figures.ts'

/** Of each of the two rounds. */
const visitors = 120
/** As many stations as an open house has. */
const stations = 4
/** Milliseconds that any answer of the server may take at the desk. */
const limitMs = 100
/** Milliseconds from an answer to the next touch: several times faster than any hand. */
const touchMs = { least: 150, most: 450 }

/** From one person to the next: identity, show the terms, have read, sign, next. Scans and strokes are no touches. */
const touches = 5

const signature = {
  kind: 'drawn',
  width: 600,
  height: 200,
  strokes: [
    { points: Array.from({ length: 60 }, (_, at) => ({ x: 20 + at * 9, y: 100 + 50 * Math.sin(at / 3) })) },
  ],
}

/**
 * An open house: four stations find the person, scan the iPad, reserve it, show the terms and take the signature, which
 * makes the receipt. What 95 of 100 answers of the slowest step stay within when each station hands out an iPad in two
 * seconds; then, without a limit, how many it would be if nobody ever waited.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-bench-'))
  const uri = process.env['MONGODB_URI']
  const server = await startServerProcess({
    PORT: '0',
    ORNKOLL_DATA: folder,
    ...(uri && { MONGODB_URI: uri }),
  })
  try {
    const admin = staffApi(server.url, await server.token('admin'))
    const desk = staffApi(server.url, await server.token('handout'))
    await forEachOf(numbers(0, 2 * visitors), stations, number => register(admin, number))
    // The first receipt loads the typesetter; the desk is opened before people come.
    await register(admin, 2 * visitors)
    await handOut(desk, 2 * visitors, (_name, work) => work())

    const taken = new Map<string, number[]>()
    const touched = await round(desk, numbers(0, visitors), async (name, work) => {
      await setTimeout(touchMs.least + Math.random() * (touchMs.most - touchMs.least))
      const startedAt = performance.now()
      const answer = await work()
      taken.set(name, [...(taken.get(name) ?? []), performance.now() - startedAt])
      return answer
    })
    for (const [name, times] of taken)
      console.log(
        `${name}: median ${percentile(times, 0.5).toFixed(1)} ms, 95 % ${percentile(times, 0.95).toFixed(1)} ms`,
      )
    console.log(
      `${visitors} hand-outs in ${touched.toFixed(1)} s at ${stations} stations; ${touches} touches each`,
    )
    const rushed = await round(desk, numbers(visitors, 2 * visitors), (_name, work) => work())
    console.log(`without any wait between touches: ${(visitors / rushed).toFixed(1)} hand-outs a second`)
    const slowest = Math.max(...[...taken.values()].map(times => percentile(times, 0.95)))
    console.log(resultLine('desk', slowest, limitMs))
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index)

/** Seconds that the hand-outs take at all stations. */
async function round(desk: StaffApi, visitors: readonly number[], step: Step): Promise<number> {
  const startedAt = performance.now()
  await forEachOf(visitors, stations, number => handOut(desk, number, step))
  return (performance.now() - startedAt) / 1000
}

async function register(admin: StaffApi, number: number): Promise<void> {
  const familyName = `Besökare${number}`
  const email = `besokare.${number}@kommun.example`
  await admin.post('/api/v1/people', { givenName: 'Embla', familyName, email })
  const serialNumber = `DESK${String(number).padStart(6, '0')}`
  await admin.post('/api/v1/devices', { serialNumber, assetTag: `EK-${number}` })
}

type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

async function handOut(desk: StaffApi, number: number, step: Step): Promise<void> {
  const people = await step('find the person', () =>
    desk.get<{ items: { id: string }[] }>(
      `/api/v1/people?q=${encodeURIComponent(`Besökare${number}`)}&limit=12`,
    ),
  )
  const device = await step('scan the iPad', () =>
    desk.get<{ id: string }>(`/api/v1/devices/scan?code=EK-${number}`),
  )
  const loan = await step('reserve', () =>
    desk.post<{ id: string }>('/api/v1/loans', { personId: people.items[0]?.id, deviceId: device.id }),
  )
  const shown = await step('show the terms', () =>
    desk.post<{ terms: { sha256: string } }>(`/api/v1/loans/${loan.id}/terms`, { language: 'sv' }),
  )
  await step('sign', () =>
    desk.post(`/api/v1/loans/${loan.id}/sign`, {
      attemptId: randomUUID(),
      termsSha256: shown.terms.sha256,
      signature,
      identityCheck: 'known',
    }),
  )
}
