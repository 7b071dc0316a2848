import { type Audit } from '../audit/audit.ts'
import { type Actor } from './actor.ts'
import { rightsOf, type Role } from './rights.ts'
import { type StaffStore } from './staff-store.ts'

interface EndingTokensDeps {
  readonly staff: Pick<StaffStore, 'listTokens' | 'deleteToken'>
  readonly audit: Audit
}

/**
 * Ends those tokens of a person here that may do more than the person's new `roles`; each is in the log. Call it in the
 * transaction that takes roles away: otherwise a token would give them back.
 */
export async function endTokensBeyond(
  actor: Actor,
  { id: makerId, roles }: { readonly id: string; readonly roles: readonly Role[] },
  { staff, audit }: EndingTokensDeps,
): Promise<void> {
  const held = rightsOf(roles)
  for (const { id, name, issuedBy, roles: given } of await staff.listTokens(actor.organisationId)) {
    if (issuedBy?.id !== makerId || rightsOf(given).every(right => held.includes(right))) continue
    await staff.deleteToken(actor.organisationId, id)
    await audit.record(actor, {
      action: 'tokens.revoke',
      on: { kind: 'token', id },
      before: { name, roles: given },
    })
  }
}
