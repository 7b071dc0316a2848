import { createHash } from 'node:crypto'
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

/**
 * A mark of everything the rows would do, to which things and to which versions of them: two plans with the same mark
 * do the same.
 */
export function planMark(rows: readonly PlannedRow[]): string {
  const said = JSON.stringify(rows, (key, value: unknown) => (key === 'existing' ? versionOf(value) : value))
  return createHash('sha256').update(said).digest('base64url')
}

function versionOf(existing: unknown): unknown {
  const { id, version } = existing as { readonly id: string; readonly version: number }
  return { id, version }
}

/** Numbers of rows as a person would write them: `3-5, 9`. */
export function rowRanges(rows: readonly PlannedRow[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const { row } of rows) {
    const last = ranges.at(-1)
    if (last?.to === row - 1) last.to = row
    else ranges.push({ from: row, to: row })
  }
  return ranges
    .map(({ from, to }) => (from === to ? String(from) : `${String(from)}-${String(to)}`))
    .join(', ')
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
