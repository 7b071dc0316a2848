import { deflateSync, inflateSync, crc32 } from 'node:zlib'

/** Samples of a pixel for each colour type (PNG, 3rd edition, 11.2.1). */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

interface Picture {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly type: number
  readonly chunks: ReadonlyMap<string, Buffer>
}

/** As wide or high as a paper needs a logo: 180 points at 300 dots an inch. */
const mostPixels = 750

/**
 * A checked PNG as papers take it: every pixel on white, nothing transparent, so that it looks the same in every reader
 * and the same picture gives the same bytes. A larger one than 750 pixels is made smaller by the mean of what falls
 * together. Undefined for one with interlaced rows, which a paper does without.
 */
export function opaquePng(bytes: Buffer): Buffer | undefined {
  const picture = read(bytes)
  if (!picture) return undefined
  const share = Math.min(1, mostPixels / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * share))
  const height = Math.max(1, Math.round(picture.height * share))
  const pixels = Buffer.alloc((width * 3 + 1) * height)
  const rows = unfiltered(picture)
  const colourAt = colours(picture)
  const [columnEdges, rowEdges] = [edges(picture.width, width), edges(picture.height, height)]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const across = [columnEdges[x] ?? 0, columnEdges[x + 1] ?? 0] as const
      const down = [rowEdges[y] ?? 0, rowEdges[y + 1] ?? 0] as const
      pixels.set(
        meanOf((atX, atY) => colourAt(rows, atX, atY), across, down),
        y * (width * 3 + 1) + 1 + x * 3,
      )
    }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Where each of `parts` begins on a side of `length` pixels, and where the last one ends. */
function edges(length: number, parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, part) => Math.round((part * length) / parts))
}

function meanOf(
  colourAt: (x: number, y: number) => Colour,
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
): Colour {
  let [red, green, blue] = [0, 0, 0]
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) {
      const [r, g, b] = colourAt(x, y)
      red += r
      green += g
      blue += b
    }
  const count = (right - left) * (bottom - top)
  return [Math.round(red / count), Math.round(green / count), Math.round(blue / count)]
}

function read(bytes: Buffer): Picture | undefined {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), bytes.subarray(at + 8, end - 4)]))
    at = end
  }
  const head = chunks.get('IHDR')
  if (head?.readUInt8(12) !== 0) return undefined
  return {
    width: head.readUInt32BE(0),
    height: head.readUInt32BE(4),
    depth: head.readUInt8(8),
    type: head.readUInt8(9),
    chunks,
  }
}

const perRow = ({ width, depth, type }: Picture) => Math.ceil((width * depth * (samplesOf[type] ?? 1)) / 8)

/** The rows without the filters that pack them (PNG, 9.2). */
function unfiltered(picture: Picture): Buffer {
  const { height, depth, type, chunks } = picture
  const length = perRow(picture)
  const step = Math.max(1, (depth * (samplesOf[type] ?? 1)) >> 3)
  const packed = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const rows = Buffer.alloc(length * height)
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (length + 1)] ?? 0
    for (let x = 0; x < length; x += 1) {
      const at = y * length + x
      const left = x >= step ? (rows[at - step] ?? 0) : 0
      const above = y > 0 ? (rows[at - length] ?? 0) : 0
      const corner = x >= step && y > 0 ? (rows[at - length - step] ?? 0) : 0
      const guess = guessOf(filter, { left, above, corner })
      rows[at] = ((packed[y * (length + 1) + 1 + x] ?? 0) + guess) & 0xff
    }
  }
  return rows
}

interface Around {
  readonly left: number
  readonly above: number
  readonly corner: number
}

function guessOf(filter: number, { left, above, corner }: Around): number {
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  if (filter !== 4) return 0
  const sum = left + above - corner
  const [toLeft, toAbove, toCorner] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)]
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

type Colour = readonly [red: number, green: number, blue: number]

/** The colour of a pixel on white. */
function colours(picture: Picture): (rows: Buffer, x: number, y: number) => Colour {
  const { depth, type, chunks } = picture
  const length = perRow(picture)
  const samples = samplesOf[type] ?? 1
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0)
  const clear = chunks.get('tRNS')
  const sample = (rows: Buffer, y: number, number: number): number => {
    const at = y * length
    if (depth === 8) return rows[at + number] ?? 0
    if (depth === 16) return rows[at + number * 2] ?? 0
    const bit = number * depth
    return ((rows[at + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
  }
  const full = depth < 8 ? (1 << depth) - 1 : 255
  const onWhite = (value: number, share: number) => Math.round(255 - (255 - value) * share)
  return (rows, x, y) => {
    const at = (number: number) => sample(rows, y, x * samples + number)
    if (type === 3) {
      const index = at(0)
      const share = (clear?.[index] ?? 255) / 255
      return [0, 1, 2].map(part => onWhite(palette[index * 3 + part] ?? 0, share)) as unknown as Colour
    }
    const isGrey = type === 0 || type === 4
    const parts = isGrey ? [0, 0, 0] : [0, 1, 2]
    const own = parts.map(part => (at(part) * 255) / full)
    // Of pictures without shares of light, one colour may stand for nothing at all (PNG, 11.3.1.1).
    const keyed = clear && parts.every((part, index) => at(part) === keyOf(clear, isGrey ? 0 : index, depth))
    const share = type === 4 || type === 6 ? at(samples - 1) / 255 : keyed ? 0 : 1
    return own.map(value => onWhite(value, share)) as unknown as Colour
  }
}

const keyOf = (clear: Buffer, part: number, depth: number): number =>
  depth === 16 ? (clear[part * 2] ?? 0) : (clear[part * 2 + 1] ?? 0)

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
