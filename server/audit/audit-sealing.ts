import { setTimeout as wait } from 'node:timers/promises'
import { type Transaction } from '../database/transaction.ts'
import { chain } from './audit-chain.ts'
import { type AuditChainStore } from './audit-chain-store.ts'

interface AuditSealingDeps {
  readonly store: AuditChainStore
  /** A plain one: what it writes is no deed of its own. */
  readonly transaction: Transaction
  readonly organisationIds: () => Promise<readonly string[]>
  readonly noteFault: (error: unknown) => void
  /** How long to gather before sealing, in milliseconds. */
  readonly gatherMs: number
}

const atOnce = 500

export type AuditSealing = ReturnType<typeof createAuditSealing>

/**
 * Gives events their place in the chain of their organisation, moments after they were written. Not in the transaction
 * that writes them: all transactions of an organisation would wait for each other at the end of the chain.
 */
export function createAuditSealing(deps: AuditSealingDeps) {
  const { store, transaction, organisationIds, noteFault, gatherMs } = deps
  const underWay = new Map<string, Promise<void>>()
  const again = new Set<string>()

  /** Everything that has no place yet. Another process at the same work makes this one read again. */
  async function seal(organisationId: string): Promise<void> {
    for (;;) {
      const head = await store.head(organisationId)
      const events = await store.unsealed(organisationId, atOnce)
      if (events.length === 0) return
      const links = chain(head, events)
      const sealed = await transaction(() => store.seal(organisationId, head, links))
      if (sealed && events.length < atOnce) return
    }
  }

  async function sealInTurn(organisationId: string): Promise<void> {
    do {
      await wait(gatherMs)
      again.delete(organisationId)
      await seal(organisationId)
    } while (again.has(organisationId))
  }

  function wrote(ids: ReadonlySet<string>): void {
    for (const id of ids) {
      again.add(id)
      if (underWay.has(id)) continue
      const work = sealInTurn(id)
        .catch(noteFault)
        .finally(() => underWay.delete(id))
      underWay.set(id, work)
    }
  }

  return {
    /** Events of these organisations have been committed. */
    wrote,

    /** What a crash has left without a place. Resolves when it has one, or when that failed and was noted. */
    async sealAll(): Promise<void> {
      const ids = await organisationIds().catch((error: unknown) => (noteFault(error), []))
      wrote(new Set(ids))
      await Promise.all(ids.map(id => underWay.get(id) ?? Promise.resolve()))
    },

    /** Resolves when nothing is being sealed. */
    async idle(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay.values())
    },
  }
}
