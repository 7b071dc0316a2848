import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Clock } from '../../server/clock.ts'
import { deviceSorts, type DeviceCount, type DeviceQuery } from '../../server/devices/device-search.ts'
import { type Device } from '../../server/devices/device.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { type Eligibilities } from '../../server/confidential-papers/eligibilities.ts'
import { needs } from '../../server/http/credentials.ts'
import { bothWays, orderFrom } from '../../server/http/list-order.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { filterNames as hiddenNames, offeredDeeds } from '../bulk/bulk-form.ts'
import { type HoldersOf } from '../loans/holders.ts'
import { sayIn } from '../language.ts'
import { count } from '../money.ts'
import { showPage } from '../page.ts'
import { namesPeople } from '../people/named-files.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, tableView, withoutPlace } from '../tables/table-view.ts'
import { deviceColumns, type ListedDevice } from './device-columns.ts'
import { addressNames, countedIn, deviceListView, filterFrom, type ListAddress } from './device-list-view.ts'

interface DeviceListDeps {
  readonly devices: Pick<Devices, 'list' | 'count' | 'counts'>
  readonly clock: Clock
  /** The names of those who hold these iPads, by device id; masked as lists show them. */
  readonly holdersOf: HoldersOf
  readonly audit: Audit
  readonly eligibilities: Pick<Eligibilities, 'among'>
}

const pageSize = 50
const fileStep = 1000
/** More than this many hits of a search are told as “more than”. */
const mostCounted = 1000

/** The list of iPads, with what can be done with several of them, and as a file. */
export function deviceListPages({
  devices,
  clock,
  holdersOf,
  audit,
  eligibilities,
}: DeviceListDeps): ServerRoute[] {
  async function withHolders(actor: Actor, page: readonly Device[]): Promise<ListedDevice[]> {
    const holders = await holdersOf(
      actor,
      page.map(({ id }) => id),
    )
    return page.map(device => ({ device, holder: holders.get(device.id) }))
  }

  /** With what is asked for nothing else, only where somebody chose to see it. */
  async function withPapers(actor: Actor, rows: readonly ListedDevice[]): Promise<ListedDevice[]> {
    const all = await eligibilities.among(
      actor,
      rows.map(({ device }) => device),
    )
    return rows.map((row, index) => ({ ...row, papers: all[index] }))
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, language, say, may } = readerOf(request)
    const address = addressOf(request.query, addressNames)
    const { sort, query } = queryFrom(address, pageSize)
    const page = await devices.list(actor, query)
    const counts = await devices.counts(actor)
    const filter = filterFrom(address)
    const fitting = countedIn(counts, filter) ?? (await devices.count(actor, filter, mostCounted))
    const rows = await withHolders(actor, page.items)
    const chosen = chosenFor(request, 'devices')
    return showPage(request, h, 'devices/list', {
      ...deviceListView({ shown: page.items.length, counts, address, next: page.next, language }),
      wide: true,
      table: tableView({
        name: 'devices',
        path: '/devices',
        label: say('devices.table'),
        address: withoutPlace(address),
        sort,
        say,
        columns: deviceColumns({ now: clock.now(), language, withHolders: true }),
        chosen,
        rows: chosen?.includes('papers') === true ? await withPapers(actor, rows) : rows,
        idOf: ({ device }) => device.id,
        mayTake: true,
      }),
      deeds: offeredDeeds(may, say),
      allText: allWords(fitting, counts, language),
      hidden: hiddenNames.flatMap(name => (address[name] ? [{ name, value: address[name] }] : [])),
      mayWrite: may('devices.write'),
      mayReadJobs: may('jobs.read'),
    })
  }

  /** With the names of holders for those who may take people along; that wants a fresh proof. */
  async function collect(request: Request): Promise<ListFile<ListedDevice>> {
    const { actor, language } = readerOf(request)
    const isPersonal = namesPeople(request, clock)
    const address = withoutPlace(addressOf(request.query, addressNames))
    const { query } = queryFrom(address, fileStep)
    const tellsPapers = chosenFor(request, 'devices')?.includes('papers') === true
    const rows = await allPages(async after => {
      const page = await devices.list(actor, { ...query, after })
      const items = isPersonal
        ? await withHolders(actor, page.items)
        : page.items.map(device => ({ device, holder: undefined }))
      return { ...page, items: tellsPapers ? await withPapers(actor, items) : items }
    })
    const columns = deviceColumns({ now: clock.now(), language, withHolders: isPersonal })
    return { columns, rows, filter: address }
  }

  const options = needs('devices.read')
  return [
    { method: 'GET', path: '/devices', options, handler: list },
    ...listFiles({ name: 'devices', path: '/devices', options, collect, audit }),
  ]
}

/** How many a tick for all would choose; a search that fits very many says so without counting them. */
function allWords(fitting: number, counts: readonly DeviceCount[], language: Language): string {
  const total = counts.reduce((sum, one) => sum + one.count, 0)
  const isMore = fitting === mostCounted && total > mostCounted
  const say = sayIn(language)
  if (isMore) return say('bulk.all.many', { limit: count(fitting, language) })
  return say('bulk.all', { count: fitting }).replace(String(fitting), count(fitting, language))
}

function queryFrom(address: ListAddress, limit: number): { sort: string; query: DeviceQuery } {
  const sort = sorts.find(one => one === address.sort) ?? 'assetTag'
  return { sort, query: { ...filterFrom(address), ...orderFrom(sort), limit, after: address.after } }
}

const sorts = bothWays(deviceSorts)
