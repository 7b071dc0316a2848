import { type Transaction } from '../database/transaction.ts'
import { type Language, type Organisation } from '../organisations/organisation.ts'
import { systemActor } from './actor.ts'
import { type Passwords } from './passwords.ts'
import { guardedRoles, type Role } from './rights.ts'
import { type Staff } from './staff.ts'

interface NewOrganisationDeps {
  readonly organisations: {
    create(input: {
      name: string
      language: Language
      secondFactorFor: readonly Role[]
    }): Promise<Organisation>
  }
  readonly staff: Pick<Staff, 'add'>
  readonly passwords: Pick<Passwords, 'newLink'>
  readonly transaction: Transaction
}

interface NewOrganisation {
  readonly name: string
  readonly language: Language
  /** The first administrator. */
  readonly admin: { readonly name: string; readonly email: string }
}

/** One more organisation on an installation, with somebody who can go on from there. */
export function createNewOrganisation(deps: NewOrganisationDeps) {
  const { organisations, staff, passwords, transaction } = deps

  /**
   * The organisation and the secret of the link by which its first administrator chooses a password; no link for
   * somebody who has an account with another organisation already. Roles that wipe or administer need a second factor,
   * as where an installation is set up.
   * @throws {DomainError} invalid `organisation-invalid`
   */
  return ({ name, language, admin }: NewOrganisation) =>
    transaction(async () => {
      const made = await organisations.create({ name, language, secondFactorFor: guardedRoles })
      const actor = systemActor(made.id)
      const { id, hasPassword, shared } = await staff.add(actor, { ...admin, language, roles: ['admin'] })
      const link = hasPassword || shared ? undefined : await passwords.newLink(actor, id)
      return { organisation: made, ...(link && { link }) }
    })
}
