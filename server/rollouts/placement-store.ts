import { type ContentRef } from '../assignments/content.ts'
import { placeText } from '../http/list-order.ts'
import { type Placement, type PlacementState } from './placement.ts'
import { type Progress, type Rollout } from './rollout.ts'

export interface PlacementQuery {
  /** Those that a roll-out has brought or is to bring. */
  readonly rolloutId?: string | undefined
  readonly content?: ContentRef | undefined
  readonly deviceId?: string | undefined
  /** `waiting`: its wave has not come. */
  readonly state?: PlacementState | 'waiting' | undefined
  /** 1–200. */
  readonly limit: number
  /** Where the page before ended, as `placeOfPlacement` gave it. */
  readonly after?: string | undefined
}

export interface PlacementStore {
  find(organisationId: string, id: string): Promise<Placement | undefined>
  ofDevices(organisationId: string, deviceIds: readonly string[]): Promise<Placement[]>
  byCommand(organisationId: string, commandId: string): Promise<Placement | undefined>
  /** @throws {DomainError} conflict `stale` when one of the iPads has got one meanwhile */
  insert(...placements: readonly Placement[]): Promise<void>
  /** @throws {DomainError} conflict `stale` when the stored one is not the version before this */
  save(placement: Placement): Promise<void>
  /** False when it has changed since. */
  forget(placement: Placement): Promise<boolean>
  /** Puts the iPads in a wave of a roll-out that is to come; those without a placement are left out. */
  plan(
    organisationId: string,
    placementIds: readonly string[],
    next: { readonly rolloutId: string; readonly wave: number },
  ): Promise<void>
  /** Notes that the command is in the queue. False when the placement wants another one by now. */
  queued(placement: Placement): Promise<boolean>
  /** Notes that the question what is there is in the queue, or is answered by that of another placement. */
  asked(placement: Placement): Promise<void>
  /**
   * What is still to be queued, and what may be asked at `now`, of all organisations, last changed before `before`; up to
   * `limit` of each, so that what waits for its time holds up nothing else.
   */
  unfinished(at: { readonly before: Date; readonly now: Date }, limit: number): Promise<Placement[]>
  /** @param silentBefore what was acknowledged before this and not heard of since is silent */
  progress(rollout: Pick<Rollout, 'organisationId' | 'id' | 'wave'>, silentBefore: Date): Promise<Progress>
  figuresOf(organisationId: string, content: ContentRef): Promise<Progress['figures']>
  /** On how many iPads it is, or may be, or is to be. */
  onIpads(organisationId: string, content: ContentRef): Promise<number>
  /** How many iPads want each version of a content, and how many have proved it. */
  byVersion(
    organisationId: string,
    content: ContentRef,
  ): Promise<{ readonly number: number; readonly of: number; readonly proven: number }[]>
  /** Those that stay where nothing assigns them, for the iPad would be stranded without. */
  kept(organisationId: string, limit: number): Promise<Placement[]>
  /** Profiles that are not as they were proven, or were sent again for that since `since`; the last changed first. */
  strayed(organisationId: string, since: Date, limit: number): Promise<Placement[]>
  /** By tag; one more than `limit`. */
  page(organisationId: string, query: PlacementQuery): Promise<Placement[]>
}

/** The place of a placement on a list. */
export function placeOfPlacement({ tag, id }: Pick<Placement, 'tag' | 'id'>): string {
  return placeText(tag, id)
}
