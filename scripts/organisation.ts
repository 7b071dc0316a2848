import { join } from 'node:path'
import { createMongoAuditStore } from '../server/audit/mongo-audit-store.ts'
import { systemClock } from '../server/clock.ts'
import { readConfig } from '../server/config.ts'
import { databaseOn } from '../server/database/database.ts'
import { DomainError } from '../server/domain-error.ts'
import { cryptoRandomBytes, newEventId, newUuid } from '../server/ids.ts'
import { createMongoOrganisationStore } from '../server/organisations/mongo-organisation-store.ts'
import { createOrganisations } from '../server/organisations/organisations.ts'
import { servingAddress } from '../server/serving-address.ts'
import { commonPasswords } from '../server/staff/common-passwords.ts'
import { createMongoSessionStore } from '../server/staff/mongo-session-store.ts'
import { createMongoStaffStore } from '../server/staff/mongo-staff-store.ts'
import { createNewOrganisation } from '../server/staff/new-organisation.ts'
import { createPasswords } from '../server/staff/passwords.ts'
import { createStaff } from '../server/staff/staff.ts'
import { passwordLinkUrl } from '../server/staff/staff-routes.ts'
import { asked } from './asked.ts'
import { openData } from './open-data.ts'

const usage =
  'npm run organisation -- --name "Grannby kommun" --admin-name "Bo Ek" --admin-email bo@grannby.se'

const { values } = asked(
  {
    options: {
      name: { type: 'string', default: '' },
      'admin-name': { type: 'string', default: '' },
      'admin-email': { type: 'string', default: '' },
      language: { type: 'string', default: 'sv' },
    },
  },
  `Usage: ${usage} [--language sv|en]`,
)
const name = values.name.trim()
const admin = { name: values['admin-name'].trim(), email: values['admin-email'].trim() }
const { language } = values
if (!name || !admin.name || !/^\S+@\S+$/.test(admin.email) || (language !== 'sv' && language !== 'en')) {
  console.error(`Name the organisation and its first administrator:\n  ${usage} [--language sv|en]`)
  process.exit(2)
}

const config = readConfig(process.env)
// A running server holds the folder; its engine is joined as one more client then.
const connected = await openData(
  { uri: config.mongodbUri, folder: join(config.dataFolder, 'database'), attach: true },
  { olderToo: true, status: 1 },
)
try {
  const { tables, transaction } = databaseOn(connected.mongooseConnection)
  const [clock, randomBytes, newId] = [systemClock, cryptoRandomBytes, newUuid]
  // The server gives what is written its place in the chain.
  const wrote = () => undefined
  const audit = createMongoAuditStore(tables, { clock, newId: newEventId, origin: () => ({}), wrote })
  const organisations = createOrganisations({
    organisations: createMongoOrganisationStore(tables),
    audit,
    newId,
    transaction,
  })
  const staffStore = createMongoStaffStore(tables)
  const sessions = createMongoSessionStore(tables)
  const accounts = { staff: staffStore, sessions, audit, clock, randomBytes, transaction }
  const passwords = createPasswords({
    ...accounts,
    organisations,
    signIn: { checkPassword: () => Promise.reject(new Error('Nobody signs in here')) },
    common: () => Promise.resolve(commonPasswords),
  })
  const staff = createStaff({ ...accounts, passwords, organisations, newId })
  await tables.prepare()
  const add = createNewOrganisation({ organisations, staff, passwords, transaction })
  const { organisation, link } = await add({ name, language, admin })
  console.log(`${organisation.name}: ${organisation.id}`)
  if (link) {
    const listening = config.publicUrl ?? (await servingAddress(config.dataFolder))
    const base = listening ?? `http://127.0.0.1:${String(config.port)}`
    console.log(`${admin.name} chooses a password here, and then connects an app for codes or a passkey:`)
    console.log(`  ${passwordLinkUrl(base, link.secret)}`)
  } else console.log(`${admin.name} has an account already and finds the organisation after signing in.`)
} catch (refusal) {
  if (!(refusal instanceof DomainError)) throw refusal
  console.error(refusal.message)
  process.exitCode = 1
} finally {
  await connected.stop()
}
