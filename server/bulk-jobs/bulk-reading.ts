import { DomainError } from '../domain-error.ts'
import {
  badCursor,
  orderFrom,
  placeOfOrder,
  placeText,
  placeWithin,
  readPlaceText,
} from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type Actor } from '../staff/actor.ts'
import { type BulkItem, type BulkItemState, type BulkJob, type BulkJobState } from './bulk-job.ts'
import { type BulkJobSort } from './bulk-job-order.ts'
import { type BulkJobStore } from './bulk-job-store.ts'

export interface BulkJobQuery {
  readonly state?: BulkJobState
  readonly sort?: BulkJobSort | `-${BulkJobSort}`
  readonly limit: number
  readonly after?: string
}

export interface BulkItemQuery {
  readonly state?: BulkItemState
  readonly limit: number
  readonly after?: string
}

/** Looking at jobs and at what came of their items. */
export function createBulkReading(jobs: Pick<BulkJobStore, 'find' | 'list' | 'items'>) {
  /** @throws {DomainError} not-found `job-unknown` */
  async function get(actor: Actor, id: string): Promise<BulkJob> {
    return (await jobs.find(actor.organisationId, id)) ?? unknownJob()
  }

  return {
    get,

    /** The job that was asked for under this id before, if it was. */
    find: (actor: Actor, id: string): Promise<BulkJob | undefined> => jobs.find(actor.organisationId, id),

    /** The newest first, or in the order of `sort`. @throws {DomainError} invalid `bad-cursor` */
    async list(
      actor: Actor,
      { after, sort: wanted = '-createdAt', limit, ...filter }: BulkJobQuery,
    ): Promise<Page<BulkJob>> {
      const { sort } = orderFrom(wanted)
      const place = after === undefined ? undefined : readPlaceText(placeWithin(wanted, after), 'time')
      const page = { ...filter, sort: wanted, limit: limit + 1, after: place }
      const found = await jobs.list(actor.organisationId, page)
      return pageOf(found, limit, one => placeOfOrder(wanted, placeText(one[sort], one.id)))
    },

    /** What came of each, in their order. @throws {DomainError} not-found `job-unknown`; invalid `bad-cursor` */
    async items(actor: Actor, id: string, { after, ...query }: BulkItemQuery): Promise<Page<BulkItem>> {
      const { organisationId } = await get(actor, id)
      const place = after === undefined ? {} : { after: readNumber(after) }
      const found = await jobs.items(organisationId, id, { ...query, limit: query.limit + 1, ...place })
      return pageOf(found, query.limit, ({ number }) => String(number))
    },
  }
}

export function unknownJob(): never {
  throw new DomainError('not-found', 'job-unknown', 'There is no such job.')
}

function readNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : badCursor()
}
