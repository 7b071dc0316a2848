import { Asn1Error } from './cms-error.ts'

/** One value as it stood in the input, which it does not copy. */
export interface Asn1Element {
  /** The identifier octet: class, constructed bit and number. */
  readonly tag: number
  /** Identifier, length and contents, exactly as received: a view on the input. */
  readonly bytes: Uint8Array
  /** Contents octets, without the end-of-contents mark of an indefinite length: a view on the input. */
  readonly content: Uint8Array
  /** Members of a constructed value; none for a primitive one. */
  readonly children: readonly Asn1Element[]
  /** Whether this value, or one inside it, has an indefinite length: its bytes are then not DER. */
  readonly indefinite: boolean
}

/** Most values of a message are only passed by, so their views are made when somebody looks. */
class LazyElement implements Asn1Element {
  readonly tag: number
  readonly children: readonly Asn1Element[]
  readonly indefinite: boolean
  readonly #source: Uint8Array
  readonly #span: Span

  constructor(source: Uint8Array, span: Span, children: readonly Asn1Element[], indefinite: boolean) {
    this.#source = source
    this.#span = span
    this.tag = source[span.start] ?? 0
    this.children = children
    this.indefinite = indefinite
  }

  get bytes(): Uint8Array {
    return this.#source.subarray(this.#span.start, this.#span.end)
  }

  get content(): Uint8Array {
    return this.#source.subarray(this.#span.contentStart, this.#span.contentEnd)
  }
}

interface Span {
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
}

export interface Asn1Limits {
  readonly maxBytes: number
  readonly maxElements: number
}

/** Bounds for a message of a device: a check-in header, a SCEP request. */
export const messageLimits: Asn1Limits = { maxBytes: 1_048_576, maxElements: 20_000 }

const maxDepth = 64
const noChildren: readonly Asn1Element[] = []

interface Cursor {
  readonly bytes: Uint8Array
  readonly maxElements: number
  position: number
  elements: number
}

/**
 * Reads exactly one BER or DER value (X.690), indefinite lengths included. Nesting is refused beyond 64 levels,
 * size and number of elements beyond `limits`, and so are trailing bytes and tag numbers above 30, which neither
 * CMS nor X.509 uses. Throws `Asn1Error`.
 */
export function readAsn1(bytes: Uint8Array, limits: Asn1Limits = messageLimits): Asn1Element {
  if (bytes.length > limits.maxBytes) throw new Asn1Error('size', `More than ${limits.maxBytes} bytes`)
  const cursor: Cursor = { bytes, maxElements: limits.maxElements, position: 0, elements: 0 }
  const element = readElement(cursor, bytes.length, 0)
  if (cursor.position !== bytes.length) throw new Asn1Error('trailing', 'Bytes after the end of the value')
  return element
}

function readElement(cursor: Cursor, end: number, depth: number): Asn1Element {
  if (depth > maxDepth) throw new Asn1Error('nesting', `Nested more than ${maxDepth} levels`)
  cursor.elements += 1
  if (cursor.elements > cursor.maxElements)
    throw new Asn1Error('size', `More than ${cursor.maxElements} values`)
  const start = cursor.position
  const tag = nextByte(cursor, end)
  if ((tag & 0x1f) === 0x1f) throw new Asn1Error('tag', 'Tag number above 30')
  if (tag === 0) throw new Asn1Error('tag', 'End-of-contents outside an indefinite length')
  const length = readLength(cursor, end)
  const constructed = (tag & 0x20) !== 0
  if (length === undefined) {
    if (!constructed) throw new Asn1Error('length', 'A primitive value of indefinite length')
    return readIndefinite(cursor, start, end, depth)
  }
  const contentStart = cursor.position
  const contentEnd = contentStart + length
  if (contentEnd > end) throw new Asn1Error('truncated', 'A value runs past its surroundings')
  const children = constructed ? readMembers(cursor, contentEnd, depth + 1) : noChildren
  cursor.position = contentEnd
  const indefinite = children.some(child => child.indefinite)
  return new LazyElement(
    cursor.bytes,
    { start, contentStart, contentEnd, end: contentEnd },
    children,
    indefinite,
  )
}

function readMembers(cursor: Cursor, end: number, depth: number): Asn1Element[] {
  const members: Asn1Element[] = []
  while (cursor.position < end) members.push(readElement(cursor, end, depth))
  return members
}

function readIndefinite(cursor: Cursor, start: number, end: number, depth: number): Asn1Element {
  const contentStart = cursor.position
  const children: Asn1Element[] = []
  while (!(cursor.bytes[cursor.position] === 0 && cursor.bytes[cursor.position + 1] === 0)) {
    if (cursor.position >= end) throw new Asn1Error('truncated', 'No end to an indefinite length')
    children.push(readElement(cursor, end, depth + 1))
  }
  const contentEnd = cursor.position
  if (contentEnd + 2 > end) throw new Asn1Error('truncated', 'No end to an indefinite length')
  cursor.position = contentEnd + 2
  return new LazyElement(
    cursor.bytes,
    { start, contentStart, contentEnd, end: cursor.position },
    children,
    true,
  )
}

function nextByte(cursor: Cursor, end: number): number {
  const byte = cursor.bytes[cursor.position]
  if (byte === undefined || cursor.position >= end) throw new Asn1Error('truncated', 'The value ends early')
  cursor.position += 1
  return byte
}

/** Contents length in bytes, or undefined for the indefinite form. */
function readLength(cursor: Cursor, end: number): number | undefined {
  const first = nextByte(cursor, end)
  if (first < 0x80) return first
  if (first === 0x80) return undefined
  const count = first & 0x7f
  if (count > 4) throw new Asn1Error('length', 'A length of more than four bytes')
  let length = 0
  for (let index = 0; index < count; index += 1) length = length * 256 + nextByte(cursor, end)
  return length
}
