import { placeOfOrder, placeText, placeWithin, readTimePlace } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type AuditFilter, type AuditReader, type ListedEvent } from './audit.ts'

/** The orders of the log: by time, the newest or the oldest first. */
export const auditSorts = ['-at', 'at'] as const

export interface AuditWanted extends AuditFilter {
  readonly limit: number
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly sort?: (typeof auditSorts)[number] | undefined
}

/**
 * One page of the log of an organisation.
 * @throws {DomainError} invalid `bad-cursor`
 */
export async function auditPageOf(
  audit: AuditReader,
  organisationId: string,
  { limit, after, sort = '-at', ...filter }: AuditWanted,
): Promise<Page<ListedEvent>> {
  const beyond = after === undefined ? undefined : readTimePlace(placeWithin(sort, after))
  const wanted = { ...filter, beyond, oldestFirst: sort === 'at', limit: limit + 1 }
  return pageOf(await audit.list(organisationId, wanted), limit, ({ at, id }) =>
    placeOfOrder(sort, placeText(at, id)),
  )
}
