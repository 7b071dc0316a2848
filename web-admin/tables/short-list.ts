import { type Request, type RouteOptions, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { readerOf, type Reader } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'
import { chosenFor } from './column-pages.ts'
import { type Column } from './columns.ts'
import { listFiles } from './list-file.ts'
import { addressOf, rowsWith, sortedRows, tableView } from './table-view.ts'

interface ShortListNeeds<Row> {
  readonly name: string
  readonly path: string
  readonly title: TextKey
  readonly columnsFor: (reader: Reader) => readonly Column<Row>[] | Promise<readonly Column<Row>[]>
  /** All of them, in the order they have when no other is asked for. */
  readonly rowsFor: (reader: Reader) => Promise<readonly Row[]>
  readonly idOf: (row: Row) => string
  /** Of the files; what they ask for is asked before anything leaves the house. */
  readonly options: RouteOptions
  readonly audit: Audit
}

/**
 * A list that is never long: read as a whole, narrowed by words that stand anywhere in a row, in any order, and taken
 * along as it stands. `view` is for `partials/short-list.hbs`.
 */
export function createShortList<Row>(needs: ShortListNeeds<Row>) {
  const { name, path, title, columnsFor, rowsFor, idOf, options, audit } = needs

  async function found(request: Request) {
    const reader = readerOf(request)
    const columns = await columnsFor(reader)
    const address = addressOf(request.query, ['q', 'sort'])
    const all = await rowsFor(reader)
    const rows = sortedRows(rowsWith(all, columns, address.q), columns, address.sort ?? '')
    return { columns, address, rows, isEmpty: all.length === 0 }
  }

  async function view(request: Request) {
    const { say } = readerOf(request)
    const { columns, address, rows, isEmpty } = await found(request)
    const { q, sort = '' } = address
    const chosen = chosenFor(request, name)
    const table = { name, path, label: say(title), address, columns, chosen, rows, idOf, sort, mayTake: true }
    return { path, q, sort, isEmpty, table: tableView({ ...table, say }) }
  }

  async function collect(request: Request) {
    const { columns, address, rows } = await found(request)
    return { columns, rows, filter: address }
  }

  const files: ServerRoute[] = listFiles({ name, path, options, collect, audit })
  return { view, files }
}
