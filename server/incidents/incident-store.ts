import { type OrderPlace } from '../http/list-order.ts'
import { type Line } from './case-queue.ts'
import { type Incident, type IncidentKind, type IncidentState } from './incident.ts'
import { type IncidentSort } from './incident-order.ts'

export interface IncidentFilter {
  readonly state?: IncidentState
  readonly kind?: IncidentKind
  readonly deviceId?: string
  readonly personId?: string
  /** Only those whose number begins so. */
  readonly number?: string
  /** Only those that are not closed, or only those that are. */
  readonly open?: boolean
  readonly line?: Line
  readonly limit: number
  /** The newest report first when nothing is said. */
  readonly sort?: IncidentSort | `-${IncidentSort}` | undefined
  /** Where the page before ended. */
  readonly after?: OrderPlace | undefined
}

export interface IncidentStore {
  /** Rejects with conflict `incident-claimed` when another incident holds the claim. */
  insert(incident: Incident): Promise<void>
  find(organisationId: string, id: string): Promise<Incident | undefined>
  /** The number of each of these cases, by id. */
  numbersOf(organisationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  findByClaim(organisationId: string, claim: string): Promise<Incident | undefined>
  findByNumber(organisationId: string, number: string): Promise<Incident | undefined>
  findByTask(organisationId: string, taskId: string): Promise<Incident | undefined>
  /** In the order of `filter.sort`. */
  list(organisationId: string, filter: IncidentFilter): Promise<Incident[]>
  /** Rejects with conflict `stale` when a newer version was saved. */
  save(incident: Incident): Promise<void>
  countOfPerson(organisationId: string, personId: string): Promise<number>
  /** Every case of `from` is of `to`, as a later version; the ids of them. */
  movePerson(organisationId: string, from: string, to: string): Promise<string[]>
  /** Counts from 1 within a year; a number is never given twice, but may be left out. */
  nextCount(organisationId: string, year: number): Promise<number>
  /** Where something is still to be done with an iPad, in every organisation, by id; those behind `after`. */
  withPendingTasks(limit: number, after?: string): Promise<Pick<Incident, 'id' | 'organisationId'>[]>
}
