import { randomUUID } from 'node:crypto'
import { type ExecutionContext } from 'ava'
import mongoose from 'mongoose'
import { databaseOn, type Database } from '../../server/database/database.ts'

/**
 * A database of the test's own, gone when the test ends: on the server that `TEST_MONGODB_URI` names, or on the
 * embedded engine in a temporary folder.
 */
export async function openTestDatabase(t: ExecutionContext): Promise<Database> {
  const uri = process.env['TEST_MONGODB_URI']
  if (!uri) throw new Error('TEST_MONGODB_URI is not set')
  const base = new mongoose.Mongoose({ transactionAsyncLocalStorage: true })
  const connection = await base
    .createConnection(uri, {
      dbName: `test-${randomUUID()}`,
      ignoreUndefined: true,
      autoIndex: false,
      autoCreate: false,
    })
    .asPromise()
  t.teardown(async () => {
    await connection.dropDatabase()
    await connection.close()
  })
  return databaseOn(connection)
}
