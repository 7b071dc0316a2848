import { statSync } from 'node:fs'
import { type SqliteConnection } from './sqlite-connection.ts'
import { storeFault } from './store-fault.ts'

/** Marks the file as this engine's in its header, so that another program's file is refused and not filled. */
const applicationId = 0x44_4f_43_31

/** Each step brings a file from the format before it; new formats are added at the end and never changed. */
const steps: readonly string[] = [
  `CREATE TABLE collections(id INTEGER PRIMARY KEY, definition BLOB NOT NULL);
   CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;`,
  `CREATE TABLE replies(session BLOB PRIMARY KEY, number INTEGER NOT NULL, reply BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX replies_at ON replies(at);`,
  '-- An index tells on which paths it met arrays. What is stored stays; an earlier version would not keep the list.',
]

/** The format this version writes. */
const currentFormat = steps.length

/** Files up to this size are checked page by page at every start; larger ones when `integrity` asks. */
const quickCheckBytes = 32 * 1024 * 1024

/**
 * The format of the file, 0 for an empty one. Nothing is written.
 * @throws StoreFault when the file is damaged, foreign or of a newer format
 */
export function readFormat(
  connection: SqliteConnection,
  { file, folder }: { file: string; folder: string },
): number {
  const format = pragma(connection, 'user_version')
  const tables = Number(connection.row('SELECT count(*) FROM sqlite_master')?.[0] ?? 0)
  const owned = pragma(connection, 'application_id') === applicationId
  if (!owned && (tables > 0 || format > 0)) throw storeFault('foreign-file', folder)
  if (format > currentFormat) throw storeFault('newer-format', folder)
  if (tables > 0 && statSync(file).size <= quickCheckBytes) quickCheck(connection, folder)
  return format
}

function quickCheck(connection: SqliteConnection, folder: string): void {
  const answer = String(connection.row('PRAGMA quick_check(1)')?.[0])
  if (answer !== 'ok') throw storeFault('damaged', folder, { cause: new Error(answer) })
}

/** Brings a file of an earlier format, or an empty one, to the current format: all steps or none. */
export function upgradeFormat(connection: SqliteConnection, from: number): void {
  if (from === currentFormat) return
  connection.exec('BEGIN IMMEDIATE')
  try {
    for (const step of steps.slice(from)) connection.exec(step)
    connection.exec(`PRAGMA application_id=${applicationId}`)
    connection.exec(`PRAGMA user_version=${currentFormat}`)
    connection.exec('COMMIT')
  } catch (error) {
    connection.exec('ROLLBACK')
    throw error
  }
}

const pragma = (connection: SqliteConnection, name: string) =>
  Number(connection.row(`PRAGMA ${name}`)?.[0] ?? 0)
