import { PlistError } from './plist-error.ts'
import { PlistReader } from './plist-reader.ts'
import { type PlistValue } from './plist-value.ts'

export interface PlistLimits {
  readonly bytes: number
  /** Values and keys together, so that a small text cannot become a large heap. */
  readonly values: number
  /** Keeps `<real>1</real>` apart from `<integer>1</integer>`, as a `WholeReal`; else both are the number. */
  readonly reals?: 'kept'
}

const maxPlistDepth = 64

/**
 * The value of an XML property list in UTF-8. Strict, for the bytes come from strangers: no binary form, no DTD
 * subset, no entities but the five of XML, no depth beyond 64, no repeated keys, no bad numbers, dates or base64.
 * Throws `PlistError`.
 */
export function readPlist(bytes: Uint8Array, limits: PlistLimits): PlistValue {
  if (bytes.length > limits.bytes)
    throw new PlistError('too-large', `A property list may have ${limits.bytes} bytes at most`, 0)
  if (startsWith(bytes, 'bplist')) throw new PlistError('binary', 'A binary property list is not accepted', 0)
  return new PlistReader(decode(bytes), { ...limits, depth: maxPlistDepth }).document()
}

function startsWith(bytes: Uint8Array, word: string): boolean {
  return (
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, word.length)).toString('latin1') ===
    word
  )
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new PlistError('encoding', `A property list must be UTF-8 (${(cause as Error).name})`, 0)
  }
}
