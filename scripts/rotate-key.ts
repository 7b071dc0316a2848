import { join } from 'node:path'
import { createMongoAuditStore } from '../server/audit/mongo-audit-store.ts'
import { beginKeyChange, endKeyChange } from '../server/certificates/open-certificates.ts'
import { resealAll } from '../server/certificates/mongo-reseal.ts'
import { systemClock } from '../server/clock.ts'
import { readConfig } from '../server/config.ts'
import { type Connected } from '../server/database/connect.ts'
import { databaseOn } from '../server/database/database.ts'
import { cryptoRandomBytes, newEventId } from '../server/ids.ts'
import { createMongoOrganisationStore } from '../server/organisations/mongo-organisation-store.ts'
import { sealedFields } from '../server/sealed-fields.ts'
import { systemActor } from '../server/staff/actor.ts'
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
    // Before the key is final: a change that was interrupted here is taken up, and told once more.
    await tellEach(connected, count)
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

/** Writes into the log of every organisation that the key was changed; the server gives it its place in the chain. */
async function tellEach(connected: Connected, secrets: number): Promise<void> {
  const { tables, transaction } = databaseOn(connected.mongooseConnection)
  const audit = createMongoAuditStore(tables, {
    clock: systemClock,
    newId: newEventId,
    origin: () => ({ job: 'rotate-key' }),
    wrote: () => undefined,
  })
  const organisations = createMongoOrganisationStore(tables)
  await tables.prepare()
  const all = await organisations.list()
  const entry = {
    action: 'key.change',
    on: { kind: 'secret-key', id: 'secret-key' },
    after: { sealed: secrets },
  }
  await transaction(async () => {
    for (const { id } of all) await audit.record({ ...systemActor(id), name: 'command line' }, entry)
  })
}
