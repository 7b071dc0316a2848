import { numberCell, quotedCell, withoutFormula } from '../server/csv-cell.ts'

/** A cell: texts are guarded, numbers are not; `ore` is an amount in integer öre. */
export type Cell = string | number | { readonly ore: number } | undefined

/**
 * A table as Nordic spreadsheets read it (requirements N-15 and N-16): UTF-8 with byte order mark, semicolons, CRLF,
 * decimal comma without thousands sign. A text that a spreadsheet would take for a formula gets an apostrophe first.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map(row => `${row.map(cellText).join(';')}\r\n`).join('')}`
}

function cellText(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return numberCell(cell)
  if (typeof cell === 'object') return amountText(cell.ore)
  return quotedCell(withoutFormula(cell))
}

/** From digits, not from a division: what is summed again later has to be exact. */
function amountText(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}
