import { quotedCell, withoutFormula } from '../csv-cell.ts'
import { type Reason } from '../reason.ts'
import { type PlannedRow } from './import-plan.ts'
import { type Table } from './reading.ts'

/**
 * The rows that could not be taken in, as a CSV that a spreadsheet opens: the columns of the file, then why. Corrected,
 * it can be sent in again as it is: the last column means nothing to an import. `words` says a reason in the language of
 * the reader.
 */
export function errorRowsCsv(
  table: Table,
  planned: readonly PlannedRow[],
  words: (reason: Reason) => string = ({ message }) => message,
): string {
  const reasons = new Map(
    planned.filter(row => row.outcome === 'error').map(row => [row.row, row.reasons.map(words).join(' ')]),
  )
  const rows = table.rows
    .filter(({ row }) => reasons.has(row))
    .map(({ row, cells }) => [...table.header.map((_, index) => cells[index] ?? ''), reasons.get(row) ?? ''])
  const lines = [[...table.header, 'Orsak / Reason'], ...rows].map(cells => cells.map(csvCell).join(';'))
  // The mark at the start is what makes Excel read UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** A plain number stays as it was typed: corrected, the file is read again. */
function csvCell(text: string): string {
  const isNumber = /^[+-]?[\d ]+([.,]\d+)?$/.test(text)
  return quotedCell(isNumber ? text : withoutFormula(text))
}
