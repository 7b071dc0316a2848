import test from 'ava'
import { startDeviceWorld, until } from '../../support/device-world.ts'

const minute = 60_000
const day = 1440 * minute
const lists = { InstalledApplicationList: [{ Identifier: 'se.malmby.app', Name: 'App' }], ProfileList: [] }

interface Told {
  readonly apps?: readonly unknown[]
  readonly appsReportedAt?: string
  readonly osVersion?: string
}

const asked = [
  ...['DeviceInformation', 'SecurityInfo', 'InstalledApplicationList', 'ProfileList'],
  'ManagedApplicationList',
]

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

  const informationOf = async () =>
    (await world.desk.get<{ information: Told }>(`/api/v1/devices/${ipad.deviceId}`)).body.information

  passed = 5 * minute
  await refreshInventory()
  t.is(await ipad.idle(), undefined, 'it is still settling in')

  const told = async () => {
    const types: string[] = []
    for (let next = await ipad.idle(); next; next = await ipad.report(next.uuid, 'Acknowledged', lists)) {
      types.push(next.requestType)
    }
    return types
  }
  passed = 11 * minute
  await refreshInventory()
  await refreshInventory()
  t.deepEqual(await told(), asked)

  t.is((await informationOf()).apps?.length, 1)
  const { body } = await world.desk.post<{ commandUUID: string }>(
    `/api/v1/devices/${ipad.deviceId}/commands`,
    { requestType: 'InstalledApplicationList', Identifiers: ['se.malmby.other'] },
  )
  t.is((await ipad.idle())?.uuid, body.commandUUID)
  await ipad.report(body.commandUUID, 'Acknowledged', { InstalledApplicationList: [] })
  t.is((await informationOf()).apps?.length, 1, 'a list asked for in part is not the list')

  // Wiped and enrolled anew on the same day: what it had is gone, and it is asked again.
  ipad.identity = await ipad.newIdentity()
  t.is((await ipad.authenticate()).status, 200)
  t.is((await ipad.tokenUpdate()).status, 200)
  const anew = await informationOf()
  t.deepEqual([anew.apps, anew.appsReportedAt, anew.osVersion], [undefined, undefined, '18.1'])
  passed += 11 * minute
  await refreshInventory()
  t.deepEqual(await told(), asked)

  // At rest it comes only when it is asked.
  const first = passed
  for (const days of [1, 2, 3]) {
    passed = first + days * day - minute
    await refreshInventory()
    t.is(await ipad.idle(), undefined, 'not within a day')
    passed = first + days * (day + 10 * minute)
    await refreshInventory()
    await refreshInventory()
    t.deepEqual(await told(), asked, `on day ${days}`)
  }

  passed += 90 * day
  await refreshInventory()
  t.deepEqual(await told(), asked, 'after months in a drawer')
})
