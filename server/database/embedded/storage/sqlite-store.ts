import { type ConnectionOptions, SqliteConnection } from './sqlite-connection.ts'
import { SqliteReaders } from './sqlite-readers.ts'
import { SqliteTables } from './sqlite-tables.ts'
import { type RecordStore, type Snapshot, type StoredCollection, type StoredReply } from './record-store.ts'
import { readFormat, upgradeFormat } from './store-format.ts'

interface SqliteStoreOptions {
  readonly file: string
  readonly folder: string
  /** Refuses to grow beyond this many pages of 4 kB, as a full disk would. */
  readonly maxPages?: number | undefined
}

const writerCacheMegabytes = 16
const readerCacheMegabytes = 2

/**
 * The store in one SQLite file: write-ahead log, `synchronous=FULL`, so a commit returns after fsync.
 * @throws StoreFault when the folder cannot be used
 */
export class SqliteStore extends SqliteTables implements RecordStore {
  readonly #readers: SqliteReaders
  #inTransaction = false

  constructor(options: SqliteStoreOptions) {
    super(new SqliteConnection(connectionOptions(options, writerCacheMegabytes)))
    this.#readers = new SqliteReaders(
      () => new SqliteConnection(connectionOptions(options, readerCacheMegabytes)),
    )
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
    return this.#readers.snapshot()
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

  faults(): readonly string[] {
    const rows = this.connection.rows('PRAGMA integrity_check')
    return rows.map(([line]) => String(line)).filter(line => line !== 'ok')
  }

  close(): void {
    this.#readers.close()
    this.rollback()
    this.connection.close()
  }

  override forget(table: number): void {
    super.forget(table)
    this.#readers.forget(table)
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
