import { DomainError } from '../domain-error.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type NewId, type RandomBytes } from '../ids.ts'
import { type Language } from '../organisations/organisation.ts'
import { stale } from '../stale.ts'
import { mustHoldAllOf } from './account-authority.ts'
import { systemActor, type Actor } from './actor.ts'
import { mustNotBeTheProducts } from './actor-name.ts'
import { type Passwords } from './passwords.ts'
import { type Role } from './rights.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { activeIn, activeMemberships, withMembership, type StaffMember } from './staff-member.ts'
import { profileIn, type StaffProfile } from './staff-profile.ts'
import { type StaffStore } from './staff-store.ts'

const setUpLinkHours = 24

export interface NewStaffMember {
  readonly name: string
  readonly email: string
  readonly language: Language
  readonly roles: readonly Role[]
  /** Of somebody who is added by a script; people choose their own by a link. */
  readonly password?: string
}

/** What staff accounts need of organisations. */
interface OrganisationsForStaff {
  /** With its name, and the roles that have to sign in with more than a password. */
  begin(organisationId: string, as: { name: string; secondFactorFor: readonly Role[] }): Promise<void>
  named(ids: readonly string[]): Promise<readonly { readonly name: string }[]>
}

interface StaffDeps {
  readonly staff: StaffStore
  readonly passwords: Pick<Passwords, 'hashOfNew'>
  readonly organisations: OrganisationsForStaff
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly randomBytes: RandomBytes
  readonly transaction: Transaction
}

export type Staff = ReturnType<typeof createStaff>

/** The accounts of those who work with the product, and the link that makes the first of them. */
export function createStaff(deps: StaffDeps) {
  const { staff, passwords, organisations, audit, clock, newId, randomBytes, transaction } = deps

  async function memberOf(
    organisationId: string,
    input: NewStaffMember & { organisationName?: string },
  ): Promise<StaffMember> {
    mustNotBeTheProducts(input.name)
    const called = input.organisationName ?? (await organisations.named([organisationId]))[0]?.name ?? ''
    const owner = { name: input.name.trim(), email: input.email.trim().toLowerCase() }
    return {
      id: newId(),
      ...owner,
      language: input.language,
      ...(input.password !== undefined && {
        passwordHash: await passwords.hashOfNew(input.password, { ...owner, organisations: [called] }),
      }),
      memberships: [{ organisationId, roles: input.roles }],
      failedAttempts: 0,
      version: 1,
    }
  }

  /**
   * Somebody who has an account with another organisation is asked to work here as well; what they are there is left
   * alone. They have to accept: whoever types an address may not take the account out of the other one's hands. On the
   * command line, where all organisations are at hand, nobody is asked.
   */
  async function join(
    { kind, organisationId }: Actor,
    known: StaffMember,
    roles: readonly Role[],
  ): Promise<StaffMember> {
    if (known.memberships.some(one => one.organisationId === organisationId)) {
      const message = 'There is already an account with this e-mail address.'
      throw new DomainError('conflict', 'email-taken', message, [{ path: 'email', message }])
    }
    const asks = kind !== 'system' && activeMemberships(known).length > 0
    const member = withMembership(known, { organisationId, roles, ...(asks && { invitedAt: clock.now() }) })
    // A link that one administrator made alone would open what belongs to two.
    if (!asks) await staff.deletePasswordLinks(known.id)
    if (!(await staff.save(member))) {
      throw stale('account')
    }
    return member
  }

  return {
    /** The secret of a new set-up link, or undefined once anybody has an account. Each lasts a day. */
    async newSetUpLink(organisationId: string): Promise<string | undefined> {
      if (!(await staff.isEmpty())) return undefined
      const secret = newSecret(randomBytes)
      const expiresAt = new Date(clock.now().getTime() + setUpLinkHours * 3_600_000)
      await staff.insertSetUpLink({ id: hashOfSecret(secret), organisationId, expiresAt })
      return secret
    },

    /** Whether this link can still make the first administrator. */
    async isSetUpLink(secret: string): Promise<boolean> {
      const link = await staff.findSetUpLink(hashOfSecret(secret))
      return link !== undefined && clock.now() < link.expiresAt
    },

    /**
     * Makes the first administrator and names the organisation; every set-up link is spent.
     * @throws {DomainError} not-found `set-up-link`; invalid `name-reserved`, `password-short`, `password-common`,
     * `password-personal`
     */
    async setUp(
      secret: string,
      input: Omit<NewStaffMember, 'roles'> & {
        password: string
        organisationName: string
        secondFactorFor?: readonly Role[]
      },
    ): Promise<void> {
      const link = await staff.findSetUpLink(hashOfSecret(secret))
      if (!link || clock.now() >= link.expiresAt) return spentLink()
      const member = await memberOf(link.organisationId, { ...input, roles: ['admin'] })
      await transaction(async () => {
        await staff.holdAdministrators(link.organisationId)
        if (!(await staff.isEmpty()) || !(await staff.takeSetUpLink(link.id))) spentLink()
        await staff.insert(member)
        const { organisationName: name, secondFactorFor = [] } = input
        await organisations.begin(link.organisationId, { name: name.trim(), secondFactorFor })
        await audit.record(systemActor(link.organisationId), {
          action: 'staff.set-up',
          on: { kind: 'staff', id: member.id },
        })
      })
    },

    /**
     * Somebody new here: a new account, or the one that they have with another organisation and accept to use here.
     * @throws {DomainError} conflict `email-taken`; forbidden `token-beyond`; invalid `name-reserved`
     */
    async add(actor: Actor, input: NewStaffMember): Promise<StaffProfile> {
      mustHoldAllOf(actor, input.roles)
      const fresh = await memberOf(actor.organisationId, input)
      const member = await transaction(async () => {
        const known = await staff.findByEmail(fresh.email)
        const added = known ? await join(actor, known, input.roles) : fresh
        if (!known) await staff.insert(fresh)
        await audit.record(actor, {
          action: activeIn(added, actor.organisationId) ? 'staff.add' : 'staff.invite',
          on: { kind: 'staff', id: added.id },
          after: { name: input.name.trim(), roles: input.roles },
        })
        return added
      })
      return profileIn(actor.organisationId, member, clock.now())
    },

    /** Everybody who works or worked in the actor's organisation, by e-mail address. */
    async list(actor: Actor): Promise<StaffProfile[]> {
      const now = clock.now()
      return (await staff.listOf(actor.organisationId)).map(member =>
        profileIn(actor.organisationId, member, now),
      )
    },

    /** @throws {DomainError} not-found `staff-unknown` */
    async get(actor: Actor, id: string): Promise<StaffProfile> {
      const member = await staff.find(id)
      if (!member?.memberships.some(one => one.organisationId === actor.organisationId)) {
        throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
      }
      return profileIn(actor.organisationId, member, clock.now())
    },

    /** The ids of the organisations that this person works for now. */
    async organisationsOf(staffId: string): Promise<string[]> {
      const member = await staff.find(staffId)
      const all = member?.memberships.map(one => one.organisationId) ?? []
      return all.filter(id => member && activeIn(member, id))
    },
  }
}

function spentLink(): never {
  throw new DomainError(
    'not-found',
    'set-up-link',
    'This link has been used or is too old. Restart Örnkoll to get a new one.',
  )
}
