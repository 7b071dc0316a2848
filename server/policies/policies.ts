import { ownAccount } from '../approvals/approval.ts'
import { type Audit } from '../audit/audit.ts'
import { dayOf } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { type MayBeOneOf } from '../staff/opened.ts'
import { signedLines } from './checklist.ts'
import { approvePolicy, policyErrors, type NewPolicy, type SecurityPolicy } from './policy.ts'
import { type PolicyStore } from './policy-store.ts'
import { writersOf } from './writers.ts'

interface PoliciesDeps {
  readonly policies: PolicyStore
  readonly mayBeOneOf: MayBeOneOf
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

export type Policies = ReturnType<typeof createPolicies>

/** Security policies: written, approved by another person, cited by profiles, never changed (R10, R13). */
export function createPolicies(deps: PoliciesDeps) {
  const { policies, mayBeOneOf, audit, transaction, clock, newId } = deps
  /** @throws {DomainError} not-found `policy-unknown` */
  async function get(actor: Actor, id: string): Promise<SecurityPolicy> {
    const found = await policies.find(actor.organisationId, id)
    if (found === undefined)
      throw new DomainError('not-found', 'policy-unknown', 'There is no such security policy.')
    return found
  }

  /** The newest approved version: the only one that more can be approved under. */
  const inForce = (actor: Actor): Promise<SecurityPolicy | undefined> =>
    policies.newestApproved(actor.organisationId)

  /** Accounts that wrote something in the version, so that they cannot approve it. */
  const writers = async (actor: Actor, policy: SecurityPolicy): Promise<ReadonlySet<string>> =>
    writersOf(policy, await policies.all(actor.organisationId))

  /** Whether a writer of the version may be the same person as this actor, at another account. */
  const isOwnAccount = async (actor: Actor, policy: SecurityPolicy): Promise<boolean> =>
    mayBeOneOf(actor, [...(await writers(actor, policy))])

  return {
    get,
    inForce,
    writers,
    isOwnAccount,

    /** Every version, newest first. */
    list: (actor: Actor): Promise<SecurityPolicy[]> => policies.all(actor.organisationId),

    /**
     * A new version, as a draft.
     * @throws {DomainError} invalid `policy-invalid`; conflict `policy-stale` when somebody wrote one since `basedOn`,
     * `stale` in the same moment
     */
    async write(actor: Actor, input: NewPolicy): Promise<SecurityPolicy> {
      const now = clock.now()
      const today = dayOf(now)
      const wrong = policyErrors(input, today)
      if (wrong.length > 0) throw invalid('policy-invalid', wrong)
      const latest = await policies.latest(actor.organisationId)
      if (input.basedOn !== undefined && input.basedOn !== (latest?.number ?? 0)) throw policyStale()
      const writtenBy = accountOf(actor)
      const signing = { before: latest?.checklist ?? [], signer: writtenBy, today }
      const policy: SecurityPolicy = {
        id: newId(),
        organisationId: actor.organisationId,
        number: (latest?.number ?? 0) + 1,
        title: input.title.trim(),
        text: input.text,
        checklist: signedLines(input.checklist, signing),
        writtenAt: now,
        writtenBy,
      }
      await transaction(async () => {
        await policies.insert(policy)
        await audit.record(actor, {
          action: 'policies.write',
          on: { kind: 'security-policy', id: policy.id },
          after: { number: policy.number, title: policy.title },
        })
      })
      return policy
    },

    /**
     * The policy with its approval.
     * @throws {DomainError} not-found `policy-unknown`; conflict `policy-approved`, `policy-superseded`,
     * `checklist-unanswered`; forbidden `own-policy`, `approval-own-account`
     */
    async approve(actor: Actor, id: string): Promise<SecurityPolicy> {
      const read = await get(actor, id)
      if (read.approval === undefined && (await isOwnAccount(actor, read))) {
        // The attempt itself is worth knowing, although it changed nothing.
        const on = { kind: 'security-policy', id }
        await audit.record(actor, { action: 'policies.own-account-approval-refused', on })
        throw ownAccount()
      }
      return transaction(async () => {
        const newest = (await inForce(actor))?.number
        const policy = await get(actor, id)
        const approved = approvePolicy(policy, {
          actor,
          now: clock.now(),
          writers: await writers(actor, policy),
          ...(newest !== undefined && { inForce: newest }),
        })
        if (
          approved.approval === undefined ||
          !(await policies.approve(actor.organisationId, id, approved.approval))
        )
          throw new DomainError('conflict', 'policy-approved', 'This policy has already been approved.')
        await audit.record(actor, {
          action: 'policies.approve',
          on: { kind: 'security-policy', id },
          after: { number: approved.number },
        })
        return approved
      })
    },
  }
}

/** Answers that a colleague gave meanwhile would be overwritten in the name of somebody who has not seen them. */
function policyStale(): DomainError {
  const message = 'Somebody wrote a newer version meanwhile. Compare your answers with it, and save again.'
  return new DomainError('conflict', 'policy-stale', message)
}
