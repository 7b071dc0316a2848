import { type Mandate } from './mandate.ts'

export interface MandateFilter {
  readonly personId?: string | undefined
  readonly personIds?: readonly string[] | undefined
  readonly bodyId?: string | undefined
  /** Those that hold this day, `YYYY-MM-DD`. */
  readonly on?: string | undefined
}

export interface MandateStore {
  find(organisationId: string, id: string): Promise<Mandate | undefined>
  /** By first day, then id. */
  list(organisationId: string, filter: MandateFilter): Promise<Mandate[]>
  insert(...mandates: readonly Mandate[]): Promise<void>
  /** False when the stored one is not the version before this. */
  save(mandate: Mandate): Promise<boolean>
  /** Only for a seat that has become part of another. */
  remove(organisationId: string, id: string): Promise<void>
}
