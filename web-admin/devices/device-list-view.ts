import {
  deviceOwnerships,
  lifecycles,
  locks,
  managements,
  type Lifecycle,
} from '../../server/devices/device.ts'
import { type DeviceCount, type DeviceFilter } from '../../server/devices/device-search.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { formView, type Fields } from '../form.ts'
import { sayIn, type Say } from '../language.ts'
import { count } from '../money.ts'
import { listHref } from '../tables/table-view.ts'

const filterNames = ['q', 'lifecycle', 'management', 'lock', 'ownership'] as const
export const addressNames = [...filterNames, 'sort', 'after'] as const
export type ListAddress = Readonly<Partial<Record<(typeof addressNames)[number], string>>>

/** What the address filters by; a word that is none, as in an old bookmark, is left out. */
export function filterFrom({ q, lifecycle, management, lock, ownership }: ListAddress): DeviceFilter {
  return {
    q: q?.slice(0, 60),
    lifecycle: lifecycles.find(one => one === lifecycle),
    management: managements.find(one => one === management),
    lock: locks.find(one => one === lock),
    ownership: deviceOwnerships.find(one => one === ownership),
  }
}

interface DeviceListNeeds {
  readonly shown: number
  readonly counts: readonly DeviceCount[]
  readonly address: ListAddress
  readonly next: string | null
  readonly language: Language
}

/** What is around the list of iPads: counts that filter, the filter, and where the next page begins. */
export function deviceListView({ shown, counts, address, next, language }: DeviceListNeeds) {
  const say = sayIn(language)
  const total = counts.reduce((sum, one) => sum + one.count, 0)
  const { after, ...place } = address
  return {
    title: say('devices.title'),
    sub: say('devices.total', { count: total }).replace(String(total), count(total, language)),
    hasAny: total > 0,
    isFiltered: filterNames.some(name => address[name] !== undefined),
    filters: formView(filterFields(say), { ...address }, say).fields,
    chips: chips(counts, address, say),
    shown: say('list.showing', { count: shown }),
    nextHref: next === null ? undefined : listHref('/devices', { ...place, after: next }),
    firstHref: after === undefined ? undefined : listHref('/devices', place),
  }
}

/** How many fit the filter, as far as the counts of states tell it. */
export function countedIn(counts: readonly DeviceCount[], filter: DeviceFilter): number | undefined {
  if (filter.q || filter.ownership || filter.model) return undefined
  const fits = (one: DeviceCount) =>
    (['lifecycle', 'management', 'lock'] as const).every(name => !filter[name] || one[name] === filter[name])
  return counts.filter(fits).reduce((sum, one) => sum + one.count, 0)
}

const chipped: readonly Lifecycle[] = [
  'on-loan',
  'in-stock',
  'prepared',
  'stolen',
  'lost',
  'broken',
  'in-repair',
]

function chips(counts: readonly DeviceCount[], address: ListAddress, say: Say) {
  const totals = new Map<Lifecycle, number>()
  for (const one of counts) totals.set(one.lifecycle, (totals.get(one.lifecycle) ?? 0) + one.count)
  return chipped
    .filter(lifecycle => totals.has(lifecycle))
    .map(lifecycle => ({
      href: listHref('/devices', { lifecycle, sort: address.sort }),
      text: say(`lifecycle.${lifecycle}`),
      count: totals.get(lifecycle),
      isHere: address.lifecycle === lifecycle,
    }))
}

function filterFields(say: Say) {
  return {
    q: { label: 'devices.search', type: 'search', optional: true },
    lifecycle: {
      label: 'device.lifecycle',
      type: 'select',
      optional: true,
      options: lifecycles.map(value => ({ value, text: say(`lifecycle.${value}`) })),
    },
    management: {
      label: 'device.management',
      type: 'select',
      optional: true,
      options: managements.map(value => ({ value, text: say(`management.${value}`) })),
    },
    lock: {
      label: 'device.lock',
      type: 'select',
      optional: true,
      options: locks.map(value => ({ value, text: say(`lock.${value}`) })),
    },
    ownership: {
      label: 'device.ownership',
      type: 'select',
      optional: true,
      options: deviceOwnerships.map(value => ({ value, text: say(`ownership.${value}`) })),
    },
  } as const satisfies Fields
}
