import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { systemActor } from '../staff/actor.ts'
import { itemsKeptDays } from './bulk-job.ts'
import { type BulkJobStore } from './bulk-job-store.ts'

interface BulkPurgingDeps {
  readonly jobs: Pick<BulkJobStore, 'withOldItems' | 'removeItems'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

const atOnce = 50
const dayMs = 86_400_000

/**
 * Removes the items of jobs that ended long ago; the job itself stays, with its counts and its reason. What it did with
 * each thing is in the log of that thing. If a crash interrupts it, the next round continues.
 */
export function createBulkPurging({ jobs, audit, transaction, clock }: BulkPurgingDeps) {
  return {
    async purge(): Promise<void> {
      const now = clock.now()
      const before = new Date(now.getTime() - itemsKeptDays * dayMs)
      for (;;) {
        const old = await jobs.withOldItems(before, atOnce)
        for (const { id, organisationId } of old)
          await transaction(async () => {
            const items = await jobs.removeItems(organisationId, id, now)
            const on = { kind: 'job', id }
            await audit.record(systemActor(organisationId), { action: 'jobs.purge', on, after: { items } })
          })
        if (old.length < atOnce) return
      }
    },
  }
}

export type BulkPurging = ReturnType<typeof createBulkPurging>
