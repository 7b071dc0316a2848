import { type Plugin } from '@hapi/hapi'
import { createApiDescription } from './api-description/api-description.ts'
import { apiDescriptionRoutes } from './api-description/api-description-routes.ts'
import { approvalJobs } from './approvals/approval-jobs.ts'
import { approvalRoutes } from './approvals/approval-routes.ts'
import { createApprovals } from './approvals/approvals.ts'
import { createMongoApprovalStore } from './approvals/mongo-approval-store.ts'
import { auditJobs } from './audit/audit-jobs.ts'
import { createAuditReading } from './audit/audit-reading.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import { createAuditSealing } from './audit/audit-sealing.ts'
import { createAuditVerification } from './audit/audit-verification.ts'
import { createMongoAuditStore } from './audit/mongo-audit-store.ts'
import { bodyRoutes } from './bodies/body-routes.ts'
import { createBodies } from './bodies/bodies.ts'
import { createMongoBodyStore } from './bodies/mongo-body-store.ts'
import { type CallOrigins } from './call-origin.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { composeBulk } from './compose-bulk.ts'
import { composeIncidents } from './compose-incidents.ts'
import { composeManagement } from './compose-management.ts'
import { composeProfiles } from './compose-profiles.ts'
import { composeRollouts } from './compose-rollouts.ts'
import { composeWebhooks } from './compose-webhooks.ts'
import { type Config } from './config.ts'
import { createAllocationSources } from './costs/allocation-sources.ts'
import { costRoutes } from './costs/cost-routes.ts'
import { createCosts } from './costs/costs.ts'
import { createMongoCostStore } from './costs/mongo-cost-store.ts'
import { type Connected } from './database/connect.ts'
import { databaseOn } from './database/database.ts'
import { deviceRoutes } from './devices/device-routes.ts'
import { createDevices } from './devices/devices.ts'
import { createMongoDeviceStore } from './devices/mongo-device-store.ts'
import { faultOf } from './fault.ts'
import { createBareDoor } from './http/bare-door.ts'
import { createDeviceDoor } from './http/device-door.ts'
import { type Doors } from './http/front.ts'
import { healthRoutes } from './http/health-routes.ts'
import { createIdempotency } from './http/idempotency.ts'
import { createStaffDoor } from './http/staff-door.ts'
import { createJobs, type Job } from './jobs/agenda.ts'
import { composeLive } from './compose-live.ts'
import { composeNotices } from './compose-notices.ts'
import { importRoutes } from './imports/import-routes.ts'
import { newEventId } from './ids.ts'
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
import { type Log } from './log.ts'
import { mandateRoutes } from './mandates/mandate-routes.ts'
import { createMandates } from './mandates/mandates.ts'
import { createMongoMandateStore } from './mandates/mongo-mandate-store.ts'
import { devicesByManagement, openCommands } from './metrics/mongo-counts.ts'
import { createMetrics } from './metrics/metrics.ts'
import { metricsRoutes } from './metrics/metrics-routes.ts'
import { createLogos } from './organisations/logos.ts'
import { createMongoLogoStore } from './organisations/mongo-logo-store.ts'
import { createMongoOrganisationStore } from './organisations/mongo-organisation-store.ts'
import { organisationRoutes } from './organisations/organisation-routes.ts'
import { createOrganisations } from './organisations/organisations.ts'
import { createMerging } from './people/merging.ts'
import { createMongoMergeStore } from './people/mongo-merge-store.ts'
import { createMongoPersonStore } from './people/mongo-person-store.ts'
import { createPeople } from './people/people.ts'
import { personRoutes } from './people/person-routes.ts'
import { createSignals } from './rollouts/signals.ts'
import { createSearch } from './search/search.ts'
import { searchRoutes } from './search/search-routes.ts'
import { createChallenges } from './staff/challenges.ts'
import { createConfirming } from './staff/confirming.ts'
import { createMongoChallengeStore } from './staff/mongo-challenge-store.ts'
import { createFreshening } from './staff/freshening.ts'
import { identityProviderRoutes } from './staff/identity-provider-routes.ts'
import { createIdentityProviders } from './staff/identity-providers.ts'
import { createMongoIdentityProviderStore } from './staff/mongo-identity-provider-store.ts'
import { createMongoSessionStore } from './staff/mongo-session-store.ts'
import { createRightsReport } from './staff/rights-report.ts'
import { rightsReportRoutes } from './staff/rights-report-routes.ts'
import { createMongoStaffStore } from './staff/mongo-staff-store.ts'
import { createNewOrganisation } from './staff/new-organisation.ts'
import { createOpenIdConnect } from './staff/openid-connect.ts'
import { ownAccountRoutes } from './staff/own-account-routes.ts'
import { createPasskeys } from './staff/passkeys.ts'
import { createPasswords } from './staff/passwords.ts'
import { relyingPartyOf } from './staff/relying-party.ts'
import { createSecondFactor } from './staff/second-factor.ts'
import { createSecondStep } from './staff/second-step.ts'
import { createSessionOpening } from './staff/session-opening.ts'
import { createSessions } from './staff/sessions.ts'
import { createSignIn } from './staff/sign-in.ts'
import { createSingleSignOn } from './staff/single-sign-on.ts'
import { createStaffEditing } from './staff/staff-editing.ts'
import { createStaff } from './staff/staff.ts'
import { staffRoutes } from './staff/staff-routes.ts'
import { tokenRoutes } from './staff/token-routes.ts'
import { createTokens } from './staff/tokens.ts'
import { type Ports } from './start.ts'
import { createUnitOfWork } from './unit-of-work.ts'
import { errorPage } from '../web-admin/errors/error-page.ts'
import { webAdmin } from '../web-admin/plugin.ts'

export interface ComposeNeeds {
  readonly config: Config
  readonly publicUrl: string
  readonly ports: Ports
  readonly log: Log
  readonly origins: CallOrigins
  readonly certificates: Certificates
  readonly connected: Connected
}

export type Ornkoll = Awaited<ReturnType<typeof compose>>

/** The one place that wires: stores, use cases, doors, jobs. Nothing listens and nothing runs before `start`. */
export async function compose(needs: ComposeNeeds) {
  const { config, publicUrl, ports, log, origins, certificates, connected } = needs
  const { clock, newId, randomBytes } = ports
  const { tables, transaction: bare } = databaseOn(connected.mongooseConnection)
  const { transaction, note } = createUnitOfWork(bare, {
    beforeCommit: () => idempotency.acted(),
    committed: notes =>
      live.told(notes, organisationIds => {
        sealing.wrote(organisationIds)
        signals.committed(organisationIds)
      }),
  })
  const idempotency = createIdempotency(tables, clock, certificates)
  const jobs: Job[] = []

  const metrics = config.metrics.open
    ? createMetrics({ commands: openCommands(connected.db), devices: devicesByManagement(connected.db) })
    : undefined
  const live = composeLive({ ports, log, tables, note, isShared: connected.kind === 'mongodb' })
  const told = composeWebhooks({ config, ports, certificates, tables, transaction })
  const signals = createSignals()
  const audit = signals.hearing(
    told.telling(
      live.tellingAudit(
        createMongoAuditStore(tables, {
          clock,
          newId: newEventId,
          origin: () => origins.current(),
          wrote: note,
        }),
      ),
    ),
  )
  const organisationStore = createMongoOrganisationStore(tables)
  const sealing = createAuditSealing({
    store: audit,
    transaction: bare,
    organisationIds: async () => (await organisationStore.list()).map(({ id }) => id),
    noteFault: error => log.error({ err: faultOf(error) }, 'audit not sealed'),
    gatherMs: 50,
  })
  const verifyAudit = createAuditVerification({ store: audit, clock })

  const organisations = createOrganisations({
    organisations: organisationStore,
    audit,
    newId,
    transaction,
  })

  const approvals = createApprovals({
    approvals: createMongoApprovalStore(tables),
    ...{ audit, clock, newId, transaction },
  })

  const logos = createLogos({
    ...{ logos: createMongoLogoStore(tables), organisations: organisationStore, audit, transaction },
  })

  const staffStore = createMongoStaffStore(tables)
  const sessionStore = createMongoSessionStore(tables)
  const accounts = { staff: staffStore, sessions: sessionStore, audit, clock, randomBytes, transaction }
  const opening = createSessionOpening({ ...accounts, organisations })
  const signIn = createSignIn({ ...accounts, opening })
  const secondFactor = createSecondFactor({ ...accounts, opening, secrets: certificates })
  const challengeStore = createMongoChallengeStore(tables)
  const passkeys = createPasskeys({
    ...{ ...accounts, opening, secondFactor },
    party: relyingPartyOf(publicUrl),
    challenges: createChallenges({
      ...{ clock, randomBytes, spent: challengeStore },
      key: certificates.keyFor('passkey-challenges'),
    }),
  })
  const freshen = createFreshening(accounts)
  const identityProviderStore = createMongoIdentityProviderStore(tables)
  const confirming = createConfirming({
    ...{ ...accounts, signIn, secondFactor, passkeys, freshen, providers: identityProviderStore },
  })
  const secondStep = createSecondStep({ ...accounts, opening, secondFactor, passkeys })
  const sessions = createSessions(accounts)
  const passwords = createPasswords({
    ...accounts,
    signIn,
    // Fifty thousand words, loaded when somebody chooses a password.
    common: async () => (await import('./staff/common-passwords.ts')).commonPasswords,
  })
  const staffEditing = createStaffEditing(accounts)
  const tokens = createTokens({ staff: staffStore, audit, clock, randomBytes, transaction })
  const openIdConnect = createOpenIdConnect()
  const identityProviders = createIdentityProviders({
    ...{ ...accounts, providers: identityProviderStore, client: openIdConnect, secrets: certificates },
  })
  const singleSignOn = createSingleSignOn({
    ...{ ...accounts, opening, freshen, newId, secrets: certificates, spent: challengeStore },
    ...{ providers: identityProviderStore, client: openIdConnect },
    redirectUri: `${publicUrl}/sign-in/single-sign-on/answer`,
    signedOutUri: `${publicUrl}/sign-in/signed-out`,
  })
  const staff = createStaff({
    staff: staffStore,
    passwords,
    organisations,
    audit,
    clock,
    newId,
    randomBytes,
    transaction,
  })

  const addOrganisation = createNewOrganisation({ organisations, staff, passwords, transaction })
  const rightsReport = createRightsReport({ staff: staffStore, organisations, audit, clock })

  const devices = createDevices({
    devices: createMongoDeviceStore(tables),
    audit,
    clock,
    newId,
    randomBytes,
    transaction,
  })

  const bodies = createBodies({ bodies: createMongoBodyStore(tables), audit, newId, transaction })
  const personStore = createMongoPersonStore(tables)
  const merges = createMongoMergeStore(tables)
  const people = createPeople({ people: personStore, merges, audit, newId, transaction })
  const auditReading = createAuditReading({
    ...{ audit, protectedAmong: people.protectedAmong },
    goneInto: (organisationId, personId) => merges.goneInto(organisationId, personId),
  })
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
  const papers = createPapers({ forms: createMongoFormStore(tables), people })
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

  const management = composeManagement({
    config,
    publicUrl,
    ports,
    log,
    certificates,
    tables,
    transaction,
    audit,
    devices,
    organisations,
    pushed: outcome => metrics?.pushed(outcome),
    changed: live.note,
    isLookedFor: (organisationId, deviceId) => followUp.reading.isLookedFor(organisationId, deviceId),
  })
  jobs.push(...auditJobs(sealing), ...approvalJobs(approvals), ...management.jobs)

  const followUp = composeIncidents({
    changed: live.note,
    ...{ ports, log, tables, transaction, audit, approvals, organisations, devices, people, loans },
    commands: management.commands,
    currentEnrolmentOf: management.currentEnrolmentOf,
    deviceEvents: management.deviceEvents,
  })
  const merging = createMerging({
    ...{ people: personStore, merges, audit, transaction, clock, newId },
    pointers: [mandates.pointer, loans.pointer, papers.pointer, followUp.pointer],
  })
  const search = createSearch({ devices, people, bodies, loans, papers, cases: followUp.reading })
  const bulk = composeBulk({
    ...{ ports, log, tables, transaction, audit, approvals, organisations, devices },
    ...{ commands: management.commands, changed: live.note },
  })
  const { webhooks, ...telling } = told.open(audit, management.deviceEvents)
  jobs.push(...followUp.jobs, ...bulk.jobs, ...telling.jobs)

  const costs = createCosts({
    costs: createMongoCostStore(tables),
    sources: createAllocationSources({ bodies, mandates, loans }),
    ...{ bodies, audit, transaction, clock, newId },
  })

  const onIpads = composeProfiles({
    ...{ publicUrl, ports, certificates, tables, transaction, audit },
    fleet: { devices, loans, people, bodies, organisations },
  })
  const rollingOut = composeRollouts({
    ...{ ports, log, tables, transaction, audit, approvals, devices, bodies, people, loans, mandates },
    ...{ organisations, commands: management.commands, deviceEvents: management.deviceEvents, signals },
    ...{ profiles: onIpads.profiles, sendable: onIpads.sendable, changed: live.note },
    ...{ publicUrl, guideKey: certificates.keyFor('guide-files') },
    signer: onIpads.signing.signerFor,
    recipient: (organisationId, deviceId) => management.certificateOf(organisationId, deviceId),
  })
  jobs.push(...onIpads.jobs, ...rollingOut.jobs)

  const noticing = composeNotices({
    ...{ tables, clock, newId, log, config, publicUrl, transaction, audit, staff: staffStore },
    organisationIds: async () => (await organisationStore.list()).map(({ id }) => id),
    ...{ approvals, loans, devices, changes: live.changes },
    ...{ reading: followUp.reading, pushCertificates: management.pushCertificates },
    ...{ failedSince: management.failedSince, rollouts: rollingOut.rollouts },
    signingOf: actor => onIpads.signing.status(actor),
  })
  jobs.push(...noticing.jobs)

  await tables.prepare()
  const firstOrganisation = await organisations.ensureFirst()
  const setUpSecret =
    config.role === 'all' || config.role === 'staff'
      ? await staff.newSetUpLink(firstOrganisation.id)
      : undefined

  const serves = (role: Config['role']) => config.role === 'all' || config.role === role
  const agenda = createJobs(connected.db, jobs, { log, origins, ended: run => metrics?.jobEnded(run) })
  const devicePlugins: Plugin<void>[] = [...management.devicePlugins, ...rollingOut.devicePlugins]
  const operationPlugins: Plugin<void>[] = [
    healthRoutes({
      store: async () => {
        await connected.db.command({ ping: 1 })
        return { state: 'up', kind: connected.kind }
      },
      ...(serves('worker') && {
        jobs: () => Promise.resolve({ state: agenda.running() ? 'up' : 'down' } as const),
      }),
      push: management.health,
    }),
    ...(metrics ? [metricsRoutes(metrics, config.metrics.token)] : []),
  ]
  const describeApi = createApiDescription({ publicUrl })
  const staffPlugins: Plugin<void>[] = [
    ...operationPlugins,
    staffRoutes({ staff, editing: staffEditing, passwords, sessions, secondFactor, publicUrl }),
    tokenRoutes(tokens),
    rightsReportRoutes({ rightsReport, audit }),
    ownAccountRoutes({ passwords, passkeys, sessions, secondFactor, confirming }),
    organisationRoutes(organisations, logos, clock),
    identityProviderRoutes(identityProviders),
    deviceRoutes({ ...devices, moveLifecycle: (...given) => bulk.bulkActions.moveOne(...given) }),
    ...bulk.staffPlugins,
    searchRoutes(search),
    ...management.staffPlugins,
    bodyRoutes(bodies),
    personRoutes(people, merging),
    mandateRoutes(mandates),
    liabilityRoutes(terms, papers),
    loanRoutes(loans),
    importRoutes(imports),
    approvalRoutes(approvals),
    ...followUp.staffPlugins,
    costRoutes(costs),
    ...onIpads.staffPlugins,
    ...rollingOut.staffPlugins,
    auditRoutes({ audit: auditReading, verify: verifyAudit }),
    ...telling.staffPlugins,
    apiDescriptionRoutes(describeApi),
    ...live.staffPlugins,
    ...noticing.staffPlugins,
    webAdmin({
      ...{ publicUrl, staffEditing, passwords, sessions, secondFactor, secondStep, passkeys, confirming },
      ...{ identityProviders, singleSignOn },
      ...{ notices: noticing.notices, noticeMail: noticing.mail },
      ...{ clock, newId, signIn, staff, organisations, bodies, people, merging, mandates, devices },
      ...{ loans, terms, papers, enrolment: management.enrolling },
      // People send and take back what they may; the product what it likes.
      commands: {
        ...management.commands,
        queue: (...asked) => management.sending.send(...asked),
        cancel: (...asked) => management.sending.cancel(...asked),
      },
      ...{
        logos,
        describeApi,
        audit: { ...audit, ...auditReading },
        verifyAudit,
        rightsReport,
        tokens,
        webhooks,
        pushCertificates: management.pushCertificates,
      },
      search,
      ...{ approvals, bulkActions: bulk.bulkActions, bulkJobs: bulk.bulkJobs },
      ...{ imports, cases: followUp, costs },
      ...{ profiles: onIpads.profiles, drafts: onIpads.drafts, policies: onIpads.policies },
      signing: onIpads.signing,
      ...{ rollouts: rollingOut.rollouts, labels: rollingOut.labels, guides: rollingOut.guides },
    }),
  ]
  const doors: Doors = {
    device: serves('device')
      ? await createDeviceDoor({ plugins: devicePlugins, log, trustedProxies: config.trustedProxies })
      : undefined,
    staff: serves('staff')
      ? await createStaffDoor({
          signIn,
          tokens,
          clock,
          cookieKey: certificates.keyFor('staff-cookie'),
          secure: publicUrl.startsWith('https:'),
          publicUrl,
          trustedProxies: config.trustedProxies,
          log,
          plugins: staffPlugins,
          rememberAnswers: idempotency.remember,
          errorPage,
        })
      : await createBareDoor({ plugins: operationPlugins, log }),
  }
  if (doors.device) metrics?.watch('device', doors.device)
  if (doors.staff) metrics?.watch('staff', doors.staff)

  return {
    connected,
    doors,
    tables,
    firstOrganisation,
    setUpSecret,
    organisations,
    addOrganisation,
    devices,
    approvals,
    bulk,
    rollingOut,
    signing: onIpads.signing,
    management,
    followUp,
    webhooks,
    noticing,
    costs,
    bodies,
    people,
    merging,
    mandates,
    terms,
    papers,
    loans,
    imports,
    signIn,
    sessions,
    passwords,
    secondFactor,
    passkeys,
    confirming,
    identityProviders,
    singleSignOn,
    secondStep,
    staff,
    staffEditing,
    tokens,
    /** Ends what would stay open as long as its reader likes. */
    closeStreams: () => live.streams.close(),
    async start() {
      // Started though the front listens for them: Hapi closes the connection behind each answer before that.
      await doors.device?.start()
      await doors.staff?.start()
      management.start()
      if (serves('worker')) {
        await followUp.start()
        await bulk.start()
        rollingOut.start()
        void sealing.sealAll()
        management.tellAgain()
        await agenda.start()
      }
    },
    async stop() {
      await agenda.drain()
      await doors.device?.stop()
      await doors.staff?.stop()
      await bulk.stop()
      await rollingOut.idle()
      await management.stop()
      await sealing.idle()
      await press.stop()
      await live.stop()
    },
  }
}
