import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { BackupError } from '../server/backup/backup-error.ts'
import { makeBackup } from '../server/backup/backup.ts'
import { systemClock } from '../server/clock.ts'
import { readConfig } from '../server/config.ts'
import { backUpFolder } from '../server/database/embedded/storage/file-tasks.ts'
import { cryptoRandomBytes } from '../server/ids.ts'
import { asked } from './asked.ts'

/** Writes one file with everything that the data folder holds, also while the server runs. */
const { values } = asked(
  { options: { to: { type: 'string' }, 'passphrase-file': { type: 'string' } } },
  'Usage: npm run backup -- [--to FILE] [--passphrase-file FILE]',
)
const config = readConfig(process.env)
const now = systemClock.now()
const stamp = now.toISOString().replaceAll(/[:.]/g, '-')
const toFile = resolve(values.to ?? `ornkoll-${stamp}.backup`)
const file = values['passphrase-file']

try {
  const passphrase = file === undefined ? undefined : (await readFile(file, 'utf8')).trim()
  if (passphrase !== undefined && passphrase.length < 12)
    throw new BackupError('A passphrase has at least 12 characters.')
  const { files, database, leftOut } = await makeBackup({
    dataFolder: config.dataFolder,
    toFile,
    database: config.mongodbUri === undefined ? 'embedded' : 'mongodb',
    copyDatabase: to => backUpFolder(join(config.dataFolder, 'database'), to),
    passphrase,
    now,
    randomBytes: cryptoRandomBytes,
  })
  console.log(`${toFile}: ${files.length} files, ${files.reduce((sum, { bytes }) => sum + bytes, 0)} bytes`)
  for (const path of leftOut) console.warn(`Not in it: ${path}, which is no file that Örnkoll made.`)
  if (database === 'mongodb')
    console.log(
      'The database is not in it: back your MongoDB up with mongodump --uri … --oplog, at the same hour.',
    )
  if (passphrase === undefined)
    console.log(
      'It holds private keys and is not locked. Keep it as safe as the data folder, or use --passphrase-file.',
    )
  if (config.secretKey !== undefined)
    console.log(
      'The key that seals secrets is not in it, since it comes from ORNKOLL_SECRET_KEY. Keep it apart.',
    )
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The backup failed.')
  process.exit(1)
}
