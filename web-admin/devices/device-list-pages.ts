import { type ServerRoute } from '@hapi/hapi'
import { type Clock } from '../../server/clock.ts'
import { deviceOwnerships, lifecycles, locks, managements } from '../../server/devices/device.ts'
import { deviceSorts, parseSort, type DeviceQuery } from '../../server/devices/device-search.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { needs } from '../../server/http/credentials.ts'
import { type HoldersOf } from '../loans/holders.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { addressOf, deviceListView, type ListAddress } from './device-list-view.ts'

export interface DeviceListDeps {
  readonly devices: Pick<Devices, 'list' | 'counts'>
  readonly clock: Clock
  /** The names of those who hold these iPads, by device id; masked as lists show them. */
  readonly holdersOf: HoldersOf
}

const pageSize = 50

/** The list of iPads. */
export function deviceListPages({ devices, clock, holdersOf }: DeviceListDeps): ServerRoute[] {
  return [
    {
      method: 'GET',
      path: '/devices',
      options: needs('devices.read'),
      handler: async (request, h) => {
        const { actor, language, may } = readerOf(request)
        const address = addressOf(request.query)
        const query = queryFrom(address)
        const page = await devices.list(actor, query)
        const holders = await holdersOf(
          actor,
          page.items.map(({ id }) => id),
        )
        const counts = await devices.counts(actor)
        const now = clock.now()
        return showPage(request, h, 'devices/list', {
          ...deviceListView({
            devices: page.items,
            holders,
            counts,
            address,
            query,
            next: page.next,
            now,
            language,
          }),
          mayWrite: may('devices.write'),
        })
      },
    },
  ]
}

function queryFrom({ q, lifecycle, management, lock, ownership, sort, after }: ListAddress): DeviceQuery {
  return {
    q,
    lifecycle: lifecycles.find(one => one === lifecycle),
    management: managements.find(one => one === management),
    lock: locks.find(one => one === lock),
    ownership: deviceOwnerships.find(one => one === ownership),
    ...parseSort(sorts.find(one => one === sort) ?? 'assetTag'),
    limit: pageSize,
    after,
  }
}

const sorts = deviceSorts.flatMap(sort => [sort, `-${sort}`])
