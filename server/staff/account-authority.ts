import { DomainError } from '../domain-error.ts'
import { type Actor } from './actor.ts'
import { activeMemberships, isAdministrator, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

/**
 * Refuses what would give one organisation's administrator another's doors: the password, the name and the second
 * factor of somebody who also works elsewhere belong to the person and to those who administer all of their
 * organisations.
 * @throws {DomainError} forbidden `account-shared`
 */
export async function needAuthorityOver(actor: Actor, member: StaffMember, staff: StaffStore): Promise<void> {
  const acting = actor.kind === 'staff' ? await staff.find(actor.id) : undefined
  const holds = (organisationId: string) =>
    organisationId === actor.organisationId ||
    (acting !== undefined && isAdministrator(acting, organisationId))
  if (!activeMemberships(member).every(({ organisationId }) => holds(organisationId))) {
    const message = 'This person also works for another organisation. Only they themselves can change this.'
    throw new DomainError('forbidden', 'account-shared', message)
  }
}
