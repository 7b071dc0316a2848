import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, chmod } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of the certificate folder is missing or damaged; the message names it and says what to do. */
export class CertificateFilesError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CertificateFilesError'
  }
}

const partSuffix = '.part'

/** Makes the folder (0700) and clears what an interrupted write left. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  for (const name of await readdir(folder)) {
    if (name.endsWith(partSuffix)) await rm(join(folder, name), { force: true })
  }
}

/** Contents of a file, or undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

/**
 * Writes a file (0600) that is either there whole or not at all, whatever happens meanwhile. False, and nothing is
 * changed, when somebody else had made it first.
 */
export async function createFile(path: string, text: string, unique: string): Promise<boolean> {
  const part = await writePart(path, text, unique)
  try {
    await link(part, path)
    return true
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false
    throw cause
  } finally {
    await rm(part, { force: true })
    await syncFolderOf(path)
  }
}

/** Replaces a file (0600); a reader sees the old one or the new one, whole. */
export async function replaceFile(path: string, text: string, unique: string): Promise<void> {
  await rename(await writePart(path, text, unique), path)
  await syncFolderOf(path)
}

async function writePart(path: string, text: string, unique: string): Promise<string> {
  const part = `${path}.${unique}${partSuffix}`
  const file = await open(part, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return part
}

async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(join(path, '..'), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export interface Identity {
  readonly certificate: X509Certificate
  readonly key: KeyObject
}

/** Private key and certificate in one PEM text: one file, so the two can never be of different ages. */
export const identityText = ({ certificate, key }: Identity): string =>
  `${key.export({ type: 'pkcs8', format: 'pem' }).toString()}${certificate.toString()}`

/** The identity in such a text; undefined when the text is damaged or its parts do not belong together. */
export function readIdentity(text: string): Identity | undefined {
  try {
    const identity = { certificate: new X509Certificate(text), key: createPrivateKey(text) }
    return identity.certificate.checkPrivateKey(identity.key) ? identity : undefined
  } catch {
    return undefined
  }
}

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code
