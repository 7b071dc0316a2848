import { join } from 'node:path'
import { beginKeyChange, endKeyChange } from '../server/certificates/open-certificates.ts'
import { resealAll } from '../server/certificates/mongo-reseal.ts'
import { systemClock } from '../server/clock.ts'
import { readConfig } from '../server/config.ts'
import { cryptoRandomBytes } from '../server/ids.ts'
import { sealedFields } from '../server/sealed-fields.ts'
import { asked } from './asked.ts'
import { openData } from './open-data.ts'

/** Seals every stored secret with a new key, while no server runs. May be repeated when it was interrupted. */
const { values } = asked(
  { options: { stopped: { type: 'boolean', default: false } } },
  'Usage: npm run rotate-key -- [--stopped]',
)
const config = readConfig(process.env)
if (config.mongodbUri !== undefined && !values.stopped) {
  console.error(
    'Stop every instance first: one that runs would go on with the key before. Then add --stopped.',
  )
  process.exit(2)
}
const settings = {
  folder: config.dataFolder,
  now: () => systemClock.now(),
  randomBytes: cryptoRandomBytes,
  secretKey: config.secretKey,
  oldSecretKey: config.oldSecretKey,
}

try {
  // A server that runs holds the folder, so this fails before anything is changed.
  // It seals the fields that this version knows, and then nothing opens with the key before.
  const connected = await openData(
    { uri: config.mongodbUri, folder: join(config.dataFolder, 'database') },
    { olderToo: false, status: 1 },
  )
  try {
    const count = await resealAll(connected.db, sealedFields, await beginKeyChange(settings))
    await endKeyChange(settings)
    // Their cookies open no more: people would see devices that they are not signed in on.
    await connected.db.collection('sessions').deleteMany({})
    console.log(`${count} secrets are sealed with the new key. Everybody has to sign in again.`)
    if (config.secretKey !== undefined) console.log('ORNKOLL_SECRET_KEY_OLD is not needed any more.')
  } finally {
    await connected.stop()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The key could not be changed.')
  process.exit(1)
}
