/** DER (X.690 section 10): one way only to write a value. All functions return fresh bytes and never fail on bytes. */

/** `tag`, length and the joined `parts`. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat(derPieces(tag, parts))

/**
 * The same value in pieces, not yet joined. A large content that is wrapped several times over is so copied once, not
 * at every layer.
 */
export function derPieces(tag: number, parts: readonly Uint8Array[]): Uint8Array[] {
  let length = 0
  for (const part of parts) length += part.length
  return [header(tag, length), ...parts]
}

const shortHeaders = new Map<number, Uint8Array>()

function header(tag: number, length: number): Uint8Array {
  if (length >= 0x80) return longHeader(tag, length)
  const name = tag * 0x80 + length
  const known = shortHeaders.get(name) ?? Uint8Array.of(tag, length)
  shortHeaders.set(name, known)
  return known
}

function longHeader(tag: number, length: number): Uint8Array {
  if (length < 0x100) return Uint8Array.of(tag, 0x81, length)
  if (length < 0x10000) return Uint8Array.of(tag, 0x82, length >> 8, length & 0xff)
  if (length < 0x1000000) return Uint8Array.of(tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff)
  return Uint8Array.of(tag, 0x84, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff)
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)

/** SET OF: members in ascending order of their encodings, as DER demands. */
export const setOf = (members: readonly Uint8Array[]): Buffer =>
  der(0x31, ...[...members].sort((a, b) => Buffer.compare(a, b)))

/** Constructed `[number]`: EXPLICIT around one value, or IMPLICIT over the members of a SEQUENCE or SET. */
export const context = (number: number, ...parts: readonly Uint8Array[]): Buffer =>
  der(0xa0 + number, ...parts)

/** Primitive `[number]` IMPLICIT. */
export const contextPrimitive = (number: number, bytes: Uint8Array): Buffer => der(0x80 + number, bytes)

/** INTEGER of zero or more; bytes are big-endian and read as unsigned. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes = typeof value === 'number' ? bigEndian(value) : value
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const shortest = bytes.subarray(start)
  const first = shortest[0] ?? 0
  return first >= 0x80 || shortest.length === 0 ? der(0x02, Uint8Array.of(0), shortest) : der(0x02, shortest)
}

function bigEndian(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes.length > 0 ? bytes : [0])
}

const identifiers = new Map<string, Buffer>()

/** OBJECT IDENTIFIER from its dotted form. Remembered, so only for identifiers that stand in the code. */
export function objectIdentifier(dotted: string): Buffer {
  const known = identifiers.get(dotted)
  if (known !== undefined) return known
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number)
  const encoded = der(0x06, Uint8Array.from([root * 40 + second, ...arcs].flatMap(base128)))
  identifiers.set(dotted, encoded)
  return encoded
}

function base128(arc: number): number[] {
  const digits = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest % 128) | 0x80)
  return digits
}

export const octetString = (bytes: Uint8Array): Buffer => der(0x04, bytes)
/** BIT STRING of whole bytes. */
export const bitString = (bytes: Uint8Array): Buffer => der(0x03, Uint8Array.of(0), bytes)
export const nullValue = (): Buffer => der(0x05)
export const booleanTrue = (): Buffer => der(0x01, Uint8Array.of(0xff))
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'))
/** PrintableString; the caller keeps to letters, digits and ` '()+,-./:=?`. */
export const printableString = (text: string): Buffer => der(0x13, Buffer.from(text, 'latin1'))

/** A time to the second: UTCTime until 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). */
export function time(at: Date): Buffer {
  const iso = at.toISOString()
  const digits = [
    iso.slice(5, 7),
    iso.slice(8, 10),
    iso.slice(11, 13),
    iso.slice(14, 16),
    iso.slice(17, 19),
  ].join('')
  const isShort = at.getUTCFullYear() >= 1950 && at.getUTCFullYear() < 2050
  return isShort
    ? der(0x17, ascii(`${iso.slice(2, 4)}${digits}Z`))
    : der(0x18, ascii(`${iso.slice(0, 4)}${digits}Z`))
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')
