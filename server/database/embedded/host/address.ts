import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The system takes 108 bytes with the zero behind them, macOS 104. */
const maxSocketPath = 100

/** A place for the engine's socket. */
export interface SocketPlace {
  readonly socket: string
  /** Removes what was made for it outside of the data folder. */
  remove(): void
}

/**
 * The data folder where its path allows, otherwise a folder of the user's own among the temporary files.
 * Drivers write the names of a replica set in lower case, so a path with capitals would not be found again.
 */
export function socketPlace(folder: string): SocketPlace {
  const socket = join(resolve(folder), 'engine.sock')
  if (Buffer.byteLength(socket) <= maxSocketPath && socket === socket.toLowerCase()) {
    return { socket, remove: () => undefined }
  }
  const short = shortFolder()
  return {
    socket: join(short, 'engine.sock'),
    remove() {
      rmSync(short, { recursive: true, force: true })
    },
  }
}

function shortFolder(): string {
  for (let attempt = 0; attempt < 20; attempt++) {
    const made = mkdtempSync(join(tmpdir(), 'engine-'))
    const lower = made.toLowerCase()
    if (lower === made) return made
    rmSync(made, { recursive: true })
    try {
      mkdirSync(lower, { mode: 0o700 })
      return lower
    } catch {
      // The name is taken, or the temporary folder has capitals in its own path: try another.
    }
  }
  const made = mkdtempSync(join(tmpdir(), 'engine-'))
  chmodSync(made, 0o700)
  return made
}

const addressFile = (folder: string) => join(folder, 'engine.address')

/** Notes where the engine of a folder is found, for `liveAddress`. */
export function noteAddress(folder: string, address: string): void {
  writeFileSync(addressFile(folder), `${address}\n`, { mode: 0o600 })
}

export function forgetAddress(folder: string): void {
  rmSync(addressFile(folder), { force: true })
}

/** The URI under which drivers reach an address. */
export function uriOf(address: string): string {
  const host = address.includes('/') ? encodeURIComponent(address) : address
  return `mongodb://${host}/?directConnection=true`
}

/** The address of the engine that holds the folder, if one answers there. */
export async function liveAddress(folder: string): Promise<string | undefined> {
  const address = notedAddress(folder)
  return address !== undefined && (await answers(address)) ? address : undefined
}

function notedAddress(folder: string): string | undefined {
  try {
    return readFileSync(addressFile(folder), 'utf8').trim()
  } catch {
    return undefined
  }
}

function answers(address: string): Promise<boolean> {
  const [host = '', port = ''] = address.split(':')
  const socket = address.includes('/') ? connect(address) : connect(Number(port), host)
  return new Promise(resolve => {
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
