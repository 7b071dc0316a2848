import { type Audit } from '../audit/audit.ts'
import { type Actor } from './actor.ts'
import { rightsHeld, rightsOf, type Role } from './rights.ts'
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
  for (const token of await staff.listTokens(actor.organisationId)) {
    const { id, name, issuedBy, roles: given, scopes } = token
    if (issuedBy?.id !== makerId || rightsHeld(token).every(right => held.includes(right))) continue
    await staff.deleteToken(actor.organisationId, id)
    await audit.record(actor, {
      action: 'tokens.revoke',
      on: { kind: 'token', id },
      before: { name, roles: given, ...(scopes && { scopes }) },
    })
  }
}
