import { type Request, type RouteOptions, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { formView, type Field } from '../form.ts'
import { type Say } from '../language.ts'
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
  /** Narrows the list by one thing more; an answer that is none, as in an old bookmark, narrows nothing. */
  readonly choice?: Choice<Row>
  /** Of the files; what they ask for is asked before anything leaves the house. */
  readonly options: RouteOptions
  readonly audit: Audit
}

interface Choice<Row> {
  /** As the address says it. */
  readonly name: string
  readonly label: TextKey
  readonly options: readonly {
    readonly value: string
    readonly text: TextKey
    readonly fits: (row: Row) => boolean
  }[]
}

/**
 * A list that is never long: read as a whole, narrowed by words that stand anywhere in a row, in any order, and taken
 * along as it stands. `view` is for `partials/short-list.hbs`.
 */
export function createShortList<Row>(needs: ShortListNeeds<Row>) {
  const { name, path, title, columnsFor, rowsFor, idOf, choice, options, audit } = needs

  async function found(request: Request) {
    const reader = readerOf(request)
    const columns = await columnsFor(reader)
    const address: Readonly<Record<string, string | undefined>> = addressOf(request.query, [
      'q',
      'sort',
      ...(choice ? [choice.name] : []),
    ])
    const all = await rowsFor(reader)
    const chosen = choice?.options.find(({ value }) => value === address[choice.name])
    const fitting = chosen ? all.filter(chosen.fits) : all
    const rows = sortedRows(rowsWith(fitting, columns, address['q']), columns, address['sort'] ?? '')
    return { columns, address, rows, isEmpty: all.length === 0 }
  }

  async function view(request: Request) {
    const { say } = readerOf(request)
    const { columns, address, rows, isEmpty } = await found(request)
    const { q, sort = '' } = address
    const fields = choice && { [choice.name]: choiceField(choice, say) }
    const choices = fields && Object.values(formView(fields, { ...address }, say).fields)
    const isNarrowed = q !== undefined || (choice !== undefined && address[choice.name] !== undefined)
    const chosen = chosenFor(request, name)
    const table = { name, path, label: say(title), address, columns, chosen, rows, idOf, sort, mayTake: true }
    return { path, q, sort, choices, isNarrowed, isEmpty, table: tableView({ ...table, say }) }
  }

  async function collect(request: Request) {
    const { columns, address, rows } = await found(request)
    return { columns, rows, filter: address }
  }

  const files: ServerRoute[] = listFiles({ name, path, options, collect, audit })
  return { view, files }
}

function choiceField<Row>({ label, options }: Choice<Row>, say: Say): Field {
  const offered = options.map(({ value, text }) => ({ value, text: say(text) }))
  return { label, type: 'select', optional: true, options: offered }
}
