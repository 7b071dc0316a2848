import { type Request, type ResponseToolkit, type RouteOptions, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { DomainError } from '../../server/domain-error.ts'
import { type Page } from '../../server/http/paging.ts'
import { csvOf } from '../csv.ts'
import { readerOf } from '../reader.ts'
import { xlsxOf } from '../xlsx.ts'
import { chosenFor } from './column-pages.ts'
import { chosenColumns, type Column } from './columns.ts'

const forms = ['csv', 'xlsx'] as const
const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A spreadsheet holds more, but nobody reads it; what is filtered is taken along as a whole or not at all. */
const mostRows = 50_000

export interface ListFile<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** What was asked for, for the log. */
  readonly filter: Readonly<Record<string, string | undefined>>
}

interface ListFileNeeds<Row> {
  readonly name: string
  readonly path: string
  readonly options: RouteOptions
  /** Everything that the list shows on all its pages. */
  readonly collect: (request: Request) => Promise<ListFile<Row>>
  readonly audit: Audit
}

/**
 * A list as a file, just as it is filtered and with the columns that were chosen: `PATH/list.csv` and `PATH/list.xlsx`.
 * That it left the house, with how many rows, stands in the log before it does.
 */
export function listFiles<Row>({ name, path, options, collect, audit }: ListFileNeeds<Row>): ServerRoute[] {
  const handler = (form: (typeof forms)[number]) => async (request: Request, h: ResponseToolkit) => {
    const { actor, say } = readerOf(request)
    const { columns: all, rows, filter } = await collect(request)
    const columns = chosenColumns(all, chosenFor(request, name)).filter(({ only }) => only !== 'page')
    const table = [
      columns.map(({ text }) => say(text)),
      ...rows.map(row => columns.map(({ file }) => file(row))),
    ]
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value))
    await audit.record(actor, {
      action: 'lists.export',
      on: { kind: 'list', id: name },
      after: { form, rows: rows.length, columns: columns.map(({ key }) => key), filter: given },
    })
    const body = form === 'csv' ? csvOf(table) : await xlsxOf(name, table)
    return h
      .response(body)
      .type(types[form])
      .header('content-disposition', `attachment; filename="${name}.${form}"`)
      .header('cache-control', 'no-store')
  }
  return forms.map(form => ({
    method: 'GET',
    path: `${path}/list.${form}`,
    options,
    handler: handler(form),
  }))
}

/**
 * Every item of all pages.
 * @throws {DomainError} invalid `list-too-long`
 */
export async function allPages<T>(page: (after: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  for (let after: string | undefined; ;) {
    const { items, next } = await page(after)
    all.push(...items)
    if (all.length > mostRows) {
      throw new DomainError('invalid', 'list-too-long', 'This is more than a file holds. Narrow the filter.')
    }
    if (next === null) return all
    after = next
  }
}
