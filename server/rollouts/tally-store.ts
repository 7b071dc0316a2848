import { type Tally } from './tally.ts'

export interface TallyStore {
  find(organisationId: string, whose: string): Promise<Tally | undefined>
  /** @throws {DomainError} conflict `stale` when the stored one is not the version before this */
  save(tally: Tally): Promise<void>
}
