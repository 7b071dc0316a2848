import { type Snapshot } from './record-store.ts'
import { type SqliteConnection } from './sqlite-connection.ts'
import { SqliteView } from './sqlite-view.ts'

const idleReaders = 4

/** The connections that snapshots read through, a few of which wait for the next. */
export class SqliteReaders {
  readonly #connect: () => SqliteConnection
  readonly #idle: SqliteReader[] = []
  readonly #busy = new Set<SqliteReader>()

  constructor(connect: () => SqliteConnection) {
    this.#connect = connect
  }

  /** The state of the last commit, until it is closed. */
  snapshot(): Snapshot {
    const reader = this.#idle.pop() ?? this.#newReader()
    reader.begin()
    this.#busy.add(reader)
    return reader
  }

  /** Lets go of the statements on a table that is about to be dropped. */
  forget(table: number): void {
    for (const reader of [...this.#idle, ...this.#busy]) reader.forget(table)
  }

  close(): void {
    for (const reader of [...this.#busy, ...this.#idle]) reader.end()
    this.#busy.clear()
  }

  #newReader(): SqliteReader {
    const reader: SqliteReader = new SqliteReader(this.#connect(), () => {
      this.#busy.delete(reader)
      if (this.#idle.length < idleReaders) this.#idle.push(reader)
      else reader.end()
    })
    return reader
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
