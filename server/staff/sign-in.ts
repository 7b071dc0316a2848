import { DomainError } from '../domain-error.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type RandomBytes } from '../ids.ts'
import { type Actor } from './actor.ts'
import { hashPassword, isPassword } from './password.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { cameFromNowhere, endOf, isLongUnseen, type CameFrom, type Session } from './session.ts'
import { type SessionStore } from './session-store.ts'
import {
  activeIn,
  activeMemberships,
  afterWrongPassword,
  isLocked,
  type Membership,
  type StaffMember,
} from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

export interface SignedIn {
  readonly member: StaffMember
  readonly membership: Membership
  readonly actor: Actor
  readonly session: Session
}

export interface SignInDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

export type SignIn = ReturnType<typeof createSignIn>

/** Signing in with a password, and knowing who a session belongs to. */
export function createSignIn({ staff, sessions, audit, clock, randomBytes }: SignInDeps) {
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

  /**
   * The account that this password opens; a wrong one counts.
   * @throws {DomainError} forbidden `wrong-password` or `account-locked`
   */
  async function checkPassword(email: string, password: string): Promise<StaffMember> {
    const member = await countTry(email.trim().toLowerCase(), clock.now())
    const right = await isPassword(password, member?.passwordHash ?? (await nobody))
    if (!member?.passwordHash || !right) {
      throw new DomainError('forbidden', 'wrong-password', 'The e-mail address or the password is wrong.')
    }
    await staff.forgetTries(member.id)
    return member
  }

  return {
    checkPassword,

    /**
     * The secret of a new session, for the cookie.
     * @throws {DomainError} forbidden `wrong-password`, `account-locked` or `no-membership`
     */
    async signIn(
      { email, password }: { email: string; password: string },
      from: CameFrom = cameFromNowhere,
    ): Promise<string> {
      const member = await checkPassword(email, password)
      const first = activeMemberships(member).at(0)
      if (!first) {
        throw new DomainError('forbidden', 'no-membership', 'This account has no organisation any more.')
      }
      const secret = newSecret(randomBytes)
      const now = clock.now()
      await sessions.insert({
        id: hashOfSecret(secret),
        staffId: member.id,
        organisationId: first.organisationId,
        createdAt: now,
        lastSeenAt: now,
        confirmedAt: now,
        expiresAt: endOf({}, now),
        methods: ['password'],
        ...from,
      })
      await audit.record(actorFor(member, first), {
        action: 'staff.sign-in',
        on: { kind: 'staff', id: member.id },
      })
      return secret
    },

    /** Who holds this session now, or undefined when it is unknown, over, or its membership was taken away. */
    async whoHas(secret: string): Promise<SignedIn | undefined> {
      const session = await sessions.find(hashOfSecret(secret))
      const now = clock.now()
      if (!session || now >= session.expiresAt || session.waitsFor !== undefined) return undefined
      const member = await staff.find(session.staffId)
      const membership = member && activeIn(member, session.organisationId)
      if (!membership) return undefined
      if (isLongUnseen(session, now)) await sessions.save({ ...session, lastSeenAt: now })
      return { member, membership, session, actor: actorFor(member, membership) }
    },

    async signOut(secret: string): Promise<void> {
      await sessions.delete(hashOfSecret(secret))
    },

    /**
     * Works in another of one's organisations from now on.
     * @throws {DomainError} forbidden `no-membership`
     */
    async workIn(secret: string, organisationId: string): Promise<void> {
      const session = await sessions.find(hashOfSecret(secret))
      const member = session && (await staff.find(session.staffId))
      if (!session || !member || !activeIn(member, organisationId)) {
        throw new DomainError('forbidden', 'no-membership', 'You do not work for that organisation.')
      }
      await sessions.save({ ...session, organisationId })
    },
  }
}

/** The person as the one who acts in an organisation. */
export function actorFor({ id, name }: StaffMember, { organisationId, roles }: Membership): Actor {
  return { kind: 'staff', id, name, organisationId, roles }
}
