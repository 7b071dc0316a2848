import { type FollowRequest, type RolloutRequest, type RolloutRequestState } from './rollout-request.ts'

export interface RolloutRequestQuery {
  readonly state?: RolloutRequestState | undefined
  readonly limit: number
  readonly after?: string | undefined
}

export interface RolloutRequestStore {
  find(organisationId: string, id: string): Promise<RolloutRequest | undefined>
  /** @throws {DomainError} conflict `rollout-asked-already` when one about the same waits */
  insert(request: RolloutRequest): Promise<void>
  /** @throws {DomainError} conflict `stale` when the stored one is not the version before this */
  save(request: RolloutRequest): Promise<void>
  /** Newest first; one more than `limit`. */
  page(organisationId: string, query: RolloutRequestQuery): Promise<RolloutRequest[]>
  /** The newest about something, as `aboutOf` says. */
  newestAbout(organisationId: string, about: string): Promise<RolloutRequest | undefined>
  /** Those that hold back what follows by itself, as `holdsBack` says. */
  holding(organisationId: string): Promise<FollowRequest[]>
  /** Of all organisations: those that are approved and have not begun. */
  approved(): Promise<Pick<RolloutRequest, 'organisationId' | 'id'>[]>
}

/** Where a request stands on a list; later ones are greater. */
export function placeOfRequest({ askedAt, id }: Pick<RolloutRequest, 'askedAt' | 'id'>): string {
  return `${askedAt.toISOString()} ${id}`
}
