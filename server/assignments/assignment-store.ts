import { type Assignment } from './assignment.ts'
import { type ContentRef } from './content.ts'

export interface AssignmentStore {
  find(organisationId: string, id: string): Promise<Assignment | undefined>
  /** Those that stand, oldest first. */
  active(organisationId: string): Promise<Assignment[]>
  /** Also ended ones, newest first. */
  ofContent(organisationId: string, content: ContentRef): Promise<Assignment[]>
  /** @throws {DomainError} conflict `assigned-already` when one with the same content and target stands */
  insert(assignment: Assignment): Promise<void>
  /** @throws {DomainError} conflict `stale` when the stored one is not the version before this */
  save(assignment: Assignment): Promise<void>
  /** The organisations that have assignments which stand. */
  organisationIds(): Promise<string[]>
}
