import { type Decision, type SecurityPolicy } from './policy.ts'

export interface PolicyStore {
  find(organisationId: string, id: string): Promise<SecurityPolicy | undefined>
  /** Newest first. */
  all(organisationId: string): Promise<SecurityPolicy[]>
  /** The approved one with the greatest number. */
  newestApproved(organisationId: string): Promise<SecurityPolicy | undefined>
  latest(organisationId: string): Promise<SecurityPolicy | undefined>
  /** @throws {DomainError} conflict `stale` when the organisation has a policy with this number */
  insert(policy: SecurityPolicy): Promise<void>
  /** False when it has been approved meanwhile. */
  approve(organisationId: string, id: string, approval: Decision): Promise<boolean>
}
