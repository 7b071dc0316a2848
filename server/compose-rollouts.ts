import { type X509Certificate } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Plugin } from '@hapi/hapi'
import { createAppSets } from './apps/app-sets.ts'
import { appSetRoutes } from './apps/app-set-routes.ts'
import { createDriftCount } from './apps/drift-count.ts'
import { createIpadApps } from './apps/ipad-apps.ts'
import { createPuttingAllRight } from './apps/putting-right.ts'
import { type BulkJobs } from './bulk-jobs/bulk-asking.ts'
import { createMongoAppSetStore } from './apps/mongo-app-set-store.ts'
import { assignmentRoutes } from './assignments/assignment-routes.ts'
import { labelRoutes } from './assignments/label-routes.ts'
import { createLabels } from './assignments/labels.ts'
import { createMongoAssignmentStore } from './assignments/mongo-assignment-store.ts'
import { createMongoLabelStore } from './assignments/mongo-label-store.ts'
import { createStandings, type StandingsDeps } from './assignments/standings.ts'
import { type Approvals } from './approvals/approvals.ts'
import { type Audit } from './audit/audit.ts'
import { createEligibilities } from './confidential-papers/eligibilities.ts'
import { eligibilityRoutes } from './confidential-papers/eligibility-routes.ts'
import { type Commands } from './commands/commands.ts'
import { type Sending } from './commands/sending.ts'
import { type Database } from './database/database.ts'
import { type DeviceEvents } from './device-channel/device-events.ts'
import { type Devices } from './devices/devices.ts'
import { type Bodies } from './bodies/bodies.ts'
import { faultOf } from './fault.ts'
import { guideFileRoutes, guideRoutes } from './guides/guide-routes.ts'
import { createGuides } from './guides/guides.ts'
import { createMongoGuideStore } from './guides/mongo-guide-store.ts'
import { type NoteChange } from './live/telling-stores.ts'
import { type Log } from './log.ts'
import { type Judge } from './profiles/judging.ts'
import { type Profiles } from './profiles/profiles.ts'
import { type SendableProfiles } from './profiles/sendable-profiles.ts'
import { type SoundProfile } from './profiles/sound-profile.ts'
import { type Signer } from '../profiles/cms/sign-data.ts'
import { type Organisations } from './organisations/organisations.ts'
import { createAsking } from './rollouts/asking.ts'
import { createBackground } from './rollouts/background.ts'
import { createBeginning } from './rollouts/beginning.ts'
import { createConducting } from './rollouts/conducting.ts'
import { createDirectProfiles } from './rollouts/direct-profiles.ts'
import { createFollowing } from './rollouts/following.ts'
import { createHolding } from './rollouts/holding.ts'
import { createMembers } from './rollouts/members.ts'
import { createMongoPlacementStore } from './rollouts/mongo-placement-store.ts'
import { createMongoRolloutRequestStore } from './rollouts/mongo-rollout-request-store.ts'
import { createMongoRolloutStore } from './rollouts/mongo-rollout-store.ts'
import { createPace } from './rollouts/pace.ts'
import { createRehearsing } from './rollouts/rehearsing.ts'
import { createRenewing } from './rollouts/renewing.ts'
import { createRequesting } from './rollouts/requesting.ts'
import { createRolledGuide } from './rollouts/rolled-guide.ts'
import { createRolledProfile } from './rollouts/rolled-profile.ts'
import { rolloutJobs } from './rollouts/rollout-jobs.ts'
import { rolloutRoutes } from './rollouts/rollout-routes.ts'
import { createRollouts } from './rollouts/rollouts.ts'
import { createRounds } from './rollouts/rounds.ts'
import { createSecuring } from './rollouts/securing.ts'
import { createSender } from './rollouts/sender.ts'
import { createSettling } from './rollouts/settling.ts'
import { type Signals } from './rollouts/signals.ts'
import { createStarting } from './rollouts/starting.ts'
import { createStarts } from './rollouts/starts.ts'
import { type TallyStore } from './rollouts/tally-store.ts'
import { createTallying } from './rollouts/tallying.ts'
import { trialRoutes } from './rollouts/trial-routes.ts'
import { createContents } from './rollouts/versions.ts'
import { createUnassignedProfiles } from './rollouts/unassigned-profiles.ts'
import { unassignedRoutes } from './rollouts/unassigned-routes.ts'
import { type Ports } from './start.ts'

interface RolloutNeeds extends Database {
  readonly ports: Ports
  readonly log: Log
  readonly audit: Audit
  readonly approvals: Approvals
  readonly devices: Devices
  readonly bodies: Bodies
  readonly people: StandingsDeps['people']
  readonly loans: StandingsDeps['loans']
  readonly mandates: StandingsDeps['mandates']
  readonly organisations: Organisations
  readonly commands: Commands
  readonly sending: Pick<Sending, 'send' | 'rehearse'>
  readonly tallies: TallyStore
  readonly bulkJobs: Pick<BulkJobs, 'ask' | 'find' | 'register'>
  readonly deviceEvents: DeviceEvents
  readonly profiles: Profiles
  readonly judge: Judge
  readonly sendable: SendableProfiles
  readonly soundProfile: SoundProfile
  readonly signer: (organisationId: string) => Promise<Signer>
  readonly recipient: (organisationId: string, deviceId: string) => Promise<X509Certificate | undefined>
  /** For addresses of guides from before each kept its own. */
  readonly guideKey: string
  readonly publicUrl: string
  readonly signals: Signals
  /** Milliseconds between two iPads that something is queued for. */
  readonly pauseMs: number
  /** Tells open pages. */
  readonly changed: NoteChange
}

/** What comes in a burst, such as the answers of a fleet, is looked at once. */
const gatherMs = 300

/** The part of `compose` that brings contents to iPads and keeps them there. */
export function composeRollouts(needs: RolloutNeeds) {
  const { tables, transaction, ports, audit, devices, bodies, commands, organisations, deviceEvents } = needs
  const { clock, newId } = ports
  const log = needs.log.child({ part: 'rollouts' })
  const background = createBackground(error => log.error({ err: faultOf(error) }, 'roll-out waits'))

  const assignments = createMongoAssignmentStore(tables)
  const labelStore = createMongoLabelStore(tables)
  const rolloutStore = createMongoRolloutStore(tables)
  const placements = createMongoPlacementStore(tables)
  const labels = createLabels({ labels: labelStore, devices, audit, transaction })
  const standings = createStandings({ ...needs, labels: labelStore, clock })
  const guides = createGuides({
    guides: createMongoGuideStore(tables),
    addressKey: needs.guideKey,
    publicUrl: needs.publicUrl,
    randomBytes: ports.randomBytes,
    audit,
    transaction,
    clock,
    newId,
  })
  const contents = createContents([
    createRolledGuide({ guides }),
    createRolledProfile({ ...needs, clock, randomBytes: ports.randomBytes }),
  ])

  const appSets = createAppSets({
    sets: createMongoAppSetStore(tables),
    bodies,
    devices,
    audit,
    transaction,
    clock,
    newId,
  })
  const ipadApps = createIpadApps({ appSets, standings, devices, sending: needs.sending })
  const unassignedProfiles = createUnassignedProfiles({ devices, placements, sending: needs.sending })
  const appDriftCount = createDriftCount({ appSets, ipadApps, clock })
  const puttingAllRight = createPuttingAllRight({
    ipadApps,
    jobs: needs.bulkJobs,
    organisations,
    sending: needs.sending,
  })
  needs.bulkJobs.register(puttingAllRight.work)

  const eligibilities = createEligibilities({
    devices,
    loans: needs.loans,
    organisations,
    secured: createSecuring({ placements, contents }),
    clock,
  })

  const requests = createMongoRolloutRequestStore(tables)
  const tallying = createTallying({ tallies: needs.tallies, organisations, limit: 'rolloutLimit', clock })
  const ask = createAsking({ requests, approvals: needs.approvals, transaction, clock, newId })
  const holding = createHolding({
    requests,
    approvals: needs.approvals,
    ask,
    tallying,
    organisations,
    contents,
    transaction,
    clock,
  })
  const noteFault = (error: unknown, organisationId: string) =>
    log.error({ err: faultOf(error), organisationId }, 'roll-out waits')
  const pace = createPace(needs.pauseMs)
  const sender = createSender({ placements, commands, contents, pace, clock, noteFault })
  const settling = createSettling({
    assignments,
    rollouts: rolloutStore,
    placements,
    standings,
    contents,
    sender,
    holding,
    commands,
    transaction,
    clock,
    newId,
    noteFault,
  })
  const following = createFollowing({
    placements,
    contents,
    sender,
    settling,
    clock,
    newId,
    command: (actor, id) => commands.get(actor, id),
    isStopped: async (organisationId, id) =>
      (await rolloutStore.find(organisationId, id))?.state === 'stopped',
    moved: (organisationId, rolloutId) => {
      needs.changed(organisationId, `rollout:${rolloutId}`)
      background.soon(`advance ${rolloutId}`, async () => {
        await wait(gatherMs)
        await conducting.advance(organisationId, rolloutId)
      })
    },
  })
  const conducting = createConducting({
    assignments,
    rollouts: rolloutStore,
    placements,
    settling,
    change: following.change,
    commands,
    audit,
    transaction,
    clock,
  })
  const members = createMembers({ placements, standings, settling, contents })
  const rehearsing = createRehearsing({ members, contents })
  const starting = createStarting({
    assignments,
    rollouts: rolloutStore,
    placements,
    members,
    contents,
    audit,
    transaction,
    clock,
    newId,
  })
  const inBackground = (work: () => Promise<void>) => background.run(work)
  const starts = createStarts({
    assignments,
    rollouts: rolloutStore,
    conducting,
    contents,
    devices,
    bodies,
    clock,
    newId,
  })
  const beginning = createBeginning({ starting, conducting, inBackground })
  const requesting = createRequesting({
    requests,
    approvals: needs.approvals,
    ask,
    tallying,
    rehearsing,
    beginning,
    starts,
    settling,
    inBackground,
    audit,
    transaction,
    clock,
  })
  const rollouts = createRollouts({
    assignments,
    rollouts: rolloutStore,
    placements,
    members,
    starts,
    rehearsing,
    beginning,
    requesting,
    conducting,
    settling,
    contents,
    tallying,
    holding,
    devices,
    inBackground,
    audit,
    transaction,
    clock,
    newId,
  })
  const rounds = createRounds({
    assignments,
    rollouts: rolloutStore,
    placements,
    settling,
    sender,
    conducting,
    requesting,
    signals: needs.signals,
    clock,
    followNewest: organisationId => rollouts.followNewest(organisationId),
    noteFault,
  })

  const directProfiles = createDirectProfiles({
    ...needs,
    standings,
    placements,
    contents,
    clock,
    randomBytes: ports.randomBytes,
  })
  const renewing = createRenewing({
    ...needs,
    placements,
    directProfiles,
    change: following.change,
    newId,
  })
  deviceEvents.subscribe(
    'placements',
    event => (event.kind === 'renewed' ? renewing(event) : following.beforeAnswer(event)),
    'before-answer',
  )
  deviceEvents.subscribe('roll-outs', event => following.onManagement(event))
  needs.signals.onTouched(organisationId =>
    background.soon(`settle ${organisationId}`, async () => {
      await wait(gatherMs)
      await rounds.settle(organisationId)
    }),
  )

  const devicePlugins: Plugin<void>[] = [guideFileRoutes(guides)]
  const staffPlugins: Plugin<void>[] = [
    guideRoutes(guides, rollouts),
    assignmentRoutes(rollouts),
    rolloutRoutes(rollouts),
    unassignedRoutes(unassignedProfiles),
    trialRoutes(rollouts),
    labelRoutes(labels, rollouts),
    appSetRoutes({ appSets, ipadApps, puttingAllRight, clock }),
    eligibilityRoutes(eligibilities),
  ]
  return {
    rollouts,
    guides,
    appSets,
    ipadApps,
    appDriftCount,
    puttingAllRight,
    unassignedProfiles,
    directProfiles,
    eligibilities,
    devicePlugins,
    labels,
    rounds,
    staffPlugins,
    jobs: rolloutJobs(rounds),
    /** Takes up what the last process left. */
    start: () => background.run(() => rounds.resume()),
    /** What waits for its turn is left to the next start. */
    endPace: () => pace.end(),
    idle: () => background.idle(),
  }
}
