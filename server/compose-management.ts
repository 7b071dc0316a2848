import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Plugin } from '@hapi/hapi'
import { createApnsPusher } from '../mdm/apns-pusher.ts'
import { type Pusher } from '../mdm/push.ts'
import { type Audit } from './audit/audit.ts'
import { bulkTallyOf } from './bulk-actions/bulk-action.ts'
import { type Certificates } from './certificates/open-certificates.ts'
import { scepRoutes } from './certificates/scep-routes.ts'
import { commandJobs } from './commands/command-jobs.ts'
import { commandRoutes } from './commands/command-routes.ts'
import { createCommands } from './commands/commands.ts'
import { createInventoryRefresh } from './commands/inventory-refresh.ts'
import { createCommandTurns } from './commands/command-turns.ts'
import { createMongoCommandStore } from './commands/mongo-command-store.ts'
import { createSending, type SendingDeps } from './commands/sending.ts'
import { pushesToApple, type Config } from './config.ts'
import { type Database } from './database/database.ts'
import { createApplyingResults } from './device-channel/applying-results.ts'
import { createDeviceChannel } from './device-channel/device-channel.ts'
import { deviceChannelJobs } from './device-channel/device-channel-jobs.ts'
import { deviceChannelRoutes } from './device-channel/device-channel-routes.ts'
import { createDeviceEvents } from './device-channel/device-events.ts'
import { createMongoDeviceEventStore } from './device-channel/mongo-device-event-store.ts'
import { createSightings } from './device-channel/sightings.ts'
import { createUpkeep } from './device-channel/upkeep.ts'
import { type Devices } from './devices/devices.ts'
import { createEnrolling } from './enrolment/enrolling.ts'
import { enrolmentLinkRoutes, enrolmentProfileRoutes } from './enrolment/enrolment-routes.ts'
import { createEnrolments } from './enrolment/enrolments.ts'
import { createMongoEnrolmentLinkStore } from './enrolment/mongo-enrolment-link-store.ts'
import { createMongoEnrolmentStore } from './enrolment/mongo-enrolment-store.ts'
import { createMongoScepChallengeStore } from './enrolment/mongo-scep-challenge-store.ts'
import { faultOf } from './fault.ts'
import { type PartHealth } from './http/health-routes.ts'
import { tellingCommands, type NoteChange } from './live/telling-stores.ts'
import { type Log } from './log.ts'
import { type Organisations } from './organisations/organisations.ts'
import { createCurrentPusher } from './push/current-pusher.ts'
import { createMongoPushCertificateStore } from './push/mongo-push-certificate-store.ts'
import { pushCertificateRoutes } from './push/push-certificate-routes.ts'
import { createPushCertificates, type PushIdentity } from './push/push-certificates.ts'
import { pushJobs } from './push/push-jobs.ts'
import { createPushQueue } from './push/push-queue.ts'
import { type TallyStore } from './rollouts/tally-store.ts'
import { createTallying } from './rollouts/tallying.ts'
import { type Ports } from './start.ts'

interface ManagementNeeds extends Database {
  readonly config: Config
  readonly publicUrl: string
  readonly ports: Ports
  readonly log: Log
  readonly certificates: Certificates
  readonly audit: Audit
  readonly devices: Devices
  readonly organisations: Organisations
  /** Told of each push: what the push service said. */
  readonly pushed: (outcome: string) => void
  readonly isLookedFor: SendingDeps['isLookedFor']
  readonly tallies: TallyStore
  readonly directProfiles: SendingDeps['directProfiles']
  readonly changed: NoteChange
}

/** The part of `compose` that speaks with iPads and Apple: enrolment, commands, pushes. */
export function composeManagement(needs: ManagementNeeds) {
  const { config, publicUrl, ports, certificates, tables, transaction, audit, devices, organisations } = needs
  const { clock, newId, randomBytes } = ports
  const log = needs.log.child({ part: 'management' })

  const enrolmentStore = createMongoEnrolmentStore(tables)
  const commandStore = tellingCommands(createMongoCommandStore(tables, certificates), needs.changed)
  const challenges = createMongoScepChallengeStore(tables)

  const events = createDeviceEvents({
    store: createMongoDeviceEventStore(tables),
    audit,
    clock,
    newId,
    noteFault: (error, event, subscriber) =>
      log.error({ event: event.id, kind: event.kind, subscriber, err: faultOf(error) }, 'reaction failed'),
  })

  const toApple = pushesToApple(config)
  const makePusher = async ({ certificate, key, topic }: PushIdentity): Promise<Pusher> =>
    createApnsPusher({
      certificate,
      key,
      topic,
      host: config.apns.host,
      port: config.apns.port,
      authority: await pushAuthority(),
      inFlight: 500,
      answerTimeoutMs: 5000,
      now: () => clock.now(),
      newId,
      random: () => (randomBytes(1)[0] ?? 0) / 256,
      wait: ms => wait(ms, undefined, { ref: false }),
    })
  const pushAuthority = async (): Promise<string | undefined> => {
    if (config.apns.caFile !== undefined) return readFile(config.apns.caFile, 'utf8')
    return toApple ? undefined : (await certificates.trialPush()).authority.toString()
  }

  const pushCertificates = createPushCertificates({
    store: createMongoPushCertificateStore(tables),
    trial: async () => (await certificates.trialPush()).push,
    secrets: certificates,
    topics: () => enrolmentStore.topics(),
    tryOut: async identity => (await makePusher(identity)).close(),
    changed: () => pusher.forget(),
    toApple,
    audit,
    transaction,
    clock,
  })
  const pusher = createCurrentPusher({
    identity: () => pushCertificates.identity(),
    mode: ({ origin }) => (toApple && origin === 'trial' ? 'off' : 'push'),
    make: makePusher,
    clock,
  })
  const counted = (using: Awaited<ReturnType<typeof pusher.get>>): typeof using =>
    using && {
      ...using,
      wake: async targets => {
        const outcomes = await using.wake(targets)
        for (const { kind } of outcomes.values()) needs.pushed(kind)
        return outcomes
      },
    }
  const pushQueue = createPushQueue({
    enrolments: enrolmentStore,
    pusher: async () => counted(await pusher.get()),
    pushed: (enrolmentIds, at) => commandStore.pushed(enrolmentIds, at),
    clock,
    note: what => log.warn(what, what.event),
  })
  const wake = (enrolmentIds: readonly string[]) => pushQueue.wake(enrolmentIds)

  const turns = createCommandTurns({
    commands: commandStore,
    enrolments: {
      nothingWaits: enrolment => enrolmentStore.nothingWaits(enrolment),
      unlockTokenOf: enrolment => enrolments.unlockTokenOf(enrolment),
    },
    events,
    wake,
    transaction,
  })
  const enrolments = createEnrolments({
    enrolments: enrolmentStore,
    challenges,
    devices,
    queue: turns,
    events,
    secrets: certificates,
    transaction,
    newId,
  })
  const commands = createCommands({
    commands: commandStore,
    enrolments: enrolmentStore,
    devices,
    events,
    wake,
    audit,
    transaction,
    clock,
    newId,
  })
  const refreshInventory = createInventoryRefresh({
    currentEnrolmentOf: (organisationId, deviceId) => enrolmentStore.currentOf(organisationId, deviceId),
    devices,
    commands,
    clock,
  })
  const tallyingOf = (limit: 'rolloutLimit' | 'bulkLimit') =>
    createTallying({ tallies: needs.tallies, organisations, limit, clock })
  const sending = createSending({
    commands,
    organisations,
    devices,
    audit,
    tallyings: {
      profiles: (actor, deviceId) => tallyingOf('rolloutLimit').weigh(actor, [deviceId]),
      apps: (actor, deviceId) =>
        tallyingOf('bulkLimit').weigh(actor, [deviceId], { whose: bulkTallyOf(actor) }),
    },
    isLookedFor: needs.isLookedFor,
    directProfiles: needs.directProfiles,
  })
  const enrolling = createEnrolling({
    links: createMongoEnrolmentLinkStore(tables),
    challenges,
    devices,
    organisations,
    currentEnrolmentOf: (organisationId, deviceId) => enrolmentStore.currentOf(organisationId, deviceId),
    trust: { root: certificates.root.certificate.raw, issuing: certificates.issuing.certificate.raw },
    profileSigner: certificates.profileSigner,
    pushTopic: () => pushCertificates.topic(),
    publicUrl,
    audit,
    transaction,
    clock,
    newId,
    randomBytes,
  })
  const upkeep = createUpkeep({ enrolments: enrolmentStore, commands, enrolling, clock })
  const sightings = createSightings({
    save: seen => devices.saw(seen),
    noteFault: error => log.error({ err: faultOf(error) }, 'sightings not saved'),
    everyMs: 1000,
  })
  const channel = createDeviceChannel({
    issuing: certificates.issuing.certificate,
    enrolments,
    turns,
    sightings,
    wake,
    clock,
  })

  events.subscribe(
    'apply-results',
    createApplyingResults({
      command: (actor, id) => commands.get(actor, id),
      devices,
      isAlsoAsked: command => commands.isAlsoAsked(command),
    }),
    'before-answer',
  )

  const devicePlugins: Plugin<void>[] = [
    deviceChannelRoutes(channel, what => log.info(what, what.event)),
    enrolmentProfileRoutes(enrolling),
    scepRoutes({
      certificates,
      challenges,
      renewals: enrolments,
      singleDes: config.scepSingleDes,
      clock,
      randomBytes,
      log: entry => log.info(entry, entry.event),
    }),
  ]
  const staffPlugins: Plugin<void>[] = [
    enrolmentLinkRoutes(enrolling),
    commandRoutes({ commands, sending, clock }),
    pushCertificateRoutes(pushCertificates),
  ]

  return {
    commands,
    sending,
    refreshInventory,
    enrolling,
    deviceEvents: events,
    currentEnrolmentOf: (organisationId: string, deviceId: string) =>
      enrolmentStore.currentOf(organisationId, deviceId),
    /** The identity that the iPad has proved to have, to encrypt for. */
    async certificateOf(organisationId: string, deviceId: string): Promise<X509Certificate | undefined> {
      const enrolment = await enrolmentStore.currentOf(organisationId, deviceId)
      const kept = enrolment?.certificate
      return kept === undefined ? undefined : new X509Certificate(Buffer.from(kept, 'base64'))
    },
    failedSince: (...given: Parameters<typeof commandStore.failedSince>) =>
      commandStore.failedSince(...given),
    pushCertificates,
    pushQueue,
    upkeep,
    devicePlugins,
    staffPlugins,
    jobs: [
      ...pushJobs(pushQueue),
      ...commandJobs(commands, refreshInventory),
      ...deviceChannelJobs(events, upkeep),
    ],
    health: async (): Promise<PartHealth> => ({ state: 'up', ...(await pushCertificates.status()) }),
    /** When all others have said what they react to. */
    start(): void {
      events.subscribe('let-through', event => upkeep.letThrough(event))
      sightings.start()
    },
    /** Tells and wakes in the background whom a crash has left out; each subscriber must stand by then. */
    tellAgain(): void {
      void events
        .resume('all')
        .catch((error: unknown) => log.error({ err: faultOf(error) }, 'events not told again'))
      void pushQueue
        .startOver()
        .catch((error: unknown) => log.error({ err: faultOf(error) }, 'iPads not woken at the start'))
    },
    /** After the doors have closed: what is under way is finished. */
    async stop(): Promise<void> {
      await events.idle()
      await pushQueue.idle()
      await pusher.close()
      await sightings.stop()
    },
  }
}
