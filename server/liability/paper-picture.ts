import { PNG } from 'pngjs'

/** As wide or high as a paper needs a logo: 180 points at 300 dots an inch. */
const mostPixels = 750

/**
 * A checked PNG as papers take it: every pixel on white, nothing transparent, so that it looks the same in every reader
 * and the same picture gives the same bytes. A larger one than 750 pixels is made smaller by the mean of what falls
 * together. Undefined for one that cannot be read, which a paper does without.
 */
export function opaquePng(bytes: Buffer): Buffer | undefined {
  const picture = read(bytes)
  if (!picture) return undefined
  const share = Math.min(1, mostPixels / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * share))
  const height = Math.max(1, Math.round(picture.height * share))
  const small = new PNG({ width, height })
  const [columnEdges, rowEdges] = [edges(picture.width, width), edges(picture.height, height)]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const across = [columnEdges[x] ?? 0, columnEdges[x + 1] ?? 0] as const
      const down = [rowEdges[y] ?? 0, rowEdges[y + 1] ?? 0] as const
      small.data.set([...meanOnWhite(picture, across, down), 255], (y * width + x) * 4)
    }
  return PNG.sync.write(small, { colorType: 2, filterType: 0 })
}

function read(bytes: Buffer): PNG | undefined {
  try {
    return PNG.sync.read(bytes)
  } catch {
    return undefined
  }
}

/** Where each of `parts` begins on a side of `length` pixels, and where the last one ends. */
function edges(length: number, parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, part) => Math.round((part * length) / parts))
}

/** Red, green and blue of what falls together, 0–255. */
function meanOnWhite(
  { data, width }: PNG,
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
): number[] {
  const sums = [0, 0, 0]
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 4
      const share = (data[at + 3] ?? 255) / 255
      for (const part of [0, 1, 2])
        sums[part] = (sums[part] ?? 0) + 255 - (255 - (data[at + part] ?? 0)) * share
    }
  const count = (right - left) * (bottom - top)
  return sums.map(sum => Math.round(sum / count))
}
