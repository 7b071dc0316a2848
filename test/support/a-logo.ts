import { crc32, deflateSync } from 'node:zlib'

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** Parts of a PNG, for pictures that are right and pictures that are not. */
export const pngParts = {
  signature: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk,
  head: (width: number, height: number): Buffer => {
    const data = Buffer.alloc(13)
    data.writeUInt32BE(width, 0)
    data.writeUInt32BE(height, 4)
    data.writeUInt8(8, 8)
    data.writeUInt8(2, 9)
    return chunk('IHDR', data)
  },
  pixels: (width: number, height: number) =>
    chunk('IDAT', deflateSync(Buffer.alloc((width * 3 + 1) * height))),
  end: chunk('IEND', Buffer.alloc(0)),
}

/** A black picture of 120 by 40 pixels. */
export function aLogo(): Buffer {
  const { signature, head, pixels, end } = pngParts
  return Buffer.concat([signature, head(120, 40), pixels(120, 40), end])
}
