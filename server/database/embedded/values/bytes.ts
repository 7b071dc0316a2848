/** The bytes as a Buffer over the same memory. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Negative, 0 or positive: the order of memcmp, the shorter first when one begins the other. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference) return difference
  }
  return a.length - b.length
}

/** Every bit turned: the order of fixed or self-ending encodings reversed. */
export function invert(bytes: Uint8Array, from = 0): void {
  for (let i = from; i < bytes.length; i++) bytes[i] = ~(bytes[i] ?? 0)
}
