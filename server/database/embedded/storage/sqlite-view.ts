import { crc32 } from 'node:zlib'
import {
  type IndexEntry,
  type IndexScan,
  type RecordScan,
  type RecordView,
  type StoredRecord,
} from './record-store.ts'
import { type SqliteConnection } from './sqlite-connection.ts'
import { StoreFault } from './store-fault.ts'

export const recordsTable = (collectionId: number) => `records_${collectionId}`
export const indexTable = (indexId: number) => `index_${indexId}`

type RecordRow = readonly [number, Uint8Array, number]

/** Reads over one connection: the state its open transaction sees. A record whose checksum is wrong is refused. */
export class SqliteView implements RecordView {
  protected readonly connection: SqliteConnection

  constructor(connection: SqliteConnection) {
    this.connection = connection
  }

  record(collectionId: number, recordId: number): Uint8Array | undefined {
    const table = recordsTable(collectionId)
    const row = this.connection.row(`SELECT id, document, checksum FROM ${table} WHERE id=?`, recordId)
    return row && checked(row as unknown as RecordRow, collectionId)[1]
  }

  records({ collectionId, after, reverse, limit }: RecordScan): readonly StoredRecord[] {
    const from = `SELECT id, document, checksum FROM ${recordsTable(collectionId)}`
    const rows = reverse
      ? this.connection.rows(
          `${from} WHERE id<? ORDER BY id DESC LIMIT ?`,
          after ?? Number.MAX_SAFE_INTEGER,
          limit,
        )
      : this.connection.rows(`${from} WHERE id>? ORDER BY id LIMIT ?`, after ?? 0, limit)
    return (rows as unknown as readonly RecordRow[]).map(row => checked(row, collectionId))
  }

  countRecords(collectionId: number): number {
    return Number(this.connection.row(`SELECT count(*) FROM ${recordsTable(collectionId)}`)?.[0] ?? 0)
  }

  holder(indexId: number, key: Uint8Array): number | undefined {
    const row = this.connection.row(`SELECT record FROM ${indexTable(indexId)} WHERE key=? LIMIT 1`, key)
    return row && Number(row[0])
  }

  countEntries(indexId: number): number {
    return Number(this.connection.row(`SELECT count(*) FROM ${indexTable(indexId)}`)?.[0] ?? 0)
  }

  entries({ indexId, low, high, after, reverse, limit }: IndexScan): readonly IndexEntry[] {
    // One bound each way, so that SQLite begins where the last chunk ended instead of at the range's own bound.
    const start = after && !reverse ? '(key, record)>(?, ?)' : 'key>=?'
    const end = after && reverse ? '(key, record)<(?, ?)' : high ? 'key<?' : undefined
    const order = reverse ? 'ORDER BY key DESC, record DESC' : 'ORDER BY key, record'
    const sql = `SELECT key, record FROM ${indexTable(indexId)} WHERE ${start}${end ? ` AND ${end}` : ''} ${order} LIMIT ?`
    const startValues = after && !reverse ? after : [low]
    const endValues = after && reverse ? after : high ? [high] : []
    return this.connection.rows(sql, ...startValues, ...endValues, limit) as unknown as readonly IndexEntry[]
  }
}

function checked([id, document, checksum]: RecordRow, collectionId: number): StoredRecord {
  if (crc32(document) === checksum) return [id, document]
  throw new StoreFault('damaged', `Record ${id} of collection ${collectionId} is damaged; restore a backup`)
}
