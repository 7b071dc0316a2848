/**
 * Field names repeat from document to document, so they are looked up by their bytes before a string is made.
 * One slot for each hash; a name that is longer or not plain ASCII is decoded each time.
 */
const slots = new Array<string | undefined>(4096)
const longest = 40

/** The name that begins at `start` and ends before `end`. */
export function fieldName(bytes: Buffer, start: number, end: number): string {
  const length = end - start
  if (length > longest) return bytes.toString('utf8', start, end)
  let hash = length
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0
    if (byte > 127) return bytes.toString('utf8', start, end)
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  const slot = hash & 4095
  const known = slots[slot]
  if (known?.length === length && isSpelled(known, bytes, start)) return known
  const name = bytes.toString('latin1', start, end)
  slots[slot] = name
  return name
}

/** Whether the ASCII name is what the bytes from `start` on say. */
export function isSpelled(name: string, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[start + i]) return false
  return true
}
