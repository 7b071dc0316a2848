import { compareBytes, invert } from './bytes.ts'
import { KeyWriter } from './key-writer.ts'
import { type Value } from './value.ts'

/** Stands for an array without elements in a key: it comes before null. */
export const emptyArray = Symbol('empty array')

/** What an index or a sort can hold in one place of a key; missing stands with null. */
export type KeyPart = Value | undefined | typeof emptyArray

const writer = new KeyWriter()

/**
 * One component of a key: bytes whose memcmp order is `compareValues`, inverted when descending.
 * No encoding begins another, so components can be strung together and cut by their first bytes.
 */
export function encodeKeyValue(value: KeyPart, direction: 1 | -1 = 1): Buffer {
  writer.at = 0
  writeKeyPart(value, direction)
  return writer.copy()
}

/** The key of a compound index: one component for each value, in the directions given (ascending where none is). */
export function encodeKey(values: readonly KeyPart[], directions: readonly (1 | -1)[]): Buffer {
  writer.at = 0
  for (let i = 0; i < values.length; i++) writeKeyPart(values[i], directions[i] ?? 1)
  return writer.copy()
}

function writeKeyPart(value: KeyPart, direction: 1 | -1): void {
  const start = writer.at
  if (value === emptyArray) writer.emptyArray()
  else writer.value(value)
  if (direction === -1) writer.invertFrom(start)
}

/** The order of two keys. */
export const compareKeys = compareBytes

/** The same bytes with every bit turned: an ascending component as a descending one, and back. */
export function invertKey(key: Uint8Array): Buffer {
  const copy = Buffer.from(key)
  invert(copy)
  return copy
}
