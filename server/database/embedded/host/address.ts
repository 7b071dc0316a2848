import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The system takes 108 bytes with the zero behind them, macOS 104. */
const maxSocketPath = 100

/**
 * Where the engine of a folder listens: in the folder where its path allows, otherwise among the temporary files, always
 * at the same place, so that clients find it again after a restart. Drivers write the names of a replica set in lower
 * case, so a path with capitals would not do.
 */
export function socketFor(folder: string): string {
  const inside = join(resolve(folder), 'engine.sock')
  if (isUsable(inside)) return inside
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16)
  const short = join(tmpdir(), `engine-${name}`)
  return join(ownFolder(short) ? short : mkdtempSync(join(tmpdir(), 'engine-')), 'engine.sock')
}

const isUsable = (socket: string) =>
  Buffer.byteLength(socket) <= maxSocketPath && socket === socket.toLowerCase()

/** Makes the folder, or finds it as it was made before: a folder, ours, and closed to all others. */
function ownFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 })
    return true
  } catch {
    const found = lstatSync(path, { throwIfNoEntry: false })
    return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o077) === 0
  }
}

/** Removes the folder that `socketFor` made for the socket, unless another engine has its socket there already. */
export function removeSocketFolder(folder: string, socket: string): void {
  if (dirname(socket) === resolve(folder)) return
  try {
    rmdirSync(dirname(socket))
  } catch {
    // Not empty, or gone: either way it is not ours any more.
  }
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
