import { type Approval, type ApprovalState } from './approval.ts'

interface ApprovalFilter {
  readonly state?: ApprovalState
  readonly kind?: string
  readonly limit: number
  /** Only those asked for before this one. */
  readonly before?: Pick<Approval, 'requestedAt' | 'id'>
}

export interface ApprovalStore {
  /** Rejects with conflict `approval-waiting` when the same is waiting for the same subject already. */
  insert(approval: Approval): Promise<void>
  find(organisationId: string, id: string): Promise<Approval | undefined>
  findWaiting(organisationId: string, kind: string, subjectId: string): Promise<Approval | undefined>
  /** The newest first. */
  list(organisationId: string, filter: ApprovalFilter): Promise<Approval[]>
  /** Rejects with conflict `stale` when a newer version was saved. */
  save(approval: Approval): Promise<void>
  /** Requests of all organisations that had expired by `now` and that nobody decided. */
  overdue(now: Date, limit: number): Promise<Approval[]>
}
