import { DomainError } from '../domain-error.ts'
import { type Reason } from '../reason.ts'
import { type Actor, type Asker } from '../staff/actor.ts'

/** One deed on many things, item by item, with what came of each. Never deleted. */
export interface BulkJob {
  readonly id: string
  readonly organisationId: string
  /** Who does the items, e.g. `devices.move`: a slice registers it. */
  readonly work: string
  /** Words for the deed, where a work has several: `restart`, `retired`. */
  readonly variant: string
  /** What the work needs besides the items. Nothing secret. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly askedBy: Asker
  readonly state: BulkJobState
  /** The request that a second person decides. */
  readonly approval?: { readonly id: string; readonly kind: string }
  readonly counts: BulkCounts
  readonly createdAt: Date
  readonly startedAt?: Date
  readonly finishedAt?: Date
  /** Who ended it before its time, and what they said. */
  readonly endedBy?: string
  readonly note?: string
  /** The job whose items this one takes back, and the job that takes back this one's. */
  readonly undoes?: string
  readonly undoneBy?: string
  /** When what came of each item was removed; the counts stay. */
  readonly itemsRemovedAt?: Date
}

/** Days that what came of each item is kept, from when the job was asked for. */
export const itemsKeptDays = 90

interface BulkCounts {
  readonly total: number
  readonly done: number
  /** What the rules or the thing itself stood against. */
  readonly refused: number
  /** Faults of ours. */
  readonly failed: number
}

/** `preparing`: its items are being written down. `waiting`: for a second person. */
export const bulkJobStates = ['preparing', 'waiting', 'running', 'done', 'cancelled', 'refused'] as const
export type BulkJobState = (typeof bulkJobStates)[number]

const bulkJobMoves = {
  preparing: ['waiting', 'running', 'cancelled'],
  waiting: ['running', 'refused', 'cancelled'],
  running: ['done', 'cancelled'],
  done: [],
  cancelled: [],
  refused: [],
} as const satisfies Record<BulkJobState, readonly BulkJobState[]>

export interface BulkItem {
  readonly id: string
  readonly organisationId: string
  readonly jobId: string
  /** From 1, in the order in which they are done. */
  readonly number: number
  readonly subject: BulkSubject
  readonly state: BulkItemState
  readonly reason?: Reason
  /** What was done, such as the commands that were sent; for undo also what was before. */
  readonly detail?: Readonly<Record<string, unknown>>
  readonly at?: Date
}

/** What one item is about; `label` is what people read, such as an asset tag. */
export interface BulkSubject {
  readonly kind: string
  readonly id: string
  readonly label: string
}

export const bulkItemStates = ['waiting', 'done', 'refused', 'failed', 'cancelled'] as const
export type BulkItemState = (typeof bulkItemStates)[number]

export function isEnded({ state }: Pick<BulkJob, 'state'>): boolean {
  return bulkJobMoves[state].length === 0
}

/** How many items are still to be done; 0 once the job has ended. */
export function leftOf({ state, counts }: Pick<BulkJob, 'state' | 'counts'>): number {
  if (isEnded({ state })) return 0
  return counts.total - counts.done - counts.refused - counts.failed
}

/** A job as it is shown, with how much is left. */
export function shownJob(job: BulkJob): BulkJob & { readonly left: number } {
  return { ...job, left: leftOf(job) }
}

/**
 * The job in another state.
 * @throws {DomainError} conflict `job-ended`
 */
export function movedJob(
  job: BulkJob,
  to: BulkJobState,
  fields: Partial<Pick<BulkJob, 'startedAt' | 'finishedAt' | 'endedBy' | 'note' | 'approval'>>,
): BulkJob {
  if (!(bulkJobMoves[job.state] as readonly BulkJobState[]).includes(to)) {
    throw new DomainError('conflict', 'job-ended', `This job is ${job.state} already.`)
  }
  return { ...job, ...fields, state: to }
}

/** The one in whose name the items are done. */
export function actorOfJob({ askedBy, organisationId }: Pick<BulkJob, 'askedBy' | 'organisationId'>): Actor {
  return { ...askedBy, organisationId }
}

/** A job may be undone for an hour, once, by its like. */
const undoMs = 3_600_000

export function mayBeUndone(job: BulkJob, now: Date): boolean {
  const { state, finishedAt, undoes, undoneBy, counts } = job
  const isFresh = finishedAt !== undefined && now.getTime() - finishedAt.getTime() < undoMs
  const hasEnded = state === 'done' || state === 'cancelled'
  return hasEnded && isFresh && undoes === undefined && undoneBy === undefined && counts.done > 0
}
