import { type ApprovalKind, type Approvals } from '../approvals/approvals.ts'
import { type Approval } from '../approvals/approval.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type Reason } from '../reason.ts'
import { askerOf, type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { againWhenStale, stale, triesAmongMany } from '../stale.ts'
import {
  mayBeUndone,
  movedJob,
  type BulkItem,
  type BulkJob,
  type BulkJobState,
  type BulkSubject,
} from './bulk-job.ts'
import { type BulkJobStore } from './bulk-job-store.ts'
import { createBulkReading, unknownJob } from './bulk-reading.ts'
import { type BulkRunning } from './bulk-running.ts'
import { type BulkWork, type BulkWorks } from './bulk-work.ts'

interface BulkJobsDeps {
  readonly jobs: BulkJobStore
  readonly works: BulkWorks
  readonly running: Pick<BulkRunning, 'start'>
  readonly approvals: Pick<Approvals, 'register' | 'request' | 'dropFor'>
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
  readonly changed: (organisationId: string, jobId: string) => void
}

interface NewBulkJob {
  /** Given where the caller may ask again: the same id is the same job. */
  readonly id?: string | undefined
  readonly work: string
  readonly variant: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly items: readonly NewBulkItem[]
  /**
   * The kind of approval that has to be given first, if any. Asked in the transaction that sets the job going, so that
   * what it counts there is counted with it.
   */
  readonly approvalFor?: (() => Promise<AskedApproval | undefined>) | undefined
  readonly undoes?: string
}

interface AskedApproval {
  readonly kind: string
  /** With how many other things the asker did such a deed alone lately; whoever decides reads it. */
  readonly lately: number
}

export interface NewBulkItem {
  readonly subject: BulkSubject
  /** It is known beforehand that it cannot be done. */
  readonly refused?: Reason | undefined
  readonly detail?: BulkItem['detail']
}

export type BulkJobs = ReturnType<typeof createBulkJobs>

const chunk = 500

/** Deeds on many things at once: asked for, perhaps approved, done item by item, stopped, taken back. */
export function createBulkJobs(deps: BulkJobsDeps) {
  const { jobs, works, running, approvals, audit, clock, newId, transaction, changed } = deps

  const reading = createBulkReading(jobs)
  const { get } = reading

  async function write(actor: Actor, wanted: NewBulkJob, id: string): Promise<BulkJob | undefined> {
    const { organisationId } = actor
    const { work, variant, parameters, reason, items, undoes } = wanted
    const now = clock.now()
    const refused = items.filter(item => item.refused).length
    const job: BulkJob = {
      id,
      organisationId,
      work,
      variant,
      parameters,
      reason,
      askedBy: askerOf(actor),
      state: 'preparing',
      counts: { total: items.length, done: 0, refused, failed: 0 },
      createdAt: now,
      ...(undoes !== undefined && { undoes }),
    }
    if (!(await jobs.insert(job))) return undefined
    for (let from = 0; from < items.length; from += chunk) {
      const part = items.slice(from, from + chunk)
      await jobs.addItems(part.map((item, index) => newItem(job, item, { number: from + index + 1, now })))
    }
    return job
  }

  /** Sets it going, or asks the second person, together with its line in the log. */
  async function open(actor: Actor, job: BulkJob, approvalFor: NewBulkJob['approvalFor']): Promise<BulkJob> {
    return transaction(async () => {
      const { id, reason, work, variant, counts } = job
      const asked = await approvalFor?.()
      const toDo = counts.total - counts.refused
      const approval = asked && {
        kind: asked.kind,
        id: (
          await approvals.request(actor, {
            kind: asked.kind,
            subject: { kind: 'job', id, label: String(toDo) },
            facts: { variant, count: toDo, ...(asked.lately > 0 && { lately: asked.lately }) },
            reason,
          })
        ).id,
      }
      const opened = approval
        ? movedJob(job, 'waiting', { approval })
        : movedJob(job, 'running', { startedAt: clock.now() })
      if (!(await jobs.move(opened, 'preparing'))) return unknownJob()
      const after = { work, variant, ...job.parameters, ...counts }
      await audit.record(actor, { action: 'jobs.ask', on: { kind: 'job', id }, reason, after })
      return opened
    })
  }

  async function moveWithin(
    job: BulkJob,
    to: BulkJobState,
    fields: Parameters<typeof movedJob>[2],
  ): Promise<BulkJob> {
    const moved = movedJob(job, to, fields)
    if (!(await jobs.move(moved, job.state))) throw stale('job')
    changed(job.organisationId, job.id)
    return moved
  }

  /** What follows from the second person's answer. Written so that a crash right after it loses nothing. */
  async function decided({ organisationId, subject, state, note, decidedBy }: Approval): Promise<void> {
    const job = await jobs.find(organisationId, subject.id)
    if (job?.state !== 'waiting' || state === 'waiting') return
    const now = clock.now()
    if (state === 'approved') {
      await moveWithin(job, 'running', { startedAt: now })
      return
    }
    const to = state === 'withdrawn' ? 'cancelled' : 'refused'
    await jobs.cancelItems(organisationId, job.id)
    const by = decidedBy && { endedBy: decidedBy.name }
    await moveWithin(job, to, { finishedAt: now, ...by, ...(note && { note }) })
  }

  /** @throws {DomainError} forbidden `not-allowed` */
  function mustHaveRight(actor: Actor, job: BulkJob): void {
    if (rightsHeld(actor).includes(works.get(job.work).right(job))) return
    throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
  }

  /**
   * A new job, going on in the background unless a second person has to approve it first.
   * @throws {DomainError} as `Approvals.request`
   */
  async function ask(actor: Actor, wanted: NewBulkJob): Promise<BulkJob> {
    const id = wanted.id ?? newId()
    const job = await write(actor, wanted, id)
    // Asked for again: the first one goes on.
    if (!job) return get(actor, id)
    // The same person may begin something else at this moment, which is weighed too then.
    const opened = await againWhenStale(() => open(actor, job, wanted.approvalFor), triesAmongMany)
    if (opened.state === 'running') running.start(opened)
    return opened
  }

  /** Everything that was done in a job, in its order. */
  async function doneItems(organisationId: string, id: string): Promise<NewBulkItem[]> {
    const all: BulkItem[] = []
    for (;;) {
      const after = all.at(-1)?.number ?? 0
      const page = await jobs.items(organisationId, id, { state: 'done', limit: chunk, after })
      all.push(...page)
      if (page.length < chunk) return all.map(({ subject, detail }) => ({ subject, detail }))
    }
  }

  return {
    ...reading,

    /** The work whose items a slice can do. Once, when the server is put together. */
    register: (work: BulkWork): void => works.register(work),

    /** An approval that lets jobs go on once it is given. */
    registerApproval(kind: Omit<ApprovalKind, 'ended' | 'afterwards'>): void {
      approvals.register({
        ...kind,
        ended: decided,
        afterwards: ({ organisationId, subject, state }) => {
          if (state === 'approved') running.start({ organisationId, id: subject.id })
          return Promise.resolve()
        },
      })
    },

    ask,

    /**
     * Stops it: what is done stays done, the rest is left. One that waits for approval is taken back.
     * @throws {DomainError} not-found `job-unknown`; forbidden `not-allowed`; conflict `job-ended`
     */
    async cancel(actor: Actor, id: string): Promise<BulkJob> {
      return transaction(async () => {
        const job = await get(actor, id)
        mustHaveRight(actor, job)
        const stopped = await moveWithin(job, 'cancelled', { finishedAt: clock.now(), endedBy: actor.name })
        await jobs.cancelItems(actor.organisationId, id)
        if (job.approval && job.state === 'waiting') await approvals.dropFor(actor, job.approval.kind, id)
        const after = { done: job.counts.done, total: job.counts.total }
        await audit.record(actor, { action: 'jobs.cancel', on: { kind: 'job', id }, after })
        return stopped
      })
    },

    /** Whether it can be taken back now, by this actor. */
    mayUndo: (actor: Actor, job: BulkJob): boolean => {
      const work = works.get(job.work)
      return (
        work.undo !== undefined &&
        mayBeUndone(job, clock.now()) &&
        rightsHeld(actor).includes(work.right(job))
      )
    },

    /** Whether this actor may stop it. */
    mayCancel: (actor: Actor, job: BulkJob): boolean =>
      (job.state === 'waiting' || job.state === 'running') &&
      rightsHeld(actor).includes(works.get(job.work).right(job)),

    /**
     * A new job that brings back what each item of `id` was before, where nothing has changed it since. For an hour, once.
     * @throws {DomainError} not-found `job-unknown`; forbidden `not-allowed`; conflict `job-not-undoable`
     */
    async undo(actor: Actor, id: string): Promise<BulkJob> {
      const job = await get(actor, id)
      mustHaveRight(actor, job)
      const { undo } = works.get(job.work)
      const undoId = newId()
      const isOpen = undo !== undefined && mayBeUndone(job, clock.now())
      if (!isOpen || !(await jobs.markUndone(actor.organisationId, id, undoId))) {
        throw new DomainError('conflict', 'job-not-undoable', 'This job can no longer be undone.')
      }
      const items = await doneItems(actor.organisationId, id)
      const { variant, parameters, reason } = job
      return ask(actor, { id: undoId, work: undo, variant, parameters, reason, items, undoes: id })
    },
  }
}

function newItem(
  { id: jobId, organisationId }: BulkJob,
  { subject, refused, detail }: NewBulkItem,
  { number, now }: { number: number; now: Date },
): BulkItem {
  return {
    id: `${jobId}.${String(number)}`,
    organisationId,
    jobId,
    number,
    subject,
    state: refused ? 'refused' : 'waiting',
    ...(refused && { reason: refused, at: now }),
    ...(detail && { detail }),
  }
}
