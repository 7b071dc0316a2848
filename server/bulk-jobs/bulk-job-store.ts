import { type OrderPlace } from '../http/list-order.ts'
import { type BulkJobSort } from './bulk-job-order.ts'
import { type BulkItem, type BulkItemState, type BulkJob, type BulkJobState } from './bulk-job.ts'

interface BulkJobPage {
  readonly state?: BulkJobState
  readonly sort: BulkJobSort | `-${BulkJobSort}`
  readonly limit: number
  readonly after?: OrderPlace | undefined
}

interface BulkItemPage {
  readonly state?: BulkItemState
  readonly limit: number
  /** Only those behind this number. */
  readonly after?: number
}

export interface BulkJobStore {
  /** False when there is one with this id. */
  insert(job: BulkJob): Promise<boolean>
  find(organisationId: string, id: string): Promise<BulkJob | undefined>
  list(organisationId: string, page: BulkJobPage): Promise<BulkJob[]>
  /** False when the stored one is not in the state `from` any more. Counts are left alone. */
  move(job: BulkJob, from: BulkJobState): Promise<boolean>
  /** Writes down that `by` takes back what `id` did; false when another has done so. */
  markUndone(organisationId: string, id: string, by: string): Promise<boolean>
  addItems(items: readonly BulkItem[]): Promise<void>
  items(organisationId: string, jobId: string, page: BulkItemPage): Promise<BulkItem[]>
  /** The end of one item, not counted yet; one that has ended already is left. */
  endItem(item: BulkItem): Promise<void>
  /** Adds the items that have ended since to the counts of their job. Inside a transaction. */
  countEnded(organisationId: string, jobId: string): Promise<void>
  cancelItems(organisationId: string, jobId: string): Promise<void>
  /** Takes a running job until `until`, unless another instance has it; then undefined. */
  claim(organisationId: string, id: string, lease: Lease): Promise<BulkJob | undefined>
  /** Holds it longer; false when it is lost or not running any more. */
  renew(organisationId: string, id: string, lease: Omit<Lease, 'now'>): Promise<boolean>
  release(organisationId: string, id: string, token: string): Promise<void>
  /** Running jobs of all organisations that nobody holds. */
  abandoned(now: Date, limit: number): Promise<Pick<BulkJob, 'id' | 'organisationId'>[]>
  /** Ended jobs of all organisations that were asked for before `time` and have items yet, the oldest first. */
  withOldItems(time: Date, limit: number): Promise<Pick<BulkJob, 'id' | 'organisationId'>[]>
  /** Removes the items of a job and writes down when; answers how many there were. Inside a transaction. */
  removeItems(organisationId: string, jobId: string, at: Date): Promise<number>
  /** Jobs of all organisations whose items were never written down to the end. */
  unfinishedBefore(time: Date, limit: number): Promise<BulkJob[]>
}

interface Lease {
  readonly token: string
  readonly now: Date
  readonly until: Date
}
