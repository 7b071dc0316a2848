import { type Organisation } from './organisation.ts'

export interface OrganisationStore {
  find(id: string): Promise<Organisation | undefined>
  findMany(ids: readonly string[]): Promise<Organisation[]>
  /** All on this installation: the one it began with, then the others by name. */
  list(): Promise<Organisation[]>
  insert(organisation: Organisation): Promise<void>
  /** The first organisation of the installation: `fresh` when there was none, also when several starts race. */
  first(fresh: Organisation): Promise<Organisation>
  /** False when the stored one is not the version before this. */
  save(organisation: Organisation): Promise<boolean>
}
