import { Agenda } from 'agenda'
import { MongoBackend } from '@agendajs/mongo-backend'
import { type Db } from 'mongodb'
import { type Log } from '../log.ts'

/** One recurring piece of work. `run` may be called twice for the same occasion and must bear it. */
export interface Job {
  /** Slice and deed, e.g. `loans.remind-overdue`. */
  readonly name: string
  /** Agenda's words, e.g. `1 minute`. */
  readonly every: string
  readonly run: () => Promise<void>
}

export interface Jobs {
  start(): Promise<void>
  /** Waits for what is running; nothing new begins. */
  drain(): Promise<void>
  readonly running: () => boolean
}

/**
 * How long the work of an instance that died stays taken. Short, since Agenda keeps a timer of half of it after each
 * run, which would hold back the end of the process; work that takes longer says in between that it lives.
 */
const lockMs = 20_000

async function keepingLock(job: { touch(): Promise<unknown> }, run: () => Promise<void>): Promise<void> {
  const alive = setInterval(() => void job.touch().catch(() => undefined), lockMs / 4)
  try {
    await run()
  } finally {
    clearInterval(alive)
  }
}

/** Recurring work on Agenda: over several instances each occasion is taken by one, by the lock in the database. */
export function createJobs(db: Db, jobs: readonly Job[], log: Log): Jobs {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db }),
    processEvery: '5 seconds',
    defaultConcurrency: 1,
    defaultLockLifetime: lockMs,
  })
  agenda.on('fail', (error: Error, job: { attrs: { name: string } }) => {
    log.error({ job: job.attrs.name, error: error.name }, 'job failed')
  })
  let running = false
  return {
    async start() {
      for (const { name, run } of jobs) agenda.define(name, job => keepingLock(job, run))
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
