import { numberCell, quotedCell, withoutFormula } from '../../server/csv-cell.ts'
import { type Thing } from './api.ts'

function words(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

/** In a table somebody stands by their name, and something by what and which it is. */
function shortWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return words(value)
  const { name, kind, id } = value as Thing
  if (typeof name === 'string') return name
  return typeof kind === 'string' && typeof id === 'string' ? `${kind} ${id}` : words(value)
}

// What stands in the data may not move the cursor or colour the terminal of whoever reads it.
// eslint-disable-next-line no-control-regex
const calm = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')

/** Things in columns, each as wide as its longest word; one line each. */
export function tableOf(things: readonly Thing[], columns: readonly string[]): string {
  const rows = [columns, ...things.map(thing => columns.map(column => calm(shortWords(thing[column]))))]
  const widths = columns.map((_, index) => Math.max(...rows.map(row => (row[index] ?? '').length)))
  return rows
    .map(row =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** One thing, a line for each of its fields. */
export function fieldsOf(thing: Thing): string {
  const names = Object.keys(thing)
  const width = Math.max(0, ...names.map(name => name.length))
  return names.map(name => `${name.padEnd(width)}  ${calm(words(thing[name]))}`).join('\n')
}

/** CSV as spreadsheets here open it: semicolons, CRLF, decimal comma, a byte order mark; no text is taken for a formula. */
export function csvOf(things: readonly Thing[], columns: readonly string[]): string {
  const rows = [columns, ...things.map(thing => columns.map(column => cellOf(thing[column])))]
  return `\ufeff${rows.map(row => `${row.map(quotedCell).join(';')}\r\n`).join('')}`
}

const cellOf = (value: unknown) =>
  typeof value === 'number' ? numberCell(value) : withoutFormula(words(value))
