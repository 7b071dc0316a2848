import { type AppSet, type AppSetVersion } from './app-set.ts'

export interface AppSetStore {
  find(organisationId: string, id: string): Promise<AppSet | undefined>
  /** Ended ones too, by name. */
  all(organisationId: string): Promise<AppSet[]>
  insert(set: AppSet): Promise<void>
  /** Moves the set on to its next version; false when somebody else did, or it has ended. */
  advance(organisationId: string, id: string, from: number): Promise<boolean>
  /** False when it has ended already. */
  end(organisationId: string, id: string, at: Date): Promise<boolean>
  insertVersion(version: AppSetVersion): Promise<void>
  /** Newest first. */
  versions(organisationId: string, appSetId: string): Promise<AppSetVersion[]>
  findVersion(organisationId: string, appSetId: string, number: number): Promise<AppSetVersion | undefined>
}
