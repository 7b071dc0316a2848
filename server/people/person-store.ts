import { type Person } from './person.ts'
import { type WrittenPerson } from './person-input.ts'
import { type PersonQuery } from './person-search.ts'

export interface PersonStore {
  find(organisationId: string, id: string): Promise<Person | undefined>
  findMany(organisationId: string, ids: readonly string[]): Promise<Person[]>
  /** Whoever knows them; addresses in lower case. */
  findByEmails(emails: readonly string[]): Promise<Person[]>
  /** In the order of `query.sort`, by name where there is none, at most `query.limit + 1`. */
  page(organisationId: string, query: PersonQuery): Promise<Person[]>
  /** The ids of those who share a key of `doubleKeysOf`, for each key that no more than `most` share. */
  alike(organisationId: string, most: number): Promise<string[][]>
  /**
   * All known to one organisation.
   * @throws {DomainError} conflict `email-taken`
   */
  insert(...people: readonly Person[]): Promise<void>
  /**
   * The person after the change; undefined when the organisation does not know them or the stored version is another.
   * Which organisations know the person is out of its reach, and so is the protection that another one asks for.
   * @throws {DomainError} conflict `email-taken`
   */
  change(
    organisationId: string,
    id: string,
    version: number,
    change: { readonly set: WrittenPerson; readonly emptied: readonly 'phone'[] },
  ): Promise<Person | undefined>
  /**
   * From now on the organisation knows the person too; what others know stays. The phone number is kept from it until it
   * holds the person.
   */
  share(id: string, organisationId: string): Promise<void>
  /** Those of the ids that the organisation knows by their address alone. */
  newTo(organisationId: string, ids: readonly string[]): Promise<ReadonlySet<string>>
  /** The organisation knows the person no longer; whom nobody knows is gone. */
  leave(organisationId: string, id: string): Promise<void>
  /**
   * Writes on the row without changing anything that is read, so that whoever points at the person now and whoever lets
   * the person go do not both come through. False when the organisation does not know them.
   */
  hold(organisationId: string, id: string): Promise<boolean>
}
