import { type ExecutionContext } from 'ava'
import { createApprovals } from '../../../server/approvals/approvals.ts'
import { createMongoApprovalStore } from '../../../server/approvals/mongo-approval-store.ts'
import { type AuditEntry } from '../../../server/audit/audit.ts'
import { createDevices } from '../../../server/devices/devices.ts'
import { createMongoDeviceStore } from '../../../server/devices/mongo-device-store.ts'
import { type Device, type DeviceOwnership, type Management } from '../../../server/devices/device.ts'
import { createIncidentEffects } from '../../../server/incidents/incident-effects.ts'
import { type DeviceEvent } from '../../../server/device-channel/device-event.ts'
import { createIncidentReading } from '../../../server/incidents/incident-reading.ts'
import { createIncidents } from '../../../server/incidents/incidents.ts'
import { createMongoIncidentStore } from '../../../server/incidents/mongo-incident-store.ts'
import { createMongoPositionStore } from '../../../server/incidents/mongo-position-store.ts'
import { createReporting, type ReportInput } from '../../../server/incidents/reporting.ts'
import { firstSettings, type OrganisationSettings } from '../../../server/organisations/organisation.ts'
import { type Actor } from '../../../server/staff/actor.ts'
import { type Role } from '../../../server/staff/rights.ts'
import { openTestDatabase } from '../../support/database.ts'
import { channelStandIn, type Answer } from './channel-stand-in.ts'
import { loansStandIn } from './loans-stand-in.ts'

export const staff = (id: string, roles: Role[], organisationId = 'org'): Actor => ({
  kind: 'staff',
  id,
  name: id,
  organisationId,
  roles,
})
/** First line, second line and another of second line. */
export const tove = staff('tove', ['helpdesk'])
export const maja = staff('maja', ['second-line'])
export const omar = staff('omar', ['second-line'])

/**
 * The theft desk on a real database, with real iPads, approvals and incidents. The device channel and the loans are
 * stand-ins that keep what they were told; `ipad` answers for the iPad.
 */
export async function openTheftDesk(t: ExecutionContext, settings: Partial<OrganisationSettings> = {}) {
  const { tables, transaction } = await openTestDatabase(t)
  let now = new Date('2026-03-02T12:00:00Z')
  let ids = 0
  const clock = { now: () => now }
  const newId = () => `id-${String(++ids)}`
  const log: (AuditEntry & { by: string })[] = []
  const audit = {
    record: (actor: Actor, entry: AuditEntry) => Promise.resolve(void log.push({ ...entry, by: actor.id })),
  }
  const devices = createDevices({
    devices: createMongoDeviceStore(tables),
    audit,
    transaction,
    clock,
    newId,
    randomBytes: length => Buffer.alloc(length, ++ids),
  })
  const incidentStore = createMongoIncidentStore(tables)
  const positions = createMongoPositionStore(tables)
  const approvals = createApprovals({
    approvals: createMongoApprovalStore(tables),
    openersOf: () => Promise.resolve([]),
    audit,
    clock,
    newId,
    transaction,
  })
  const channel = channelStandIn(clock)
  const lending = loansStandIn()
  const faults: unknown[] = []
  const effects = createIncidentEffects({
    incidents: incidentStore,
    positions,
    devices,
    commands: channel.commands,
    clock,
    newId,
    transaction,
    noteFault: error => void faults.push(error),
  })
  const settingsOf = () => Promise.resolve({ ...firstSettings, ...settings })
  const shared = {
    incidents: incidentStore,
    devices,
    loans: lending.loans,
    effects,
    settingsOf,
    audit,
    clock,
    newId,
  }
  const reporting = createReporting({ ...shared, holdPerson: () => Promise.resolve(), transaction })
  const incidents = createIncidents({ ...shared, positions, approvals })
  const reading = createIncidentReading({
    ...shared,
    positions,
    commands: channel.commands,
    personalReads: { caseOpened: () => Promise.resolve() },
  })
  await tables.prepare()

  let serial = 0
  let events = 0
  const tell = (deviceId: string, kind: DeviceEvent['kind'], commandId?: string) =>
    effects.onDeviceEvent({
      id: `event-${String(++events)}`,
      organisationId: 'org',
      deviceId,
      at: now,
      kind,
      ...(commandId !== undefined && { commandId }),
    })

  return {
    approvals,
    channel,
    devices,
    effects,
    faults,
    incidents,
    incidentStore,
    lending,
    log,
    positions,
    reading,
    reporting,
    tell,
    later: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)),

    /** An iPad on loan, or in stock when nobody holds it. */
    async ipad({
      management = 'enrolled',
      holder = 'anna',
      ownership = 'organisation',
    }: { management?: Management; holder?: string | null; ownership?: DeviceOwnership } = {}) {
      const serialNumber = `SERIAL${String(1000 + ++serial)}`
      const device = await devices.register(tove, { serialNumber, ownership })
      if (management !== 'none') await devices.setManagement('org', device.id, 'pending')
      if (management === 'enrolled') await devices.setManagement('org', device.id, 'enrolled')
      if (holder !== null) {
        if (management !== 'enrolled') await devices.moveLifecycle(tove, device.id, 'prepared')
        await devices.moveLifecycle(tove, device.id, 'reserved')
        await devices.moveLifecycle(tove, device.id, 'on-loan')
        lending.lend(device.id, holder)
      }
      return devices.get(tove, device.id)
    },

    /** The iPad begins a new life: what was on its way ends, and it authenticates. */
    async startsOver({ id }: Pick<Device, 'id'>) {
      await devices.setManagement('org', id, 'pending')
      for (const commandId of channel.startOver()) await tell(id, 'command-finished', commandId)
      await tell(id, 'authenticated')
    },

    async enrols({ id }: Pick<Device, 'id'>) {
      await devices.setManagement('org', id, 'enrolled')
      await tell(id, 'enrolled')
    },

    stolen: (device: Pick<Device, 'id'>, changes: Partial<ReportInput> = {}) =>
      reporting.report(tove, {
        kind: 'theft',
        deviceId: device.id,
        description: 'Taken from a bag on the train',
        reportedVia: 'borrower',
        ...changes,
      }),

    /** The iPad answers the newest command of this type, and the product hears of it. */
    async answers(requestType: string, answer: Answer = {}) {
      const { id, deviceId } = channel.answer(requestType, answer)
      await tell(deviceId, 'command-finished', id)
    },

    /** What the timeline says, in order. */
    steps: async (id: string) => (await reading.view(tove, id)).timeline.map(({ what }) => what),
  }
}
