import { inflateSync } from 'node:zlib'

/** Together, in bytes. Papers of many pages have some megabytes; a small file must not fill the memory or hold up others. */
const mostUnpacked = 32 * 1024 * 1024

/**
 * The objects of a PDF as text: their dictionaries, also those packed in object streams (ISO 32000-1, 7.5.7), but not
 * the contents of pages, pictures and fonts, whose bytes may spell any word by chance. Undefined when the object streams
 * unpack to more than 32 MB altogether. One that cannot be unpacked is taken as it stands. Not for judging whether the
 * file is sound.
 */
export function pdfStructure(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = buffer.toString('latin1')
  const kept: string[] = []
  let left = mostUnpacked
  let from = 0
  // A stream follows the dictionary that describes it (7.3.8).
  const begin = />>\s{0,8}stream\r?\n/g
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const end = text.indexOf('endstream', begin.lastIndex)
    if (end < 0) break
    const before = text.slice(from, match.index + 2)
    kept.push(before)
    if (isObjectStream(before)) {
      const objects = unpacked(buffer.subarray(begin.lastIndex, end), left)
      if (objects === undefined) return undefined
      left -= objects.length
      kept.push(objects)
    }
    from = end
    begin.lastIndex = end
  }
  kept.push(text.slice(from))
  return kept
    .join('\n')
    .replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

/** Whether what stands before a stream says that it holds packed objects: the last object that begins there. */
function isObjectStream(before: string): boolean {
  const object = before.slice(before.lastIndexOf(' obj'))
  return /\/ObjStm\b/.test(object)
}

/** Undefined for more than `most` bytes. */
function unpacked(stream: Uint8Array, most: number): string | undefined {
  try {
    return inflateSync(stream, { maxOutputLength: Math.max(1, most) }).toString('latin1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    // Packed in another way, or damaged.
    return Buffer.from(stream).toString('latin1')
  }
}
