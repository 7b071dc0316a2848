import { type Actor } from '../staff/actor.ts'
import { type Right } from '../staff/rights.ts'
import { type BulkItem, type BulkJob } from './bulk-job.ts'

/** How the items of one sort of job are done; the slice that knows how registers it. */
export interface BulkWork {
  readonly work: string
  /** Whoever has it may stop such a job, and undo it where that can be done. */
  readonly right: (job: Pick<BulkJob, 'variant'>) => Right
  /**
   * Does one item and answers what was done. After a crash it is called again for an item that may have been done
   * already, and must not do harm then. A refusal is thrown as a DomainError and stored with the item.
   */
  readonly doItem: (actor: Actor, item: BulkItem, job: BulkJob) => Promise<Readonly<Record<string, unknown>>>
  /** All of it is in the database, so that the item and its result stand or fall together. */
  readonly isAtomic: boolean
  /** The work that takes an item back, whose `doItem` gets the first one's detail; missing where nothing does. */
  readonly undo?: string
}

/** The works by name, as the slices have registered them. */
export interface BulkWorks {
  register(work: BulkWork): void
  get(name: string): BulkWork
}

export function createBulkWorks(): BulkWorks {
  const works = new Map<string, BulkWork>()
  return {
    register(work) {
      if (works.has(work.work)) throw new Error(`The work ${work.work} is registered already`)
      works.set(work.work, work)
    },
    get(name) {
      const work = works.get(name)
      if (!work) throw new Error(`Nobody registered the work ${name}`)
      return work
    },
  }
}
