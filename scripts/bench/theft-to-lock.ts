import { setTimeout as delay } from 'node:timers/promises'
import { forEachOf } from '../simulate/fleet.ts'
import { staffApi, type StaffApi } from '../simulate/staff-api.ts'
import { percentile, resultLine } from './figures.ts'
import { startFleetUnderTest, type BenchIpad, type FleetUnderTest } from './fleet-under-test.ts'

const fleetSize = 500
/** Stolen one after the other by several desks at once. */
const thefts = 80
const desks = 4
/** Seconds that a report or an agreed wipe may take until the iPad has acknowledged; 95 of 100 must keep it. */
const limitSeconds = 2

/** Commands per second that the rest of the fleet is asked meanwhile; with them come as many pushes and polls. */
const loadPerSecond = 25

interface Timing {
  readonly lockSeconds: number
  readonly eraseSeconds: number
}

/**
 * From the click on "report" to lost mode on the iPad, and from the second person's approval to the erase, with 500
 * iPads enrolled and the rest of the fleet answering commands. The limit is the promise itself.
 */
export async function run(): Promise<void> {
  const under = await startFleetUnderTest(fleetSize)
  try {
    const { server, fleet } = under
    const people = {
      desk: staffApi(server.url, await server.token('helpdesk')),
      asker: staffApi(server.url, await server.token('second-line')),
      approver: staffApi(server.url, await server.token('second-line')),
    }
    const quiet = new AbortController()
    const load = keepBusy(under, fleet.slice(thefts), quiet.signal)
    const timings: Timing[] = []
    await forEachOf(fleet.slice(0, thefts), desks, async stolen => {
      timings.push(await stealOne(people, stolen))
    })
    quiet.abort()
    report(timings, await load)
  } finally {
    await under.close()
  }
}

async function stealOne(
  { desk, asker, approver }: Readonly<Record<'desk' | 'asker' | 'approver', StaffApi>>,
  { ipad, deviceId }: BenchIpad,
): Promise<Timing> {
  const lockSeconds = await secondsUntil(async () => {
    const locked = ipad.answered('EnableLostMode')
    await desk.post('/api/v1/incidents', { kind: 'theft', deviceId, description: 'Taken from a table.' })
    await locked
  })
  const { items } = await desk.get<{ items: { id: string }[] }>(`/api/v1/incidents?deviceId=${deviceId}`)
  const { wipe } = await asker.post<{ wipe: { approvalId: string } }>(
    `/api/v1/incidents/${items[0]?.id ?? ''}/request-wipe`,
    { reason: 'Papers on it.' },
  )
  const eraseSeconds = await secondsUntil(async () => {
    const erased = ipad.answered('EraseDevice')
    await approver.post(`/api/v1/approvals/${wipe.approvalId}/approve`)
    await erased
  })
  return { lockSeconds, eraseSeconds }
}

async function secondsUntil(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** Asks iPads of `fleet` in turn until `signal`; returns how many commands were sent. */
async function keepBusy(
  { api }: FleetUnderTest,
  fleet: readonly BenchIpad[],
  signal: AbortSignal,
): Promise<number> {
  const types = ['DeviceInformation', 'SecurityInfo', 'InstalledApplicationList', 'ProfileList']
  const sending: Promise<unknown>[] = []
  for (let turn = 0; !signal.aborted; turn++) {
    const one = fleet[turn % fleet.length]
    const requestType = types[turn % types.length]
    if (one) sending.push(api.post(`/api/v1/devices/${one.deviceId}/commands`, { requestType }))
    await delay(1000 / loadPerSecond, undefined, { signal }).catch(() => undefined)
  }
  await Promise.all(sending)
  return sending.length
}

function report(timings: readonly Timing[], loadCommands: number): void {
  console.log(`${thefts} thefts at ${desks} desks; ${loadCommands} other commands meanwhile`)
  const tell = (what: string, values: readonly number[]) => {
    const [p50, p95, most] = [0.5, 0.95, 1].map(share => percentile(values, share).toFixed(3))
    console.log(`${what}: p50 ${p50 ?? ''} s, p95 ${p95 ?? ''} s, longest ${most ?? ''} s`)
    return percentile(values, 0.95)
  }
  const lock = tell(
    'report to acknowledged lost mode',
    timings.map(({ lockSeconds }) => lockSeconds),
  )
  const erase = tell(
    'approval to acknowledged erase',
    timings.map(({ eraseSeconds }) => eraseSeconds),
  )
  console.log(resultLine('theft-to-lock', Math.max(lock, erase), limitSeconds))
}
