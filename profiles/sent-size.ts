import { isDictionary, isList, type PlistDictionary, type PlistValue } from './plist/plist-value.ts'
import { PlistValueError, writePlist } from './plist/write-plist.ts'
import { holdsSecrets } from './secrets.ts'

/** What InstallProfile may carry, in bytes. */
export const mostSentBytes = 1_000_000

/** Room for the signature with its chain, the version in the name, and what variables become. */
const reservedBytes = 16_384
/** What encryption adds to the parts before they are written as base64. */
const envelopeBytes = 1024

/**
 * How many bytes the profile has when it goes to an iPad, signed and, with secrets in it, encrypted; a little more than
 * what it will be. Undefined while it holds a value that no profile can hold, and for one so small that it fits anyhow.
 */
export function sentSize(profile: PlistDictionary): number | undefined {
  if (mostOf(profile) + reservedBytes <= mostSentBytes) return undefined
  const { PayloadContent: content = [], ...rest } = profile
  const plain = bytesOf(profile)
  if (plain === undefined || !holdsSecrets(profile)) return plain && plain + reservedBytes
  return (bytesOf(rest) ?? 0) + base64Length((bytesOf(content) ?? 0) + envelopeBytes) + reservedBytes
}

/** What stands in a part and takes the most room there. */
interface HeaviestPart {
  readonly index: number
  /** Bytes of the whole part, as it is written in the profile. */
  readonly bytes: number
  /** The largest of its keys. */
  readonly key: string
}

/** The part that takes the most room; undefined without parts. */
export function heaviestPart(content: PlistValue | undefined): HeaviestPart | undefined {
  const parts = isList(content) ? content : []
  const weighed = parts.map((part, index) => ({ part, index, bytes: mostOf(part) }))
  const [first] = weighed.toSorted((a, b) => b.bytes - a.bytes)
  if (!first) return undefined
  const keys = isDictionary(first.part) ? Object.entries(first.part) : []
  const [key = ''] = keys.toSorted(([, a], [, b]) => mostOf(b) - mostOf(a))[0] ?? []
  return { index: first.index, bytes: bytesOf(first.part) ?? first.bytes, key }
}

const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4

function bytesOf(value: PlistValue): number | undefined {
  try {
    return writePlist(value).length
  } catch (error) {
    if (error instanceof PlistValueError) return undefined
    throw error
  }
}

/** What the value is at most when it is sent, told without writing it: an `&` becomes five, and base64 is written twice. */
function mostOf(value: PlistValue): number {
  if (typeof value === 'string') return value.length * 8 + 64
  if (value instanceof Uint8Array) return value.length * 2 + 64
  if (isList(value)) return value.reduce<number>((sum, each) => sum + mostOf(each), 64)
  if (!isDictionary(value)) return 128
  return Object.entries(value).reduce((sum, [key, each]) => sum + key.length * 8 + 64 + mostOf(each), 64)
}
