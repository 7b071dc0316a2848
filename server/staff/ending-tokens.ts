import { type Audit } from '../audit/audit.ts'
import { type Actor } from './actor.ts'
import { rightsOf, type Role } from './rights.ts'
import { type StaffStore } from './staff-store.ts'

export interface EndingTokensDeps {
  readonly staff: Pick<StaffStore, 'listTokens' | 'deleteToken'>
  readonly audit: Audit
}

/**
 * Ends the tokens of a person here that may do what the person, with `roles` from now on, may not; each stands in the
 * log. Called in the transaction that takes roles away: else a token would give them back.
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
