import { type Audit } from '../audit/audit.ts'
import { type Device } from '../devices/device.ts'
import { DomainError } from '../domain-error.ts'
import { orderFrom, placeOfOrder, placeText, placeWithin, readPlaceText } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type PersonalReads } from '../people/personal-reads.ts'
import { type Actor } from '../staff/actor.ts'
import { lineOf, type Line } from './case-queue.ts'
import { mayBeLocated, without, type Incident } from './incident.ts'
import { type IncidentCommands } from './incident-channel.ts'
import { kindOfIncidentSort } from './incident-order.ts'
import { type IncidentFilter, type IncidentStore } from './incident-store.ts'
import { isPending, type SentCommand } from './incident-task.ts'
import { incidentView, type IncidentView } from './incident-view.ts'
import { type Position, type PositionStore } from './position.ts'

interface IncidentReadingDeps {
  readonly incidents: IncidentStore
  readonly positions: PositionStore
  readonly devices: { get(actor: Actor, id: string): Promise<Device> }
  readonly commands: Pick<IncidentCommands, 'find'>
  readonly audit: Audit
  readonly personalReads: Pick<PersonalReads, 'caseOpened'>
}

export type IncidentQuery = Omit<IncidentFilter, 'after'> & { readonly after?: string | undefined }

/** A case as lists have it. */
export type ListedIncident = Omit<Incident, 'timeline' | 'tasks' | 'claim'> & { readonly line: Line }

export type IncidentReading = ReturnType<typeof createIncidentReading>

/** Looking at cases: the log tells who has opened which, once a day. Looking at a position is a deed of its own. */
export function createIncidentReading({
  incidents,
  positions,
  devices,
  commands,
  audit,
  personalReads,
}: IncidentReadingDeps) {
  async function get(actor: Actor, id: string): Promise<Incident> {
    const found = await incidents.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'incident', 'There is no such case.')
    return found
  }

  /** The case with everything on its way, after a deed on it. @throws {DomainError} not-found `incident` */
  async function view(actor: Actor, id: string): Promise<IncidentView> {
    const incident = await get(actor, id)
    const device = await devices.get(actor, incident.deviceId)
    const sent: SentCommand[] = []
    for (const task of incident.tasks.filter(isPending)) {
      const command = await commands.find(actor.organisationId, task.id)
      if (command) sent.push(command)
    }
    return incidentView(incident, device, sent)
  }

  return {
    view,

    /** The same for somebody who opens it to read; the log is told first. @throws {DomainError} not-found `incident` */
    async open(actor: Actor, id: string): Promise<IncidentView> {
      await get(actor, id)
      await personalReads.caseOpened(actor, id)
      return view(actor, id)
    },

    /** The newest report first or in the order of `sort`, without timelines. @throws {DomainError} invalid `bad-cursor` */
    async list(actor: Actor, { after, ...filter }: IncidentQuery): Promise<Page<ListedIncident>> {
      const order = filter.sort ?? '-reportedAt'
      const { sort } = orderFrom(order)
      const place =
        after === undefined ? undefined : readPlaceText(placeWithin(order, after), kindOfIncidentSort(sort))
      const limit = filter.limit + 1
      const rows = await incidents.list(actor.organisationId, { ...filter, after: place, limit })
      const { items, next } = pageOf(rows, filter.limit, one =>
        placeOfOrder(order, placeText(one[sort], one.number)),
      )
      return {
        items: items.map(item => ({ ...without(item, 'timeline', 'tasks', 'claim'), line: lineOf(item) })),
        next,
      }
    },

    /** The number of each of these cases that the organisation has, by id. */
    async numbersOf(actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      return incidents.numbersOf(actor.organisationId, [...new Set(ids)])
    },

    /** Whether a case is open in which the iPad may be looked for. */
    async isLookedFor(organisationId: string, deviceId: string): Promise<boolean> {
      return (await incidents.list(organisationId, { deviceId, open: true, limit: 20 })).some(mayBeLocated)
    },

    /**
     * Where the iPad was, the newest first; empty once the case is closed. Each look is in the audit log first.
     * @throws {DomainError} not-found `incident`
     */
    async positions(actor: Actor, id: string): Promise<Position[]> {
      const { number, state } = await get(actor, id)
      await audit.record(actor, {
        action: 'incidents.look-at-positions',
        on: { kind: 'incident', id },
        reason: number,
      })
      return state === 'closed' ? [] : positions.of(actor.organisationId, id)
    },
  }
}
