import { build } from 'plist'
import { isDictionary, isList, WholeReal, type PlistValue } from './plist-value.ts'

/** A value that a property list cannot carry. `path` is dotted, empty for the value itself; `why` follows it. */
export class PlistValueError extends TypeError {
  readonly path: string
  readonly why: string

  constructor(path: string, why: string) {
    super(`${path || 'The value'} ${why}`)
    this.path = path
    this.why = why
  }
}

/**
 * The XML property list of `value`, UTF-8, with Apple's header. The writing is the library's; what it would write
 * wrongly (numbers that are not finite or not exact, control characters, absent values) is refused before.
 * Throws `PlistValueError`.
 */
export function writePlist(value: PlistValue): Uint8Array {
  checkWritable(value)
  const wholes: number[] = []
  const xml = build(withPlaceholders(value, wholes) as never)
  const written =
    wholes.length === 0 ? xml : xml.replaceAll(placeholder, () => `<real>${wholes.shift()}</real>`)
  return Buffer.from(written, 'utf8')
}

/** What the library writes for infinity: a real, which nothing else can be, since no number that is not finite passes. */
const placeholder = '<real>Infinity</real>'

/**
 * The value with infinity for each whole real, which the library would write as an integer. `wholes` takes them in the
 * order in which they are written.
 */
function withPlaceholders(value: PlistValue, wholes: number[]): PlistValue {
  if (value instanceof WholeReal) {
    wholes.push(value.value)
    return Infinity
  }
  if (isList(value)) return value.map(each => withPlaceholders(each, wholes))
  if (!isDictionary(value)) return value
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [key, each] of Object.entries(value)) copy[key] = withPlaceholders(each, wholes)
  return copy
}

/** Throws `PlistValueError` for what `writePlist` would refuse. */
export const checkWritable = (value: PlistValue): void => check(value, '')

// Control characters and half surrogate pairs: XML 1.0 section 2.2.
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u

/** The text with `instead`, a blank unless told, for each character that no property list can carry. */
export function writableText(text: string, instead = ' '): string {
  return text.replace(new RegExp(forbidden, 'gu'), instead)
}

function check(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (forbidden.test(value)) refuse(path, 'holds a character that XML has not')
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(path, 'is not a finite number')
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) refuse(path, 'is not exact; use a bigint')
  } else if (typeof value === 'object' && value !== null) {
    checkInside(value, path)
  } else if (typeof value !== 'boolean' && typeof value !== 'bigint') {
    refuse(path, 'is absent or of no kind a property list has')
  }
}

function checkInside(value: object, path: string): void {
  if (value instanceof Uint8Array) return
  if (value instanceof WholeReal) {
    if (!Number.isFinite(value.value)) refuse(path, 'is not a finite number')
    return
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) refuse(path, 'is no date')
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    check(key, path)
    check(inner, path ? `${path}.${key}` : key)
  }
}

function refuse(path: string, why: string): never {
  throw new PlistValueError(path, why)
}
