import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { faultOf } from '../fault.ts'
import { type Log } from '../log.ts'

interface TlsFiles {
  readonly certificateFile: string
  readonly keyFile: string
}

/** What the listener serves with: PEM, the certificate with its chain. */
export interface TlsPair {
  readonly certificate: Buffer
  readonly key: Buffer
}

export interface TlsWatch {
  stop(): void
}

interface TlsWatchNeeds {
  readonly files: TlsFiles
  /** What is served with now. */
  readonly inUse: TlsPair
  /** Takes another pair into use. */
  readonly renew: (pair: TlsPair) => void
  readonly log: Pick<Log, 'info' | 'warn'>
  /** How often the files are looked at, in milliseconds. */
  readonly everyMs: number
}

/**
 * The pair as it is in the files now.
 * @throws when one cannot be read, is no certificate or key, or the two do not belong together
 */
export async function readTlsFiles({ certificateFile, keyFile }: TlsFiles): Promise<TlsPair> {
  const pair = { certificate: await readFile(certificateFile), key: await readFile(keyFile) }
  createSecureContext({ cert: pair.certificate, key: pair.key })
  return pair
}

/**
 * Takes renewed files into use while the server runs; a pair that cannot be used is logged, and the previous one stays.
 * The files are looked at again and again instead of being watched: a renewal swaps links or mounts, of which no
 * watcher hears. They are read only when both have rested for one look, since they are written one after the other.
 */
export function watchTlsFiles({ files, inUse, renew, log, everyMs }: TlsWatchNeeds): TlsWatch {
  let current = inUse
  let tried = ''
  let seen = ''
  let isLooking = false

  async function look(): Promise<void> {
    const now = await signatureOf(files)
    const hasRested = now === seen
    seen = now
    if (!hasRested || now === tried) return
    tried = now
    try {
      const pair = await readTlsFiles(files)
      if (isSame(pair, current)) return
      renew(pair)
      current = pair
      log.info({ expiresAt: new X509Certificate(pair.certificate).validToDate }, 'tls certificate renewed')
    } catch (error) {
      log.warn({ err: faultOf(error) }, 'tls files cannot be used, the certificate of before stays')
    }
  }

  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look().finally(() => (isLooking = false))
  }, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

function isSame(one: TlsPair, other: TlsPair): boolean {
  return one.certificate.equals(other.certificate) && one.key.equals(other.key)
}

/** Tells one state of the files from another, through links. */
async function signatureOf({ certificateFile, keyFile }: TlsFiles): Promise<string> {
  const stats = await Promise.all([certificateFile, keyFile].map(file => stat(file).catch(() => undefined)))
  return stats.map(each => (each ? `${each.ino} ${each.size} ${each.mtimeMs}` : 'gone')).join(', ')
}
