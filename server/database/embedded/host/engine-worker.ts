import { parentPort, workerData } from 'node:worker_threads'
import { StoreFault } from '../storage/store-fault.ts'
import { serve } from './serve.ts'
import { type ServeOptions } from './serving.ts'
import { tidyAtRest } from './tidy-at-rest.ts'
import { type WorkerQuestion, type WorkerReport } from './worker-messages.ts'

/** The engine in a thread of its own: the application's event loop never waits for the disk. */
async function run(): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('This file is the body of a worker thread')
  const tell = (report: WorkerReport) => {
    port.postMessage(report)
  }
  try {
    const serving = await serve(workerData as ServeOptions)
    port.on('message', (question: WorkerQuestion) => {
      const answer = question.ask === 'stop' ? serving.stop().then(() => []) : serving.indexFaults()
      answer.then(
        lines => {
          tell({ kind: 'answer', id: question.id, lines })
          if (question.ask === 'stop') port.close()
        },
        (error: unknown) => tell({ kind: 'failed', id: question.id, ...described(error) }),
      )
    })
    tell({ kind: 'ready', address: serving.address })
    tidyAtRest(globalThis.gc)
  } catch (error) {
    tell({ kind: 'failed', id: undefined, ...described(error) })
    port.close()
  }
}

function described(error: unknown): { message: string; fault: StoreFault['kind'] | undefined } {
  const message = error instanceof Error ? error.message : String(error)
  return { message, fault: error instanceof StoreFault ? error.kind : undefined }
}

await run()
