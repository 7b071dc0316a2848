import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type RandomBytes } from '../ids.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { needAuthorityOver } from './account-authority.ts'
import { type Actor } from './actor.ts'
import { handsOf } from './opened.ts'
import { hashPassword } from './password.ts'
import { type TriedWords } from './password-guesses.ts'
import { longestPassword, passwordFault, shortestPassword, type PasswordOwner } from './password-rule.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { type SessionStore } from './session-store.ts'
import { type SignIn } from './sign-in.ts'
import { activeIn, activeMemberships, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

/** Long enough to be handed over in person, short enough to be forgotten in a drawer. */
const linkHours = 72

interface PasswordsDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly signIn: Pick<SignIn, 'checkPassword'>
  /** What is tried first. */
  readonly common: () => Promise<TriedWords>
  readonly organisations: Pick<Organisations, 'named'>
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly transaction: Transaction
}

export type Passwords = ReturnType<typeof createPasswords>

const words = {
  'password-short': `Choose a password of at least ${shortestPassword} characters.`,
  'password-long': `Choose a password of at most ${longestPassword} characters.`,
  'password-common': 'This password is one of those that are tried first. Choose another.',
  'password-personal': 'Your own name, address and organisation are tried first. Choose another password.',
} as const

/** Choosing a password: by a link from an administrator, or oneself. Every other session ends with the old one. */
export function createPasswords(deps: PasswordsDeps) {
  const { staff, sessions, signIn, common, organisations, audit, clock, randomBytes, transaction } = deps

  async function hashOfNew(password: string, owner: PasswordOwner): Promise<string> {
    const fault = passwordFault(password, owner, await common())
    if (!fault) return hashPassword(password, randomBytes)
    throw new DomainError('invalid', fault, words[fault], [{ path: 'password', message: words[fault] }])
  }

  async function hashFor(member: StaffMember, password: string): Promise<string> {
    const { name, email, memberships } = member
    const known = await organisations.named(memberships.map(({ organisationId }) => organisationId))
    return hashOfNew(password, { name, email, organisations: known.map(each => each.name) })
  }

  async function linkOwner(secret: string) {
    const link = await staff.findPasswordLink(hashOfSecret(secret))
    const member = link && clock.now() < link.expiresAt ? await staff.find(link.staffId) : undefined
    return link && member && activeMemberships(member).length > 0 ? { link, member } : undefined
  }

  /** The new password and what goes with it; in everybody's log who sees the account. */
  async function replace(member: StaffMember, hash: string, keepSession?: string): Promise<void> {
    await staff.setPassword(member.id, hash)
    await staff.deletePasswordLinks(member.id)
    await sessions.deleteOf(member.id, keepSession)
    const action = member.passwordHash === undefined ? 'staff.password-choose' : 'staff.password-change'
    for (const { organisationId, roles } of activeMemberships(member)) {
      const actor: Actor = { kind: 'staff', id: member.id, name: member.name, organisationId, roles }
      await audit.record(actor, { action, on: { kind: 'staff', id: member.id } })
    }
  }

  return {
    /**
     * The hash of a password that somebody may have.
     * @throws {DomainError} invalid `password-short`, `password-long`, `password-common`, `password-personal`
     */
    hashOfNew,

    /**
     * The secret of a link by which the person chooses a password, for the administrator to hand over. Earlier links
     * stop working; the password of now works until the new one is chosen.
     * @throws {DomainError} not-found `staff-unknown`; conflict `staff-ended`; forbidden `account-shared`
     */
    async newLink(actor: Actor, staffId: string): Promise<{ secret: string; expiresAt: Date }> {
      const { organisationId } = actor
      const secret = newSecret(randomBytes)
      const now = clock.now()
      const expiresAt = new Date(now.getTime() + linkHours * 3_600_000)
      await transaction(async () => {
        const member = await staff.find(staffId)
        if (!member?.memberships.some(one => one.organisationId === organisationId)) {
          throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
        }
        if (!activeIn(member, organisationId)) {
          throw new DomainError('conflict', 'staff-ended', 'This account has already been ended here.')
        }
        await needAuthorityOver(actor, member, staff)
        const by = await handsOf(actor, staff, now)
        await staff.replacePasswordLink({ id: hashOfSecret(secret), organisationId, staffId, expiresAt, by })
        await audit.record(actor, { action: 'staff.password-link', on: { kind: 'staff', id: staffId } })
      })
      return { secret, expiresAt }
    },

    /** Whose password this link chooses, or undefined when it has been used or is too old. */
    async whoseLink(secret: string): Promise<Pick<StaffMember, 'name' | 'email' | 'language'> | undefined> {
      const found = await linkOwner(secret)
      if (!found) return undefined
      const { name, email, language } = found.member
      return { name, email, language }
    },

    /**
     * Chooses a password by a link, which is spent. Every session of the person ends, and what providers called them is
     * forgotten. Whoever made the link could have opened it themselves, and is kept with the account.
     * @throws {DomainError} not-found `password-link`; invalid as `hashOfNew`
     */
    async chooseByLink(secret: string, password: string): Promise<{ email: string }> {
      const found = await linkOwner(secret)
      if (!found)
        throw new DomainError(
          'not-found',
          'password-link',
          'This link has been used or is too old. Ask your administrator for a new one.',
        )
      const hash = await hashFor(found.member, password)
      await transaction(async () => {
        const still = await staff.findPasswordLink(found.link.id)
        if (!still)
          throw new DomainError(
            'not-found',
            'password-link',
            'This link has been used or is too old. Ask your administrator for a new one.',
          )
        // Who the provider called by this account may be somebody else: whoever has it now is linked anew.
        await staff.removeIdentities(found.member.id)
        await replace(found.member, hash)
        const by = (still.by ?? []).filter(id => id !== found.member.id)
        await staff.setOpened(found.member.id, by.length > 0 ? { by, at: clock.now() } : undefined)
      })
      return { email: found.member.email }
    },

    /**
     * One's own new password. Every session ends but `keepSession`, the one it is done in.
     * @throws {DomainError} forbidden `wrong-password`, `account-locked`; invalid as `hashOfNew`
     */
    async change(
      staffId: string,
      { current, password }: { current: string; password: string },
      keepSession?: string,
    ): Promise<void> {
      const known = await staff.find(staffId)
      if (!known) throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
      const member = await signIn.checkPassword(known.email, current)
      const hash = await hashFor(member, password)
      await transaction(() => replace(member, hash, keepSession))
    },
  }
}
