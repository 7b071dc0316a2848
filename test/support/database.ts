import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExecutionContext } from 'ava'
import { connectDatabase, type Connected } from '../../server/database/connect.ts'
import { databaseOn, type Database } from '../../server/database/database.ts'

/**
 * A database of the test's own, gone when the test ends: on the server that `TEST_MONGODB_URI` names, or on the
 * embedded engine in a temporary folder.
 */
export async function openTestDatabase(t: Pick<ExecutionContext, 'teardown'>): Promise<Database> {
  return databaseOn((await connectTestDatabase(t)).mongooseConnection)
}

/** The same, before tables stand on it. */
export async function connectTestDatabase(t: Pick<ExecutionContext, 'teardown'>): Promise<Connected> {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-db-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const connected = await connectDatabase({
    uri: ownDatabase(process.env['TEST_MONGODB_URI']),
    folder,
    // A thread of its own, which the tests of whole servers have, takes as long to begin as many a test takes.
    inline: true,
  })
  t.teardown(async () => {
    await connected.mongooseConnection.dropDatabase()
    await connected.stop()
  })
  return connected
}

/** `uri` with the name of a database that nobody else uses. */
export function ownDatabase(uri: string | undefined): string | undefined {
  if (!uri) return undefined
  const own = new URL(uri)
  own.pathname = `/test-${randomUUID()}`
  return own.href
}

/** Takes away what a server has left behind in a database of its own; the embedded engine goes with its folder. */
export async function dropDatabase(uri: string | undefined): Promise<void> {
  if (!uri) return
  const connected = await connectDatabase({ uri, folder: tmpdir() })
  await connected.mongooseConnection.dropDatabase()
  await connected.stop()
}
