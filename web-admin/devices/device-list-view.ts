import {
  deviceOwnerships,
  lifecycles,
  locks,
  managements,
  type Device,
  type Lifecycle,
} from '../../server/devices/device.ts'
import { type DeviceQuery, type DeviceSort } from '../../server/devices/device-search.ts'
import { type DeviceCount } from '../../server/devices/device-search.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { dayAndTime } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { sayIn, type Say } from '../language.ts'
import { count } from '../money.ts'
import { deviceBadges } from './device-state.ts'

/** What the address of the list may say. */
export interface ListAddress {
  readonly q?: string
  readonly lifecycle?: string
  readonly management?: string
  readonly lock?: string
  readonly ownership?: string
  readonly sort?: string
  readonly after?: string
}

const longest = 400

/** What of a query string the list understands; a filter that is none, as in an old bookmark, is left out later. */
export function addressOf(query: Readonly<Record<string, unknown>>): ListAddress {
  const names = ['q', 'lifecycle', 'management', 'lock', 'ownership', 'sort', 'after'] as const
  const given = names.flatMap(name => {
    const value = query[name]
    const text = typeof value === 'string' ? value.trim().slice(0, longest) : ''
    return text === '' ? [] : [[name, text] as const]
  })
  return Object.fromEntries(given)
}

export interface DeviceListNeeds {
  readonly devices: readonly Device[]
  /** Name of the holder by device id. */
  readonly holders: ReadonlyMap<string, string>
  readonly counts: readonly DeviceCount[]
  readonly address: ListAddress
  readonly query: DeviceQuery
  readonly next: string | null
  readonly now: Date
  readonly language: Language
}

const columns = [
  { sort: 'assetTag', text: 'device.tag' },
  { sort: 'serialNumber', text: 'device.serial' },
  { sort: 'model', text: 'device.model' },
  { sort: undefined, text: 'device.holder' },
  { sort: 'lifecycle', text: 'device.state' },
  { sort: 'lastSeenAt', text: 'device.seen' },
] as const

/** The list of iPads: counts that filter, the table in its order, and where the next page begins. */
export function deviceListView(needs: DeviceListNeeds) {
  const { devices, holders, address, query, next, now, language } = needs
  const say = sayIn(language)
  const isFiltered = Boolean(
    address.q ?? address.lifecycle ?? address.management ?? address.lock ?? address.ownership,
  )
  const total = needs.counts.reduce((sum, one) => sum + one.count, 0)
  return {
    title: say('devices.title'),
    sub: say('devices.total', { count: total }).replace(String(total), count(total, language)),
    hasAny: total > 0,
    isFiltered,
    filters: formView(filterFields(say), { ...address }, say).fields,
    chips: chips(needs.counts, address, say),
    columns: columns.map(({ sort, text }) => ({
      text: say(text),
      ...(sort && order(sort, query, address)),
    })),
    rows: devices.map(device => ({
      href: `/devices/${device.id}`,
      assetTag: device.assetTag,
      serialNumber: device.serialNumber,
      model: device.model,
      holder: holders.get(device.id),
      badges: deviceBadges(device, now, say),
      seen: device.lastSeenAt ? dayAndTime(device.lastSeenAt, language) : say('device.never-seen'),
    })),
    shown: say('list.showing', { count: devices.length }),
    nextHref: next === null ? undefined : listHref({ ...address, after: next }),
    firstHref: address.after === undefined ? undefined : listHref(withoutPlace(address)),
  }
}

function order(sort: DeviceSort, query: DeviceQuery, address: ListAddress) {
  const isSorted = query.sort === sort
  const turned = isSorted && !query.descending
  return {
    href: listHref({ ...withoutPlace(address), sort: turned ? `-${sort}` : sort }),
    sorted: isSorted ? (query.descending ? 'descending' : 'ascending') : undefined,
    arrow: isSorted ? (query.descending ? '↓' : '↑') : '',
  }
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
      href: listHref({ lifecycle }),
      text: say(`lifecycle.${lifecycle}`),
      count: totals.get(lifecycle),
      isHere: address.lifecycle === lifecycle,
    }))
}

/** The address of the list with these choices. */
export function listHref(address: ListAddress): string {
  const given = Object.entries(address).filter(([, value]) => typeof value === 'string' && value !== '')
  const query = new URLSearchParams(given as [string, string][]).toString()
  return query === '' ? '/devices' : `/devices?${query}`
}

function withoutPlace(address: ListAddress): ListAddress {
  return { ...address, after: '' }
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
