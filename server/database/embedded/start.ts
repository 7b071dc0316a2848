import { backUpFolder, fileFaults } from './storage/file-tasks.ts'
import { forgetAddress, noteAddress, removeSocketFolder, socketFor, uriOf } from './host/address.ts'
import { serveInWorker } from './host/serve-in-worker.ts'

export interface EmbeddedOptions {
  /** Holds the data; made when it is missing. One engine at a time. */
  readonly folder: string
  /** Listens on 127.0.0.1 (0: any free port) instead of a socket in the file system. Whoever reaches the port may do all. */
  readonly port?: number
  /** Runs in the calling thread: for tests of the engine itself. */
  readonly inline?: boolean
  /** Takes `configureFailPoint`. */
  readonly testCommands?: boolean
  /** Refuses to grow beyond this many pages of 4 kB, as a full disk would. */
  readonly maxPages?: number
}

interface EmbeddedEngine {
  /** For any MongoDB driver. */
  readonly uri: string
  /** Copies what is committed now to a file that can stand in for the data file; writes go on meanwhile. */
  backup(toFile: string): Promise<void>
  /** What is wrong with the data file or its indexes, in words; empty when all is sound. */
  integrity(): Promise<readonly string[]>
  stop(): Promise<void>
}

/**
 * Starts the engine on a folder.
 * @throws StoreFault, naming the folder, when it is in use, cannot be written to, is full, damaged or of a newer format
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedEngine> {
  const { folder, port, inline = false, testCommands = false, maxPages } = options
  const socket = port === undefined ? socketFor(folder) : undefined
  const listen = socket === undefined ? { port: port ?? 0 } : { socket }
  // The application's own thread loads nothing of the engine unless it is to run it.
  const start = inline ? (await import('./host/serve.ts')).serve : serveInWorker
  const serving = await start({ folder, listen, testCommands, maxPages })
  noteAddress(folder, serving.address)
  return {
    uri: uriOf(serving.address),
    backup: toFile => backUpFolder(folder, toFile),
    integrity: async () => [...(await fileFaults(folder)), ...(await serving.indexFaults())],
    async stop() {
      forgetAddress(folder)
      await serving.stop()
      if (socket !== undefined) removeSocketFolder(folder, socket)
    },
  }
}
