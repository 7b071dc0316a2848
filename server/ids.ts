import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { v7 } from 'uuid'

/** A new id, unique in the whole installation. */
export type NewId = () => string

/** `length` unpredictable bytes. */
export type RandomBytes = (length: number) => Buffer

export const newUuid: NewId = () => randomUUID()

/**
 * An id that comes after all that this process gave before (RFC 9562, version 7), for what happened: events of the same
 * millisecond are read in their order. It begins with its time, so a part of it is never a handle.
 */
export const newEventId: NewId = () => v7()

/** The same id for the same parts, in the form of a UUID (RFC 9562, version 8): what is asked for again is found again. */
export function namedUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const cryptoRandomBytes: RandomBytes = length => randomBytes(length)
