/** One line of an index: the encoded key and the record that holds it. */
export type IndexEntry = readonly [key: Uint8Array, recordId: number]

/** A record: its id and its document as BSON. */
export type StoredRecord = readonly [recordId: number, document: Uint8Array]

/** Part of an index: keys from `low` up to but not including `high` (null: to the end), compared as bytes. */
export interface KeyRange {
  readonly low: Uint8Array
  readonly high: Uint8Array | null
}

export interface IndexScan extends KeyRange {
  readonly indexId: number
  /** Goes on behind this entry. */
  readonly after?: IndexEntry | undefined
  readonly reverse: boolean
  /** One of few sizes: statements are kept for each. */
  readonly limit: number
}

export interface RecordScan {
  readonly collectionId: number
  /** Goes on behind this record id. */
  readonly after?: number | undefined
  readonly reverse: boolean
  readonly limit: number
}

/** Reads of one consistent state. Record ids are positive whole numbers in the order of insertion. */
export interface RecordView {
  record(collectionId: number, recordId: number): Uint8Array | undefined
  records(scan: RecordScan): readonly StoredRecord[]
  countRecords(collectionId: number): number
  /** A record listed under exactly this key, if there is one. */
  holder(indexId: number, key: Uint8Array): number | undefined
  entries(scan: IndexScan): readonly IndexEntry[]
  countEntries(indexId: number): number
}

/** The state of the last commit, unmoved by later ones until it is closed. */
export interface Snapshot extends RecordView {
  close(): void
}

/** The catalog's line for a collection: its definition as BSON. */
export interface StoredCollection {
  readonly id: number
  readonly definition: Uint8Array
}

/** What a session was answered last, so that a retried write is answered and not done again. */
export interface StoredReply {
  readonly number: bigint
  readonly reply: Uint8Array
}

/** An ordered store of records and index entries. All writes happen between `begin` and `commit`. */
export interface RecordStore extends RecordView {
  readonly inTransaction: boolean
  begin(): void
  /** Returns when everything since `begin` is on disk. */
  commit(): void
  rollback(): void
  /** Runs several reads on one state, which is cheaper than one by one. */
  readTogether<T>(reads: () => T): T
  snapshot(): Snapshot

  createRecords(collectionId: number): void
  dropRecords(collectionId: number): void
  createIndex(indexId: number): void
  dropIndex(indexId: number): void
  highestRecordId(collectionId: number): number

  putRecord(collectionId: number, recordId: number, document: Uint8Array): void
  deleteRecord(collectionId: number, recordId: number): void
  /** Several records or entries of one table at once, which is cheaper than one by one. */
  putRecords(collectionId: number, records: readonly StoredRecord[]): void
  putEntries(indexId: number, entries: readonly IndexEntry[]): void
  putEntry(indexId: number, key: Uint8Array, recordId: number): void
  deleteEntry(indexId: number, key: Uint8Array, recordId: number): void

  collections(): readonly StoredCollection[]
  saveCollection(collection: StoredCollection): void
  forgetCollection(collectionId: number): void
  /** The number the next collection or index gets. */
  nextId(): number
  saveNextId(id: number): void

  reply(session: Uint8Array): StoredReply | undefined
  saveReply(session: Uint8Array, reply: StoredReply, at: number): void
  /** Forgets replies given before this time (ms). */
  forgetReplies(before: number): void

  /** Bytes of the records and entries of a table, free pages left out. */
  bytesOf(table: { readonly collectionId: number } | { readonly indexId: number }): number
  /** What the store itself finds wrong; empty when sound. */
  faults(): readonly string[]
  close(): void
}
