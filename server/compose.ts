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
import { type CallOrigins } from './call-origin.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { composeBulk } from './compose-bulk.ts'
import { composeDoors } from './compose-doors.ts'
import { composeIncidents } from './compose-incidents.ts'
import { composeLending } from './compose-lending.ts'
import { composeManagement } from './compose-management.ts'
import { composeProfiles } from './compose-profiles.ts'
import { composeRollouts } from './compose-rollouts.ts'
import { composeStaff } from './compose-staff.ts'
import { composeWebhooks } from './compose-webhooks.ts'
import { type Config } from './config.ts'
import { createAllocationSources } from './costs/allocation-sources.ts'
import { costRoutes } from './costs/cost-routes.ts'
import { createCosts } from './costs/costs.ts'
import { createMongoCostStore } from './costs/mongo-cost-store.ts'
import { type Connected } from './database/connect.ts'
import { databaseOn } from './database/database.ts'
import { deviceRoutes } from './devices/device-routes.ts'
import { faultOf } from './fault.ts'
import { healthRoutes } from './http/health-routes.ts'
import { createIdempotency } from './http/idempotency.ts'
import { createJobs, type Job } from './jobs/agenda.ts'
import { composeLive } from './compose-live.ts'
import { composeNotices } from './compose-notices.ts'
import { newEventId } from './ids.ts'
import { type Log } from './log.ts'
import { devicesByManagement, openCommands } from './metrics/mongo-counts.ts'
import { createMetrics } from './metrics/metrics.ts'
import { metricsRoutes } from './metrics/metrics-routes.ts'
import { createLogos } from './organisations/logos.ts'
import { createMongoLogoStore } from './organisations/mongo-logo-store.ts'
import { createMongoOrganisationStore } from './organisations/mongo-organisation-store.ts'
import { organisationRoutes } from './organisations/organisation-routes.ts'
import { createOrganisations } from './organisations/organisations.ts'
import { createMerging } from './people/merging.ts'
import { personRoutes } from './people/person-routes.ts'
import { createSignals } from './rollouts/signals.ts'
import { createSearch } from './search/search.ts'
import { searchRoutes } from './search/search-routes.ts'
import { createMongoTallyStore } from './rollouts/mongo-tally-store.ts'
import { createStanding } from './staff/standing.ts'
import { type Ports } from './start.ts'
import { createUnitOfWork } from './unit-of-work.ts'
import { webAdmin } from '../web-admin/plugin.ts'

interface ComposeNeeds {
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
  const { clock, newId } = ports
  const { tables, transaction: bare } = databaseOn(connected.mongooseConnection)
  const { transaction, note } = createUnitOfWork(bare, {
    beforeCommit: () => idempotency.acted(),
    committed: notes =>
      live.told(notes, organisationIds => {
        sealing.wrote(organisationIds)
        signals.committed(organisationIds)
      }),
  })
  const idempotency = createIdempotency(tables, clock, certificates, newId)
  const jobs: Job[] = []

  const metrics = config.metrics.open
    ? createMetrics({ commands: openCommands(connected.db), devices: devicesByManagement(connected.db) })
    : undefined
  const live = composeLive({ ports, log, tables, note, isShared: connected.kind === 'mongodb' })
  const told = composeWebhooks({ config, ports, certificates, log, tables, transaction })
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

  /** What each group of slices stands on. */
  const base = { ports, log, tables, transaction, audit }
  const logos = createLogos({
    logos: createMongoLogoStore(tables),
    organisations: organisationStore,
    audit,
    transaction,
  })

  const {
    staffStore,
    staffPlugins: accountPlugins,
    ...accounts
  } = composeStaff({
    publicUrl,
    ...base,
    certificates,
    organisations,
    privateProviders: config.privateProviders === 'accepted',
  })

  const approvals = createApprovals({
    approvals: createMongoApprovalStore(tables),
    openersOf: accounts.openersOf,
    audit,
    clock,
    newId,
    transaction,
  })

  const {
    personalReads,
    personStore,
    merges,
    press,
    staffPlugins: lendingPlugins,
    ...lending
  } = composeLending({
    ...base,
    organisations,
    logos,
  })
  const { devices, bodies, people, mandates, loans, papers } = lending
  const auditReading = createAuditReading({
    audit,
    protectedAmong: people.protectedAmong,
    goneInto: (organisationId, personId) => merges.goneInto(organisationId, personId),
  })

  const tallies = createMongoTallyStore(tables)
  const management = composeManagement({
    tallies,
    config,
    publicUrl,
    ...base,
    certificates,
    devices,
    organisations,
    pushed: outcome => metrics?.pushed(outcome),
    changed: live.note,
    isLookedFor: (organisationId, deviceId) => followUp.reading.isLookedFor(organisationId, deviceId),
    directProfiles: {
      prepare: (...given) => rollingOut.directProfiles.prepare(...given),
      mayRemove: (...given) => rollingOut.directProfiles.mayRemove(...given),
    },
  })
  jobs.push(...auditJobs(sealing), ...approvalJobs(approvals), ...management.jobs)

  const followUp = composeIncidents({
    changed: live.note,
    ...base,
    approvals,
    organisations,
    devices,
    people,
    personalReads,
    loans,
    commands: management.commands,
    currentEnrolmentOf: management.currentEnrolmentOf,
    deviceEvents: management.deviceEvents,
  })
  const merging = createMerging({
    people: personStore,
    merges,
    personalReads,
    audit,
    transaction,
    clock,
    newId,
    pointers: [mandates.pointer, loans.pointer, papers.pointer, followUp.pointer],
  })
  const search = createSearch({ devices, people, bodies, loans, papers, cases: followUp.reading })
  const bulk = composeBulk({
    ...base,
    approvals,
    organisations,
    devices,
    commands: management.commands,
    tallies,
    changed: live.note,
    mayStill: createStanding(staffStore, clock),
    isLookedFor: (organisationId, deviceId) => followUp.reading.isLookedFor(organisationId, deviceId),
  })
  const { webhooks, ...telling } = told.open(audit, management.deviceEvents)
  jobs.push(...followUp.jobs, ...bulk.jobs, ...telling.jobs)

  const costs = createCosts({
    costs: createMongoCostStore(tables),
    sources: createAllocationSources({ bodies, mandates, loans }),
    bodies,
    audit,
    transaction,
    clock,
    newId,
  })

  const onIpads = composeProfiles({
    mayBeOneOf: accounts.mayBeOneOf,
    publicUrl,
    ...base,
    certificates,
    fleet: { devices, loans, people, bodies, organisations },
    assignedUse: (organisationId, id) => rollingOut.rollouts.useOf(organisationId, { kind: 'profile', id }),
  })
  const rollingOut = composeRollouts({
    ...base,
    approvals,
    devices,
    bodies,
    people,
    loans,
    mandates,
    organisations,
    commands: management.commands,
    sending: management.sending,
    tallies,
    bulkJobs: bulk.bulkJobs,
    deviceEvents: management.deviceEvents,
    signals,
    profiles: onIpads.profiles,
    judge: onIpads.judge,
    sendable: onIpads.sendable,
    soundProfile: onIpads.soundProfile,
    changed: live.note,
    publicUrl,
    pauseMs: config.rolloutPauseMs,
    guideKey: certificates.keyFor('guide-files'),
    signer: onIpads.signing.signerFor,
    recipient: (organisationId, deviceId) => management.certificateOf(organisationId, deviceId),
  })
  jobs.push(...onIpads.jobs, ...rollingOut.jobs)

  const noticing = composeNotices({
    clock,
    newId,
    ...base,
    config,
    publicUrl,
    staff: staffStore,
    organisations: () => organisationStore.list(),
    approvals,
    loans,
    devices,
    changes: live.changes,
    reading: followUp.reading,
    pushCertificates: management.pushCertificates,
    failedSince: management.failedSince,
    rollouts: rollingOut.rollouts,
    signingOf: actor => onIpads.signing.status(actor),
    failingWebhooks: organisationId => webhooks.failing(organisationId),
    appDrift: rollingOut.appDriftCount,
  })
  jobs.push(...noticing.jobs)

  await tables.prepare()
  const firstOrganisation = await organisations.ensureFirst()
  const setUpSecret =
    config.role === 'all' || config.role === 'staff'
      ? await accounts.staff.newSetUpLink(firstOrganisation.id)
      : undefined

  const serves = (role: Config['role']) => config.role === 'all' || config.role === role
  const agenda = createJobs(connected.db, jobs, { log, origins, ended: run => metrics?.jobEnded(run) })
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
    ...accountPlugins,
    organisationRoutes(organisations, logos, clock),
    deviceRoutes(
      { ...devices, moveLifecycle: (...given) => bulk.bulkActions.moveOne(...given) },
      lending.takingBack,
    ),
    ...bulk.staffPlugins,
    searchRoutes(search),
    ...management.staffPlugins,
    ...lendingPlugins,
    personRoutes(people, merging, clock),
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
      ...accounts,
      ...lending,
      publicUrl,
      notices: noticing.notices,
      noticeMail: noticing.mail,
      clock,
      newId,
      organisations,
      merging,
      enrolment: management.enrolling,
      // People send and take back what they may; the product what it likes.
      commands: { ...management.commands, ...management.sending },
      logos,
      describeApi,
      audit: { ...audit, ...auditReading },
      verifyAudit,
      webhooks,
      pushCertificates: management.pushCertificates,
      search,
      approvals,
      bulkActions: bulk.bulkActions,
      bulkJobs: bulk.bulkJobs,
      cases: followUp,
      costs,
      profiles: onIpads.profiles,
      drafts: onIpads.drafts,
      policies: onIpads.policies,
      signing: onIpads.signing,
      rollouts: rollingOut.rollouts,
      labels: rollingOut.labels,
      guides: rollingOut.guides,
      appSets: rollingOut.appSets,
      ipadApps: rollingOut.ipadApps,
      puttingAllRight: rollingOut.puttingAllRight,
      unassignedProfiles: rollingOut.unassignedProfiles,
      eligibilities: rollingOut.eligibilities,
    }),
  ]
  const doors = await composeDoors({
    signIn: accounts.signIn,
    tokens: accounts.tokens,
    config,
    publicUrl,
    clock,
    log,
    certificates,
    audit,
    transaction,
    idempotency,
    metrics,
    devicePlugins: [...management.devicePlugins, ...rollingOut.devicePlugins],
    operationPlugins,
    staffPlugins,
  })

  return {
    connected,
    doors,
    tables,
    firstOrganisation,
    setUpSecret,
    organisations,
    ...accounts,
    ...lending,
    approvals,
    bulk,
    rollingOut,
    policies: onIpads.policies,
    profiles: onIpads.profiles,
    drafts: onIpads.drafts,
    signing: onIpads.signing,
    management,
    followUp,
    webhooks,
    noticing,
    costs,
    merging,
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
      rollingOut.endPace()
      await agenda.drain()
      await doors.device?.stop()
      await doors.staff?.stop()
      await bulk.stop()
      await rollingOut.idle()
      await webhooks.idle()
      await management.stop()
      await sealing.idle()
      await press.stop()
      await live.stop()
    },
  }
}
