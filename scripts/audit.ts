import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createAuditVerification } from '../server/audit/audit-verification.ts'
import { createMongoAuditStore } from '../server/audit/mongo-audit-store.ts'
import { systemClock } from '../server/clock.ts'
import { readConfig } from '../server/config.ts'
import { databaseOn } from '../server/database/database.ts'
import { newEventId } from '../server/ids.ts'
import { createMongoOrganisationStore } from '../server/organisations/mongo-organisation-store.ts'
import { asked } from './asked.ts'
import { openData } from './open-data.ts'

/** Checks the audit log of every organisation; the exit status is 1 when something is wrong with one. */
const usage = 'Usage: npm run audit -- verify [--organisation ID] [--expect SEQUENCE:HASH]'
const { values, positionals } = asked(
  { allowPositionals: true, options: { organisation: { type: 'string' }, expect: { type: 'string' } } },
  usage,
)
const expected = values.expect === undefined ? undefined : /^(\d+):([0-9a-f]{64})$/.exec(values.expect)
if (positionals.join() !== 'verify' || expected === null || (expected && !values.organisation)) {
  console.error(`${usage}\nWhat is expected is expected of one organisation.`)
  process.exit(2)
}
const known = expected && { sequence: Number(expected[1]), hash: expected[2] ?? '' }

const config = readConfig(process.env)
const folder = join(config.dataFolder, 'database')
if (config.mongodbUri === undefined && !existsSync(folder)) {
  console.error(`There is no database in ${config.dataFolder}. Set ORNKOLL_DATA to the data folder.`)
  process.exit(2)
}
const connected = await openData(
  { uri: config.mongodbUri, folder, attach: true },
  { olderToo: true, status: 2 },
)
try {
  const { tables } = databaseOn(connected.mongooseConnection)
  const store = createMongoAuditStore(tables, {
    clock: systemClock,
    newId: newEventId,
    origin: () => ({}),
    wrote: () => undefined,
  })
  const verify = createAuditVerification({ store, clock: systemClock })
  const all = await createMongoOrganisationStore(tables).list()
  const wanted = all.filter(({ id }) => values.organisation === undefined || id === values.organisation)
  if (wanted.length === 0) {
    console.error('There is no such organisation here.')
    process.exitCode = 2
  }
  for (const { id, name } of wanted) {
    const { checked, head, faults } = await verify(id, known)
    console.log(`${name} (${id}): ${checked} events, newest ${head.sequence}:${head.hash}`)
    for (const { kind, sequence, eventId = '' } of faults) {
      process.exitCode = 1
      console.log(`  ${kind} at ${sequence} ${eventId}`.trimEnd())
    }
  }
} finally {
  await connected.stop()
}
