import { crc32 } from 'node:zlib'
import {
  type IndexEntry,
  type IndexScan,
  type RecordScan,
  type RecordView,
  type StoredRecord,
} from './record-store.ts'
import { type SqliteConnection, TableStatements } from './sqlite-connection.ts'
import { StoreFault } from './store-fault.ts'

export const recordsTable = (collectionId: number) => `records_${collectionId}`
export const indexTable = (indexId: number) => `index_${indexId}`

type RecordRow = readonly [number, Uint8Array, number]

/** Reads over one connection: the state its open transaction sees. A record whose checksum is wrong is refused. */
export class SqliteView implements RecordView {
  protected readonly connection: SqliteConnection
  readonly #statements: TableStatements[] = []
  readonly #record = this.perTable(id => `${selectRecord(id)} WHERE id=?`)
  readonly #recordsUp = this.#perLimit(id => `${selectRecord(id)} WHERE id>? ORDER BY id`)
  readonly #recordsDown = this.#perLimit(id => `${selectRecord(id)} WHERE id<? ORDER BY id DESC`)
  readonly #holder = this.perTable(id => `SELECT record FROM ${indexTable(id)} WHERE key=? LIMIT 1`)
  /** By what bounds the scan: see `entries`. */
  readonly #entries = entryScans.map(where => this.#perLimit(id => `${selectEntry(id)} WHERE ${where}`))

  constructor(connection: SqliteConnection) {
    this.connection = connection
  }

  record(collectionId: number, recordId: number): Uint8Array | undefined {
    const row = this.#record.of(collectionId).row(recordId)
    return row && checked(row as unknown as RecordRow, collectionId)[1]
  }

  records({ collectionId, after, reverse, limit }: RecordScan): readonly StoredRecord[] {
    const rows = reverse
      ? this.#recordsDown(limit)
          .of(collectionId)
          .rows(after ?? Number.MAX_SAFE_INTEGER)
      : this.#recordsUp(limit)
          .of(collectionId)
          .rows(after ?? 0)
    return (rows as unknown as readonly RecordRow[]).map(row => checked(row, collectionId))
  }

  countRecords(collectionId: number): number {
    return Number(this.connection.row(`SELECT count(*) FROM ${recordsTable(collectionId)}`)?.[0] ?? 0)
  }

  holder(indexId: number, key: Uint8Array): number | undefined {
    const row = this.#holder.of(indexId).row(key)
    return row && Number(row[0])
  }

  countEntries(indexId: number): number {
    return Number(this.connection.row(`SELECT count(*) FROM ${indexTable(indexId)}`)?.[0] ?? 0)
  }

  entries({ indexId, low, high, after, reverse, limit }: IndexScan): readonly IndexEntry[] {
    const scan = this.#entries[(reverse ? 4 : 0) + (after ? 2 : 0) + (high ? 1 : 0)]
    const startValues = after && !reverse ? after : [low]
    const endValues = after && reverse ? after : high ? [high] : []
    const rows = scan?.(limit)
      .of(indexId)
      .rows(...startValues, ...endValues)
    return (rows ?? []) as unknown as readonly IndexEntry[]
  }

  /**
   * A kind of statement for each limit that is asked for. A limit that is bound as a value makes SQLite plan the statement
   * anew each time it is run, which takes longer than running it.
   */
  #perLimit(sql: (table: number) => string): (limit: number) => TableStatements {
    const byLimit = new Map<number, TableStatements>()
    return limit => {
      const known = byLimit.get(limit)
      if (known) return known
      const statements = this.perTable(table => `${sql(table)} LIMIT ${limit}`)
      byLimit.set(limit, statements)
      return statements
    }
  }

  /** A kind of statement that is let go with its table. */
  protected perTable(sql: (table: number) => string): TableStatements {
    const statements = new TableStatements(text => this.connection.prepare(text), sql)
    this.#statements.push(statements)
    return statements
  }

  /** Lets go of the statements on a table that is about to be dropped. */
  forget(table: number): void {
    for (const statements of this.#statements) statements.forget(table)
  }
}

const selectRecord = (id: number) => `SELECT id, document, checksum FROM ${recordsTable(id)}`
const selectEntry = (id: number) => `SELECT key, record FROM ${indexTable(id)}`

/**
 * Up without and with an end, going on behind an entry without and with an end, then the same four down. There is one
 * bound each way, so that SQLite begins where the last chunk ended and not at the range's own bound.
 */
const entryScans = ['key>=?', 'key>=? AND key<?', '(key, record)>(?, ?)', '(key, record)>(?, ?) AND key<?']
  .map(where => `${where} ORDER BY key, record`)
  .concat(
    ['key>=?', 'key>=? AND key<?', 'key>=? AND (key, record)<(?, ?)', 'key>=? AND (key, record)<(?, ?)'].map(
      where => `${where} ORDER BY key DESC, record DESC`,
    ),
  )

function checked([id, document, checksum]: RecordRow, collectionId: number): StoredRecord {
  if (crc32(document) === checksum) return [id, document]
  throw new StoreFault('damaged', `Record ${id} of collection ${collectionId} is damaged; restore a backup`)
}
