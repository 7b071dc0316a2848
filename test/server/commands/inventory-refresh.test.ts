import test from 'ava'
import { startDeviceWorld, until } from '../../support/device-world.ts'

const minute = 60_000
const asked = ['DeviceInformation', 'SecurityInfo', 'InstalledApplicationList', 'ProfileList']

test('an iPad tells of itself some time after it enrolled, once a day, and not before', async t => {
  let passed = 0
  const clock = { now: () => new Date(Date.now() + passed) }
  const world = await startDeviceWorld(t, { clock })
  const { refreshInventory } = world.server.ornkoll.management
  const ipad = await world.enrolledIpad()
  await until(async () => {
    const { body } = await world.desk.get<{ lastSeenAt?: string }>(`/api/v1/devices/${ipad.deviceId}`)
    return body.lastSeenAt !== undefined
  })

  passed = 5 * minute
  await refreshInventory()
  t.is(await ipad.idle(), undefined, 'it is still settling in')

  passed = 11 * minute
  await refreshInventory()
  await refreshInventory()
  const told: string[] = []
  for (let next = await ipad.idle(); next; next = await ipad.report(next.uuid, 'Acknowledged')) {
    told.push(next.requestType)
  }
  t.deepEqual(told, asked)
})
