import { type Plugin } from '@hapi/hapi'
import { type Audit, type AuditReader } from './audit/audit.ts'
import { type Database } from './database/database.ts'
import { type Logos } from './organisations/logos.ts'
import { type Organisations } from './organisations/organisations.ts'
import { bodyRoutes } from './bodies/body-routes.ts'
import { createBodies } from './bodies/bodies.ts'
import { createMongoBodyStore } from './bodies/mongo-body-store.ts'
import { createTakingBack } from './devices/taking-back.ts'
import { createDevices } from './devices/devices.ts'
import { createMongoDeviceStore } from './devices/mongo-device-store.ts'
import { importRoutes } from './imports/import-routes.ts'
import { createImports } from './imports/imports.ts'
import { createMongoImportStore } from './imports/mongo-import-store.ts'
import { liabilityRoutes } from './liability/liability-routes.ts'
import { createMongoFormStore } from './liability/mongo-form-store.ts'
import { createMongoTermsStore } from './liability/mongo-terms-store.ts'
import { createPapers } from './liability/papers.ts'
import { createPressThread } from './liability/press-thread.ts'
import { createReceipts } from './liability/receipts.ts'
import { createTerms } from './liability/terms.ts'
import { loanRoutes } from './loans/loan-routes.ts'
import { createLoans } from './loans/loans.ts'
import { createMongoLoanStore } from './loans/mongo-loan-store.ts'
import { mandateRoutes } from './mandates/mandate-routes.ts'
import { createMandates } from './mandates/mandates.ts'
import { createMongoMandateStore } from './mandates/mongo-mandate-store.ts'
import { createMongoMergeStore } from './people/mongo-merge-store.ts'
import { createMongoPersonStore } from './people/mongo-person-store.ts'
import { createMongoPersonalReadStore } from './people/mongo-personal-read-store.ts'
import { createPeople } from './people/people.ts'
import { createPersonalReads } from './people/personal-reads.ts'
import { type Ports } from './start.ts'

interface LendingNeeds extends Database {
  readonly ports: Ports
  readonly audit: Audit & AuditReader
  readonly organisations: Organisations
  readonly logos: Logos
}

/** The part of `compose` for what is lent: iPads, the people and committees, mandates, terms, papers, loans, imports. */
export function composeLending({ ports, tables, transaction, audit, organisations, logos }: LendingNeeds) {
  const { clock, newId, randomBytes } = ports
  const devices = createDevices({
    devices: createMongoDeviceStore(tables),
    audit,
    clock,
    newId,
    randomBytes,
    transaction,
  })

  const takingBack = createTakingBack({ devices, audit, clock })
  const bodies = createBodies({ bodies: createMongoBodyStore(tables), audit, newId, transaction })
  const personStore = createMongoPersonStore(tables)
  const merges = createMongoMergeStore(tables)
  const personalReads = createPersonalReads({
    reads: createMongoPersonalReadStore(tables),
    audit,
    transaction,
    clock,
  })
  const people = createPeople({ people: personStore, merges, personalReads, audit, newId, transaction })
  const mandates = createMandates({
    mandates: createMongoMandateStore(tables),
    people,
    bodies,
    audit,
    newId,
    clock,
    transaction,
  })
  const terms = createTerms({ terms: createMongoTermsStore(tables), audit, transaction, clock, newId })
  const papers = createPapers({ forms: createMongoFormStore(tables), people, audit })
  const press = createPressThread()
  const loans = createLoans({
    loans: createMongoLoanStore(tables),
    terms,
    papers,
    devices,
    people,
    bodies,
    mandates,
    organisations,
    receipts: createReceipts({ press, logos }),
    audit,
    transaction,
    clock,
    newId,
  })
  const imports = createImports({
    imports: createMongoImportStore(tables),
    devices,
    people,
    bodies,
    mandates,
    audit,
    transaction,
    clock,
    newId,
  })

  const staffPlugins: Plugin<void>[] = [
    bodyRoutes(bodies),
    mandateRoutes(mandates),
    liabilityRoutes(terms, papers, clock),
    loanRoutes(loans, clock),
    importRoutes(imports),
  ]
  return {
    devices,
    takingBack,
    bodies,
    people,
    personalReads,
    personStore,
    merges,
    mandates,
    terms,
    papers,
    loans,
    imports,
    staffPlugins,
    press,
  }
}
