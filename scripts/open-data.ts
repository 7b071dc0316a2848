import { connectDatabase, type Connected, type DatabaseSettings } from '../server/database/connect.ts'
import { NewerDataError, OlderDataError } from '../server/migrations/migration.ts'
import { migrationsWith } from '../server/migrations/migrations.ts'
import { checkVersion } from '../server/migrations/mongo-migrations.ts'

interface Wanted {
  /** Also data that this version would migrate first: what is done does not depend on it. */
  readonly olderToo: boolean
  /** The exit status when the data is of another version. */
  readonly status: number
}

const migrations = migrationsWith({
  sealSecret: () => {
    throw new Error('A command migrates nothing')
  },
})

/**
 * The stored data for a command. Data that a newer version has written ends the process with a sentence: a command that
 * does not know all of it would leave it half done.
 * @throws StoreFault when the folder of the embedded engine cannot be used
 */
export async function openData(settings: DatabaseSettings, { olderToo, status }: Wanted): Promise<Connected> {
  const connected = await connectDatabase(settings)
  try {
    await checkVersion(connected.db, migrations)
  } catch (error) {
    const isOlder = error instanceof OlderDataError
    if (isOlder && olderToo) return connected
    await connected.stop()
    if (!isOlder && !(error instanceof NewerDataError)) throw error
    console.error(error.message)
    process.exit(status)
  }
  return connected
}
