import { Worker } from 'node:worker_threads'
import { dataFile } from './data-file.ts'
import { asStoreFault } from './store-fault.ts'

/** Work on the data file that takes long and must not hold up the engine. */
export type FileTask =
  | { readonly kind: 'backup'; readonly file: string; readonly to: string }
  | { readonly kind: 'check'; readonly file: string }

/**
 * Copies what is committed now to a file that can be put in the place of the data file; writes go on meanwhile.
 * @throws when the file cannot be written; then there is none
 */
export async function backUpFolder(folder: string, to: string): Promise<void> {
  await runTask({ kind: 'backup', file: dataFile(folder), to }, folder)
}

/** What SQLite finds wrong with the data file; empty when sound. */
export const fileFaults = (folder: string): Promise<readonly string[]> =>
  runTask({ kind: 'check', file: dataFile(folder) }, folder)

function runTask(task: FileTask, folder: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./file-worker.ts', import.meta.url), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', (error: unknown) => {
      const fault = asStoreFault(error, folder)
      reject(fault instanceof Error ? fault : new Error(String(fault)))
    })
    worker.once('exit', () => reject(new Error('The task on the data file ended early')))
  })
}
