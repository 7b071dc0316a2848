import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServerProcess } from '../server-process.ts'
import { forEachOf } from '../simulate/fleet.ts'
import { staffApi, type StaffApi } from '../simulate/staff-api.ts'
import { percentile, resultLine } from './figures.ts'

const visitors = 120
/** As many stations as an open house has. */
const stations = 4
/** Milliseconds that any answer of the server may take at the desk. */
const limitMs = 100

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
 * makes the receipt. What 95 of 100 answers of the slowest step stay within.
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
    await forEachOf(
      Array.from({ length: visitors }, (_, number) => number),
      stations,
      number => register(admin, number),
    )
    const desk = staffApi(server.url, await server.token('handout'))
    const taken = new Map<string, number[]>()
    const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const startedAt = performance.now()
      const answer = await work()
      taken.set(name, [...(taken.get(name) ?? []), performance.now() - startedAt])
      return answer
    }
    const startedAt = performance.now()
    await forEachOf(
      Array.from({ length: visitors }, (_, number) => number),
      stations,
      number => handOut(desk, number, step),
    )
    const seconds = (performance.now() - startedAt) / 1000
    for (const [name, times] of taken)
      console.log(
        `${name}: median ${percentile(times, 0.5).toFixed(1)} ms, 95 % ${percentile(times, 0.95).toFixed(1)} ms`,
      )
    console.log(
      `${visitors} hand-outs in ${seconds.toFixed(1)} s at ${stations} stations; ${touches} touches each`,
    )
    const slowest = Math.max(...[...taken.values()].map(times => percentile(times, 0.95)))
    console.log(resultLine('desk', slowest, limitMs))
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
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
