import { DomainError } from '../domain-error.ts'
import { type Freshen } from './freshening.ts'
import { type IdentityProviderStore } from './identity-provider-store.ts'
import { type Passkeys } from './passkeys.ts'
import { type SecondFactor } from './second-factor.ts'
import { type Session, type SignInMethod } from './session.ts'
import { type SessionStore } from './session-store.ts'
import { type SignIn } from './sign-in.ts'
import { hasSecondFactor, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

export interface ConfirmingDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly signIn: Pick<SignIn, 'checkPassword'>
  readonly secondFactor: Pick<SecondFactor, 'check'>
  readonly passkeys: Pick<Passkeys, 'isAvailable' | 'confirm' | 'confirmOptions'>
  readonly freshen: Freshen
  readonly providers: Pick<IdentityProviderStore, 'find'>
}

/** One of these, whichever the account has. */
export interface Proof {
  readonly password?: string | undefined
  readonly code?: string | undefined
  /** What a passkey said. */
  readonly passkey?: unknown
}

/** What the person can prove with. */
export interface Ways {
  readonly password: boolean
  readonly code: boolean
  /** What the browser asks a passkey with. */
  readonly passkey: Awaited<ReturnType<Passkeys['confirmOptions']>> | undefined
  /** The name of the provider that the person signed in at, and can do so again. */
  readonly provider: string | undefined
}

export type Confirming = ReturnType<typeof createConfirming>

/** Proving again who one is, before what cannot be undone: by the second step where there is one, else the password. */
export function createConfirming(deps: ConfirmingDeps) {
  const { staff, sessions, signIn, secondFactor, passkeys, providers, freshen } = deps

  async function memberOf({ staffId }: Pick<Session, 'staffId'>): Promise<StaffMember> {
    const member = await staff.find(staffId)
    if (!member) throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
    return member
  }

  /** How it was proved. */
  async function check(member: StaffMember, { password, code, passkey }: Proof): Promise<SignInMethod> {
    if (passkey !== undefined) {
      await passkeys.confirm(member.id, passkey)
      return 'passkey'
    }
    if (hasSecondFactor(member)) {
      if (code === undefined) throw missing('code', 'Type the code from your app.')
      return secondFactor.check(member.id, code)
    }
    if (password === undefined) throw missing('password', 'Type your password.')
    await signIn.checkPassword(member.email, password)
    return 'password'
  }

  return {
    async ways(session: Pick<Session, 'staffId' | 'boundTo'>): Promise<Ways> {
      const member = await memberOf(session)
      const hasPasskey = passkeys.isAvailable && (member.passkeys ?? []).length > 0
      const provider = session.boundTo === undefined ? undefined : await providers.find(session.boundTo)
      return {
        password: !hasSecondFactor(member) && member.passwordHash !== undefined,
        code: hasSecondFactor(member),
        passkey: hasPasskey ? await passkeys.confirmOptions(member.id) : undefined,
        provider: provider?.enabled ? provider.name : undefined,
      }
    },

    /** The screen goes to the borrower of this loan; `confirm` brings it back. */
    async lend(session: Session, loanId: string): Promise<void> {
      await sessions.change(session.id, { lentFor: loanId })
    },

    /**
     * The session counts as fresh for five minutes, and a screen that was with a borrower is back at the desk.
     * @throws {DomainError} forbidden `wrong-password`, `wrong-code`, `passkey-refused`, `account-locked`; invalid
     * `proof-missing`
     */
    async confirm(session: Session, proof: Proof): Promise<void> {
      const member = await memberOf(session)
      await freshen(session, member, await check(member, proof))
    },
  }
}

function missing(path: string, message: string): DomainError {
  return new DomainError('invalid', 'proof-missing', message, [{ path, message }])
}
