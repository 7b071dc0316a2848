import { type Actor } from '../staff/actor.ts'

/** One thing that happened, never changed afterwards. `before` and `after` hold no secrets. */
export interface AuditEvent {
  readonly id: string
  readonly organisationId: string
  readonly at: Date
  /** As they were called then; for a token also who made it. */
  readonly actor: Pick<Actor, 'kind' | 'id' | 'name' | 'behind'>
  /** Slice and deed, e.g. `loans.sign`, `incidents.report`, `wipe.approve`. */
  readonly action: string
  readonly on: { readonly kind: string; readonly id: string }
  readonly reason?: string
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
}

/** What a use case tells the log; who, where and when are added by the log. */
export type AuditEntry = Pick<AuditEvent, 'action' | 'on' | 'reason' | 'before' | 'after'>

/** Writing to the log. Called inside the transaction of the change, so that neither stands without the other. */
export interface Audit {
  record(actor: Actor, entry: AuditEntry): Promise<void>
}

/** Reading the log. */
export interface AuditReader {
  /**
   * The newest events first, older than `before` when given. What one transaction did carries one time: `beforeId`
   * begins in the middle of it.
   */
  list(
    organisationId: string,
    page: { limit: number; before?: Date; beforeId?: string },
  ): Promise<AuditEvent[]>
  /** What happened to one thing, newest first. */
  about(organisationId: string, on: AuditEvent['on']): Promise<AuditEvent[]>
}
