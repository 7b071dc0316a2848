import { Agenda } from 'agenda'
import { MongoBackend } from '@agendajs/mongo-backend'
import { type Db } from 'mongodb'
import { type CallOrigins } from '../call-origin.ts'
import { faultOf } from '../fault.ts'
import { type Log } from '../log.ts'

/** One recurring piece of work. `run` may be called twice for the same occasion, and must do no harm then. */
export interface Job {
  /** Slice and deed, e.g. `loans.remind-overdue`. */
  readonly name: string
  /** Agenda's words, e.g. `1 minute`. */
  readonly every: string
  readonly run: () => Promise<void>
}

interface Jobs {
  start(): Promise<void>
  /** Waits for what is running; nothing new begins. */
  drain(): Promise<void>
  readonly running: () => boolean
}

interface JobsDeps {
  readonly log: Log
  readonly origins: Pick<CallOrigins, 'run'>
  /** Told of each run that has ended. */
  readonly ended: (run: JobRun) => void
}

export interface JobRun {
  readonly job: string
  readonly outcome: 'done' | 'failed'
  readonly seconds: number
}

/** How long the work of an instance that died stays taken; work that takes longer says in between that it lives. */
const lockMs = 20_000

/** Recurring work on Agenda: over several instances each occasion is taken by one, by the lock in the database. */
export function createJobs(db: Db, jobs: readonly Job[], { log, origins, ended }: JobsDeps): Jobs {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db }),
    processEvery: '5 seconds',
    defaultConcurrency: 1,
    defaultLockLifetime: lockMs,
  })
  // Agenda throws what nobody listens to.
  agenda.on('error', (error: unknown) => log.error({ err: faultOf(error) }, 'jobs failed'))
  let running = false

  async function work({ name, run }: Job): Promise<void> {
    const begun = performance.now()
    const tell = (outcome: JobRun['outcome']) =>
      ended({ job: name, outcome, seconds: (performance.now() - begun) / 1000 })
    try {
      await origins.run({ job: name }, run)
      tell('done')
    } catch (error) {
      tell('failed')
      log.error({ job: name, err: faultOf(error) }, 'job failed')
      throw error
    }
  }

  return {
    async start() {
      for (const job of jobs) agenda.define(job.name, running => keepingLock(running, () => work(job)))
      await agenda.start()
      for (const job of jobs) await agenda.every(job.every, job.name)
      running = true
    },
    async drain() {
      running = false
      await agenda.drain()
    },
    running: () => running,
  }
}

async function keepingLock(job: { touch(): Promise<unknown> }, run: () => Promise<void>): Promise<void> {
  const alive = setInterval(() => void job.touch().catch(() => undefined), lockMs / 4)
  try {
    await run()
  } finally {
    clearInterval(alive)
  }
}
