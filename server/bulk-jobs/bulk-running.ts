import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { systemActor } from '../staff/actor.ts'
import { type MayStill } from '../staff/standing.ts'
import { actorOfJob, movedJob, type BulkItem, type BulkJob } from './bulk-job.ts'
import { type BulkJobStore } from './bulk-job-store.ts'
import { type BulkWork, type BulkWorks } from './bulk-work.ts'

interface BulkRunningDeps {
  readonly jobs: BulkJobStore
  readonly works: BulkWorks
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
  /** Nothing is done in the name of somebody who may no longer do it. */
  readonly mayStill: MayStill
  /** Told when the page of a job has something new to show. */
  readonly changed: (organisationId: string, jobId: string) => void
  readonly noteFault: (error: unknown, jobId: string) => void
  /** How many items are done beside each other, 1 or more. */
  readonly lanes: number
}

export type BulkRunning = ReturnType<typeof createBulkRunning>

type Which = Pick<BulkJob, 'id' | 'organisationId'>

/** How long an instance keeps a job without a sign of life; then another one continues it. */
const leaseMs = 60_000
/** Items are prepared within seconds; what is older was left by a process that died. */
const preparingMs = 10 * 60_000

/**
 * Does the items of running jobs, a few beside each other: what an item costs is mostly waiting for the disk. Each
 * result is saved before the next few begin, so a process that dies leaves at most those few to be done twice, which
 * every work allows. Results are counted for the few together, since each count writes to the one row of the job.
 */
export function createBulkRunning(deps: BulkRunningDeps) {
  const { jobs, works, audit, clock, newId, transaction, mayStill, changed, noteFault, lanes } = deps
  const under = new Map<string, Promise<void>>()
  let isStopping = false

  const lease = (token: string) => {
    const now = clock.now()
    return { token, now, until: new Date(now.getTime() + leaseMs) }
  }

  async function done(job: BulkJob, item: BulkItem, work: BulkWork): Promise<void> {
    const end = async (detail: BulkItem['detail']) =>
      jobs.endItem({ ...item, state: 'done', at: clock.now(), ...(detail && { detail }) })
    const doIt = () => work.doItem(actorOfJob(job), item, job)
    if (work.isAtomic) await transaction(async () => end(await doIt()))
    else {
      await end(await doIt())
    }
  }

  async function doItem(job: BulkJob, item: BulkItem, work: BulkWork): Promise<void> {
    try {
      await done(job, item, work)
    } catch (error) {
      const isRefusal = error instanceof DomainError
      if (!isRefusal) noteFault(error, job.id)
      const { code, message } = isRefusal
        ? error
        : { code: 'fault', message: 'Something went wrong on our side. Try again.' }
      const state = isRefusal ? 'refused' : 'failed'
      await jobs.endItem({ ...item, state, reason: { code, message }, at: clock.now() })
    }
  }

  async function finish({ organisationId, id }: Which): Promise<void> {
    await transaction(async () => {
      const job = await jobs.find(organisationId, id)
      if (job?.state !== 'running') return
      const ended = movedJob(job, 'done', { finishedAt: clock.now() })
      if (!(await jobs.move(ended, 'running'))) return
      const { total, ...counts } = job.counts
      const on = { kind: 'job', id }
      await audit.record(systemActor(organisationId), {
        action: 'jobs.done',
        on,
        after: { total, ...counts },
      })
    })
    changed(organisationId, id)
  }

  /** The asker has left or has lost the right meanwhile: what is done stays done, the rest is left. */
  async function leave({ organisationId, id }: Which): Promise<void> {
    await transaction(async () => {
      const job = await jobs.find(organisationId, id)
      if (job?.state !== 'running') return
      if (!(await jobs.move(movedJob(job, 'cancelled', { finishedAt: clock.now() }), 'running'))) return
      await jobs.cancelItems(organisationId, id)
      await audit.record(systemActor(organisationId), {
        action: 'jobs.cancel',
        on: { kind: 'job', id },
        after: { done: job.counts.done, total: job.counts.total, askerMayNoMore: true },
      })
    })
    changed(organisationId, id)
  }

  /** Goes on with a job until it is at its end, is stopped, or another instance has it. */
  async function goOn(which: Which): Promise<void> {
    const { organisationId, id } = which
    const token = newId()
    const job = await jobs.claim(organisationId, id, lease(token))
    if (!job) return
    const work = works.get(job.work)
    for (;;) {
      await transaction(() => jobs.countEnded(organisationId, id))
      changed(organisationId, id)
      const waiting = await jobs.items(organisationId, id, { state: 'waiting', limit: lanes })
      if (waiting.length === 0) return finish(which)
      if (isStopping) return jobs.release(organisationId, id, token)
      if (!(await jobs.renew(organisationId, id, lease(token)))) return
      if (!(await mayStill(actorOfJob(job), work.right(job)))) return leave(which)
      await Promise.all(waiting.map(item => doItem(job, item, work)))
    }
  }

  function start(which: Which): Promise<void> {
    const running = under.get(which.id)
    if (running) return running
    const begun = goOn(which)
      .catch((error: unknown) => noteFault(error, which.id))
      .finally(() => under.delete(which.id))
    under.set(which.id, begun)
    return begun
  }

  return {
    /** Begins or goes on in the background. */
    start: (which: Which): void => void start(which),

    /** Continues the jobs of a process that died, and ends those whose items it had not finished saving. */
    async resume(): Promise<void> {
      const now = clock.now()
      for (const job of await jobs.unfinishedBefore(new Date(now.getTime() - preparingMs), 20)) {
        await jobs.move(movedJob(job, 'cancelled', { finishedAt: now }), 'preparing')
      }
      await Promise.all((await jobs.abandoned(now, 20)).map(which => start(which)))
    },

    /** Resolves when everything that runs now has ended. */
    idle: async (): Promise<void> => {
      await Promise.all(under.values())
    },

    /** Nothing new begins; what runs stops behind its present items, to be taken up again. */
    async stop(): Promise<void> {
      isStopping = true
      await Promise.all(under.values())
    },
  }
}
