import { type Body } from './body.ts'

export interface BodyStore {
  find(organisationId: string, id: string): Promise<Body | undefined>
  /** All of the organisation, by name in Swedish order; they are few. */
  all(organisationId: string): Promise<Body[]>
  /** @throws {DomainError} conflict `body-exists` */
  insert(body: Body): Promise<void>
  /**
   * False when the stored one is not the version before this.
   * @throws {DomainError} conflict `body-exists`
   */
  save(body: Body): Promise<boolean>
}
