import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { stale } from '../stale.ts'
import { type Role } from './rights.ts'
import { type Session } from './session.ts'
import { actorFor } from './session-opening.ts'
import { invitations, withMembership, type Membership, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

interface InvitationsDeps {
  readonly staff: StaffStore
  readonly organisations: {
    named(ids: readonly string[]): Promise<{ readonly id: string; readonly name: string }[]>
  }
  readonly audit: Audit
  readonly clock: Clock
  readonly transaction: Transaction
}

export interface Invitation {
  readonly organisationId: string
  readonly organisation: string
  readonly roles: readonly Role[]
  readonly invitedAt: Date
}

type Person = Pick<Session, 'staffId'>

export type Invitations = ReturnType<typeof createInvitations>

/** What other organisations ask somebody who works for one already; nothing comes of it unless they say yes. */
export function createInvitations({ staff, organisations, audit, clock, transaction }: InvitationsDeps) {
  async function find({ staffId }: Person, organisationId: string) {
    const member = await staff.find(staffId)
    const asked = member && invitations(member).find(one => one.organisationId === organisationId)
    if (member && asked) return { member, asked }
    throw new DomainError('not-found', 'invitation-unknown', 'There is no such invitation any more.')
  }

  /** The answer, which only the organisation that asked reads in its log. */
  async function save(member: StaffMember, answered: Membership, action: string): Promise<void> {
    const after = withMembership(member, answered)
    await transaction(async () => {
      if (!(await staff.save(after))) throw stale('account')
      // A link that one administrator made alone would open what belongs to two by now.
      if (answered.endedAt === undefined) await staff.deletePasswordLinks(member.id)
      await audit.record(actorFor(after, answered), { action, on: { kind: 'staff', id: member.id } })
    })
  }

  return {
    /** Those that wait for an answer. */
    async list({ staffId }: Person): Promise<Invitation[]> {
      const member = await staff.find(staffId)
      const waiting = member ? invitations(member) : []
      const names = await organisations.named(waiting.map(({ organisationId }) => organisationId))
      return waiting.map(({ organisationId, roles, invitedAt }) => ({
        organisationId,
        roles,
        invitedAt: invitedAt ?? clock.now(),
        organisation: names.find(({ id }) => id === organisationId)?.name ?? '',
      }))
    },

    /** The person works there too from now on. @throws {DomainError} not-found `invitation-unknown`; conflict `stale` */
    async accept(person: Person, organisationId: string): Promise<void> {
      const { member, asked } = await find(person, organisationId)
      const { roles } = asked
      await save(member, { organisationId, roles }, 'staff.invitation-accept')
    },

    /** Nothing comes of it. @throws {DomainError} not-found `invitation-unknown`; conflict `stale` */
    async decline(person: Person, organisationId: string): Promise<void> {
      const { member, asked } = await find(person, organisationId)
      await save(member, { ...asked, endedAt: clock.now() }, 'staff.invitation-decline')
    },
  }
}
