import { type Cell } from '../csv.ts'
import { type Say } from '../language.ts'
import { chosenColumns, type CellView, type Column } from './columns.ts'

interface TableNeeds<Row> {
  /** Of the list, for what is remembered and for the files. */
  readonly name: string
  readonly path: string
  /** Words for the whole table, for those who do not see it. */
  readonly label: string
  /** What the address says, without the place in the list. */
  readonly address: Readonly<Record<string, string | undefined>>
  readonly columns: readonly Column<Row>[]
  readonly chosen: readonly string[] | undefined
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  /** The order it is in: a column's `sort`, with a minus for the other way. */
  readonly sort: string
  /** Whether this reader may take the list along as a file. */
  readonly mayTake: boolean
  readonly say: Say
}

/** A list as `partials/table.hbs` shows it. */
export function tableView<Row>(needs: TableNeeds<Row>) {
  const { name, path, label, address, columns, rows, idOf, sort, say } = needs
  const shown = chosenColumns(columns, needs.chosen).filter(({ only }) => only !== 'file')
  const keys = new Set(shown.map(({ key }) => key))
  const href = (to: string, more: Readonly<Record<string, string | undefined>> = {}) =>
    listHref(to, { ...address, ...more })
  return {
    name,
    label,
    columns: shown.map(column => ({
      key: column.key,
      text: say(column.text),
      isNumber: column.isNumber,
      isDeed: column.only === 'page',
      ...(column.sort !== undefined && orderOf(column.sort, sort, to => href(path, { sort: to }))),
    })),
    rows: rows.map(row => ({
      id: idOf(row),
      cells: shown.map((column, at) => ({
        ...cellOf(column.show(row)),
        isNumber: column.isNumber,
        isHead: at === 0,
        // Where there is nothing to press there is nothing to say.
        ...(column.only === 'page' && { isEmpty: false }),
      })),
    })),
    choices: columns
      .slice(1)
      .filter(({ only }) => only === undefined)
      .map(({ key, text }) => ({ key, text: say(text), isShown: keys.has(key) })),
    ...(needs.mayTake && { csvHref: href(`${path}/list.csv`), xlsxHref: href(`${path}/list.xlsx`) }),
  }
}

function orderOf(own: string, sort: string, href: (sort: string) => string) {
  const isUp = sort === own
  const isDown = sort === `-${own}`
  return {
    href: href(isUp ? `-${own}` : own),
    sorted: isUp ? 'ascending' : isDown ? 'descending' : undefined,
    arrow: isUp ? '↑' : isDown ? '↓' : '',
  }
}

function cellOf(shown: CellView | string | undefined) {
  const cell: CellView = typeof shown === 'string' ? { text: shown } : (shown ?? {})
  const classes = [
    cell.href !== undefined && 'row-link',
    cell.isMono && 'mono',
    cell.isSoft && 'soft',
    cell.isUnbroken && 'nowrap',
    cell.isAnywhere && 'link-text',
  ]
  return {
    ...cell,
    classes: classes.filter(Boolean).join(' '),
    ...(cell.badges?.length && { place: 'states' }),
    ...(isWordy(cell) && { place: 'roomy' }),
    isEmpty: !cell.text && !cell.badges?.length && !cell.deed,
  }
}

const oneLine = 16

/** Words that would be squeezed to one on each line, were they not given room. */
function isWordy({ text = '', isUnbroken, isMono, isAnywhere }: CellView): boolean {
  if (isAnywhere) return true
  return !isUnbroken && !isMono && text.length > oneLine && /[\s-]/.test(text)
}

/** `path` with what of `address` says something. */
export function listHref(path: string, address: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(address).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const query = new URLSearchParams(given).toString()
  return query === '' ? path : `${path}?${query}`
}

/** The address without the place in the list, where another order or a file begins anew. */
export function withoutPlace<A extends { readonly after?: string }>(address: A): Omit<A, 'after'> {
  return Object.fromEntries(Object.entries(address).filter(([name]) => name !== 'after')) as Omit<A, 'after'>
}

const longest = 400

/** What of a query string the list understands. */
export function addressOf<Name extends string>(
  query: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const given = names.flatMap(name => {
    const value = query[name]
    const text = typeof value === 'string' ? value.trim().slice(0, longest) : ''
    return text === '' ? [] : [[name, text] as const]
  })
  return Object.fromEntries(given) as Partial<Record<Name, string>>
}

/** Rows that were read as a whole, in the order of `sort`; equal ones stay as they were. */
export function sortedRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): Row[] {
  const isDown = sort.startsWith('-')
  const column = columns.find(one => one.sort === (isDown ? sort.slice(1) : sort))
  if (!column) return [...rows]
  const up = rows.toSorted((one, other) => compare(column.file(one), column.file(other)))
  return isDown ? up.reverse() : up
}

/** Rows that were read as a whole, those alone where every one of `words` stands somewhere. */
export function rowsWith<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  words: string | undefined,
): readonly Row[] {
  const wanted = (words ?? '').toLocaleLowerCase('sv').split(/\s+/).filter(Boolean)
  return rows.filter(row => {
    const text = columns
      .map(({ file }) => wordsOf(file(row)))
      .join(' ')
      .toLocaleLowerCase('sv')
    return wanted.every(word => text.includes(word))
  })
}

const wordsOf = (cell: Cell): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell) : ''

const swedish = new Intl.Collator('sv', { numeric: true })

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return swedish.compare(typeof one === 'string' ? one : '', typeof other === 'string' ? other : '')
}
