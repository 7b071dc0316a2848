import { createHash, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/** A new id, unique in the whole installation. */
export type NewId = () => string

/** `length` unpredictable bytes. */
export type RandomBytes = (length: number) => Buffer

/**
 * An id that comes after all that this process gave before (RFC 9562, version 7): what was written in the same
 * millisecond is still read in the order in which it happened. It tells its time and is no secret.
 */
export const newUuid: NewId = () => v7()

/** The same id for the same parts, in the form of a UUID (RFC 9562, version 8): what is asked for again is found again. */
export function namedUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const cryptoRandomBytes: RandomBytes = length => randomBytes(length)
