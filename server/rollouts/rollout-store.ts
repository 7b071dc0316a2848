import { type ContentRef } from '../assignments/content.ts'
import { type Rollout } from './rollout.ts'

export interface RolloutQuery {
  readonly content?: ContentRef | undefined
  readonly assignmentId?: string | undefined
  /** Only those under way or stopped, or only those that are over. */
  readonly open?: boolean | undefined
  readonly limit: number
  readonly after?: string | undefined
}

export interface RolloutStore {
  find(organisationId: string, id: string): Promise<Rollout | undefined>
  findMany(organisationId: string, ids: readonly string[]): Promise<Rollout[]>
  insert(rollout: Rollout): Promise<void>
  /** @throws {DomainError} conflict `stale` when the stored one is not the version before this */
  save(rollout: Rollout): Promise<void>
  /** Newest first; one more than `limit`. */
  page(organisationId: string, query: RolloutQuery): Promise<Rollout[]>
  /** Of all organisations: those that run. */
  running(): Promise<Pick<Rollout, 'organisationId' | 'id'>[]>
  /** Of all organisations: those that are stopped. */
  stopped(): Promise<Pick<Rollout, 'organisationId' | 'id'>[]>
}

/** Where a roll-out stands on a list; later ones are greater. */
export function placeOfRollout({ startedAt, id }: Pick<Rollout, 'startedAt' | 'id'>): string {
  return `${startedAt.toISOString()} ${id}`
}
