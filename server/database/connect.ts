import { type Db } from 'mongodb'
import mongoose, { type Connection } from 'mongoose'
import { liveAddress, uriOf } from './embedded/host/address.ts'
import { startEmbedded } from './embedded/start.ts'

export interface DatabaseSettings {
  /** A MongoDB replica set. Without it the embedded engine keeps the data in `folder`. */
  readonly uri?: string | undefined
  readonly folder: string
  /** Joins the engine of another process that holds the folder already; without one it is started here. */
  readonly attach?: boolean | undefined
  /** Runs the embedded engine in the calling thread: for tests that open hundreds. */
  readonly inline?: boolean | undefined
}

/** A connection to the database, for Mongoose and for what speaks with the driver itself. */
export interface Connected {
  readonly mongooseConnection: Connection
  /** The same database for what speaks with the driver itself. */
  readonly db: Db
  readonly uri: string
  readonly kind: 'embedded' | 'mongodb'
  /** Copies the data to a file; a MongoDB has backups of its own and refuses. */
  backup(toFile: string): Promise<void>
  /** What is wrong with the data, in words; a MongoDB looks after its own. */
  integrity(): Promise<readonly string[]>
  stop(): Promise<void>
}

/**
 * Milliseconds until a database that does not answer is given up. The engine of this process answers as soon as a busy
 * machine lets it.
 */
const selectionMs = { embedded: 60_000, mongodb: 10_000 } as const

/** The name of the database where the URI names none. */
const databaseName = 'ornkoll'

/**
 * Connects Mongoose and the driver to one database and waits until it answers.
 * @throws StoreFault when the folder of the embedded engine cannot be used
 */
export async function connectDatabase(settings: DatabaseSettings): Promise<Connected> {
  const source = await sourceOf(settings)
  try {
    // The base is our own: transactions find their way to the queries inside them by its AsyncLocalStorage.
    const base = new mongoose.Mongoose({ transactionAsyncLocalStorage: true })
    // The embedded engine refuses by itself, and then this thread need not load what it knows.
    if (source.kind === 'mongodb') base.plugin((await import('./allowed-queries.ts')).onlyAllowed)
    const connection = base.createConnection(source.uri, {
      ignoreUndefined: true,
      autoIndex: false,
      autoCreate: false,
      ...(namesDatabase(source.uri) ? {} : { dbName: databaseName }),
      serverSelectionTimeoutMS: selectionMs[source.kind],
    })
    await connection.asPromise()
    return {
      ...source,
      mongooseConnection: connection,
      db: databaseOf(connection),
      stop: () => stop(connection, source),
    }
  } catch (error) {
    await source.stop()
    throw error
  }
}

interface Source {
  readonly uri: string
  readonly kind: Connected['kind']
  backup(toFile: string): Promise<void>
  integrity(): Promise<readonly string[]>
  stop(): Promise<void>
}

async function sourceOf({ uri, folder, attach, inline = false }: DatabaseSettings): Promise<Source> {
  if (uri !== undefined) return remote(uri, 'mongodb', 'A MongoDB is backed up with its own tools')
  const live = attach ? await liveAddress(folder) : undefined
  if (live !== undefined)
    return remote(uriOf(live), 'embedded', 'The process that holds the folder makes the backup')
  const engine = await startEmbedded({ folder, inline })
  return { ...engine, kind: 'embedded' }
}

const remote = (uri: string, kind: Connected['kind'], refusal: string): Source => ({
  uri,
  kind,
  backup: () => Promise.reject(new Error(refusal)),
  integrity: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
})

const namesDatabase = (uri: string) => /^[a-z+]+:\/\/[^/]+\/[^?]/.test(uri)

function databaseOf(connection: Connection): Db {
  if (!connection.db) throw new Error('Mongoose reports a connection without a database')
  // Mongoose and the product install the same driver, so this is the class that Agenda expects.
  return connection.db
}

async function stop(connection: Connection, source: Source): Promise<void> {
  await connection.close()
  await source.stop()
}
