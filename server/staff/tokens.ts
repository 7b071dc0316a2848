import { DomainError, invalid } from '../domain-error.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type RandomBytes } from '../ids.ts'
import { askerOf, systemActor, type Actor, type Maker } from './actor.ts'
import { mustNotBeTheProducts } from './actor-name.ts'
import { openersBehind } from './opened.ts'
import { rightsHeld, rightsOf, type Holder, type Right, type Role } from './rights.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { isAdministrator } from './staff-member.ts'
import { type ApiToken, type ListedToken, type StaffStore } from './staff-store.ts'

interface TokensDeps {
  readonly staff: StaffStore
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly transaction: Transaction
}

/** The maker of keys that `npm run token` makes. */
export const commandLine: Maker = { id: 'command-line', name: 'Command line' }

/** A key that somebody forgot ends by itself. */
export const longestTokenDays = 730

const usedEveryMs = 5 * 60_000
const dayMs = 24 * 3_600_000

/** A key as it is asked for; without scopes, or with none of them, it has all rights of its roles. */
interface NewToken {
  readonly name: string
  readonly roles: readonly Role[]
  readonly scopes?: readonly Right[]
  readonly days: number
}

export type Tokens = ReturnType<typeof createTokens>

/**
 * Keys for programs: made once, shown once, bound to one organisation, to roles, and to some of their rights if so asked.
 * Its maker is responsible for what is done with it, so that nobody becomes a second person by making a token.
 */
export function createTokens({ staff, audit, clock, randomBytes, transaction }: TokensDeps) {
  /** An expired key that is still tried is logged, once a day: its program needs another. */
  async function noteOldUse({ id, name, organisationId, expiresAt, lastUsedAt }: ApiToken, now: Date) {
    const before = Math.max(Number(lastUsedAt ?? 0), Number(expiresAt) - dayMs)
    if (now.getTime() - before < dayMs) return
    await staff.useToken(id, now)
    await audit.record(systemActor(organisationId), {
      action: 'tokens.refused',
      on: { kind: 'token', id },
      after: { name, expiresAt },
    })
  }

  /**
   * A person who loses the right at this moment makes no token that outlives it: roles are taken away under the same
   * lock.
   */
  async function mayStillIssue({ kind, id, organisationId }: Actor): Promise<boolean> {
    if (kind === 'system') return true
    await staff.holdAdministrators(organisationId)
    if (kind === 'token') return (await staff.findToken(id)) !== undefined
    const member = await staff.find(id)
    return member !== undefined && isAdministrator(member, organisationId)
  }

  return {
    /**
     * A new token, with any role, and with `scopes` only those rights of its roles.
     * @throws {DomainError} forbidden `token-roles` for everybody but administrators and the command line; forbidden
     *   `token-beyond` for a token that would make one that may do more; invalid `token-scopes`, `name-reserved`
     */
    async issue(
      actor: Actor,
      { name, days, ...wanted }: NewToken,
    ): Promise<{ id: string; token: string; expiresAt: Date }> {
      if (actor.kind !== 'system' && !actor.roles.includes('admin')) {
        throw notYours()
      }
      if (actor.kind !== 'system') mustNotBeTheProducts(name)
      const held = checkedHolder(actor, wanted)
      const token = `orn_${newSecret(randomBytes)}`
      const createdAt = clock.now()
      const expiresAt = new Date(createdAt.getTime() + days * 86_400_000)
      const { organisationId } = actor
      const id = hashOfSecret(token)
      const issuedBy = makerOf(actor)
      await transaction(async () => {
        if (!(await mayStillIssue(actor))) throw notYours()
        const dates = { createdAt, expiresAt }
        const openers = await openersBehind(actor, staff, createdAt)
        const kept = { ...(openers.length > 0 && { openers }), ...dates }
        await staff.insertToken({ id, organisationId, name, ...held, issuedBy, ...kept })
        await audit.record(actor, {
          action: 'tokens.issue',
          on: { kind: 'token', id },
          after: { name, ...held, days },
        })
      })
      return { id, token, expiresAt }
    },

    /** Who acts with this token, or undefined when it is unknown or over. */
    async whoHas(token: string): Promise<Actor | undefined> {
      const found = await staff.findToken(hashOfSecret(token))
      if (!found) return undefined
      const { id, name, organisationId, roles, scopes, issuedBy, lastUsedAt } = found
      const now = clock.now()
      if (now >= found.expiresAt) {
        await noteOldUse(found, now)
        return undefined
      }
      if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= usedEveryMs) await staff.useToken(id, now)
      // Whoever commands the machine is nobody in the product, and each of their tokens is one by itself.
      // A key whose maker was not written down yet is one by itself too, but may no more than any other key.
      const behind = issuedBy?.id === commandLine.id ? undefined : (issuedBy ?? { id, name })
      return { organisationId, ...askerOf({ kind: 'token', id, name, roles, scopes, behind }) }
    },

    list: (actor: Actor): Promise<ListedToken[]> => staff.listTokens(actor.organisationId),

    /** @throws {DomainError} not-found `token` */
    async revoke(actor: Actor, id: string): Promise<void> {
      await transaction(async () => {
        if (!(await staff.deleteToken(actor.organisationId, id))) {
          throw new DomainError('not-found', 'token', 'There is no such API key.')
        }
        await audit.record(actor, { action: 'tokens.revoke', on: { kind: 'token', id } })
      })
    },
  }
}

/** What a new token holds: its scopes once each, in the order of the table. */
function checkedHolder(actor: Actor, { roles, scopes = [] }: Pick<NewToken, 'roles' | 'scopes'>): Holder {
  const given = rightsOf(roles)
  const beyond = scopes.filter(scope => !given.includes(scope))
  if (beyond.length > 0) {
    const message = `The roles do not give these rights: ${beyond.join(', ')}.`
    throw invalid('token-scopes', [{ path: 'scopes', message }])
  }
  const held =
    scopes.length > 0 ? { roles, scopes: given.filter(right => scopes.includes(right)) } : { roles }
  const own = rightsHeld(actor)
  if (actor.scopes && !rightsHeld(held).every(right => own.includes(right))) {
    throw new DomainError(
      'forbidden',
      'token-beyond',
      'An API key cannot create one that may do more. Give fewer roles, or name scopes.',
    )
  }
  return held
}

/** A token that makes a token hands its own maker on. */
function makerOf({ kind, id, name, behind }: Actor): Maker {
  return kind === 'system' ? commandLine : (behind ?? { id, name })
}

const notYours = () =>
  new DomainError('forbidden', 'token-roles', 'Only an administrator can create API keys.')
