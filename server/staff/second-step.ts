import { type Clock } from '../clock.ts'
import { type Passkeys } from './passkeys.ts'
import { signInOver, type SecondFactor } from './second-factor.ts'
import { hashOfSecret } from './secret.ts'
import { type CameFrom, type Session, type SignInMethod } from './session.ts'
import { type SessionOpening } from './session-opening.ts'
import { type SessionStore } from './session-store.ts'
import { hasSecondFactor, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

interface SecondStepDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly opening: SessionOpening
  readonly secondFactor: Pick<SecondFactor, 'check' | 'offer' | 'sameOffer' | 'accept'>
  readonly passkeys: Pick<Passkeys, 'registrationOptions' | 'register'>
  readonly clock: Clock
}

interface Waiting {
  readonly session: Session & { readonly waitsFor: NonNullable<Session['waitsFor']> }
  readonly member: StaffMember
}

export type SecondStep = ReturnType<typeof createSecondStep>

/** The second step of signing in: a session that waits becomes one that opens, under a new secret. */
export function createSecondStep(deps: SecondStepDeps) {
  const { staff, sessions, opening, secondFactor, passkeys, clock } = deps

  /**
   * Who waits with this secret, or undefined when nobody does any more. Where there is a second step already, none is
   * set up with a password alone: a thief of the password could replace the owner's.
   */
  async function waiting(secret: string): Promise<Waiting | undefined> {
    const session = await sessions.find(hashOfSecret(secret))
    if (!session?.waitsFor || clock.now() >= session.expiresAt) return undefined
    const member = await staff.find(session.staffId)
    if (!member || (session.waitsFor === 'second-factor-set-up' && hasSecondFactor(member))) return undefined
    return { session: { ...session, waitsFor: session.waitsFor }, member }
  }

  async function needWaiting(secret: string, waitsFor: Session['waitsFor']): Promise<Waiting> {
    const found = await waiting(secret)
    if (found && found.session.waitsFor === waitsFor) return found
    throw signInOver()
  }

  /** What opens where the waiting session was to open. */
  function openAfter(
    { methods, organisationId }: Session,
    member: StaffMember,
    { method, from }: { readonly method: SignInMethod; readonly from: CameFrom },
  ) {
    return opening.open(member, { methods: [...methods, method], from, organisationId })
  }

  return {
    waiting,

    /**
     * The secret of the session that opens, for a code of the app or a recovery code.
     * @throws {DomainError} forbidden `wrong-code`, `account-locked`, `sign-in-over`
     */
    async answer(secret: string, code: string, from: CameFrom): Promise<string> {
      const { session, member } = await needWaiting(secret, 'second-factor')
      const method = await secondFactor.check(member.id, code)
      await sessions.delete(session.id)
      return (await openAfter(session, member, { method, from })).secret
    },

    /** What the app is set up with that the person's organisation asks for. */
    async offer(secret: string, sealed?: string) {
      const { member } = await needWaiting(secret, 'second-factor-set-up')
      return sealed === undefined ? secondFactor.offer(member.id) : secondFactor.sameOffer(member.id, sealed)
    },

    /**
     * Sets the app up; gives the secret of the session that opens and the recovery codes, which are shown once.
     * @throws {DomainError} invalid `first-code-wrong`; conflict `offer-over`; forbidden `sign-in-over`
     */
    async accept(
      secret: string,
      typed: { sealed: string; code: string },
      from: CameFrom,
    ): Promise<{ secret: string; codes: string[] }> {
      const { session, member } = await needWaiting(secret, 'second-factor-set-up')
      const codes = await secondFactor.accept(member.id, typed, { isFirst: true })
      return { secret: (await openAfter(session, member, { method: 'code', from })).secret, codes }
    },

    /**
     * What the browser makes a passkey from, in place of the app.
     * @throws {DomainError} forbidden `sign-in-over`; conflict `passkeys-unavailable`
     */
    async passkeyOptions(secret: string) {
      const { member } = await needWaiting(secret, 'second-factor-set-up')
      return passkeys.registrationOptions(member.id)
    },

    /**
     * As `accept`, with a passkey.
     * @throws {DomainError} forbidden `passkey-refused`, `sign-in-over`; conflict `passkey-known`, `passkeys-unavailable`
     */
    async acceptPasskey(
      secret: string,
      typed: { answer: unknown; name: string },
      from: CameFrom,
    ): Promise<{ secret: string; codes: string[] }> {
      const { session, member } = await needWaiting(secret, 'second-factor-set-up')
      const codes = await passkeys.register(member.id, typed, { isFirst: true })
      return { secret: (await openAfter(session, member, { method: 'passkey', from })).secret, codes }
    },
  }
}
