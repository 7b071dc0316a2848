import { type Role } from './rights.ts'
import { activeMemberships, hasSecondFactor, isLocked, type StaffMember } from './staff-member.ts'

/** What a staff member may see of another; never the hash of a password, never what they are elsewhere. */
export type StaffProfile = Pick<StaffMember, 'id' | 'name' | 'email' | 'language' | 'version'> & {
  readonly roles: readonly Role[]
  /** False for somebody who no longer works here. */
  readonly active: boolean
  /** False until a password was chosen, and for somebody invited. */
  readonly hasPassword: boolean
  /** Whether more than the password is asked for. */
  readonly secondFactor: boolean
  /** Too many wrong passwords; ends by itself. */
  readonly lockedUntil?: Date
  /** Works for another organisation and has not accepted to work here too: who it is there is not told yet. */
  readonly invited: boolean
  /** Also works for another organisation: what is shared is not ours alone to change. */
  readonly shared: boolean
}

/**
 * The version of the account as one organisation may know it: of somebody who has not accepted to work there it is
 * always the first, because the true one counts what they do elsewhere.
 */
export function versionIn(organisationId: string, { memberships, version }: StaffMember): number {
  const own = memberships.find(one => one.organisationId === organisationId)
  return own?.invitedAt === undefined ? version : 1
}

/** The account as one organisation sees it. */
export function profileIn(organisationId: string, member: StaffMember, now: Date): StaffProfile {
  const { id, name, email, language, memberships, passwordHash, lockedUntil } = member
  const own = memberships.find(one => one.organisationId === organisationId)
  // Asked, and also when they have said no: who they are elsewhere stays there.
  const isStranger = own?.invitedAt !== undefined
  const invited = isStranger && own.endedAt === undefined
  return {
    id,
    name: isStranger ? email : name,
    email,
    language,
    version: versionIn(organisationId, member),
    roles: own?.roles ?? [],
    active: own !== undefined && own.endedAt === undefined && !invited,
    hasPassword: !isStranger && passwordHash !== undefined,
    secondFactor: !isStranger && hasSecondFactor(member),
    invited,
    ...(!isStranger && lockedUntil && isLocked(member, now) && { lockedUntil }),
    shared: activeMemberships(member).some(one => one.organisationId !== organisationId),
  }
}
