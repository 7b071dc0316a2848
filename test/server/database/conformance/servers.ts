import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import {
  type Collection,
  type Db,
  type Document,
  type IndexDescription,
  type IndexDirection,
  MongoClient,
  type MongoClientOptions,
  type MongoServerError,
} from 'mongodb'
import { startEmbedded } from '../../../../server/database/embedded/start.ts'

/** A database of the test's own on the server under test. */
export interface World {
  readonly db: Db
  readonly client: MongoClient
  /** An empty collection. */
  readonly things: Collection<Thing>
  /** Another client of the same server. */
  readonly connect: (options?: MongoClientOptions) => Promise<MongoClient>
  /** Runs before the database goes. */
  readonly atEnd: (work: () => Promise<unknown>) => void
}

type Thing = Document & { _id?: unknown }

type Check = (t: ExecutionContext, world: World) => Promise<void>

const remote = process.env['TEST_MONGODB_URI']

/**
 * Tests of what MongoDB documents, run on the embedded engine and on the server that `TEST_MONGODB_URI` names.
 * Returns what adds a test to the file.
 */
export function conformance(): (title: string, check: Check) => void {
  const started = startInTemporaryFolder()
  const embedded = started.then(({ uri }) => uri)
  test.after.always(async () => (await started).stop())
  if (!remote) {
    test('a MongoDB server is asked the same', t => {
      t.log(
        'TEST_MONGODB_URI IS NOT SET: these checks ran on the embedded engine only, not on a MongoDB server.',
      )
      t.pass()
    })
  }
  return (title, check) => {
    test(`embedded: ${title}`, async t => run(t, await embedded, check))
    if (remote) test(`mongodb: ${title}`, t => run(t, remote, check))
  }
}

async function startInTemporaryFolder(): Promise<{ uri: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
  const engine = await startEmbedded({ folder, testCommands: true })
  return {
    uri: engine.uri,
    async stop() {
      await engine.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function run(t: ExecutionContext, uri: string, check: Check): Promise<void> {
  const clients: MongoClient[] = []
  const connect = async (options: MongoClientOptions = {}) => {
    const client = await MongoClient.connect(uri, options)
    clients.push(client)
    return client
  }
  const endings: (() => Promise<unknown>)[] = []
  const client = await connect()
  const db = client.db(`conformance-${randomUUID()}`)
  try {
    await check(t, {
      db,
      client,
      things: db.collection<Thing>('things'),
      connect,
      atEnd: work => endings.push(work),
    })
  } finally {
    for (const end of endings) await end()
    await db.dropDatabase()
    for (const each of clients) await each.close()
  }
}

/** Makes one index and gives its name. */
export async function addIndex<T extends Document>(
  collection: Collection<T>,
  key: Record<string, IndexDirection>,
  options: Partial<IndexDescription> = {},
): Promise<string> {
  const [name = ''] = await collection.createIndexes([{ ...options, key }])
  return name
}

/** The code that the server refuses with. */
export async function codeOf(t: ExecutionContext, work: () => Promise<unknown>): Promise<unknown> {
  return (await t.throwsAsync<MongoServerError>(work)).code
}
