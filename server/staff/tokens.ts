import { DomainError } from '../domain-error.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type RandomBytes } from '../ids.ts'
import { type Actor } from './actor.ts'
import { type Role } from './rights.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { type ApiToken, type StaffStore } from './staff-store.ts'

export interface TokensDeps {
  readonly staff: StaffStore
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

export type Tokens = ReturnType<typeof createTokens>

/** Keys for programs: made once, shown once, bound to one organisation and to roles. */
export function createTokens({ staff, audit, clock, randomBytes }: TokensDeps) {
  return {
    /** A new token. Nobody can give a program more than they have themselves; the system may give any role. */
    async issue(
      actor: Actor,
      { name, roles, days }: { name: string; roles: readonly Role[]; days: number },
    ): Promise<{ token: string; expiresAt: Date }> {
      if (actor.kind !== 'system' && !actor.roles.includes('admin')) {
        throw new DomainError('forbidden', 'token-roles', 'Only an administrator can make tokens.')
      }
      const token = `orn_${newSecret(randomBytes)}`
      const createdAt = clock.now()
      const expiresAt = new Date(createdAt.getTime() + days * 86_400_000)
      const { organisationId } = actor
      await staff.insertToken({ id: hashOfSecret(token), organisationId, name, roles, createdAt, expiresAt })
      await audit.record(actor, {
        action: 'tokens.issue',
        on: { kind: 'token', id: name },
        after: { roles, days },
      })
      return { token, expiresAt }
    },

    /** Who acts with this token, or undefined when it is unknown or over. */
    async whoHas(token: string): Promise<Actor | undefined> {
      const found = await staff.findToken(hashOfSecret(token))
      if (!found || clock.now() >= found.expiresAt) return undefined
      const { id, name, organisationId, roles } = found
      return { kind: 'token', id, name, organisationId, roles }
    },

    list: (actor: Actor): Promise<ApiToken[]> => staff.listTokens(actor.organisationId),

    /** @throws {DomainError} not-found `token` */
    async revoke(actor: Actor, id: string): Promise<void> {
      if (!(await staff.deleteToken(actor.organisationId, id))) {
        throw new DomainError('not-found', 'token', 'There is no such token.')
      }
      await audit.record(actor, { action: 'tokens.revoke', on: { kind: 'token', id } })
    },
  }
}
