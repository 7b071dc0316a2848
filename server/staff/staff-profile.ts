import { type Role } from './rights.ts'
import { activeMemberships, hasSecondFactor, isLocked, type StaffMember } from './staff-member.ts'

/** What a staff member may see of another; never the hash of a password, never what they are elsewhere. */
export type StaffProfile = Pick<StaffMember, 'id' | 'name' | 'email' | 'language' | 'version'> & {
  readonly roles: readonly Role[]
  /** False for somebody who no longer works here. */
  readonly active: boolean
  /** False until a password was chosen. */
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

/** The account as one organisation sees it. */
export function profileIn(organisationId: string, member: StaffMember, now: Date): StaffProfile {
  const { id, name, email, language, version, memberships, passwordHash, lockedUntil } = member
  const own = memberships.find(one => one.organisationId === organisationId)
  const invited = own?.invitedAt !== undefined && own.endedAt === undefined
  return {
    id,
    name: invited ? email : name,
    email,
    language,
    version,
    roles: own?.roles ?? [],
    active: own !== undefined && own.endedAt === undefined && !invited,
    hasPassword: passwordHash !== undefined,
    secondFactor: !invited && hasSecondFactor(member),
    invited,
    ...(!invited && lockedUntil && isLocked(member, now) && { lockedUntil }),
    shared: activeMemberships(member).some(one => one.organisationId !== organisationId),
  }
}
