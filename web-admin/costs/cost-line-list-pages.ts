import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { costKinds, type CostLine } from '../../server/costs/cost-line.ts'
import { costLineSorts } from '../../server/costs/cost-line-order.ts'
import { type Costs } from '../../server/costs/costs.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { bothWays } from '../../server/http/list-order.ts'
import { formView, type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView } from '../tables/table-view.ts'
import { costLineColumns } from './cost-line-columns.ts'
import { costParts } from './cost-parts.ts'

export interface CostLineListDeps {
  readonly costs: Pick<Costs, 'lines' | 'keys'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
  readonly audit: Audit
}

const path = '/costs/lines'
const names = ['kind', 'year', 'sort', 'after'] as const
const sorts = bothWays(costLineSorts)
const pageSize = 50
const fileStep = 500
/** How many years back and ahead are offered. */
const yearsAround = 5

/** What iPads cost, by first day, the newest first: narrowed by kind and year, and as a file. */
export function costLineListPages({ costs, bodies, clock, audit }: CostLineListDeps): ServerRoute[] {
  const today = () => dayOf(clock.now())

  async function columnsFor(reader: Reader) {
    const known = { bodies: await bodies.list(reader.actor), keys: await costs.keys(reader.actor) }
    return costLineColumns(reader, { known, today: today() })
  }

  async function list(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const { actor, say, may } = reader
    const { after, ...place } = addressOf(request.query, names)
    const wanted = filterFrom(place)
    const sort = sortFrom(place)
    const { items, next } = await costs.lines(actor, {
      ...wanted,
      sort,
      limit: pageSize,
      ...(after !== undefined && { after }),
    })
    const isFiltered = Object.keys(wanted).length > 0
    return showPage(request, h, 'costs/lines', {
      title: say('costs.lines'),
      parts: costParts(path, say),
      path,
      sort: place.sort,
      isFiltered,
      isEmpty: items.length === 0 && !isFiltered && after === undefined,
      filters: formView(filterFields(say, Number(today().slice(0, 4))), place, say).fields,
      table: tableView({
        name: 'cost-lines',
        path,
        label: say('costs.lines'),
        address: place,
        sort,
        say,
        columns: await columnsFor(reader),
        chosen: chosenFor(request, 'cost-lines'),
        rows: items,
        idOf: ({ id }) => id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref(path, { ...place, after: next }),
      firstHref: after === undefined ? undefined : listHref(path, place),
      mayWrite: may('costs.write'),
    })
  }

  async function collect(request: Request): Promise<ListFile<CostLine>> {
    const reader = readerOf(request)
    const place = addressOf(request.query, ['kind', 'year', 'sort'])
    const rows = await allPages(after =>
      costs.lines(reader.actor, {
        ...filterFrom(place),
        sort: sortFrom(place),
        limit: fileStep,
        ...(after !== undefined && { after }),
      }),
    )
    return { columns: await columnsFor(reader), rows, filter: place }
  }

  const read = needs('costs.read')
  return [
    { method: 'GET', path, options: read, handler: list },
    // What people write in a cost may name somebody.
    ...listFiles({ name: 'cost-lines', path, options: { ...read, ...forExport }, collect, audit }),
  ]
}

const sortFrom = ({ sort }: { readonly sort?: string }) => sorts.find(one => one === sort) ?? '-fromOn'

function filterFrom({ kind, year }: { readonly kind?: string; readonly year?: string }) {
  const known = costKinds.find(one => one === kind)
  return {
    ...(known && { kind: known }),
    ...(year !== undefined && /^(19|20)\d\d$/.test(year) && { year: Number(year) }),
  }
}

function filterFields(say: Say, thisYear: number) {
  const years = Array.from({ length: 2 * yearsAround + 1 }, (_, at) => String(thisYear + yearsAround - at))
  return {
    kind: {
      label: 'costs.kind',
      type: 'select',
      optional: true,
      options: costKinds.map(value => ({ value, text: say(`costs.kind.${value}`) })),
    },
    year: {
      label: 'costs.year',
      type: 'select',
      optional: true,
      options: years.map(value => ({ value, text: value })),
    },
  } as const satisfies Fields
}
