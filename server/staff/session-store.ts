import { type Session } from './session.ts'

export interface SessionStore {
  find(id: string): Promise<Session | undefined>
  insert(session: Session): Promise<void>
  /** Writes these fields and no others: two requests of one session must not undo each other. */
  change(id: string, set: Partial<Omit<Session, 'id'>>, emptied?: readonly (keyof Session)[]): Promise<void>
  /** One more proof that was begun, which counts as wrong until it was right; how many there are then. */
  countProof(id: string): Promise<number>
  /** Whether there was one. */
  delete(id: string): Promise<boolean>
  /** Those of a person in every organisation, the last used first. */
  listOf(staffId: string): Promise<Session[]>
  /** All of a person but one; says how many. */
  deleteOf(staffId: string, except?: string): Promise<number>
  /** Those of a person that still wait for a second step; says how many. */
  deleteWaiting(staffId: string): Promise<number>
  /** All of a person in one organisation; says how many. */
  deleteIn(organisationId: string, staffId: string): Promise<number>
}
