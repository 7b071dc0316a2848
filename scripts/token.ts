import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createMongoAuditStore } from '../server/audit/mongo-audit-store.ts'
import { systemClock } from '../server/clock.ts'
import { readConfig } from '../server/config.ts'
import { databaseOn } from '../server/database/database.ts'
import { cryptoRandomBytes, newEventId } from '../server/ids.ts'
import { createMongoOrganisationStore } from '../server/organisations/mongo-organisation-store.ts'
import { systemActor } from '../server/staff/actor.ts'
import { createMongoStaffStore } from '../server/staff/mongo-staff-store.ts'
import { rightsOf, roles, type Right, type Role } from '../server/staff/rights.ts'
import { createTokens, longestTokenDays } from '../server/staff/tokens.ts'
import { asked } from './asked.ts'
import { openData } from './open-data.ts'

const usage =
  'Usage: npm run --silent token -- [--role ROLE …] [--scopes RIGHT,… …] [--name NAME] [--organisation NAME|ID] [--days 1–730], which is 30 days of admin'
const { values } = asked(
  {
    options: {
      role: { type: 'string', multiple: true, default: ['admin'] },
      scopes: { type: 'string', multiple: true, default: [] },
      name: { type: 'string', default: 'command line' },
      organisation: { type: 'string' },
      days: { type: 'string', default: '30' },
    },
  },
  usage,
)

const unknown = values.role.find(role => !(roles as readonly string[]).includes(role))
if (unknown !== undefined) {
  console.error(`There is no role ${unknown}. Roles: ${roles.join(', ')}`)
  process.exit(2)
}

const scopes = values.scopes.flatMap(given => given.split(/[\s,]+/)).filter(scope => scope !== '')
const given = rightsOf(values.role as Role[])
const beyond = scopes.find(scope => !(given as readonly string[]).includes(scope))
if (beyond !== undefined || (values.scopes.length > 0 && scopes.length === 0)) {
  const why =
    beyond === undefined ? 'Name at least one right.' : `${values.role.join(', ')} gives no right ${beyond}.`
  console.error(`${why} Rights: ${given.join(', ')}`)
  process.exit(2)
}
const name = values.name.trim()
if (name === '' || name.length > 120) {
  console.error(`A token has a name of 1 to 120 characters.\n${usage}`)
  process.exit(2)
}

const days = Number(values.days)
if (!Number.isInteger(days) || days < 1 || days > longestTokenDays) {
  console.error(`A token is good for 1 to ${longestTokenDays} days.\n${usage}`)
  process.exit(2)
}

const config = readConfig(process.env)
const folder = join(config.dataFolder, 'database')
if (config.mongodbUri === undefined && !existsSync(folder)) {
  console.error(`There is no database in ${config.dataFolder}. Start the server once, or set ORNKOLL_DATA.`)
  process.exit(1)
}
// A running server holds the folder; its engine is joined as one more client then.
const connected = await openData(
  { uri: config.mongodbUri, folder, attach: true },
  { olderToo: true, status: 1 },
)
try {
  const { tables, transaction } = databaseOn(connected.mongooseConnection)
  const clock = systemClock
  const audit = createMongoAuditStore(tables, {
    clock,
    newId: newEventId,
    origin: () => ({}),
    // The server gives it its place in the chain.
    wrote: () => undefined,
  })
  const staff = createMongoStaffStore(tables)
  const organisations = createMongoOrganisationStore(tables)
  await tables.prepare()
  const all = await organisations.list()
  const organisation = values.organisation
    ? all.find(({ id, name }) => id === values.organisation || name === values.organisation)
    : all.at(0)
  if (!organisation) {
    console.error(
      'There is no such organisation here. Start the server once, or name one with --organisation.',
    )
    process.exitCode = 1
  } else {
    const tokens = createTokens({ staff, audit, clock, randomBytes: cryptoRandomBytes, transaction })
    const { token } = await tokens.issue(systemActor(organisation.id), {
      name,
      roles: values.role as Role[],
      scopes: scopes as Right[],
      days,
    })
    console.log(token)
  }
} finally {
  await connected.stop()
}
