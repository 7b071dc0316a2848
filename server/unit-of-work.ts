import { AsyncLocalStorage } from 'node:async_hooks'
import { type Transaction } from './database/transaction.ts'

interface UnitOfWorkHooks {
  /** The last thing inside a transaction; what it writes is committed with the rest or not at all. */
  readonly beforeCommit: () => Promise<void>
  /** Called after the commit with what was noted inside. */
  readonly committed: (notes: ReadonlySet<string>) => void
}

interface UnitOfWork {
  readonly transaction: Transaction
  /** Passes something on to `committed`: after the transaction around the caller, or at once outside of one. */
  readonly note: (what: string) => void
}

/** Transactions with something to do around the outermost of them, whoever begins it. */
export function createUnitOfWork(bare: Transaction, hooks: UnitOfWorkHooks): UnitOfWork {
  const around = new AsyncLocalStorage<Set<string>>()
  return {
    async transaction(work) {
      if (around.getStore()) return bare(work)
      const notes = new Set<string>()
      const value = await around.run(notes, () =>
        bare(async () => {
          const done = await work()
          await hooks.beforeCommit()
          return done
        }),
      )
      hooks.committed(notes)
      return value
    },
    note(what) {
      const notes = around.getStore()
      if (notes) notes.add(what)
      else hooks.committed(new Set([what]))
    },
  }
}
