import { type Audit } from '../audit/audit.ts'
import { DomainError } from '../domain-error.ts'
import { type Freshen } from './freshening.ts'
import { type IdentityProviderStore } from './identity-provider-store.ts'
import { type Passkeys } from './passkeys.ts'
import { type SecondFactor } from './second-factor.ts'
import { type Session, type SignInMethod } from './session.ts'
import { type SessionStore } from './session-store.ts'
import { isPassword } from './password.ts'
import { hasSecondFactor, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'
import { noteRefusal } from './tries.ts'

interface ConfirmingDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly secondFactor: Pick<SecondFactor, 'prove'>
  readonly audit: Audit
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
interface Ways {
  readonly password: boolean
  readonly code: boolean
  /** What the browser asks a passkey with. */
  readonly passkey: Awaited<ReturnType<Passkeys['confirmOptions']>> | undefined
  /** The name of the provider that the person signed in at, and can do so again. */
  readonly provider: string | undefined
}

/** Wrong proofs in one session until it ends. */
const mostProofs = 5

export type Confirming = ReturnType<typeof createConfirming>

/** Proving again who one is, before what cannot be undone: by the second step where there is one, else the password. */
export function createConfirming(deps: ConfirmingDeps) {
  const { staff, sessions, secondFactor, audit, passkeys, providers, freshen } = deps

  async function memberOf({ staffId }: Pick<Session, 'staffId'>): Promise<StaffMember> {
    const member = await staff.find(staffId)
    if (!member) throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
    return member
  }

  /** How it was proved; undefined for a wrong password or code. */
  async function judge(member: StaffMember, { password, code }: Proof): Promise<SignInMethod | undefined> {
    if (hasSecondFactor(member)) return secondFactor.prove(member, code ?? '')
    const isTheirs =
      member.passwordHash !== undefined && (await isPassword(password ?? '', member.passwordHash))
    return isTheirs ? 'password' : undefined
  }

  /**
   * How it was proved. The tries count on the session and not on the account: a stranger who types wrong passwords at the
   * door does not keep whoever is at work from locking a stolen iPad.
   */
  async function check(session: Session, member: StaffMember, proof: Proof): Promise<SignInMethod> {
    if (proof.passkey !== undefined) {
      await passkeys.confirm(member.id, proof.passkey)
      return 'passkey'
    }
    const isByCode = hasSecondFactor(member)
    if (isByCode && proof.code === undefined) throw missing('code', 'Type the code from your app.')
    if (!isByCode && proof.password === undefined) throw missing('password', 'Type your password.')
    const tries = await sessions.countProof(session.id)
    const method = tries <= mostProofs ? await judge(member, proof) : undefined
    if (method !== undefined) return method
    await noteRefusal(member, { method: isByCode ? 'code' : 'password', tries }, audit)
    if (tries < mostProofs) throw isByCode ? wrongCode() : wrongPassword()
    await sessions.delete(session.id)
    const message = 'That was wrong too often. Sign in again.'
    throw new DomainError('forbidden', 'proofs-over', message)
  }

  return {
    async ways(session: Pick<Session, 'staffId' | 'boundTo'>): Promise<Ways> {
      // A password opens what the provider of one organisation does not: in its session it is not even asked for.
      if (session.boundTo !== undefined) {
        const provider = await providers.find(session.boundTo)
        const asked = provider?.enabled ? provider.name : undefined
        return { password: false, code: false, passkey: undefined, provider: asked }
      }
      const member = await memberOf(session)
      const hasPasskey = passkeys.isAvailable && (member.passkeys ?? []).length > 0
      return {
        password: !hasSecondFactor(member) && member.passwordHash !== undefined,
        code: hasSecondFactor(member),
        passkey: hasPasskey ? await passkeys.confirmOptions(member.id) : undefined,
        provider: undefined,
      }
    },

    /** The screen goes to the borrower of this loan; `confirm` brings it back. */
    async lend(session: Session, loanId: string): Promise<void> {
      await sessions.change(session.id, { lentFor: loanId })
    },

    /**
     * The session counts as fresh for five minutes, and a screen that was with a borrower is back at the desk.
     * @throws {DomainError} forbidden `wrong-password`, `wrong-code`, `passkey-refused`, `proofs-over` when that ended
     * the session, `proof-at-provider`; invalid `proof-missing`
     */
    async confirm(session: Session, proof: Proof): Promise<void> {
      if (session.boundTo !== undefined) throw atProvider()
      const member = await memberOf(session)
      await freshen(session, member, await check(session, member, proof))
    },
  }
}

const wrongCode = () =>
  new DomainError('forbidden', 'wrong-code', 'The code is wrong or has been used. Wait for the next one.')
const wrongPassword = () => new DomainError('forbidden', 'wrong-password', 'The password is wrong.')

/** For a session of an organisation's provider. */
function atProvider(): DomainError {
  const message = 'You signed in through your organisation. Prove there that it is you.'
  return new DomainError('forbidden', 'proof-at-provider', message)
}

function missing(path: string, message: string): DomainError {
  return new DomainError('invalid', 'proof-missing', message, [{ path, message }])
}
