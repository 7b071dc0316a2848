import { type LiabilityTerms } from './liability-terms.ts'

export interface TermsStore {
  find(organisationId: string, id: string): Promise<LiabilityTerms | undefined>
  /** Newest first. */
  all(organisationId: string): Promise<LiabilityTerms[]>
  latest(organisationId: string): Promise<LiabilityTerms | undefined>
  /** @throws {DomainError} conflict `stale` when the organisation has a version with this number */
  insert(terms: LiabilityTerms): Promise<void>
}
