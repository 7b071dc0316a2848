import { type Server } from '../commands/call.ts'
import { execute, failureAnswer, isWrite, type Task } from '../commands/execute.ts'
import { Blocked, CloseConnection } from '../commands/fail-point.ts'
import { MustYield } from '../engine/deadline.ts'
import { MongoError } from '../errors.ts'
import { MustWait } from '../transactions/transaction.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { type Document } from '../values/value.ts'
import { type Answer, commonFields, encodeAnswer } from '../wire/answer.ts'
import { type ClusterClock } from './cluster-clock.ts'

/** A task and where its answer goes. */
export interface Job extends Task {
  readonly answer: (body: Buffer) => void
  /** Ends the connection instead of an answer. */
  readonly hangUp: () => void
  /** Takes back the wish to go on when a transaction has ended. */
  stopWaiting?: (() => void) | undefined
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'wait' }

/**
 * Carries jobs out in batches: all that came in during one turn of the event loop share one store transaction, and their
 * answers leave when it is on disk.
 */
export class BatchRunner {
  readonly #server: Server
  readonly #clock: ClusterClock
  #queue: Job[] = []
  #scheduled = false
  #stopped = false

  constructor(server: Server, clock: ClusterClock) {
    this.#server = server
    this.#clock = clock
  }

  submit(job: Job): void {
    if (this.#stopped) return
    this.#queue.push(job)
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.flush()
    })
  }

  /** Carries out what is queued, now. */
  flush(): void {
    this.#scheduled = false
    const jobs = this.#queue
    this.#queue = []
    if (jobs.length > 0) this.#runTogether(jobs)
  }

  /** Carries out what is queued and takes nothing more; a write that has not ended is remembered as far as it came. */
  stop(): void {
    this.flush()
    this.#stopped = true
  }

  /** Runs work of the engine's own in a store transaction. */
  runInternal(work: () => void): void {
    const { store, locks } = this.#server.engine
    try {
      store.begin()
      work()
      store.commit()
      locks.committed()
    } catch (error) {
      this.#takeBack([])
      throw error
    }
  }

  #runTogether(jobs: readonly Job[]): void {
    const before = jobs.map(job => job.progress)
    try {
      const outcomes = this.#outcomes(jobs)
      this.#deliver(jobs, outcomes)
    } catch (error) {
      jobs.forEach((job, at) => (job.progress = before[at]))
      this.#takeBack(jobs)
      // Nothing of the batch was kept. One by one, each job answers for itself.
      if (jobs.length > 1) for (const job of jobs) this.#runTogether([job])
      else for (const job of jobs) job.answer(this.#encode(failureAnswer(error)))
    }
  }

  #outcomes(jobs: readonly Job[]): readonly Outcome[] {
    if (jobs.some(job => isWrite(job.command))) return this.#inStoreTransaction(jobs)
    const answerAll = () => jobs.map(job => this.#outcome(job))
    return jobs.length > 1 ? this.#server.engine.store.readTogether(answerAll) : answerAll()
  }

  #inStoreTransaction(jobs: readonly Job[]): readonly Outcome[] {
    const { store, locks } = this.#server.engine
    store.begin()
    const outcomes = jobs.map(job => this.#outcome(job))
    store.commit()
    locks.committed()
    return outcomes
  }

  /** @throws what is no refusal: then the batch cannot be kept */
  #outcome(job: Job): Outcome {
    try {
      return { kind: 'answer', answer: execute(this.#server, job) }
    } catch (error) {
      if (error instanceof MustWait) {
        this.#wait(job, error)
        return { kind: 'wait' }
      }
      if (error instanceof MustYield) {
        this.#goOnLater(job)
        return { kind: 'wait' }
      }
      if (error instanceof CloseConnection) return { kind: 'hang-up' }
      if (error instanceof Blocked) {
        job.heldUp = error.data
        setTimeout(() => this.submit(job), error.ms)
        return { kind: 'wait' }
      }
      if (error instanceof MongoError) return { kind: 'answer', answer: failureAnswer(error) }
      throw error
    }
  }

  #goOnLater(job: Job): void {
    const turn = setImmediate(() => {
      job.stopWaiting = undefined
      this.submit(job)
    })
    job.stopWaiting = () => {
      clearImmediate(turn)
      job.stopWaiting = undefined
    }
  }

  #wait(job: Job, { transaction }: MustWait): void {
    const limit = job.command.get('maxTimeMS')
    const stopListening = transaction.onEnd(() => {
      job.stopWaiting?.()
      this.submit(job)
    })
    const timer =
      isNumber(limit) && asNumber(limit) > 0
        ? setTimeout(() => this.#giveUp(job), asNumber(limit))
        : undefined
    job.stopWaiting = () => {
      stopListening()
      clearTimeout(timer)
      job.stopWaiting = undefined
    }
  }

  #giveUp(job: Job): void {
    job.stopWaiting?.()
    job.answer(
      this.#encode(failureAnswer(new MongoError(50, 'MaxTimeMSExpired', 'operation exceeded time limit'))),
    )
  }

  /** Undoes in the store and in memory what the failed batch did. */
  #takeBack(jobs: readonly Job[]): void {
    const { engine, sessions, cursors } = this.#server
    for (const job of jobs) job.stopWaiting?.()
    engine.store.rollback()
    engine.reload()
    sessions.clear()
    cursors.clear()
  }

  #deliver(jobs: readonly Job[], outcomes: readonly Outcome[]): void {
    const common = commonFields(this.#clock.tick())
    jobs.forEach((job, at) => {
      const outcome = outcomes[at]
      if (outcome?.kind === 'answer') job.answer(encodeAnswer(outcome.answer, common))
      else if (outcome?.kind === 'hang-up') job.hangUp()
    })
  }

  #encode(answer: Document): Buffer {
    return encodeAnswer(answer, commonFields(this.#clock.tick()))
  }
}
