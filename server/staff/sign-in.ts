import { type Audit } from '../audit/audit.ts'
import { DomainError } from '../domain-error.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type RandomBytes } from '../ids.ts'
import { type Actor } from './actor.ts'
import { hashPassword, isPassword } from './password.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { cameFromNowhere, isLongUnseen, type CameFrom, type Session } from './session.ts'
import { actorFor, type Opened, type SessionOpening } from './session-opening.ts'
import { type SessionStore } from './session-store.ts'
import { activeIn, type Membership, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'
import { countTry, noteRefusedTry, uncountTry } from './tries.ts'
import { type CountUnknown } from './unknown-tries.ts'

export interface SignedIn {
  readonly member: StaffMember
  readonly membership: Membership
  readonly actor: Actor
  readonly session: Session
}

interface SignInDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly opening: SessionOpening
  readonly countUnknown: CountUnknown
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly transaction: Transaction
}

export type SignIn = ReturnType<typeof createSignIn>

/** Signing in with a password, and knowing who a session belongs to. */
export function createSignIn(deps: SignInDeps) {
  const { staff, sessions, opening, countUnknown, audit, clock, randomBytes, transaction } = deps
  // Compared with when no such account exists, so that the answer takes as long and tells nothing.
  const nobody = hashPassword(newSecret(randomBytes), randomBytes)

  /**
   * The account that this password belongs to; a wrong one counts.
   * @throws {DomainError} forbidden `wrong-password` or `account-locked`
   */
  async function checkPassword(email: string, password: string): Promise<StaffMember> {
    const address = email.trim().toLowerCase()
    const member = await countTry(() => staff.findByEmail(address), { staff, clock })
    if (!member) await countUnknown(address)
    const right = await isPassword(password, member?.passwordHash ?? (await nobody))
    if (!member?.passwordHash || !right) {
      if (member) await noteRefusedTry(member, 'password', { audit, clock })
      throw new DomainError('forbidden', 'wrong-password', 'Wrong e-mail address or password.')
    }
    await uncountTry(member, staff)
    return member
  }

  async function begin(
    { email, password }: { email: string; password: string },
    from: CameFrom,
  ): Promise<Opened> {
    return opening.open(await checkPassword(email, password), { methods: ['password'], from })
  }

  return {
    checkPassword,

    /**
     * A new session, which may wait for a second factor.
     * @throws {DomainError} forbidden `wrong-password`, `account-locked` or `no-membership`
     */
    begin,

    /**
     * The secret of a new session, for the cookie.
     * @throws {DomainError} forbidden `wrong-password`, `account-locked` or `no-membership`
     */
    async signIn(
      typed: { email: string; password: string },
      from: CameFrom = cameFromNowhere,
    ): Promise<string> {
      return (await begin(typed, from)).secret
    },

    /** Who holds this session now, or undefined when it is unknown, over, or its membership was taken away. */
    async whoHas(secret: string): Promise<SignedIn | undefined> {
      const session = await sessions.find(hashOfSecret(secret))
      const now = clock.now()
      if (!session || now >= session.expiresAt || session.waitsFor !== undefined) return undefined
      const member = await staff.find(session.staffId)
      const membership = member && activeIn(member, session.organisationId)
      if (!membership) return undefined
      if (isLongUnseen(session, now)) await sessions.change(session.id, { lastSeenAt: now })
      return { member, membership, session, actor: actorFor(member, membership) }
    },

    async signOut(secret: string): Promise<void> {
      const session = await sessions.find(hashOfSecret(secret))
      if (!session) return
      const member = await staff.find(session.staffId)
      const membership = member && activeIn(member, session.organisationId)
      await transaction(async () => {
        const wasThere = await sessions.delete(session.id)
        if (!wasThere || !membership || session.waitsFor !== undefined) return
        await audit.record(actorFor(member, membership), {
          action: 'staff.sign-out',
          on: { kind: 'staff', id: member.id },
        })
      })
    },

    /**
     * Works in another of one's organisations from now on. Where more is required by now than the session was opened
     * with, the session ends, and the answer is one that waits for the second step, as at a sign-in; otherwise
     * undefined.
     * @throws {DomainError} forbidden `no-membership`
     */
    async workIn(secret: string, organisationId: string): Promise<Opened | undefined> {
      const session = await sessions.find(hashOfSecret(secret))
      const member = session && !session.waitsFor ? await staff.find(session.staffId) : undefined
      const membership = member && activeIn(member, organisationId)
      const isElsewhere = session?.boundTo !== undefined && session.boundTo !== organisationId
      if (!session || !membership || isElsewhere) {
        throw new DomainError('forbidden', 'no-membership', 'You do not work for that organisation.')
      }
      const { methods, address, agent } = session
      if (await opening.missing(member, methods)) {
        await sessions.delete(session.id)
        return opening.open(member, { methods, from: { address, agent }, organisationId })
      }
      await transaction(async () => {
        await sessions.change(session.id, { organisationId })
        await audit.record(actorFor(member, membership), {
          action: 'staff.work-in',
          on: { kind: 'staff', id: member.id },
          after: { methods },
        })
      })
      return undefined
    },
  }
}
