import test from 'ava'
import { createFleetCounts } from '../../../server/devices/fleet-counts.ts'
import { type DeviceCount } from '../../../server/devices/device-search.ts'

const fleetOf = (count: number): DeviceCount[] => [
  { lifecycle: 'in-stock', management: 'none', lock: 'open', count },
]

function counted(size: () => number) {
  let now = new Date('2026-03-02T12:00:00Z')
  let times = 0
  const counts = createFleetCounts(
    () => {
      times += 1
      return Promise.resolve(fleetOf(size()))
    },
    { now: () => now },
  )
  return {
    counts,
    times: () => times,
    later: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)),
  }
}

test('a small fleet is counted each time, so that what was just registered is in', async t => {
  let size = 1
  const { counts } = counted(() => size)
  t.deepEqual(await counts('a'), fleetOf(1))
  size = 2
  t.deepEqual(await counts('a'), fleetOf(2))
})

test('a large fleet is counted once for all who ask at the same time, and again when that is old', async t => {
  let size = 45_000
  const { counts, times, later } = counted(() => size)
  await Promise.all([counts('a'), counts('a'), counts('a')])
  t.is(times(), 1)
  size = 45_001
  later(10)
  t.deepEqual(await counts('a'), fleetOf(45_000), 'not old yet')
  later(11)
  t.deepEqual(await counts('a'), fleetOf(45_000), 'nobody waits for the new count')
  t.deepEqual(await counts('a'), fleetOf(45_001))
  t.is(times(), 2)
  t.deepEqual(await counts('b'), fleetOf(45_001), 'each organisation has its own')
})

test('a count that failed is not remembered', async t => {
  let failing = true
  const counts = createFleetCounts(
    () => (failing ? Promise.reject(new Error('no store')) : Promise.resolve(fleetOf(3000))),
    { now: () => new Date('2026-03-02T12:00:00Z') },
  )
  await t.throwsAsync(counts('a'), { message: 'no store' })
  failing = false
  t.deepEqual(await counts('a'), fleetOf(3000))
})
