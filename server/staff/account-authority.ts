import { DomainError } from '../domain-error.ts'
import { type Actor } from './actor.ts'
import { rightsHeld, rightsOf, type Role } from './rights.ts'
import { activeMemberships, isAdministrator, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

/**
 * Refuses what would give one organisation's administrator another's doors: the password, the name and the second
 * factor of somebody who also works elsewhere belong to the person and to those who administer all of their
 * organisations.
 * @throws {DomainError} forbidden `account-shared`, `token-beyond`
 */
export async function needAuthorityOver(actor: Actor, member: StaffMember, staff: StaffStore): Promise<void> {
  const here = member.memberships.find(one => one.organisationId === actor.organisationId)
  mustHoldAllOf(actor, here?.roles ?? [])
  const acting = actor.kind === 'staff' ? await staff.find(actor.id) : undefined
  const holds = (organisationId: string) =>
    organisationId === actor.organisationId ||
    (acting !== undefined && isAdministrator(acting, organisationId))
  if (!activeMemberships(member).every(({ organisationId }) => holds(organisationId))) {
    const message = 'This person also works for another organisation. Only they themselves can change this.'
    throw new DomainError('forbidden', 'account-shared', message)
  }
}

/**
 * Refuses what would let a key that holds some rights of its roles come by the others, through a person whom it gives
 * them or whose doors it opens.
 * @throws {DomainError} forbidden `token-beyond`
 */
export function mustHoldAllOf(actor: Actor, roles: readonly Role[]): void {
  if (!actor.scopes) return
  const own = rightsHeld(actor)
  if (rightsOf(roles).every(right => own.includes(right))) return
  const message = 'An API key cannot give anybody more than it may do itself.'
  throw new DomainError('forbidden', 'token-beyond', message)
}
