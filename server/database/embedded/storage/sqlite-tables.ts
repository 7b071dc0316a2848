import { crc32 } from 'node:zlib'
import { type IndexEntry, type StoredRecord } from './record-store.ts'
import { indexTable, recordsTable, SqliteView } from './sqlite-view.ts'

/** Rows of one statement where many are written: more gain nothing. */
const together = 16

const rowsOf = (count: number, row: string) => Array.from({ length: count }, () => row).join(',')

/** The tables of records and index entries, over the connection that may write them. */
export class SqliteTables extends SqliteView {
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

  bytesOf(table: { readonly collectionId: number } | { readonly indexId: number }): number {
    const sql =
      'collectionId' in table
        ? `SELECT total(length(document)) FROM ${recordsTable(table.collectionId)}`
        : `SELECT total(length(key) + 8) FROM ${indexTable(table.indexId)}`
    return Number(this.connection.row(sql)?.[0] ?? 0)
  }

  #drop(id: number, table: string): void {
    this.forget(id)
    this.connection.exec(`DROP TABLE ${table}`)
  }
}
