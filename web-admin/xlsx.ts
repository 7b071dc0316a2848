import { type Cell } from './csv.ts'

/** Excel takes no longer names of sheets, and none of these letters in them. */
const longestName = 31

/**
 * A table as a workbook of one sheet: texts are texts, so that leading zeros live and nothing is taken for a formula;
 * numbers and amounts can be summed. The first row is the head, and stays in sight.
 */
export async function xlsxOf(name: string, rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  // Some hundred kB that most servers never need.
  const { default: write } = await import('write-excel-file/node')
  const [head = [], ...body] = rows
  const data = [
    head.map(cell => ({ value: plain(cell), type: String, fontWeight: 'bold' as const })),
    ...body.map(row => row.map(written)),
  ]
  const columns = head.map((_, at) => ({ width: widthOf(rows, at) }))
  const sheet = name.replace(/[\\/?*[\]:]/g, ' ').slice(0, longestName)
  return write(data, { columns, stickyRowsCount: 1, sheet }).toBuffer()
}

function written(cell: Cell) {
  if (cell === undefined || cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  if (typeof cell === 'object') return { value: cell.ore / 100, type: Number, format: '#,##0.00' }
  // XML has no place for them.
  // eslint-disable-next-line no-control-regex
  return { value: cell.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ''), type: String }
}

/** The cell as its column holds it, more or less. */
function plain(cell: Cell): string {
  return typeof cell === 'object' ? (cell.ore / 100).toFixed(2) : String(cell ?? '')
}

const looked = 200

/** Wide enough for what the first rows hold, within reason. */
function widthOf(rows: readonly (readonly Cell[])[], at: number): number {
  const lengths = rows.slice(0, looked).map(row => {
    const cell = row[at]
    return plain(cell).length
  })
  return Math.min(60, Math.max(8, ...lengths) + 2)
}
