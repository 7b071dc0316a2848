import { crc32, inflateSync } from 'node:zlib'
import { DomainError } from '../domain-error.ts'

/** What is known of a logo without its bytes; the hash is its address. */
export interface Logo {
  readonly sha256: string
  readonly width: number
  readonly height: number
}

interface CleanPicture extends Pick<Logo, 'width' | 'height'> {
  readonly bytes: Buffer
}

/** Bytes that a logo may have. */
export const mostLogoBytes = 200_000
const mostPixels = { width: 2000, height: 1000 }

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What makes the picture (PNG, 3rd edition, 11); texts, places and animations are left out. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB', 'pHYs', 'IDAT', 'IEND'])
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

interface Chunk {
  readonly type: string
  readonly data: Buffer
  readonly whole: Buffer
}

/**
 * The PNG without anything but the picture, whatever its name or type said it was.
 * @throws {DomainError} invalid `logo-large`, `logo-invalid`
 */
export function cleanPng(bytes: Buffer): CleanPicture {
  if (bytes.length > mostLogoBytes)
    throw new DomainError('invalid', 'logo-large', 'A logo may be at most 200 kB.')
  if (!bytes.subarray(0, 8).equals(signature)) throw notAPicture()
  const chunks = [...chunksOf(bytes.subarray(8))].filter(({ type }) => kept.has(type))
  const [head] = chunks
  if (head?.type !== 'IHDR' || head.data.length !== 13 || chunks.at(-1)?.type !== 'IEND') throw notAPicture()
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)]
  if (width < 16 || height < 16 || width > mostPixels.width || height > mostPixels.height) throw notAPicture()
  checkPixels(head.data, chunks)
  return { bytes: Buffer.concat([signature, ...chunks.map(({ whole }) => whole)]), width, height }
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  let at = 0
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) throw notAPicture()
    const named = bytes.subarray(at + 4, end - 4)
    if (crc32(named) !== bytes.readUInt32BE(end - 4)) throw notAPicture()
    const type = named.toString('latin1', 0, 4)
    yield { type, data: named.subarray(4), whole: bytes.subarray(at, end) }
    if (type === 'IEND') return
    at = end
  }
}

/** The pixels are there, and no more of them than the head says: nothing swells when it is shown. */
function checkPixels(head: Buffer, chunks: readonly Chunk[]): void {
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const perPixel = samples[head.readUInt8(9)]
  if (perPixel === undefined || head.readUInt8(12) > 1) throw notAPicture()
  const row = Math.ceil((width * perPixel * head.readUInt8(8)) / 8) + 1
  // Interlaced pictures have a few rows and bytes more.
  const most = row * height * 2 + 64
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  try {
    const pixels = inflateSync(packed, { maxOutputLength: most })
    if (pixels.length < height) throw notAPicture()
  } catch {
    throw notAPicture()
  }
}

function notAPicture(): DomainError {
  const message = 'A logo must be a PNG of at least 16 by 16 and at most 2000 by 1000 pixels.'
  return new DomainError('invalid', 'logo-invalid', message, [{ path: 'logo', message }])
}
