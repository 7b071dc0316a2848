import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Session, type SignInMethod } from './session.ts'
import { type SessionStore } from './session-store.ts'
import { activeIn, type StaffMember } from './staff-member.ts'

interface FresheningDeps {
  readonly sessions: SessionStore
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

/** Makes a session count as fresh, after the person has just proved by `method` who they are. */
export type Freshen = (session: Session, member: StaffMember, method: SignInMethod) => Promise<void>

/** The session is fresh, and a screen that was lent is at the desk again; the log says how it was proved. */
export function createFreshening({ sessions, audit, transaction, clock }: FresheningDeps): Freshen {
  return async (session, member, method) => {
    const { organisationId, lentFor } = session
    const { id, name } = member
    const roles = activeIn(member, organisationId)?.roles ?? []
    await transaction(async () => {
      await sessions.change(session.id, { confirmedAt: clock.now() }, ['lentFor', 'wrongProofs'])
      await audit.record(
        { kind: 'staff', id, name, organisationId, roles },
        {
          action: 'staff.confirm',
          on: { kind: 'staff', id },
          after: { method, ...(lentFor !== undefined && { screenBackFrom: lentFor }) },
        },
      )
    })
  }
}
