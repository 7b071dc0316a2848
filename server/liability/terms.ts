import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { defaultTerms } from './default-terms.ts'
import {
  sha256OfTerms,
  termsErrors,
  tidyTerms,
  type LiabilityTerms,
  type NewTerms,
} from './liability-terms.ts'
import { type TermsStore } from './terms-store.ts'

interface TermsDeps {
  readonly terms: TermsStore
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

/** The wordings that borrowers sign: published, read, never changed. */
export function createTerms({ terms, audit, transaction, clock, newId }: TermsDeps) {
  async function add(actor: Actor, input: NewTerms, number: number): Promise<LiabilityTerms> {
    const tidy = tidyTerms(input)
    const version: LiabilityTerms = {
      ...tidy,
      id: newId(),
      organisationId: actor.organisationId,
      number,
      sha256: sha256OfTerms(tidy),
      publishedAt: clock.now(),
      publishedBy: actor.name,
    }
    await transaction(async () => {
      await terms.insert(version)
      await audit.record(actor, {
        action: 'liability-terms.publish',
        on: { kind: 'liability-terms', id: version.id },
        after: { number, sha256: version.sha256 },
      })
    })
    return version
  }

  /** The version in force. An organisation that has published none gets the text of `default-terms.ts` as its first. */
  async function current(actor: Actor): Promise<LiabilityTerms> {
    const latest = await terms.latest(actor.organisationId)
    if (latest) return latest
    try {
      return await add(systemActor(actor.organisationId), defaultTerms, 1)
    } catch (error) {
      // Somebody else was first.
      const theirs = await terms.latest(actor.organisationId)
      if (theirs) return theirs
      throw error
    }
  }

  return {
    current,

    /** @throws {DomainError} not-found `terms-unknown` */
    async get(actor: Actor, id: string): Promise<LiabilityTerms> {
      const found = await terms.find(actor.organisationId, id)
      if (!found) throw new DomainError('not-found', 'terms-unknown', 'There are no such terms.')
      return found
    },

    /** Every version, newest first. */
    async list(actor: Actor): Promise<LiabilityTerms[]> {
      await current(actor)
      return terms.all(actor.organisationId)
    },

    /**
     * A new version, in force at once. What is signed with an older one from now on is refused.
     * @throws {DomainError} invalid `terms-invalid`; conflict `terms-same` when it says what is in force already, and
     * `stale` when somebody published meanwhile
     */
    async publish(actor: Actor, input: NewTerms): Promise<LiabilityTerms> {
      const wrong = termsErrors(input)
      if (wrong.length > 0) throw invalid('terms-invalid', wrong)
      const before = await current(actor)
      if (before.sha256 === sha256OfTerms(tidyTerms(input)))
        throw new DomainError('conflict', 'terms-same', 'These words are in force already.')
      return add(actor, input, before.number + 1)
    },
  }
}

export type Terms = ReturnType<typeof createTerms>
