import { DomainError } from '../domain-error.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type RandomBytes } from '../ids.ts'
import { type Actor } from './actor.ts'
import { hashPassword, isPassword } from './password.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { afterWrongPassword, isLocked, type Membership, type StaffMember } from './staff-member.ts'
import { type Session, type StaffStore } from './staff-store.ts'

/** A working day: long enough for an evening open house, short enough for a forgotten iPad. */
const sessionHours = 12

export interface SignedIn {
  readonly member: StaffMember
  readonly membership: Membership
  readonly actor: Actor
}

export interface SignInDeps {
  readonly staff: StaffStore
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

export type SignIn = ReturnType<typeof createSignIn>

/** Signing in with a password, and knowing who a session belongs to. */
export function createSignIn({ staff, audit, clock, randomBytes }: SignInDeps) {
  // Compared with when no such account exists, so that the answer takes as long and tells nothing.
  const nobody = hashPassword(newSecret(randomBytes), randomBytes)

  /** The account; the try counts before it is judged, so that many at one moment are not one. */
  async function countTry(email: string, now: Date): Promise<StaffMember | undefined> {
    const member = await staff.findByEmail(email)
    if (!member) return undefined
    if (isLocked(member, now)) {
      throw new DomainError(
        'forbidden',
        'account-locked',
        'Too many wrong passwords. Wait a while and try again.',
      )
    }
    const counted = await staff.countTry(member, afterWrongPassword(member, now))
    return counted ? member : countTry(email, now)
  }

  async function checkPassword(email: string, password: string): Promise<StaffMember> {
    const member = await countTry(email.trim().toLowerCase(), clock.now())
    const right = await isPassword(password, member?.passwordHash ?? (await nobody))
    if (!member || !right) {
      throw new DomainError('forbidden', 'wrong-password', 'The e-mail address or the password is wrong.')
    }
    await staff.forgetTries(member.id)
    return member
  }

  return {
    /**
     * The secret of a new session, for the cookie.
     * @throws {DomainError} forbidden `wrong-password`, `account-locked` or `no-membership`
     */
    async signIn({ email, password }: { email: string; password: string }): Promise<string> {
      const member = await checkPassword(email, password)
      const first = member.memberships.at(0)
      if (!first) {
        throw new DomainError('forbidden', 'no-membership', 'This account has no organisation any more.')
      }
      const secret = newSecret(randomBytes)
      const now = clock.now()
      const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000)
      await staff.insertSession({
        id: hashOfSecret(secret),
        staffId: member.id,
        organisationId: first.organisationId,
        createdAt: now,
        expiresAt,
      })
      await audit.record(actorFor(member, first), {
        action: 'staff.sign-in',
        on: { kind: 'staff', id: member.id },
      })
      return secret
    },

    /** Who holds this session now, or undefined when it is unknown, over, or its membership was taken away. */
    async whoHas(secret: string): Promise<SignedIn | undefined> {
      const session = await staff.findSession(hashOfSecret(secret))
      if (!session || clock.now() >= session.expiresAt) return undefined
      const member = await staff.find(session.staffId)
      const membership = member?.memberships.find(one => one.organisationId === session.organisationId)
      return member && membership && { member, membership, actor: actorFor(member, membership) }
    },

    async signOut(secret: string): Promise<void> {
      await staff.deleteSession(hashOfSecret(secret))
    },

    /**
     * Works in another of one's organisations from now on.
     * @throws {DomainError} forbidden `no-membership`
     */
    async workIn(secret: string, organisationId: string): Promise<void> {
      const session = await staff.findSession(hashOfSecret(secret))
      const member = session && (await staff.find(session.staffId))
      if (!session || !member?.memberships.some(one => one.organisationId === organisationId)) {
        throw new DomainError('forbidden', 'no-membership', 'You do not work for that organisation.')
      }
      await staff.saveSession({ ...session, organisationId } satisfies Session)
    },
  }
}

function actorFor(member: StaffMember, { organisationId, roles }: Membership): Actor {
  return { kind: 'staff', id: member.id, name: member.name, organisationId, roles }
}
