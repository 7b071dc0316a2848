import { Worker } from 'node:worker_threads'
import { StoreFault } from '../storage/store-fault.ts'
import { type ServeOptions, type Serving } from './serving.ts'
import { type WorkerQuestion, type WorkerReport } from './worker-messages.ts'

interface Waiting {
  readonly resolve: (lines: readonly string[]) => void
  readonly reject: (error: Error) => void
}

/**
 * Room for what a request needs until it is answered. V8's own choice grows to 48 MB under load and is not given back;
 * a third of this is room for one round.
 */
const youngMegabytes = 12

/**
 * Opens the folder and answers clients in a thread of its own.
 * @throws StoreFault when the folder cannot be used
 */
export async function serveInWorker(options: ServeOptions): Promise<Serving> {
  const worker = new Worker(new URL('./engine-thread.js', import.meta.url), {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  })
  const waiting = new Map<number, Waiting>()
  let questions = 0
  let ended = false
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  const failAll = (error: Error) => {
    ended = true
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', error => failAll(error instanceof Error ? error : new Error(String(error))))
  worker.once('exit', () => failAll(new Error('The database engine has stopped')))

  const ask = (question: WorkerQuestion['ask']) =>
    new Promise<readonly string[]>((resolve, reject) => {
      if (ended) {
        reject(new Error('The database engine has stopped'))
        return
      }
      const id = ++questions
      waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage({ id, ask: question } satisfies WorkerQuestion)
    })

  const address = await new Promise<string>((resolve, reject) => {
    waiting.set(0, { resolve: () => undefined, reject })
    worker.on('message', (report: WorkerReport) => {
      if (report.kind === 'ready') {
        waiting.delete(0)
        resolve(report.address)
        return
      }
      const id = report.id ?? 0
      const asked = waiting.get(id)
      waiting.delete(id)
      if (waiting.size === 0) worker.unref()
      if (report.kind === 'answer') asked?.resolve(report.lines)
      else
        asked?.reject(report.fault ? new StoreFault(report.fault, report.message) : new Error(report.message))
    })
  })
  // An application that has nothing left to do may end: the store needs no farewell.
  worker.unref()
  return {
    address,
    indexFaults: () => ask('index-faults'),
    async stop() {
      if (ended) return
      await ask('stop')
      worker.ref()
      await exited
    },
  }
}
