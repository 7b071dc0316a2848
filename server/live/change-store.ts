import { type Subject } from './change.ts'

/** What one process saw change in one organisation within a moment. */
export interface Batch {
  readonly id: string
  readonly organisationId: string
  readonly at: Date
  /** The process that saw it. */
  readonly from: string
  readonly subjects: readonly Subject[]
}

/** Changes that processes on one database send each other; a batch is removed after a minute. */
export interface ChangeStore {
  add(batch: Batch): Promise<void>
  /** Of every organisation: one look for all that this process serves. */
  since(at: Date, limit: number): Promise<Batch[]>
}
