import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Language } from '../organisations/organisation.ts'
import { stale } from '../stale.ts'
import { mustHoldAllOf, needAuthorityOver } from './account-authority.ts'
import { type Actor } from './actor.ts'
import { mustNotBeTheProducts } from './actor-name.ts'
import { endTokensBeyond } from './ending-tokens.ts'
import { type Role } from './rights.ts'
import { type SessionStore } from './session-store.ts'
import {
  activeMemberships,
  isAdministrator,
  withMembership,
  type Membership,
  type StaffMember,
} from './staff-member.ts'
import { profileIn, versionIn, type StaffProfile } from './staff-profile.ts'
import { type StaffStore } from './staff-store.ts'

export interface StaffChanges {
  readonly name?: string | undefined
  readonly language?: Language | undefined
  readonly roles?: readonly Role[] | undefined
}

interface StaffEditingDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly audit: Audit
  readonly clock: Clock
  readonly transaction: Transaction
}

export type StaffEditing = ReturnType<typeof createStaffEditing>

interface Found {
  readonly member: StaffMember
  readonly membership: Membership
}

/** Changing what a person is here, ending it, and beginning again. Nobody can end the last administrator. */
export function createStaffEditing({ staff, sessions, audit, clock, transaction }: StaffEditingDeps) {
  async function find({ organisationId }: Actor, id: string): Promise<Found> {
    const member = await staff.find(id)
    const membership = member?.memberships.find(one => one.organisationId === organisationId)
    if (!member || !membership) {
      throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
    }
    return { member, membership }
  }

  /** Called before the change is saved: somebody else must be able to administer. */
  async function keepAnAdministrator({ organisationId }: Actor, after: StaffMember): Promise<void> {
    if (isAdministrator(after, organisationId)) return
    const all = await staff.listOf(organisationId)
    if (!all.some(one => one.id !== after.id && isAdministrator(one, organisationId))) {
      const message = 'This is the last administrator. Make somebody else an administrator first.'
      throw new DomainError('conflict', 'last-administrator', message)
    }
  }

  /** One change of one membership, with its line in the log. */
  async function change(
    actor: Actor,
    id: string,
    work: (found: Found) => Promise<{ version: number; after: StaffMember; action: string; reason?: string }>,
  ): Promise<StaffProfile> {
    const { organisationId } = actor
    return transaction(async () => {
      const found = await find(actor, id)
      await staff.holdAdministrators(organisationId)
      const { version, after, action, reason } = await work(found)
      if (isAdministrator(found.member, organisationId)) await keepAnAdministrator(actor, after)
      const isAsSeen = version === versionIn(organisationId, found.member)
      if (!isAsSeen || !(await staff.save(after))) throw stale('account')
      await audit.record(actor, {
        action,
        on: { kind: 'staff', id },
        ...(reason !== undefined && { reason }),
        before: told(organisationId, found.member),
        after: told(organisationId, after),
      })
      return profileIn(organisationId, after, clock.now())
    })
  }

  return {
    /**
     * Name, language and roles of somebody who works here; `version` is the one that the administrator saw. Tokens of
     * theirs that may more than they then may are ended.
     * @throws {DomainError} not-found `staff-unknown`; forbidden `account-shared` when the name of a person who also
     * works elsewhere would change; conflict `stale`, `last-administrator`; invalid `name-reserved`
     */
    edit: (actor: Actor, id: string, { version, ...changes }: StaffChanges & { version: number }) =>
      change(actor, id, async ({ member, membership }) => {
        // Of somebody who has not accepted yet the roles alone are ours.
        const { name = member.name, language = member.language } = membership.invitedAt ? {} : changes
        const { roles = membership.roles } = changes
        mustHoldAllOf(actor, [...membership.roles, ...roles])
        if (name !== member.name) mustNotBeTheProducts(name)
        if (name !== member.name || language !== member.language) {
          await needAuthorityOver(actor, member, staff)
        }
        await endTokensBeyond(actor, { id, roles }, { staff, audit })
        const after = withMembership({ ...member, name, language }, { ...membership, roles })
        return { version, after, action: 'staff.edit' }
      }),

    /**
     * Ends what the person is here, their sessions here and the tokens that they made. The account stays, with its name on what it did.
     * @throws {DomainError} not-found `staff-unknown`; conflict `stale`, `last-administrator`, `staff-ended`
     */
    end: (actor: Actor, id: string, { version, reason }: { version: number; reason?: string | undefined }) =>
      change(actor, id, async ({ member, membership }) => {
        if (membership.endedAt) {
          throw new DomainError('conflict', 'staff-ended', 'This account has already been ended here.')
        }
        await sessions.deleteIn(actor.organisationId, id)
        if (!membership.invitedAt) await staff.deletePasswordLinks(id)
        await endTokensBeyond(actor, { id, roles: [] }, { staff, audit })
        const after = withMembership(member, { ...membership, endedAt: clock.now() })
        return { version, after, action: 'staff.end', ...(reason !== undefined && { reason }) }
      }),

    /**
     * Lets somebody whose account was ended here work again, with the roles they had; one who works elsewhere by now has to
     * accept. A link for their password that
     * another organisation made meanwhile is spent: it would open what belongs to two.
     * @throws {DomainError} not-found `staff-unknown`; conflict `stale`, `staff-active`
     */
    resume: (actor: Actor, id: string, { version }: { version: number }) =>
      change(actor, id, async ({ member, membership: { endedAt, ...membership } }) => {
        if (!endedAt) throw new DomainError('conflict', 'staff-active', 'This person already works here.')
        mustHoldAllOf(actor, membership.roles)
        const isElsewhere = activeMemberships(member).length > 0
        // Who works elsewhere by now is asked, as somebody new from there is.
        const asks = isElsewhere && actor.kind !== 'system'
        if (!asks) await staff.deletePasswordLinks(id)
        const resumed = { ...membership, ...(asks && { invitedAt: clock.now() }) }
        return { version, after: withMembership(member, resumed), action: 'staff.resume' }
      }),
  }
}

/** What the log tells of an account: nothing of other organisations. */
function told(organisationId: string, member: StaffMember): Record<string, unknown> {
  const { name, language, memberships } = member
  const own = memberships.find(one => one.organisationId === organisationId)
  return { name, language, roles: own?.roles ?? [], active: own?.endedAt === undefined }
}
