import { closeToOthers, dataFile } from './data-file.ts'
import { lockFolder } from './folder-lock.ts'
import { type RecordStore } from './record-store.ts'
import { SqliteStore } from './sqlite-store.ts'
import { asStoreFault } from './store-fault.ts'

interface OpenedStore {
  readonly store: RecordStore
  /** Closes the store and gives the folder back. */
  close(): void
}

/**
 * Opens the store of a folder, which this process then holds alone.
 * @throws StoreFault when the folder cannot be used; then nothing was changed
 */
export function openStore(
  folder: string,
  limits: { readonly maxPages?: number | undefined } = {},
): OpenedStore {
  const release = lockFolder(folder)
  try {
    const file = dataFile(folder)
    ownFile(file, folder)
    const store = new SqliteStore({ file, folder, maxPages: limits.maxPages })
    return {
      store,
      close() {
        store.close()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

function ownFile(file: string, folder: string): void {
  try {
    closeToOthers(file)
  } catch (error) {
    throw asStoreFault(error, folder)
  }
}
