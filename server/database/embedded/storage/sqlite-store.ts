import { crc32 } from 'node:zlib'
import { type ConnectionOptions, SqliteConnection } from './sqlite-connection.ts'
import { indexTable, recordsTable, SqliteView } from './sqlite-view.ts'
import {
  type IndexEntry,
  type RecordStore,
  type Snapshot,
  type StoredCollection,
  type StoredRecord,
  type StoredReply,
} from './record-store.ts'
import { readFormat, upgradeFormat } from './store-format.ts'

export interface SqliteStoreOptions {
  readonly file: string
  readonly folder: string
  /** Refuses to grow beyond this many pages of 4 kB, as a full disk would. */
  readonly maxPages?: number | undefined
}

const writerCacheMegabytes = 16
const readerCacheMegabytes = 2
const idleReaders = 4

/** Rows of one statement where many are written: more gain nothing. */
const together = 16

const rowsOf = (count: number, row: string) => Array.from({ length: count }, () => row).join(',')

/**
 * The store in one SQLite file: write-ahead log, `synchronous=FULL`, so a commit returns after fsync.
 * @throws StoreFault when the folder cannot be used
 */
export class SqliteStore extends SqliteView implements RecordStore {
  readonly #options: SqliteStoreOptions
  readonly #idle: SqliteReader[] = []
  readonly #readers = new Set<SqliteReader>()
  readonly #put = this.perTable(id => `INSERT OR REPLACE INTO ${recordsTable(id)} VALUES(?, ?, ?)`)
  readonly #delete = this.perTable(id => `DELETE FROM ${recordsTable(id)} WHERE id=?`)
  readonly #putEntry = this.perTable(id => `INSERT OR IGNORE INTO ${indexTable(id)} VALUES(?, ?)`)
  readonly #deleteEntry = this.perTable(id => `DELETE FROM ${indexTable(id)} WHERE key=? AND record=?`)
  readonly #putSome = this.perTable(
    id => `INSERT OR REPLACE INTO ${recordsTable(id)} VALUES${rowsOf(together, '(?, ?, ?)')}`,
  )
  readonly #putSomeEntries = this.perTable(
    id => `INSERT OR IGNORE INTO ${indexTable(id)} VALUES${rowsOf(together, '(?, ?)')}`,
  )
  #inTransaction = false

  constructor(options: SqliteStoreOptions) {
    super(new SqliteConnection(connectionOptions(options, writerCacheMegabytes)))
    this.#options = options
    try {
      const format = readFormat(this.connection, options)
      this.connection.exec('PRAGMA journal_mode=WAL')
      if (options.maxPages !== undefined) this.connection.exec(`PRAGMA max_page_count=${options.maxPages}`)
      // Fewer, larger checkpoints: each one is paid by whoever commits at that moment.
      this.connection.exec('PRAGMA wal_autocheckpoint=4000')
      this.connection.exec('PRAGMA journal_size_limit=67108864')
      upgradeFormat(this.connection, format)
    } catch (error) {
      this.connection.close()
      throw error
    }
  }

  get inTransaction(): boolean {
    return this.#inTransaction
  }

  begin(): void {
    this.connection.run('BEGIN IMMEDIATE')
    this.#inTransaction = true
  }

  commit(): void {
    this.connection.run('COMMIT')
    this.#inTransaction = false
  }

  rollback(): void {
    if (!this.#inTransaction) return
    this.#inTransaction = false
    try {
      this.connection.run('ROLLBACK')
    } catch {
      // SQLite has already rolled back by itself after a full disk or a read error; there is nothing left to undo.
    }
  }

  readTogether<T>(reads: () => T): T {
    this.connection.run('BEGIN')
    try {
      return reads()
    } finally {
      this.connection.run('COMMIT')
    }
  }

  snapshot(): Snapshot {
    const reader = this.#idle.pop() ?? this.#newReader()
    reader.begin()
    this.#readers.add(reader)
    return reader
  }

  #newReader(): SqliteReader {
    const reader: SqliteReader = new SqliteReader(
      new SqliteConnection(connectionOptions(this.#options, readerCacheMegabytes)),
      () => {
        this.#readers.delete(reader)
        if (this.#idle.length < idleReaders) this.#idle.push(reader)
        else reader.end()
      },
    )
    return reader
  }

  createRecords(collectionId: number): void {
    this.connection.exec(
      `CREATE TABLE ${recordsTable(collectionId)}(id INTEGER PRIMARY KEY, document BLOB NOT NULL, checksum INTEGER NOT NULL)`,
    )
  }

  dropRecords(collectionId: number): void {
    this.#drop(collectionId, recordsTable(collectionId))
  }

  createIndex(indexId: number): void {
    this.connection.exec(
      `CREATE TABLE ${indexTable(indexId)}(key BLOB NOT NULL, record INTEGER NOT NULL, PRIMARY KEY(key, record)) WITHOUT ROWID`,
    )
  }

  dropIndex(indexId: number): void {
    this.#drop(indexId, indexTable(indexId))
  }

  highestRecordId(collectionId: number): number {
    return Number(this.connection.row(`SELECT max(id) FROM ${recordsTable(collectionId)}`)?.[0] ?? 0)
  }

  putRecord(collectionId: number, recordId: number, document: Uint8Array): void {
    this.#put.of(collectionId).run(recordId, document, crc32(document))
  }

  deleteRecord(collectionId: number, recordId: number): void {
    this.#delete.of(collectionId).run(recordId)
  }

  putEntry(indexId: number, key: Uint8Array, recordId: number): void {
    this.#putEntry.of(indexId).run(key, recordId)
  }

  deleteEntry(indexId: number, key: Uint8Array, recordId: number): void {
    this.#deleteEntry.of(indexId).run(key, recordId)
  }

  putRecords(collectionId: number, records: readonly StoredRecord[]): void {
    const whole = records.length - (records.length % together)
    for (let at = 0; at < whole; at += together) {
      const rows = records.slice(at, at + together)
      const values = rows.flatMap(([recordId, document]) => [recordId, document, crc32(document)])
      this.#putSome.of(collectionId).run(...values)
    }
    for (const [recordId, document] of records.slice(whole)) this.putRecord(collectionId, recordId, document)
  }

  putEntries(indexId: number, entries: readonly IndexEntry[]): void {
    const whole = entries.length - (entries.length % together)
    for (let at = 0; at < whole; at += together)
      this.#putSomeEntries.of(indexId).run(...entries.slice(at, at + together).flat())
    for (const [key, recordId] of entries.slice(whole)) this.putEntry(indexId, key, recordId)
  }

  collections(): readonly StoredCollection[] {
    const rows = this.connection.rows('SELECT id, definition FROM collections ORDER BY id')
    return rows.map(([id, definition]) => ({ id: Number(id), definition: definition as Uint8Array }))
  }

  saveCollection({ id, definition }: StoredCollection): void {
    this.connection.run('INSERT OR REPLACE INTO collections VALUES(?, ?)', id, definition)
  }

  forgetCollection(collectionId: number): void {
    this.connection.run('DELETE FROM collections WHERE id=?', collectionId)
  }

  nextId(): number {
    return Number(this.connection.row("SELECT value FROM counters WHERE name='next-id'")?.[0] ?? 1)
  }

  saveNextId(id: number): void {
    this.connection.run("INSERT OR REPLACE INTO counters VALUES('next-id', ?)", id)
  }

  reply(session: Uint8Array): StoredReply | undefined {
    const row = this.connection.row(
      'SELECT CAST(number AS TEXT), reply FROM replies WHERE session=?',
      session,
    )
    return row && { number: BigInt(String(row[0])), reply: row[1] as Uint8Array }
  }

  saveReply(session: Uint8Array, { number, reply }: StoredReply, at: number): void {
    this.connection.run('INSERT OR REPLACE INTO replies VALUES(?, ?, ?, ?)', session, number, reply, at)
  }

  forgetReplies(before: number): void {
    this.connection.run('DELETE FROM replies WHERE at<?', before)
  }

  bytesOf(table: { readonly collectionId: number } | { readonly indexId: number }): number {
    const sql =
      'collectionId' in table
        ? `SELECT total(length(document)) FROM ${recordsTable(table.collectionId)}`
        : `SELECT total(length(key) + 8) FROM ${indexTable(table.indexId)}`
    return Number(this.connection.row(sql)?.[0] ?? 0)
  }

  faults(): readonly string[] {
    const rows = this.connection.rows('PRAGMA integrity_check')
    return rows.map(([line]) => String(line)).filter(line => line !== 'ok')
  }

  close(): void {
    for (const reader of [...this.#readers, ...this.#idle]) reader.end()
    this.#readers.clear()
    this.rollback()
    this.connection.close()
  }

  #drop(id: number, table: string): void {
    for (const view of [this, ...this.#idle, ...this.#readers]) view.forget(id)
    this.connection.exec(`DROP TABLE ${table}`)
  }
}

/** A connection of its own for reading one state; used again when its reader is done. */
class SqliteReader extends SqliteView implements Snapshot {
  readonly #release: () => void

  constructor(connection: SqliteConnection, release: () => void) {
    super(connection)
    this.#release = release
  }

  begin(): void {
    this.connection.run('BEGIN')
    // A deferred transaction takes its snapshot with its first read.
    this.connection.row('SELECT value FROM counters LIMIT 1')
  }

  close(): void {
    this.connection.run('COMMIT')
    this.#release()
  }

  end(): void {
    this.connection.close()
  }
}

const connectionOptions = (
  { file, folder }: SqliteStoreOptions,
  cacheMegabytes: number,
): ConnectionOptions => ({
  file,
  folder,
  cacheMegabytes,
})
