import { DomainError } from '../domain-error.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type NewId, type RandomBytes } from '../ids.ts'
import { type Language } from '../organisations/organisation.ts'
import { systemActor, type Actor } from './actor.ts'
import { hashPassword, shortestPassword } from './password.ts'
import { type Role } from './rights.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

const setUpLinkHours = 24

export interface NewStaffMember {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly language: Language
  readonly roles: readonly Role[]
}

/** What a staff member may see of another; never the hash of a password. */
export type StaffProfile = Pick<StaffMember, 'id' | 'name' | 'email' | 'language'> & {
  roles: readonly Role[]
}

/** What staff accounts need of organisations. */
export interface OrganisationsForStaff {
  rename(organisationId: string, name: string): Promise<void>
}

export interface StaffDeps {
  readonly staff: StaffStore
  readonly organisations: OrganisationsForStaff
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly randomBytes: RandomBytes
  readonly transaction: Transaction
}

export type Staff = ReturnType<typeof createStaff>

/** The accounts of those who work with the product, and the link that makes the first of them. */
export function createStaff({
  staff,
  organisations,
  audit,
  clock,
  newId,
  randomBytes,
  transaction,
}: StaffDeps) {
  async function memberOf(organisationId: string, input: NewStaffMember): Promise<StaffMember> {
    if (input.password.length < shortestPassword) {
      const message = `Choose a password of at least ${shortestPassword} characters.`
      throw new DomainError('invalid', 'password-short', message, [{ path: 'password', message }])
    }
    return {
      id: newId(),
      email: input.email.trim().toLowerCase(),
      name: input.name.trim(),
      language: input.language,
      passwordHash: await hashPassword(input.password, randomBytes),
      memberships: [{ organisationId, roles: input.roles }],
      failedAttempts: 0,
    }
  }

  return {
    /** The secret of a new set-up link, or undefined once anybody has an account. Earlier links stop working. */
    async newSetUpLink(organisationId: string): Promise<string | undefined> {
      if (!(await staff.isEmpty())) return undefined
      const secret = newSecret(randomBytes)
      const expiresAt = new Date(clock.now().getTime() + setUpLinkHours * 3_600_000)
      await staff.replaceSetUpLink({ id: hashOfSecret(secret), organisationId, expiresAt })
      return secret
    },

    /** Whether this link can still make the first administrator. */
    async isSetUpLink(secret: string): Promise<boolean> {
      const link = await staff.findSetUpLink(hashOfSecret(secret))
      return link !== undefined && clock.now() < link.expiresAt
    },

    /**
     * Makes the first administrator and names the organisation; the link is spent.
     * @throws {DomainError} not-found `set-up-link`, invalid `password-short`
     */
    async setUp(
      secret: string,
      input: Omit<NewStaffMember, 'roles'> & { organisationName: string },
    ): Promise<void> {
      const link = await staff.findSetUpLink(hashOfSecret(secret))
      if (!link || clock.now() >= link.expiresAt) return spentLink()
      const member = await memberOf(link.organisationId, { ...input, roles: ['admin'] })
      await transaction(async () => {
        if (!(await staff.takeSetUpLink(link.id))) spentLink()
        await staff.insert(member)
        await organisations.rename(link.organisationId, input.organisationName.trim())
        await audit.record(systemActor(link.organisationId), {
          action: 'staff.set-up',
          on: { kind: 'staff', id: member.id },
        })
      })
    },

    /** @throws {DomainError} invalid `password-short`, conflict `email-taken` */
    async add(actor: Actor, input: NewStaffMember): Promise<StaffProfile> {
      const member = await memberOf(actor.organisationId, input)
      await transaction(async () => {
        await staff.insert(member)
        await audit.record(actor, {
          action: 'staff.add',
          on: { kind: 'staff', id: member.id },
          after: { roles: input.roles },
        })
      })
      return profileIn(actor.organisationId, member)
    },

    /** Everybody with an account in the actor's organisation, by e-mail address. */
    async list(actor: Actor): Promise<StaffProfile[]> {
      return (await staff.listOf(actor.organisationId)).map(member => profileIn(actor.organisationId, member))
    },
  }
}

function spentLink(): never {
  throw new DomainError('not-found', 'set-up-link', 'This link has been used or is too old.')
}

function profileIn(
  organisationId: string,
  { id, name, email, language, memberships }: StaffMember,
): StaffProfile {
  const roles = memberships.find(one => one.organisationId === organisationId)?.roles ?? []
  return { id, name, email, language, roles }
}
