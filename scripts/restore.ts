import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { restoreBackup } from '../server/backup/backup.ts'
import { asked } from './asked.ts'

/** Makes a data folder out of a backup. */
const usage = 'Usage: npm run restore -- FILE --data DIR [--passphrase-file FILE]'
const { values, positionals } = asked(
  { allowPositionals: true, options: { data: { type: 'string' }, 'passphrase-file': { type: 'string' } } },
  usage,
)
const [file] = positionals
if (file === undefined || values.data === undefined || positionals.length > 1) {
  console.error(usage)
  process.exit(2)
}
const from = values['passphrase-file']

try {
  const dataFolder = resolve(values.data)
  const passphrase = from === undefined ? undefined : (await readFile(from, 'utf8')).trim()
  const { madeAt, files, database } = await restoreBackup({ file: resolve(file), dataFolder, passphrase })
  console.log(
    `${dataFolder} is as it was at ${madeAt} (${files.length} files). Start with ORNKOLL_DATA=${dataFolder}.`,
  )
  if (database === 'mongodb')
    console.log('The database was not in it: restore it with mongorestore --oplogReplay.')
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The backup could not be restored.')
  process.exit(1)
}
