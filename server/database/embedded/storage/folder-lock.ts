import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asStoreFault, storeFault } from './store-fault.ts'

/**
 * Takes the folder for this process alone, making it when it is missing. The lock is the operating system's and ends
 * with the process, however that ends.
 * @returns what gives the folder back
 * @throws StoreFault when another engine holds the folder or it cannot be written to
 */
export function lockFolder(folder: string): () => void {
  let lock: DatabaseSync | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const held = new DatabaseSync(join(folder, 'engine.lock'), { timeout: 0 })
    lock = held
    held.exec('PRAGMA journal_mode=MEMORY')
    held.exec('BEGIN EXCLUSIVE')
    return () => {
      held.close()
    }
  } catch (error) {
    lock?.close()
    // What mkdir says where nothing can be made, as on a disk that is mounted for reading only.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw storeFault('read-only', folder, { cause: error })
    throw asStoreFault(error, folder)
  }
}
