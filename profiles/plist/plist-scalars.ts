import { PlistError } from './plist-error.ts'

/** The text forms of Apple's scalar elements (plist DTD 1.0, CoreFoundation), refused where they are not exact. */

const decimal = /^[+-]?\d{1,20}$/
const hexadecimal = /^([+-]?)(0x[0-9a-f]{1,16})$/i
const smallestInteger = -(2n ** 63n)
const largestInteger = 2n ** 64n - 1n

/** A whole number from -2^63 to 2^64-1: number where that is exact, else bigint. Throws `PlistError`. */
export function readInteger(text: string, offset: number): number | bigint {
  const trimmed = text.trim()
  if (decimal.test(trimmed)) {
    const value = Number(trimmed)
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : value
    return withinRange(BigInt(trimmed.replace('+', '')), offset)
  }
  const [, sign, digits] = hexadecimal.exec(trimmed) ?? []
  if (digits === undefined) throw new PlistError('number', 'An integer is not a whole number', offset)
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits)
  return Number.isSafeInteger(Number(value)) ? Number(value) : withinRange(value, offset)
}

function withinRange(value: bigint, offset: number): bigint {
  if (value < smallestInteger || value > largestInteger)
    throw new PlistError('number', 'An integer has more than 64 bits', offset)
  return value
}

const real = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const notFinite: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  infinity: Infinity,
}

/** A floating-point number, `nan` and `inf` included, as Apple's own reader takes them. Throws `PlistError`. */
export function readReal(text: string, offset: number): number {
  const trimmed = text.trim()
  if (real.test(trimmed)) return Number(trimmed)
  const value = notFinite[trimmed.replace(/^[+-]/, '').toLowerCase()]
  if (value === undefined) throw new PlistError('number', 'A real is not a number', offset)
  return trimmed.startsWith('-') ? -value : value
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** An instant in UTC to the second; a day that the calendar does not have is refused. Throws `PlistError`. */
export function readDate(text: string, offset: number): Date {
  const trimmed = text.trim()
  const date = instant.test(trimmed) ? new Date(trimmed) : new Date(NaN)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== trimmed.slice(0, 19))
    throw new PlistError('date', 'A date is not of the form 2026-01-31T23:59:59Z', offset)
  return date
}

/**
 * Whether a text is base64 without white space. Looked through once from the front: one pattern for the whole, with
 * its groups of four, runs out of stack on a few megabytes.
 */
export function isBase64(text: string): boolean {
  const end = text.search(/[^A-Za-z0-9+/]/)
  return text.length % 4 === 0 && (end === -1 || ['=', '=='].includes(text.slice(end)))
}

/** The bytes of base64 with any white space in between. Throws `PlistError`. */
export function readData(text: string, offset: number): Uint8Array {
  const compact = text.replace(/[\s]+/g, '')
  if (!isBase64(compact)) throw new PlistError('data', 'Data is not base64', offset)
  return Uint8Array.from(Buffer.from(compact, 'base64'))
}
