import { randomUUID } from 'node:crypto'
import { type ExecutionContext } from 'ava'
import { createMongoAuditStore } from '../../server/audit/mongo-audit-store.ts'
import { createBodies } from '../../server/bodies/bodies.ts'
import { createMongoBodyStore } from '../../server/bodies/mongo-body-store.ts'
import { type Device } from '../../server/devices/device.ts'
import { createDevices } from '../../server/devices/devices.ts'
import { createMongoDeviceStore } from '../../server/devices/mongo-device-store.ts'
import { cryptoRandomBytes } from '../../server/ids.ts'
import { createImports } from '../../server/imports/imports.ts'
import { createMongoImportStore } from '../../server/imports/mongo-import-store.ts'
import { createMongoFormStore } from '../../server/liability/mongo-form-store.ts'
import { createMongoTermsStore } from '../../server/liability/mongo-terms-store.ts'
import { createPapers } from '../../server/liability/papers.ts'
import { createTerms } from '../../server/liability/terms.ts'
import { createLoans } from '../../server/loans/loans.ts'
import { createMongoLoanStore } from '../../server/loans/mongo-loan-store.ts'
import { createMandates } from '../../server/mandates/mandates.ts'
import { createMongoMandateStore } from '../../server/mandates/mongo-mandate-store.ts'
import { createMongoOrganisationStore } from '../../server/organisations/mongo-organisation-store.ts'
import { createOrganisations } from '../../server/organisations/organisations.ts'
import { createPressThread } from '../../server/liability/press-thread.ts'
import { createReceipts } from '../../server/liability/receipts.ts'
import { createMerging } from '../../server/people/merging.ts'
import { createMongoMergeStore } from '../../server/people/mongo-merge-store.ts'
import { createMongoPersonStore } from '../../server/people/mongo-person-store.ts'
import { createMongoPersonalReadStore } from '../../server/people/mongo-personal-read-store.ts'
import { createPeople } from '../../server/people/people.ts'
import { createPersonalReads } from '../../server/people/personal-reads.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { type Role } from '../../server/staff/rights.ts'
import { openTestDatabase } from './database.ts'

/** The lending slices on a database of the test's own, with a clock that the test moves. */
export async function openLending(t: ExecutionContext, at = '2026-11-23T09:00:00Z') {
  const { tables, transaction } = await openTestDatabase(t)
  const time = { now: new Date(at) }
  const clock = { now: () => time.now }
  const newId = randomUUID
  const audit = createMongoAuditStore(tables, {
    clock,
    newId,
    origin: () => ({}),
    wrote: () => undefined,
  })
  const deviceStore = createMongoDeviceStore(tables)
  const shared = { audit, transaction, clock, newId, randomBytes: cryptoRandomBytes }
  const organisations = createOrganisations({
    organisations: createMongoOrganisationStore(tables),
    ...shared,
  })
  const devices = createDevices({ devices: deviceStore, ...shared })
  const bodies = createBodies({ bodies: createMongoBodyStore(tables), ...shared })
  const personStore = createMongoPersonStore(tables)
  const merges = createMongoMergeStore(tables)
  const reads = createMongoPersonalReadStore(tables)
  const personalReads = createPersonalReads({ reads, ...shared })
  const people = createPeople({ people: personStore, merges, personalReads, ...shared })
  const mandates = createMandates({ mandates: createMongoMandateStore(tables), people, bodies, ...shared })
  const forms = createMongoFormStore(tables)
  const terms = createTerms({ terms: createMongoTermsStore(tables), ...shared })
  const papers = createPapers({ forms, people, audit })
  const press = createPressThread()
  t.teardown(() => press.stop())
  const loans = createLoans({
    loans: createMongoLoanStore(tables),
    terms,
    papers,
    devices,
    people,
    bodies,
    mandates,
    organisations,
    receipts: createReceipts({
      press,
      logos: { bytesOf: () => Promise.reject(new Error('Nobody has a logo here')) },
    }),
    ...shared,
  })
  const imports = createImports({
    imports: createMongoImportStore(tables),
    devices,
    people,
    bodies,
    mandates,
    ...shared,
  })
  const pointers = [mandates.pointer, loans.pointer, papers.pointer]
  const merging = createMerging({ people: personStore, merges, pointers, personalReads, ...shared })
  await tables.prepare()
  return {
    ...shared,
    tables,
    time,
    organisations,
    devices,
    deviceStore,
    bodies,
    people,
    merging,
    mandates,
    terms,
    papers,
    loans,
    imports,
  }
}

/** Somebody of the staff of `organisationId`. */
export function anActor(organisationId: string, roles: readonly Role[] = ['admin']): Actor {
  return { kind: 'staff', id: 'staff-1', name: 'Disa Desk', organisationId, roles }
}

/** An iPad in stock of no organisation in particular; the test names what matters. */
export function aDevice(fields: Partial<Device> & Pick<Device, 'organisationId'>): Device {
  const id = randomUUID()
  const serialNumber = id.replaceAll('-', '').slice(0, 10).toUpperCase()
  return {
    id,
    serialNumber,
    assetTag: `T-${serialNumber}`,
    model: 'iPad (A16)',
    origin: 'new',
    ownership: 'organisation',
    lifecycle: 'in-stock',
    management: 'none',
    lock: 'open',
    createdAt: new Date('2026-01-02T03:04:05Z'),
    version: 1,
    ...fields,
  }
}
