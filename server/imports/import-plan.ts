import { type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { type TableRow } from './reading.ts'
import { type Read } from './cells.ts'

export const importKinds = ['people', 'devices'] as const
export type ImportKind = (typeof importKinds)[number]

export type Outcome = 'create' | 'change' | 'same' | 'error'

/** What one row of the file will do, or why it does nothing. */
export interface PlannedRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number
  readonly outcome: Outcome
  /** What the row is about, in the words of the file. */
  readonly subject: string
  /** Names of the fields that will be written. */
  readonly fields: readonly string[]
  /** Why it is an error; empty otherwise. */
  readonly reasons: readonly Reason[]
}

/** The reasons of wrong fields, without which field it was: a row says that by its words. */
export function reasonsOf(errors: readonly FieldError[]): Reason[] {
  return errors.map(({ code = 'field', message, values }) => ({ code, message, ...(values && { values }) }))
}

export type Counts = Readonly<Record<Outcome, number>>

export function countsOf(rows: readonly PlannedRow[]): Counts {
  const count = (outcome: Outcome) => rows.filter(row => row.outcome === outcome).length
  return { create: count('create'), change: count('change'), same: count('same'), error: count('error') }
}

/** Reads the cells of one row by name and gathers what is wrong with them. */
export function cellReader<Column extends string>(
  { cells }: TableRow,
  header: readonly string[],
  at: ReadonlyMap<Column, number>,
) {
  const reasons: Reason[] = []
  const widths = { cells: cells.length, header: header.length }
  if (cells.length < header.length)
    reasons.push(
      because(
        'row-too-short',
        'The row has {cells} cells and the header {header}: a separator is missing.',
        widths,
      ),
    )
  if (cells.slice(header.length).some(cell => cell.trim() !== ''))
    reasons.push(
      because(
        'row-too-long',
        'The row has {cells} cells and the header {header}: a cell contains the separator.',
        widths,
      ),
    )
  const text = (column: Column): string | undefined => {
    const index = at.get(column)
    const cell = index === undefined ? undefined : cells[index]?.trim()
    return cell === '' ? undefined : cell
  }
  return {
    reasons,
    /** The cell without blanks around it; undefined when it is empty or there is no such column. */
    text,
    /** What the cell means; an unreadable one is noted among the reasons. */
    read<T>(column: Column, reader: (cell: string) => Read<T>): T | undefined {
      const cell = text(column)
      if (cell === undefined) return undefined
      const read = reader(cell)
      if ('value' in read) return read.value
      reasons.push(read.wrong)
      return undefined
    },
  }
}

export type CellReader<Column extends string> = ReturnType<typeof cellReader<Column>>
