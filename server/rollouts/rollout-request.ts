import { targetKey } from '../assignments/assignment.ts'
import { contentKey, type ContentRef } from '../assignments/content.ts'
import { DomainError } from '../domain-error.ts'
import { askerOf, type Actor, type Asker, type Maker } from '../staff/actor.ts'
import { type NewAssignment, type NextVersion, type Removal } from './starts.ts'

/** A roll-out on so many iPads that a second person has to agree before it begins. Never deleted. */
export interface RolloutRequest {
  readonly id: string
  readonly organisationId: string
  readonly asked: Asked
  readonly content: ContentRef
  /** As the content was called then. */
  readonly name: string
  /** The version it would bring; missing when it takes the content away. */
  readonly to?: number
  /** On how many iPads something would change, when it was asked for; of `follow` as long as it waits, by now. */
  readonly count: number
  /** How many other iPads the asker had changed alone in the 24 hours before. */
  readonly lately?: number
  readonly reason: string
  /** It begins in their name. */
  readonly askedBy: Asker
  readonly askedAt: Date
  readonly state: RolloutRequestState
  readonly approvalId: string
  readonly endedAt?: Date
  /** The roll-out that it became. */
  readonly rolloutId?: string
  /** Why it could not begin when it was approved. */
  readonly fault?: { readonly code: string; readonly message: string }
  readonly version: number
}

/** What was asked for; `follow` by the product itself. Rolling back and stopping never wait for anybody, so they are not among it. */
export type Asked =
  | { readonly deed: 'assign'; readonly input: NewAssignment }
  | { readonly deed: 'version'; readonly assignmentId: string; readonly input: NextVersion }
  | { readonly deed: 'end'; readonly assignmentId: string; readonly input: Removal }
  | FollowAsked

/** What would follow by itself on so many iPads at once that the product asks. */
interface FollowAsked {
  readonly deed: 'follow'
  readonly input: { readonly content: ContentRef; readonly deviceIds: readonly string[] }
}

/** A request that begins a roll-out. */
export type Begins = Pick<RolloutRequest, 'reason' | 'to'> & { readonly asked: Exclude<Asked, FollowAsked> }

export type FollowRequest = RolloutRequest & { readonly asked: FollowAsked }

export const isFollow = (request: RolloutRequest): request is FollowRequest => request.asked.deed === 'follow'

export const rolloutRequestStates = [
  'waiting',
  'approved',
  'begun',
  'refused',
  'expired',
  'withdrawn',
  'failed',
] as const
/** `approved`: it is about to begin. `failed`: approved, but something prevented it by then. */
export type RolloutRequestState = (typeof rolloutRequestStates)[number]

/** That many iPads more than were agreed to are no reason to ask anew. */
const handful = 5

/**
 * Somebody agreed to a number of iPads; a body or label may have grown since. A tenth more, or a handful, comes and
 * goes in a day; beyond both it is no longer what they agreed to.
 * @throws {DomainError} conflict `rollout-grown`
 */
export function refuseGrown({ count: agreed }: Pick<RolloutRequest, 'count'>, willAct: number): void {
  const more = willAct - agreed
  if (more <= handful || more <= agreed / 10) return
  throw new DomainError(
    'conflict',
    'rollout-grown',
    `Approved for this many iPads: ${agreed}. By now it would change ${willAct}. Request it again.`,
  )
}

/** What it is about, so that the same is not asked for twice at a time. */
export function aboutOf(asked: Asked): string {
  switch (asked.deed) {
    case 'assign':
      return `${contentKey(asked.input.content)} ${targetKey(asked.input.target)}`
    case 'follow':
      return `follow ${contentKey(asked.input.content)}`
    case 'version':
    case 'end':
      return asked.assignmentId
  }
}

/** The request about these iPads and no others; the same object when it is already. */
export function withIpads(request: FollowRequest, deviceIds: readonly string[]): FollowRequest {
  const { asked, state } = request
  if (deviceIds.join() === asked.input.deviceIds.join()) return request
  const input = { ...asked.input, deviceIds }
  // What somebody answered, or nobody did, stands as it was read.
  const count = state === 'waiting' && deviceIds.length > 0 ? deviceIds.length : request.count
  return { ...request, asked: { ...asked, input }, count, version: request.version + 1 }
}

/** The same request with another person behind it, or nobody. */
export function behindIs(request: FollowRequest, behind: Maker | undefined): FollowRequest {
  return { ...request, askedBy: askerOf({ ...request.askedBy, behind }) }
}

/**
 * Whether its iPads stay as they are: until somebody has agreed and it has begun, after a no, when it was taken back, and
 * when nobody answered in time until it is asked anew.
 */
export function holdsBack(request: RolloutRequest): boolean {
  const { state } = request
  return (
    isFollow(request) && state !== 'begun' && state !== 'failed' && request.asked.input.deviceIds.length > 0
  )
}

/** @throws {DomainError} conflict `rollout-request-open` for one that waits or has begun */
export function mustBeOver({ state }: Pick<RolloutRequest, 'state'>): void {
  if (state !== 'waiting' && state !== 'approved' && state !== 'begun') return
  throw new DomainError(
    'conflict',
    'rollout-request-open',
    'This waits for an answer already, or has begun. There is nothing to ask again.',
  )
}

/** The one in whose name it begins. */
export function actorOfRequest({ askedBy, organisationId }: RolloutRequest): Actor {
  return { ...askedBy, organisationId }
}

/** The request when the second person has answered, or nobody has in time. The same object when it does not wait. */
export function answered(
  request: RolloutRequest,
  answer: 'approved' | 'refused' | 'expired' | 'withdrawn',
  now: Date,
): RolloutRequest {
  if (request.state !== 'waiting') return request
  return {
    ...request,
    state: answer,
    version: request.version + 1,
    ...(answer !== 'approved' && { endedAt: now }),
  }
}

/** The request that has become a roll-out, or has been carried out without one. Only for one that is approved. */
export function begunAs(request: RolloutRequest, rolloutId: string | undefined, now: Date): RolloutRequest {
  return {
    ...request,
    state: 'begun',
    endedAt: now,
    version: request.version + 1,
    ...(rolloutId !== undefined && { rolloutId }),
  }
}

/** The request that could not begin. Only for one that is approved. */
export function foundImpossible(
  request: RolloutRequest,
  { code, message }: DomainError,
  now: Date,
): RolloutRequest {
  const fault = { code, message }
  return { ...request, state: 'failed', fault, endedAt: now, version: request.version + 1 }
}
