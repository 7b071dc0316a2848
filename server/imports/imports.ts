import { createHash } from 'node:crypto'
import { type Audit } from '../audit/audit.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type Mandates } from '../mandates/mandates.ts'
import { type People } from '../people/people.ts'
import { type Reason } from '../reason.ts'
import { type Actor } from '../staff/actor.ts'
import { errorRowsCsv } from './error-rows.ts'
import {
  countsOf,
  planMark,
  rowRanges,
  type Counts,
  type ImportKind,
  type PlannedRow,
} from './import-plan.ts'
import { type ImportStore, type Upload } from './import-store.ts'
import { createPlanners } from './planners.ts'
import { type Delimiter, type Encoding, type Reading, type Table } from './reading.ts'

interface ImportsDeps {
  readonly imports: ImportStore
  readonly devices: Devices
  readonly people: People
  readonly bodies: Bodies
  readonly mandates: Mandates
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

interface NewUpload {
  readonly kind: ImportKind
  readonly fileName: string
  readonly bytes: Buffer
  readonly reading: Reading
}

export interface Preview {
  readonly id: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly state: Upload['state']
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  readonly header: readonly string[]
  /** Columns that mean nothing here. */
  readonly ignored: readonly string[]
  readonly counts: Counts
  /** Mark of what the rows would do; given to `commit`, it takes in just what is shown here. */
  readonly plan: string
  readonly rows: readonly PlannedRow[]
}

interface Commit {
  readonly skipErrors?: boolean | undefined
  readonly plan?: string | undefined
}

const keptMs = 24 * 60 * 60 * 1000

/** What reads files has tables of every alphabet: it is loaded with the first file. */
const readTable = async (bytes: Buffer, reading: Reading): Promise<Table> =>
  (await import('./read-table.ts')).readTable(bytes, reading)

/** Files of people and iPads: looked at row by row, then taken in as a whole or not at all. */
export function createImports(deps: ImportsDeps) {
  const { imports, audit, transaction, clock, newId } = deps
  const planners = createPlanners(deps)

  async function find(actor: Actor, kind: ImportKind, id: string): Promise<Upload> {
    const found = await imports.find(actor.organisationId, kind, id)
    if (!found)
      throw new DomainError(
        'not-found',
        'import-unknown',
        'There is no such file, or it is more than a day old.',
      )
    return found
  }

  async function look(actor: Actor, upload: Omit<Upload, 'plan'>): Promise<{ seen: Preview; table: Table }> {
    const { id, kind, fileName, state, bytes, encoding, delimiter } = upload
    const table = await readTable(bytes, { encoding, delimiter })
    const { ignored, rows } = await planners[kind](actor, table)
    const shown = rows.map(({ row, outcome, subject, fields, reasons }) => ({
      row,
      outcome,
      subject,
      fields,
      reasons,
    }))
    const { header } = table
    const what = { counts: countsOf(rows), plan: planMark(rows), rows: shown }
    return { table, seen: { id, kind, fileName, state, encoding, delimiter, header, ignored, ...what } }
  }

  /**
   * What the file would do, row by row; nothing is changed. The file is kept for a day, to be taken in by its id.
   * @throws {DomainError} invalid, with the codes of `readTable` and `findColumns`
   */
  async function preview(actor: Actor, { kind, fileName, bytes, reading }: NewUpload): Promise<Preview> {
    const { encoding, delimiter } = await readTable(bytes, reading)
    const upload = {
      id: newId(),
      organisationId: actor.organisationId,
      kind,
      fileName,
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      encoding,
      delimiter,
      state: 'previewed',
      expiresAt: new Date(clock.now().getTime() + keptMs),
    } as const
    const { seen } = await look(actor, upload)
    await transaction(async () => {
      await imports.insert({ ...upload, plan: seen.plan })
      const after = { kind, sha256: upload.sha256, ...seen.counts }
      await audit.record(actor, { action: 'imports.preview', on: { kind: 'import', id: upload.id }, after })
    })
    return seen
  }

  /** The same preview again, as the rows stand now. */
  async function get(actor: Actor, kind: ImportKind, id: string): Promise<Preview> {
    return (await look(actor, await find(actor, kind, id))).seen
  }

  /** The rows that are errors, with their reasons, as a CSV in UTF-8 with its mark. */
  async function errorRows(
    actor: Actor,
    kind: ImportKind,
    id: string,
    words?: (reason: Reason) => string,
  ): Promise<string> {
    const { table, seen } = await look(actor, await find(actor, kind, id))
    return errorRowsCsv(table, seen.rows, words)
  }

  /**
   * Takes the file in: every row, or nothing. Rows that are errors stop it, unless they are to be left out. `plan` is the
   * mark of the preview that was looked at last; without it the first one is meant.
   * @throws {DomainError} not-found `import-unknown`; conflict `import-committed`, `import-errors`, and `import-changed`
   * when any row would do something else than that preview said
   */
  async function commit(
    actor: Actor,
    kind: ImportKind,
    id: string,
    { skipErrors = false, plan }: Commit = {},
  ): Promise<Counts> {
    const upload = await find(actor, kind, id)
    return transaction(async () => {
      if (!(await imports.commit(actor.organisationId, id)))
        throw new DomainError('conflict', 'import-committed', 'This file has already been imported.')
      const { rows, write } = await planners[kind](actor, await readTable(upload.bytes, upload))
      const counts = countsOf(rows)
      if (counts.error > 0 && !skipErrors)
        throw new DomainError(
          'conflict',
          'import-errors',
          'Some rows have errors. Correct them or skip them.',
        )
      if (planMark(rows) !== (plan ?? upload.plan))
        throw new DomainError(
          'conflict',
          'import-changed',
          'Something has changed since the preview, and nothing has been imported. Fetch the preview again.',
        )
      await write()
      await audit.record(actor, {
        action: `imports.${kind}`,
        on: { kind: 'import', id },
        after: { fileName: upload.fileName, sha256: upload.sha256, ...counts, ...leftOut(rows) },
      })
      return counts
    })
  }

  return { preview, get, errorRows, commit }
}

export type Imports = ReturnType<typeof createImports>

/** Which rows of the file were not taken in, by their numbers alone. */
function leftOut(rows: readonly PlannedRow[]): { readonly leftOutRows?: string } {
  const faulty = rows.filter(({ outcome }) => outcome === 'error')
  return faulty.length > 0 ? { leftOutRows: rowRanges(faulty) } : {}
}
