/**
 * A message of an iPad that is not let in: answered with 400, never with 401 or 403, which would unenrol it. Not a
 * `DomainError`, whose statuses are for people.
 */
export class EnrolmentRefusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EnrolmentRefusal'
  }
}
