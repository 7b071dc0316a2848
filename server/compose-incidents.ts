import { type Plugin } from '@hapi/hapi'
import { type Approvals } from './approvals/approvals.ts'
import { type Audit } from './audit/audit.ts'
import { type Commands } from './commands/commands.ts'
import { type Database } from './database/database.ts'
import { type DeviceEvents } from './device-channel/device-events.ts'
import { type Devices } from './devices/devices.ts'
import { tellingIncidents, type NoteChange } from './live/telling-stores.ts'
import { createCommandChannel, type CommandChannelDeps } from './incidents/command-channel.ts'
import { createFindLoan } from './incidents/find-loan.ts'
import { createIncidentEffects } from './incidents/incident-effects.ts'
import { incidentJobs } from './incidents/incident-jobs.ts'
import { createIncidentReading } from './incidents/incident-reading.ts'
import { incidentRoutes } from './incidents/incident-routes.ts'
import { createIncidents } from './incidents/incidents.ts'
import { createMongoIncidentStore } from './incidents/mongo-incident-store.ts'
import { createMongoPositionStore } from './incidents/mongo-position-store.ts'
import { createReporting } from './incidents/reporting.ts'
import { type Loans } from './loans/loans.ts'
import { type Log } from './log.ts'
import { type Organisations } from './organisations/organisations.ts'
import { type PointsAtPeople } from './people/merge.ts'
import { type People } from './people/people.ts'
import { type PersonalReads } from './people/personal-reads.ts'
import { type Ports } from './start.ts'

interface IncidentNeeds extends Database {
  readonly ports: Ports
  readonly log: Log
  readonly audit: Audit
  readonly approvals: Approvals
  readonly changed: NoteChange
  readonly organisations: Organisations
  readonly devices: Devices
  readonly people: People
  readonly personalReads: PersonalReads
  readonly loans: Loans
  readonly commands: Commands
  readonly currentEnrolmentOf: CommandChannelDeps['currentEnrolmentOf']
  readonly deviceEvents: DeviceEvents
}

/** The part of `compose` for what goes wrong with iPads. */
export function composeIncidents(needs: IncidentNeeds) {
  const { tables, transaction, ports, log, audit, approvals, organisations, devices, people, loans } = needs
  const { deviceEvents } = needs
  const { clock, newId } = ports
  const incidentStore = tellingIncidents(createMongoIncidentStore(tables), needs.changed)
  const positions = createMongoPositionStore(tables)
  const commands = createCommandChannel(needs)
  const effects = createIncidentEffects({
    incidents: incidentStore,
    positions,
    devices,
    commands,
    clock,
    newId,
    transaction,
    noteFault: (error, incident) =>
      log.error({ incident, error: error instanceof Error ? error.name : 'unknown' }, 'incident waits'),
  })
  const settingsOf = async (organisationId: string) => (await organisations.byId(organisationId)).settings
  const shared = { incidents: incidentStore, devices, loans, effects, settingsOf, audit, clock, newId }
  const reporting = createReporting({ ...shared, holdPerson: people.hold, transaction })
  const incidents = createIncidents({ ...shared, positions, approvals })
  const reading = createIncidentReading({
    ...shared,
    positions,
    commands,
    personalReads: needs.personalReads,
  })
  const findLoan = createFindLoan({ incidents: incidentStore, devices, people, loans })

  deviceEvents.subscribe('incidents', event => effects.onDeviceEvent(event))

  const staffPlugins: Plugin<void>[] = [incidentRoutes({ reporting, incidents, reading, findLoan })]
  const pointer: PointsAtPeople = {
    kind: 'incidents',
    count: (organisationId, personId) => incidentStore.countOfPerson(organisationId, personId),
    move: ({ organisationId }, from, to) => incidentStore.movePerson(organisationId, from, to),
  }
  return {
    pointer,
    reporting,
    incidents,
    reading,
    findLoan,
    staffPlugins,
    jobs: incidentJobs(effects),
    /** Takes up what the last process left undone, before anybody asks for anything. */
    start: () => effects.resume(),
  }
}
